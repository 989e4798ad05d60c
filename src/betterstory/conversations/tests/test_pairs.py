"""Two cards that are seen differently: side by side, without an arrow, made into sentences to answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.iceberg import look_beneath
from betterstory.conversations.models import Gathering, Insight, Link, Statement
from betterstory.conversations.verbs import NotAPair, NothingToAsk, TooLongToAsk
from betterstory.people import verbs as people
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Round
from betterstory.stories.models import Piece
from conftest import AT

AddCard = Callable[..., Insight]
ONE, OTHER = "People miss visits because the bus is early.", "People miss visits because nobody asks them."


@pytest.fixture
def pair(add_card: AddCard, organiser: Person) -> Link:
    one, other = add_card("trend", ONE), add_card("trend", OTHER)
    return verbs.link(other, one, kind=Link.Kind.SEEN_DIFFERENTLY, by=organiser, at=AT)


@pytest.fixture
def later(round_: Round, organiser: Person) -> Gathering:
    """Another evening of the round, which hears nothing that was said yes to for the first."""
    return verbs.call_gathering(
        round=round_,
        kind=Gathering.Kind.PLANNING,
        title="Planning",
        when=AT + timedelta(days=20),
        where="The hall",
        by=organiser,
        at=AT,
    )


def test_a_pair_is_one_whichever_way_it_is_said(pair: Link, organiser: Person) -> None:
    again = verbs.link(pair.start, pair.end, kind=Link.Kind.SEEN_DIFFERENTLY, by=organiser, at=AT)
    assert (again.pk, pair.start.number, pair.end.number) == (pair.pk, 1, 2)


def test_it_is_drawn_and_said_of_both(pair: Link, round_: Round, organiser: Person) -> None:
    drawing = look_beneath(round_, viewer=organiser, at=AT).draw()
    assert [(link.kind, link.head) for link in drawing.links] == [("seen_differently", "")]
    assert drawing.pairs
    assert not drawing.lines
    about = [note.about for level in drawing.levels for note in level.notes]
    assert ["Seen differently from" in each for each in about] == [True, True]


def test_one_press_makes_two_sentences_and_a_second_press_none(
    pair: Link, gathering: Gathering, organiser: Person, send: Callable[..., Any]
) -> None:
    for _press in range(2):
        assert send(organiser, "ask_pair", pair.pk, gathering.pk).status_code == 302
    assert list(Statement.objects.values_list("words", flat=True)) == [ONE, OTHER]
    assert set(pair.asked.all()) == set(Statement.objects.all())


def test_each_room_is_asked_for_itself(
    pair: Link, gathering: Gathering, later: Gathering, organiser: Person
) -> None:
    here = verbs.ask_pair(pair, gathering, by=organiser, at=AT)
    there = verbs.ask_pair(pair, later, by=organiser, at=AT)
    assert [each.gathering for each in [*here, *there]] == [gathering, gathering, later, later]


def test_a_tellers_words_are_not_copied_into_a_sentence(
    add_card: AddCard, piece: Piece, gathering: Gathering, organiser: Person
) -> None:
    theirs, ours = add_card("event", pieces=[piece]), add_card("event", ONE, pieces=[piece])
    pair = verbs.link(theirs, ours, kind=Link.Kind.SEEN_DIFFERENTLY, by=organiser, at=AT)
    [made] = verbs.ask_pair(pair, gathering, by=organiser, at=AT)
    assert (made.words, made.from_piece) == (ONE, piece)


def test_what_that_room_may_not_see_is_not_asked_there(
    add_card: AddCard, piece: Piece, later: Gathering, organiser: Person
) -> None:
    ones = [add_card("event", words, pieces=[piece]) for words in (ONE, OTHER)]
    pair = verbs.link(*ones, kind=Link.Kind.SEEN_DIFFERENTLY, by=organiser, at=AT)
    with pytest.raises(NothingToAsk):
        verbs.ask_pair(pair, later, by=organiser, at=AT)
    assert not Statement.objects.exists()


def test_only_a_pair_and_only_short_and_only_by_the_room(
    pair: Link, add_card: AddCard, gathering: Gathering, organiser: Person, resident: Person
) -> None:
    with pytest.raises(NotYours):
        verbs.ask_pair(pair, gathering, by=resident, at=AT)
    arrow = verbs.link(
        pair.start, add_card("event", "Nobody rang."), kind=Link.Kind.CAUSES, by=organiser, at=AT
    )
    with pytest.raises(NotAPair):
        verbs.ask_pair(arrow, gathering, by=organiser, at=AT)
    long = add_card("trend", "x" * 201)
    tied = verbs.link(pair.start, long, kind=Link.Kind.SEEN_DIFFERENTLY, by=organiser, at=AT)
    with pytest.raises(TooLongToAsk):
        verbs.ask_pair(tied, gathering, by=organiser, at=AT)
    assert not Statement.objects.exists()


def test_a_suggestion_is_not_asked_before_it_is_kept(
    add_card: AddCard, gathering: Gathering, organiser: Person, resident: Person
) -> None:
    people.join(circle=gathering.circle, person=resident, at=AT)
    resident.read_again()
    hers, kept = add_card("trend", ONE, by=resident), add_card("trend", OTHER)
    pair = verbs.link(hers, kept, kind=Link.Kind.SEEN_DIFFERENTLY, by=organiser, at=AT)
    assert [each.words for each in verbs.ask_pair(pair, gathering, by=organiser, at=AT)] == [OTHER]
