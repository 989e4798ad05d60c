"""Taking an answer: each condition of the one statement holds by itself; the later answer is all there."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Pile, Statement, Typed, Voice, Vote
from betterstory.conversations.taking import take
from betterstory.people.models import Person
from betterstory.places import verbs as places
from betterstory.places.models import Round
from conftest import AT, TODAY

MakeVoice = Callable[..., tuple[Voice, str]]
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def card(voice: MakeVoice) -> Voice:
    return voice()[0]


def said(statement: Statement, voice: Voice, choice: int = 1, **more: object) -> Vote:
    told = {"channel": Vote.Channel.PHONE, "in_room": False, "at": AT, **more}
    return Vote(statement=statement, voice=voice, choice=choice, **told)


def test_an_answer_is_taken(statements: list[Statement], card: Voice) -> None:
    assert take(said(statements[0], card)) is True
    assert Vote.objects.get().statement == statements[0]


def lose(_statement: Statement, voice: Voice) -> None:
    Voice.objects.filter(pk=voice.pk).update(lost_at=AT)


def close(statement: Statement, _voice: Voice) -> None:
    Gathering.objects.filter(pk=statement.gathering_id).update(voting_open=False)


def unread(statement: Statement, _voice: Voice) -> None:
    Statement.objects.filter(pk=statement.pk).update(is_read=False)


def put_aside(statement: Statement, _voice: Voice) -> None:
    Statement.objects.filter(pk=statement.pk).update(put_aside="said twice")


@pytest.mark.parametrize("change", [lose, close, unread, put_aside])
def test_what_changed_since_the_page_was_shown_is_asked_of_the_rows(
    change: Callable[[Statement, Voice], None], statements: list[Statement], card: Voice
) -> None:
    """Neither a first answer is taken then, nor another one in its place."""
    take(said(statements[1], card))
    change(statements[0], card)
    assert take(said(statements[0], card)) is False
    change(statements[1], card)
    assert take(said(statements[1], card, -1)) is False
    assert list(Vote.objects.values_list("statement", "choice")) == [(statements[1].pk, 1)]


def test_a_card_of_another_round_answers_nothing_here(
    statements: list[Statement], round_: Round, organiser: Person, card: Voice
) -> None:
    other = places.begin_round(neighbourhood=round_.neighbourhood, on=TODAY, by=organiser)
    stranger = verbs.make_voices(other, residents=1, services=0, by=organiser, at=AT)[0][0]
    assert take(said(statements[0], stranger)) is False
    assert not Vote.objects.exists()
    assert take(said(statements[0], card)) is True


def test_nobody_answers_for_a_card_or_a_sentence_that_is_not_there(
    statements: list[Statement], card: Voice
) -> None:
    nobody, nothing = Voice(pk=card.pk + 999), Statement(pk=statements[-1].pk + 999)
    assert take(said(statements[0], nobody)) is False
    assert take(said(nothing, card)) is False
    assert not Vote.objects.exists()


def test_a_later_answer_takes_the_whole_place_of_the_one_before(
    statements: list[Statement], gathering: Gathering, card: Voice, organiser: Person
) -> None:
    """Nothing of the first is left: neither who typed it, nor the paper it stood on, nor its time."""
    pile = Pile.objects.create(
        gathering=gathering, number=1, source=Pile.Source.HALL_PAPER, typed_by=organiser, typed_at=AT
    )
    typed = Typed.objects.create(pile=pile, place=1, voice=card)
    paper = {"channel": Vote.Channel.PAPER, "in_room": True, "entered_by": organiser, "typed": typed}
    said(statements[0], card, -1, **paper).save()
    take(said(statements[1], card))
    assert take(said(statements[0], card, at=LATER)) is True
    vote = Vote.objects.get(statement=statements[0])
    now = (vote.choice, vote.channel, vote.in_room, vote.entered_by, vote.typed, vote.at)
    assert now == (1, Vote.Channel.PHONE, False, None, None, LATER)
    assert Vote.objects.count() == 2, "one answer of a card to a sentence, and the other left alone"
    assert Vote.objects.get(statement=statements[1]).at == AT
