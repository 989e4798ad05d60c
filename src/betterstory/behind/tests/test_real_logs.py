"""The three public logs come in through the page, and real records are counted in rounded figures."""

import os
import re
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from betterstory.behind import verbs
from betterstory.behind.models import Arrival, ContactLog, Draft
from betterstory.people.models import Person
from betterstory.places.models import Place
from conftest import AT

HERE = Path(__file__).resolve()
DATA = Path(os.environ.get("BETTER_STORY_DATA") or HERE.parents[5] / "shared" / "data") / "eventlogs"
SEPSIS, BILLING, PERMIT = ("sepsis_cases", "hospital_billing_sample", "permit_receipt")
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason=f"no public logs at {DATA}: bringing one was not checked"),
]

BACK_WITHIN_A_MONTH = """\
format = 1
name = "Back within a month"
[[step]]
name = "Came to A&E"
activity = ["ER Sepsis Triage"]
[[step]]
name = "Antibiotics within the hour"
activity = ["IV Antibiotics"]
within = "1 hour"
[[step]]
name = "Went home"
activity = ["Release A", "Release B", "Release C", "Release D", "Release E"]
[[step]]
name = "Back again"
activity = ["Return ER"]
within = "28 days"
"""


@pytest.fixture
def ade(analyst: Person, own_log: Place, signed_in_client: Callable[[Person], Client]) -> Client:
    return signed_in_client(analyst)


def bring(ade: Client, name: str) -> ContactLog:
    """Through the page, its columns named as the file names them."""
    with (DATA / f"{name}.parquet").open("rb") as file:
        ade.post(reverse("behind:bring"), {"once": str(uuid.uuid4()), "log": file})
    there = reverse("behind:arrival", args=[Arrival.objects.get().uuid])
    answer = ade.post(
        there,
        {
            "name": name,
            "source": "a public log",
            "cannot_see": "people who never came",
            "person": "case_id",
            "activity": "activity",
            "time": "timestamp",
            "seq": "seq",
        },
    )
    log = ContactLog.objects.get()
    assert answer.headers["Location"] == reverse("behind:log", args=[log.pk])
    return log


@pytest.mark.parametrize(
    ("name", "people", "activities", "period"),
    [
        (SEPSIS, 1050, 16, "November 2013 to June 2015"),
        (BILLING, 10_000, 16, "December 2012 to December 2015"),
        (PERMIT, 1435, 27, "October 2010 to January 2012"),
    ],
)
def test_a_public_log_comes_in_through_the_page(
    ade: Client, name: str, people: int, activities: int, period: str
) -> None:
    log = bring(ade, name)
    assert (log.people_count, len(log.activities), log.period) == (people, activities, period)
    assert not log.set_aside, "the case that is called NA is a case like any other"


def test_sepsis_is_counted_in_rounded_figures(ade: Client, analyst: Person, other_body: Person) -> None:
    """Truly 1, 707, 58, 250 and 34: the one with no step is put with the next, and all are rounded."""
    log = bring(ade, SEPSIS)
    pattern = verbs.make_pattern(toml=BACK_WITHIN_A_MONTH, by=analyst, at=AT)
    ade.post(reverse("behind:count", args=[pattern.pk]), {"log": log.pk})
    release = verbs.approve(Draft.objects.get(), by=other_body, at=AT, looked_at=list(verbs.CHECKS))
    groups = [(group["first"], group["last"], group["people"]) for group in release.figures["groups"]]
    assert groups == [(0, 1, 710), (2, 2, 60), (3, 3, 250), (4, 4, 35)]
    page = Client().get(release.get_absolute_url()).content.decode()
    for said in ("About 35 people", "About 250 people", "About 60 people", "about 710 people"):
        assert said in page
    assert not re.search(r"\b(707|708|58|34|1,?050 |1 person)\b", re.sub(r'\sd="[^"]*"', "", page))
    assert "Went home" in page
    assert "stays on the way for ever" in page
