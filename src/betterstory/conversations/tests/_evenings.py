"""Evenings of one round on which something of everything was done, with the same cards in the same hands."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Guest, Side, Voice, Vote
from betterstory.conversations.verbs import TypedCard
from betterstory.people.models import Person, Ring
from betterstory.places.models import Round
from conftest import AT

Cards = list[tuple[Voice, str]]
AGREE, NO = Vote.Choice.AGREE, Vote.Choice.DISAGREE


@pytest.fixture
def cards(round_: Round, organiser: Person) -> Cards:
    """Seven cards that were carried to each of these evenings."""
    return verbs.make_voices(round_, residents=5, services=2, by=organiser, at=AT)


@pytest.fixture
def evening(round_: Round, organiser: Person, resident: Person, cards: Cards) -> Callable[[str], Gathering]:
    """An evening on which something of everything was done."""

    def make(title: str) -> Gathering:
        held = verbs.call_gathering(
            round=round_,
            kind=Gathering.Kind.MAKING_SENSE,
            title=title,
            when=AT + timedelta(days=8),
            where="The hall",
            by=organiser,
            at=AT,
        )
        said = [
            verbs.add_statement(held, words=f"Sentence {n} of {title}.", by=organiser, at=AT)
            for n in range(1, 18)
        ]
        verbs.mark_opposites(said[0], said[1], by=organiser)
        verbs.draw_sheets(held, many=3, by=organiser, at=AT, chance=Random(1))
        for voice, _code in cards[:2]:
            verbs.vote(said[0], voice=voice, choice=AGREE, at=AT)
        typed = [TypedCard(code, {said[2].pk: AGREE, said[3].pk: NO}) for _voice, code in cards[2:]]
        verbs.type_in(held, cards=typed, by=organiser, at=AT)
        for name in ("Ivy", "Helen"):
            verbs.ask_guest(held, first_name=name, side=Side.RESIDENT, ring=Ring.ME, by=organiser)
        guest = verbs.ask_guest(
            held, first_name="Ola", side=Side.RESIDENT, ring=Ring.ME, by=organiser, person=resident
        )
        verbs.reply(guest, reply=Guest.Reply.COMING, by=resident, at=AT)
        verbs.lay_out(held, by=organiser, at=AT)
        return held

    return make
