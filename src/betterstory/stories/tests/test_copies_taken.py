"""The page on which a copy is taken out: by whom, for which room, and that it is written down."""

import logging
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Circle, Person
from betterstory.stories import consenting
from betterstory.stories.exchange import taking
from betterstory.stories.models import Leaving, Seen, Use, Version
from betterstory.stories.tests._copies import SAID, SignIn, second
from conftest import read_every_line

__all__ = ["second"]


def post(client: Client, **data: Any) -> Any:
    return client.post("/stories/copies/", {"once": str(uuid.uuid4()), **data})


def open_now(version: Version, circle: Circle) -> None:
    at = timezone.now()
    Version.objects.filter(pk=version.pk).update(agreed_at=at)
    read_every_line(version)
    consenting.say_yes(
        version, by=version.story.teller, use=Use.REPORT, circle=circle, at=at, until=at + timedelta(days=9)
    )


def test_an_organiser_takes_a_copy_and_it_is_written_down(
    version: Version,
    circle: Circle,
    organiser: Person,
    signed_in_client: SignIn,
    caplog: pytest.LogCaptureFixture,
) -> None:
    open_now(version, circle)
    client = signed_in_client(organiser)
    caplog.set_level(logging.INFO)
    answer = post(client, audience=f"circle:{circle.pk}", format="text")
    assert b"off the list" in answer.content
    assert "attachment" in answer["Content-Disposition"]
    left = Leaving.objects.get(how=Leaving.How.EXPORT)
    assert (left.taken_by, left.use) == (organiser, Use.REPORT)
    assert {piece.pk for piece in left.pieces.all()} == {piece.pk for piece in version.pieces.all()}
    assert f"stories-{left.number}." in answer["Content-Disposition"]
    assert not any(words in caplog.text for words in SAID)
    assert Seen.objects.get(story=version.story).circle == circle, "the teller sees it"


def test_where_no_teller_said_yes_nothing_leaves_and_the_page_says_why(
    version: Version, circle: Circle, organiser: Person, signed_in_client: SignIn
) -> None:
    answer = post(signed_in_client(organiser), audience=f"circle:{circle.pk}", format="qdpx")
    assert answer.status_code == 422
    assert b"No teller has said yes" in answer.content
    assert not Seen.objects.exists()


def test_a_room_that_somebody_is_not_in_is_no_audience_of_theirs(
    version: Version, circle: Circle, analyst: Person, signed_in_client: SignIn
) -> None:
    open_now(version, circle)
    answer = post(signed_in_client(analyst), audience=f"circle:{circle.pk}", format="text")
    assert answer.status_code == 422
    assert b"off the list" not in answer.content


def test_others_take_no_copy(
    resident: Person, partner: Person, version: Version, circle: Circle, signed_in_client: SignIn
) -> None:
    open_now(version, circle)
    for person in (resident, partner):
        assert post(signed_in_client(person), audience="public", format="text").status_code == 403
    assert Client().get("/stories/copies/").status_code == 302


def test_a_second_press_comes_back_to_the_page(
    version: Version, circle: Circle, organiser: Person, signed_in_client: SignIn
) -> None:
    open_now(version, circle)
    client, once = signed_in_client(organiser), str(uuid.uuid4())
    form = {"once": once, "audience": f"circle:{circle.pk}", "format": "text"}
    assert client.post("/stories/copies/", form).status_code == 200
    assert client.post("/stories/copies/", form)["Location"] == "/stories/copies/"


def test_a_copy_asks_the_database_little(
    version: Version,
    second: Version,
    circle: Circle,
    organiser: Person,
    signed_in_client: SignIn,
    django_assert_max_num_queries: Any,
) -> None:
    open_now(version, circle)
    client = signed_in_client(organiser)
    with django_assert_max_num_queries(6):
        taking.what_may_leave(circle, at=timezone.now())
    assert client.get("/stories/copies/").status_code == 200
