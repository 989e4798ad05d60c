"""Paper typed twice and taken out: what is not there to be read, settled or undone is refused."""

from collections.abc import Callable

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Line, Pile, Statement, Typed, Voice, Vote
from betterstory.conversations.verbs import NothingToSettle, NotPicked, TypedCard, UndoneAlready
from betterstory.people.models import Person
from conftest import AT

MakeVoice = Callable[..., tuple[Voice, str]]
AGREE, DISAGREE = Vote.Choice.AGREE, Vote.Choice.DISAGREE


@pytest.fixture
def code(voice: MakeVoice) -> str:
    return voice()[1]


@pytest.fixture
def typed(gathering: Gathering, statements: list[Statement], code: str, organiser: Person) -> Typed:
    """One card that agrees with the first sentence, picked to be read again."""
    cards = [TypedCard(code, {statements[0].pk: AGREE})]
    verbs.type_in(gathering, cards=cards, by=organiser, at=AT)
    assert Typed.objects.get().is_picked, "three at least are read twice"
    return Typed.objects.select_related("pile__gathering").get()


def choices() -> list[int]:
    return list(Vote.objects.values_list("choice", flat=True))


def test_a_card_of_a_pile_that_was_taken_out_is_not_read_again(
    typed: Typed, statements: list[Statement], code: str, organiser: Person
) -> None:
    verbs.undo(typed.pile, by=organiser, at=AT)
    with pytest.raises(NotPicked):
        verbs.type_again(typed, code=code, answers={statements[0].pk: DISAGREE}, by=organiser, at=AT)
    assert Typed.objects.get().again_at is None
    assert choices() == []


def test_nothing_is_settled_before_it_was_read_twice_nor_once_the_pile_is_out(
    typed: Typed, statements: list[Statement], code: str, organiser: Person
) -> None:
    stands = {statements[0].pk: DISAGREE}
    with pytest.raises(NothingToSettle):
        verbs.settle(typed, stands=stands, by=organiser, at=AT)
    assert choices() == [AGREE]
    assert not verbs.type_again(typed, code=code, answers=stands, by=organiser, at=AT)
    Pile.objects.update(undone_at=AT)
    with pytest.raises(NothingToSettle):
        verbs.settle(typed, stands=stands, by=organiser, at=AT)
    Pile.objects.update(undone_at=None)
    verbs.settle(typed, stands=stands, by=organiser, at=AT)
    assert choices() == [DISAGREE]
    assert Line.objects.get().stands == DISAGREE


def test_two_who_take_the_same_pile_out_from_pages_of_before(typed: Typed, organiser: Person) -> None:
    first, second = Pile.objects.get(), Pile.objects.get()
    verbs.undo(first, by=organiser, at=AT)
    with pytest.raises(UndoneAlready):
        verbs.undo(second, by=organiser, at=AT)


def test_a_sentence_put_aside_is_typed_in_no_more_and_no_pile_is_left(
    gathering: Gathering, statements: list[Statement], code: str, organiser: Person
) -> None:
    verbs.put_aside(statements[0], because="twice", by=organiser)
    with pytest.raises(verbs.NotAsked):
        verbs.type_in(gathering, cards=[TypedCard(code, {statements[0].pk: AGREE})], by=organiser, at=AT)
    assert verbs.type_in(gathering, cards=[], by=organiser, at=AT).pile is None
    assert not Pile.objects.exists()
