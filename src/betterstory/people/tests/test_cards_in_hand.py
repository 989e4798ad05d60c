"""Cards once they are made: withdrawn, replaced, my own, and what I see of those made for me."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people import verbs
from betterstory.people.models import Invitation, Person, Role
from betterstory.people.tests._cards import CODE, PAGE, Open
from conftest import AT

pytestmark = pytest.mark.django_db


def test_a_lost_card_is_withdrawn(signed_in_client: Open, organiser: Person, place: object) -> None:
    browser = signed_in_client(organiser)
    row, code = verbs.invite(greeting="Sam", role=Role.RESIDENT, by=organiser, at=timezone.now())
    assert "Sam" in browser.get(PAGE).text
    browser.post(f"{PAGE}{row.pk}/withdraw/", {"once": str(uuid.uuid4())})
    assert "Sam" not in browser.get(PAGE).text
    assert Client().post("/people/come-in/", {"code": code}).status_code == 422


def test_an_organiser_sees_and_withdraws_only_their_own(
    signed_in_client: Open, organiser: Person, steward: Person, place: object
) -> None:
    row, _code = verbs.invite(greeting="A new steward", role=Role.STEWARD, by=steward, at=timezone.now())
    browser = signed_in_client(organiser)
    assert "A new steward" not in browser.get(PAGE).text
    assert browser.post(f"{PAGE}{row.pk}/withdraw/", {"once": str(uuid.uuid4())}).status_code == 404
    with pytest.raises(verbs.NotYours):
        verbs.withdraw_card(row, by=organiser, at=AT)
    row.refresh_from_db()
    assert row.withdrawn_at is None
    assert "A new steward" in signed_in_client(steward).get(PAGE).text


def test_a_return_card_brings_the_same_person_back_and_replaces_the_last(teller: Person) -> None:
    now = timezone.now()
    _first, old = verbs.make_return_card(teller, by=teller, at=now)
    card, new = verbs.make_return_card(teller, by=teller, at=now)
    with pytest.raises(verbs.CodeUnknown):
        verbs.come_in(selector=old[:3], verifier=old[3:], at=now, on=now.date())
    assert verbs.come_in(selector=new[:3], verifier=new[3:], at=now, on=now.date()) == teller
    assert card.expires_at == now + timedelta(days=365)


@pytest.mark.parametrize(
    ("by", "of", "allowed"),
    [
        ("organiser", "resident", True),
        ("organiser", "partner", True),
        ("organiser", "organiser", False),
        ("organiser", "steward", False),
        ("organiser", "analyst", False),
        ("steward", "steward", True),
        ("resident", "resident", False),
        ("partner", "resident", False),
    ],
)
def test_who_may_make_a_card_that_brings_somebody_back(
    welcome: Callable[..., Person], by: str, of: str, allowed: bool
) -> None:
    """A card is as good as being that person: nobody makes one for somebody with more doors."""
    maker, person = welcome("Nasreen", by), welcome("Sam", of)
    if allowed:
        verbs.make_return_card(person, by=maker, at=AT)
    else:
        with pytest.raises(verbs.NotYours):
            verbs.make_return_card(person, by=maker, at=AT)
    assert Invitation.objects.filter(person=person).exists() is allowed


def test_a_card_i_make_for_myself_is_shown_once(
    signed_in_client: Open, teller: Person, place: object
) -> None:
    browser = signed_in_client(teller)
    key = str(uuid.uuid4())
    answer = browser.post("/people/me/card/", {"once": key})
    [code] = CODE.findall(re.sub(r"<svg.*?</svg>", "", answer.text, flags=re.DOTALL))
    assert "For Sam." in answer.text
    assert browser.post("/people/me/card/", {"once": key})["Location"] == "/people/me/card/"
    assert browser.get("/people/me/card/")["Location"] == "/people/me/"
    assert code not in browser.get("/people/me/").text
    assert Invitation.objects.count() == 1


def test_on_one_computer_my_own_code_is_shown_to_be_copied(
    signed_in_client: Open, teller: Person, place: object, settings: Any
) -> None:
    """Or the steward of a new place could never come back."""
    settings.URL = "http://localhost:8000"
    answer = signed_in_client(teller).post("/people/me/card/", {"once": str(uuid.uuid4())})
    assert CODE.search(answer.text)
    assert "localhost" not in answer.text
    assert "#fff" not in answer.text


def test_i_see_every_card_made_for_me_and_by_whom(
    signed_in_client: Open, teller: Person, organiser: Person, place: object
) -> None:
    verbs.make_return_card(teller, by=organiser, at=timezone.now())
    text = signed_in_client(teller).get("/people/me/").text
    assert "Cards made for you" in text
    assert "by Nasreen" in text
    assert "Not used yet" in text


def test_i_withdraw_my_own_and_nobody_elses(
    signed_in_client: Open, teller: Person, resident: Person, place: object
) -> None:
    mine, _code = verbs.make_return_card(teller, by=teller, at=timezone.now())
    browser = signed_in_client(resident)
    path = f"/people/me/card/{mine.pk}/withdraw/"
    assert browser.post(path, {"once": str(uuid.uuid4())}).status_code == 404
    signed_in_client(teller).post(path, {"once": str(uuid.uuid4())})
    mine.refresh_from_db()
    assert mine.withdrawn_at is not None


def test_what_state_a_card_is_in(card: Callable[..., tuple[Invitation, str]]) -> None:
    row, _code = card()
    assert row.state(AT) == "out"
    assert row.state(row.expires_at) == "past"
    row.withdrawn_at = AT
    assert row.state(AT) == "withdrawn"
    row.used_at = AT
    assert row.state(AT) == "used"
