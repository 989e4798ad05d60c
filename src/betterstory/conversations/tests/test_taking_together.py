"""Answers that come at the same moment are written in one go, and one that fails spoils no other."""

import time
from collections.abc import Callable
from threading import Thread

import pytest
from django.db import IntegrityError

from betterstory.conversations import taking, verbs
from betterstory.conversations.models import Statement, Voice, Vote
from conftest import AT

MakeVoice = Callable[..., tuple[Voice, str]]
AtOnce = Callable[..., list[object]]


@pytest.fixture
def held_back(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """All wait until eight have come; gives how many were written together each time."""
    sizes: list[int] = []
    together = taking._write_together

    def noted(brought: list[taking._Brought]) -> None:
        sizes.append(len(brought))
        together(brought)

    def open_at_eight() -> None:
        until = time.monotonic() + 20
        while len(taking._waiting) < 8 and time.monotonic() < until:
            time.sleep(0.005)
        taking._turn.release()

    monkeypatch.setattr(taking, "_write_together", noted)
    taking._turn.acquire()
    Thread(target=open_at_eight, daemon=True).start()
    return sizes


def said() -> list[tuple[int, int]]:
    return sorted(Vote.objects.values_list("voice", "choice"))


def test_eight_answers_are_written_in_one_go(
    held_back: list[int], at_once: AtOnce, statements: list[Statement], voice: MakeVoice
) -> None:
    voices = [voice()[0] for _n in range(8)]
    at_once(*[_answer(statements[0], each) for each in voices])
    assert held_back == [8]
    assert at_once(said) == [[(each.pk, 1) for each in voices]]


def test_one_that_may_not_be_taken_is_told_so_and_the_others_stand(
    held_back: list[int], at_once: AtOnce, statements: list[Statement], voice: MakeVoice
) -> None:
    voices = [voice()[0] for _n in range(8)]
    Voice.objects.filter(pk=voices[3].pk).update(lost_at=AT)
    answers = at_once(*[_answer(statements[0], each) for each in voices])
    assert held_back == [8]
    assert [type(each) for each in answers] == [Vote] * 3 + [verbs.CardUnknown] + [Vote] * 4
    assert at_once(said) == [[(each.pk, 1) for each in voices if each != voices[3]]]


def test_one_that_the_database_throws_out_spoils_no_other(
    held_back: list[int],
    at_once: AtOnce,
    statements: list[Statement],
    voice: MakeVoice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    voices = [voice()[0] for _n in range(8)]
    write = taking._write

    def thrown_out(said: Vote) -> bool:
        if said.voice_id == voices[5].pk:
            raise IntegrityError
        return write(said)

    monkeypatch.setattr(taking, "_write", thrown_out)
    answers = at_once(*[_answer(statements[0], each) for each in voices])
    assert [type(each) for each in answers] == [Vote] * 5 + [IntegrityError] + [Vote] * 2
    assert at_once(said) == [[(each.pk, 1) for each in voices if each != voices[5]]]


def test_the_same_card_pressed_twice_together_says_what_it_said_last(
    statements: list[Statement], voice: MakeVoice
) -> None:
    somebody = voice()[0]
    brought = [
        _brought(Vote(statement=statements[0], voice=somebody, choice=choice, channel="phone", at=AT))
        for choice in (Vote.Choice.AGREE, Vote.Choice.DISAGREE)
    ]
    taking._write_together(brought)
    assert [each.taken for each in brought] == [True, True]
    assert said() == [(somebody.pk, -1)]


def _brought(vote: Vote) -> taking._Brought:
    return taking._Brought(lambda: taking._write(vote), (vote.statement_id, vote.voice_id))


def _answer(statement: Statement, voice: Voice) -> Callable[[], Vote]:
    return lambda: verbs.vote(statement, voice=voice, choice=Vote.Choice.AGREE, at=AT)
