"""A page that lay ready never says what a moment ago was changed, closed or refused."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from betterstory.conversations import taking
from betterstory.conversations.models import Gathering, Statement, Voice, Vote
from betterstory.conversations.pages import ready
from betterstory.conversations.tests._ready import (
    MakeVoice,
    agree,
    begin,
    form,
    phone,
    send,
    two_walked_before,
    whole,
    whole_way,
)
from betterstory.people.models import Tries
from conftest import AT

__all__ = ["phone", "two_walked_before", "whole", "whole_way"]  # fixtures that tests ask for by name


def lose(card: Voice, _statement: Statement) -> None:
    Voice.objects.filter(pk=card.pk).update(lost_at=AT)


def close(_card: Voice, statement: Statement) -> None:
    Gathering.objects.filter(pk=statement.gathering_id).update(voting_open=False)


def put_aside(_card: Voice, statement: Statement) -> None:
    Statement.objects.filter(pk=statement.pk).update(put_aside="said twice")


def begin_elsewhere(card: Voice, _statement: Statement) -> None:
    Voice.objects.filter(pk=card.pk).update(begun_as="another")


@pytest.mark.parametrize(
    ("change", "sentence", "taken"),
    [
        (lose, "Type your code again", 0),
        (close, "Answers are no longer taken here", 0),
        (put_aside, "not asked any more", 0),
        (begin_elsewhere, "begun on another phone", 1),
    ],
)
def test_what_changed_a_moment_ago_is_said(
    change: Callable[[Voice, Statement], None],
    sentence: str,
    taken: int,
    phone: Client,
    two_walked_before: None,
    statements: list[Statement],
    voice: MakeVoice,
) -> None:
    """Though the room that is held, and the page that lies ready, know nothing of it."""
    card, code = voice()
    page = begin(phone, code)
    change(card, statements[0])
    assert sentence in agree(phone, page).content.decode()
    assert Vote.objects.filter(voice=card).count() == taken


def test_a_wrong_code_is_counted_once_and_too_many_are_refused(
    phone: Client, two_walked_before: None, voice: MakeVoice
) -> None:
    for many in range(1, 31):
        assert begin(phone, "K7TP4M2X").status_code == 422
        assert set(Tries.objects.values_list("count", flat=True)) == {many}
    code = voice()[1]
    assert begin(phone, code).status_code == 429, "nor is a card that is known let in then"
    assert set(Tries.objects.values_list("count", flat=True)) == {30}


def test_a_slip_of_last_night_is_not_taken(
    phone: Client,
    two_walked_before: None,
    statements: list[Statement],
    voice: MakeVoice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    somebody, code = voice()
    page = begin(phone, code)
    later = time.time() + timedelta(hours=12, minutes=1).total_seconds()
    monkeypatch.setattr(time, "time", lambda: later)
    assert agree(phone, page).status_code == 422
    assert not Vote.objects.filter(voice=somebody).exists()


def test_nothing_is_told_as_taken_that_the_database_threw_out(
    phone: Client,
    two_walked_before: None,
    statements: list[Statement],
    voice: MakeVoice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = begin(phone, voice()[1])

    def thrown_out(_said: Vote) -> bool:
        raise OperationalError

    monkeypatch.setattr(taking, "_write", thrown_out)
    phone.raise_request_exception = False
    failed = agree(phone, page)
    assert failed.status_code == 500
    assert failed.headers["Cache-Control"] == "no-store", "and it comes by the whole way"


def test_answers_written_for_good_are_one_for_each_card_however_often_pressed(
    phone: Client, two_walked_before: None, statements: list[Statement], voice: MakeVoice
) -> None:
    card, code = voice()
    page = begin(phone, code)
    for said in ("agree", "agree", "disagree", "not_sure", "disagree"):
        send(phone, f"/v/{statements[0].gathering_id}/", form(page, said))
    assert [vote.choice for vote in Vote.objects.filter(voice=card)] == [-1]


@pytest.mark.usefixtures("two_walked_before")
def test_words_do_not_stay_in_memory(
    phone: Client, voice: MakeVoice, whole_way: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was put aside or taken back meanwhile goes with all the rest, at whatever is asked next."""
    whole_way.clear()
    assert begin(phone, voice()[1]).status_code == 200
    assert ready._kept
    assert not whole_way, "it lay ready"
    monkeypatch.setattr(ready, "LONGEST_KEPT", -1.0)
    phone.get("/v/")
    assert not ready._kept
