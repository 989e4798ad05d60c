"""The signed slip in a page of answering: one card, one gathering, one evening."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Statement, Voice
from betterstory.conversations.tests._phone import _in_printed_order, phone, said, slip
from betterstory.people.models import Person
from betterstory.places.models import Round
from conftest import AT

__all__ = ["_in_printed_order", "phone", "slip"]  # fixtures that tests ask for by name


def test_a_slip_lasts_an_evening(
    phone: Client,
    gathering: Gathering,
    statements: list[Statement],
    slip: tuple[str, Voice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fields = {"slip": slip[0], "statement": statements[0].pk, "said": "agree"}
    late = signing.time.time() + timedelta(hours=12, minutes=1).total_seconds()  # type: ignore[attr-defined]  # the clock that signing reads
    monkeypatch.setattr("django.core.signing.time.time", lambda: late)
    answer = phone.post(f"/v/{gathering.pk}/", fields)
    assert answer.status_code == 422
    assert "It has been a while. Type your code again." in answer.content.decode()
    assert said() == []


@pytest.mark.parametrize("spoil", [lambda slip: slip[:-2] + "xx", lambda slip: "", lambda slip: "a:b:c"])
def test_a_slip_that_was_tampered_with(
    spoil: Callable[[str], str],
    phone: Client,
    gathering: Gathering,
    statements: list[Statement],
    slip: tuple[str, Voice],
) -> None:
    fields = {"slip": spoil(slip[0]), "statement": statements[0].pk, "said": "agree"}
    assert phone.post(f"/v/{gathering.pk}/", fields).status_code == 422
    assert said() == []


def test_a_slip_is_for_one_gathering(
    phone: Client, round_: Round, organiser: Person, slip: tuple[str, Voice], statements: list[Statement]
) -> None:
    other = verbs.call_gathering(
        round=round_, kind=Gathering.Kind.PLANNING, title="Plan", when=AT, where="hall", by=organiser, at=AT
    )
    asked = verbs.add_statement(other, words="We start in May.", by=organiser, at=AT)
    there = phone.post(f"/v/{other.pk}/", {"slip": slip[0], "statement": asked.pk, "said": "agree"})
    here = phone.post(
        f"/v/{statements[0].gathering_id}/", {"slip": slip[0], "statement": asked.pk, "said": "agree"}
    )
    assert (there.status_code, here.status_code) == (422, 404)
    assert said() == []


def test_a_lost_card_ends_its_slips(
    phone: Client, gathering: Gathering, statements: list[Statement], slip: tuple[str, Voice]
) -> None:
    Voice.objects.filter(pk=slip[1].pk).update(lost_at=AT)
    fields = {"slip": slip[0], "statement": statements[0].pk, "said": "agree"}
    assert phone.post(f"/v/{gathering.pk}/", fields).status_code == 422
    assert said() == []


@pytest.mark.parametrize("typed", ["-1", "9" * 40, "one", "1; drop table"])
def test_numbers_that_are_none_are_not_found(
    typed: str, phone: Client, gathering: Gathering, slip: tuple[str, Voice]
) -> None:
    for name in ("statement", "left", "show"):
        answer = phone.post(f"/v/{gathering.pk}/", {"slip": slip[0], "said": "agree", name: typed})
        assert answer.status_code == 404
