"""`log check`: what is in a log and what looks wrong, in figures that may be shown."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from betterstory.engines.journeys import check, read_log
from betterstory.engines.journeys.checking import doubts
from betterstory.engines.journeys.tests.tables import DAY_0

NOON = timedelta(hours=12)


def contacts(number: int, activity: str = "visit", when: datetime = DAY_0 + NOON) -> list[dict[str, Any]]:
    return [
        {
            "person": f"p{place}",
            "activity": activity,
            "time": when + timedelta(minutes=place),
            "team": "North",
        }
        for place in range(number)
    ]


def said(rows: list[dict[str, Any]], **how: Any) -> list[str]:
    with read_log(rows, **how) as log:
        return doubts(log, date(2024, 6, 1))


def test_a_sound_log_has_nothing_wrong() -> None:
    assert said(contacts(50)) == ["Nothing looks wrong."]


def test_it_says_what_is_in_a_log_and_never_of_how_few() -> None:
    rows = [*contacts(60), *contacts(20, "call"), *contacts(3, "complaint"), *contacts(58, "letter")]
    with read_log(rows) as log:
        assert check(log)[:10] == [
            "A contact log: about 140 contacts of about 60 people, 4 kinds of contact, 2024-01 to 2024-01.",
            "There is no person table: people without a contact are not known.",
            "",
            "Kinds of contact:",
            "    call: about 20 people",
            "    complaint: hardly anyone, or nearly everyone",
            "    letter: hardly anyone, or nearly everyone",
            "    visit: hardly anyone, or nearly everyone",
            'Columns for "where" and "by": team.',
            "",
        ]


def test_one_date_typed_wrong_is_noticed() -> None:
    far = contacts(1, when=datetime(2099, 5, 1))
    assert "The last contact is of 2099-05, long after nearly all others" in said([*contacts(2000), *far])[0]
    old = contacts(1, when=datetime(1900, 1, 1))
    assert "The first contact is of 1900-01, long before" in said([*contacts(2000), *old])[0]


def test_a_contact_that_is_still_to_come_is_noticed() -> None:
    assert "still to come" in said([*contacts(20), *contacts(20, when=datetime(2024, 7, 1, 9))])[0]


def test_days_without_a_clock_are_noticed() -> None:
    rows = [row | {"time": row["time"].date()} for row in contacts(30)]
    assert said(rows)[0].startswith("Some or all times are a day without a clock")


@pytest.mark.parametrize(
    ("ordered", "words"), [(False, "count as simultaneous"), (True, "says which is later")]
)
def test_contacts_of_one_moment_are_noticed(ordered: bool, words: str) -> None:
    rows = contacts(30) + contacts(30, "call")
    if ordered:
        rows = [row | {"seq": place} for place, row in enumerate(rows)]
    assert words in said(rows)[0]
