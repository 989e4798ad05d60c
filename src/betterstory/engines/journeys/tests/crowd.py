"""A few who walked the whole path, and many who did not."""

from datetime import timedelta
from typing import Any

import pytest

from betterstory.engines.journeys import Standing, count, read_log
from betterstory.engines.journeys.tests.tables import DAY_0, pattern_of


def people_who(number: int, *contacts: str, name: str, ward: str = "North") -> list[dict[str, Any]]:
    """So many people with these contacts: "referral 0", "assessment 20"."""
    made = []
    for place in range(number):
        for contact in contacts:
            activity, day = contact.split()
            time = DAY_0 + timedelta(days=float(day))
            made.append({"person": f"{name}{place}", "activity": activity, "time": time, "ward": ward})
    return made


def crowd(whole: int = 3) -> list[dict[str, Any]]:
    """A few who walked the whole path, and many who did not. The data end on day 100."""
    return [
        *people_who(103, "letter 0", name="none"),
        *people_who(41, "referral 0", name="closed"),
        *people_who(22, "referral 90", name="going"),
        *people_who(61, "referral 0", "assessment 10", name="two"),
        *people_who(whole, "referral 0", "assessment 10", "help 20", name="SENTINEL", ward="South"),
        *people_who(1, "letter 100", name="last"),
    ]


ASKED = pattern_of("referral; assessment within 30 days; help within 30 days")


@pytest.fixture
def standing() -> Standing:
    with read_log(crowd()) as log:
        return count(ASKED, log, by="ward")
