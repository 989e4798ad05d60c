"""What begins the iceberg: a moment on the tip, in its teller's words and nothing beside them."""

from collections.abc import Callable

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Insight, RunSheet, TellersWord
from betterstory.conversations.verbs.tellers_turn import BeginWithTheTeller, FirstWordFirst, TheTellerIsFirst
from betterstory.people.models import Person
from betterstory.stories.models import Piece
from conftest import AT

AddCard = Callable[..., Insight]
LetPass = Callable[..., TellersWord]


def tell_it_here(gathering: Gathering, piece: Piece) -> None:
    RunSheet.objects.filter(gathering=gathering).update(story=piece.version.story)


@pytest.mark.parametrize(("level", "beside"), [("event", "Somebody missed a visit."), ("structure", "")])
def test_only_the_tellers_own_words_on_the_tip_begin_it(
    level: str, beside: str, add_card: AddCard, gathering: Gathering, piece: Piece
) -> None:
    """Somebody's words beside it, or a card further down, begin nothing."""
    add_card(level, beside, pieces=[piece])
    tell_it_here(gathering, piece)
    with pytest.raises(BeginWithTheTeller):
        add_card("trend", "Many wait.")
    add_card("event", pieces=[piece])
    with pytest.raises(TheTellerIsFirst):
        add_card("trend", "Many wait.")
    assert not Insight.objects.filter(level="trend").exists()


@pytest.mark.parametrize(("level", "beside"), [("event", "Somebody missed a visit."), ("structure", "")])
def test_no_last_word_before_the_tellers_own_first(
    level: str, beside: str, add_card: AddCard, piece: Piece, let_pass: LetPass
) -> None:
    add_card(level, beside, pieces=[piece])
    with pytest.raises(FirstWordFirst):
        let_pass("event", "last")
    assert not TellersWord.objects.exists()
    add_card("event", pieces=[piece])
    assert let_pass("event", "last").place == "last"


def test_a_moment_taken_out_begins_nothing(
    add_card: AddCard, gathering: Gathering, piece: Piece, organiser: Person
) -> None:
    moment = add_card("event", pieces=[piece])
    tell_it_here(gathering, piece)
    verbs.remove_card(moment, by=organiser, at=AT)
    with pytest.raises(BeginWithTheTeller):
        add_card("trend", "Many wait.")
