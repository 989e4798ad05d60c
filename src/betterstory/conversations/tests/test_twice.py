"""Some cards are typed twice: picked by chance, read blind, and what differs is settled; a pile is undone."""

from collections.abc import Callable
from math import ceil
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Pile, Statement, Typed, Voice, Vote
from betterstory.conversations.verbs import (
    AnotherCard,
    CardUnknown,
    NothingToSettle,
    NotPicked,
    TypedCard,
    UndoneAlready,
    VotingIsClosed,
    WrongRows,
)
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from conftest import AT

MakeVoice = Callable[..., tuple[Voice, str]]
Send = Callable[..., Any]
Keep = Callable[..., Pile]
AGREE, NOT_SURE, DISAGREE = Vote.Choice.AGREE, Vote.Choice.PASS, Vote.Choice.DISAGREE
MARKS = {"a": AGREE, "p": NOT_SURE, "d": DISAGREE}


@pytest.fixture
def keep(gathering: Gathering, statements: list[Statement], organiser: Person, voice: MakeVoice) -> Keep:
    """Type a pile in: keep("a d", ("p", code)) ticks the sentences in order, each card new unless named."""

    def make(*cards: str | tuple[str, str], **more: Any) -> Pile:
        typed = []
        for card in cards:
            marks, code = (card, voice()[1]) if isinstance(card, str) else card
            answers = {
                statement.pk: MARKS[mark]
                for statement, mark in zip(statements, marks.split(), strict=False)
                if mark in MARKS
            }
            typed.append(TypedCard(code, answers))
            codes[len(codes)] = code
        taken = verbs.type_in(gathering, cards=typed, by=organiser, at=AT, **more)
        assert taken.pile is not None
        return taken.pile

    codes: dict[int, str] = {}
    make.codes = codes  # type: ignore[attr-defined]  # for tests that type a card again
    return make


def votes() -> list[tuple[int, int, str]]:
    rows = Vote.objects.order_by("voice", "statement__number")
    return list(rows.values_list("statement__number", "choice", "channel"))


def picked_all(pile: Pile) -> list[Typed]:
    Typed.objects.filter(pile=pile).update(is_picked=True)
    return list(pile.cards.select_related("pile__gathering"))


@given(sizes=st.lists(st.integers(1, 6), min_size=1, max_size=4))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_in_five_and_three_at_least_are_typed_twice(
    sizes: list[int], gathering: Gathering, keep: Keep
) -> None:
    Pile.objects.all().delete()
    total = 0
    for size in sizes:
        keep(*["a d"] * size)
        total += size
        picked = Typed.objects.filter(is_picked=True).count()
        assert picked == min(total, max(3, ceil(total / 5)))


def test_what_was_said_to_a_helper_cannot_be_read_again(keep: Keep) -> None:
    keep("a", "a", "a", "a", source=Pile.Source.HOME_SAID)
    assert not Typed.objects.filter(is_picked=True).exists()
    assert {(vote.channel, vote.in_room) for vote in Vote.objects.all()} == {("helper", False)}


@pytest.mark.parametrize(
    ("source", "channel", "in_room"),
    [
        ("hall_paper", "paper", True),
        ("home_paper", "paper", False),
        ("hall_said", "helper", True),
        ("home_said", "helper", False),
    ],
)
def test_how_an_answer_came_is_kept(source: str, channel: str, in_room: bool, keep: Keep) -> None:
    keep("a", source=Pile.Source(source))
    vote = Vote.objects.get()
    assert (vote.channel, vote.in_room) == (channel, in_room)


def test_both_readings_the_same_is_settled_at_once(
    keep: Keep, statements: list[Statement], organiser: Person
) -> None:
    typed = picked_all(keep("a d"))[0]
    answers = {statements[0].pk: AGREE, statements[1].pk: DISAGREE}
    same = verbs.type_again(typed, code=keep.codes[0], answers=answers, by=organiser, at=AT)  # type: ignore[attr-defined]
    typed.refresh_from_db()
    assert (same, typed.settled_by) == (True, organiser)
    assert not Typed.objects.differing().exists()


@pytest.mark.parametrize(
    ("first", "second", "stands", "then"),
    [
        ("a d", {0: DISAGREE, 1: DISAGREE}, {0: DISAGREE}, [(1, -1), (2, -1)]),  # the first was a slip
        ("a d", {0: DISAGREE, 1: DISAGREE}, {0: AGREE}, [(1, 1), (2, -1)]),  # the second was
        ("a d", {1: DISAGREE}, {0: None}, [(2, -1)]),  # it was left blank
        ("a -", {0: AGREE, 1: NOT_SURE}, {1: NOT_SURE}, [(1, 1), (2, 0)]),  # a line was overlooked
        ("a d", {0: DISAGREE, 1: AGREE}, {0: NOT_SURE, 1: None}, [(1, 0)]),  # both were
    ],
)
def test_what_differs_is_settled_by_the_paper(
    first: str,
    second: dict[int, Vote.Choice],
    stands: dict[int, Vote.Choice | None],
    then: list[tuple[int, int]],
    keep: Keep,
    statements: list[Statement],
    organiser: Person,
) -> None:
    typed = picked_all(keep(first))[0]
    before = votes()
    read = {statements[at].pk: choice for at, choice in second.items()}
    assert not verbs.type_again(typed, code=keep.codes[0], answers=read, by=organiser, at=AT)  # type: ignore[attr-defined]
    assert votes() == before, "until somebody has looked at the paper, what was typed first stands"
    assert list(Typed.objects.differing()) == [typed]
    verbs.settle(
        typed, stands={statements[at].pk: choice for at, choice in stands.items()}, by=organiser, at=AT
    )
    assert [(number, choice) for number, choice, _channel in votes()] == then
    assert not Typed.objects.differing().exists()
    with pytest.raises(NothingToSettle):
        verbs.settle(typed, stands={}, by=organiser, at=AT)


def test_after_one_slip_the_rest_of_that_pile_is_typed_twice(
    keep: Keep, statements: list[Statement], organiser: Person
) -> None:
    pile, other = keep(*["a d"] * 8), keep(*["a"] * 8)
    Typed.objects.update(is_picked=False)
    typed = pile.cards.first()
    assert typed is not None
    Typed.objects.filter(pk=typed.pk).update(is_picked=True)
    verbs.type_again(typed, code=keep.codes[0], answers={}, by=organiser, at=AT)  # type: ignore[attr-defined]
    more = verbs.settle(typed, stands={statements[0].pk: AGREE}, by=organiser, at=AT)
    assert (more, pile.cards.filter(is_picked=True).count()) == (7, 8)
    assert not other.cards.filter(is_picked=True).exists()


def test_another_card_is_not_taken_for_the_one_that_was_picked(
    keep: Keep, organiser: Person, voice: MakeVoice
) -> None:
    typed = picked_all(keep("a"))[0]
    for code, problem in ((voice()[1], AnotherCard), ("K7TP 4M2X", CardUnknown)):
        with pytest.raises(problem):
            verbs.type_again(typed, code=code, answers={}, by=organiser, at=AT)
    typed.refresh_from_db()
    assert typed.again_at is None


def test_a_card_is_typed_a_second_time_once_and_only_if_picked(
    keep: Keep, statements: list[Statement], organiser: Person, resident: Person
) -> None:
    pile = keep("a")
    code = keep.codes[0]  # type: ignore[attr-defined]
    Typed.objects.update(is_picked=False)
    typed = pile.cards.get()
    with pytest.raises(NotPicked):
        verbs.type_again(typed, code=code, answers={}, by=organiser, at=AT)
    typed = picked_all(pile)[0]
    with pytest.raises(NotYours):
        verbs.type_again(typed, code=code, answers={}, by=resident, at=AT)
    verbs.type_again(typed, code=code, answers={statements[0].pk: AGREE}, by=organiser, at=AT)
    with pytest.raises(NotPicked):
        verbs.type_again(typed, code=code, answers={}, by=organiser, at=AT)


def test_a_sheet_entered_twice_is_said_and_not_doubled(
    keep: Keep, gathering: Gathering, statements: list[Statement], organiser: Person
) -> None:
    keep("a", "d")
    code = keep.codes[1]  # type: ignore[attr-defined]
    with pytest.raises(WrongRows) as refused:
        keep("a", ("a", code))
    assert refused.value.rows == {1: "This sheet is in already: pile 1, number 2. Leave this row empty."}
    assert votes() == [(1, 1, "paper"), (1, -1, "paper")]


def test_a_pile_that_was_undone_counts_as_never_typed(keep: Keep, organiser: Person) -> None:
    pile = keep("a d", "p")
    verbs.undo(pile, by=organiser, at=AT)
    assert votes() == []
    with pytest.raises(UndoneAlready):
        verbs.undo(pile, by=organiser, at=AT)
    keep(("d", keep.codes[0]))  # type: ignore[attr-defined]  # the same card may be typed in again
    assert votes() == [(1, -1, "paper")]
    pile.refresh_from_db()
    assert (pile.undone_by, pile.number) == (organiser, 1)
    assert not Typed.objects.waiting().filter(pile=pile).exists()


def test_undoing_lets_what_an_earlier_pile_said_stand_again(
    keep: Keep, gathering: Gathering, organiser: Person
) -> None:
    """The same voice twice: once said to a helper, then on paper."""
    keep("a d", source=Pile.Source.HALL_SAID)
    code = keep.codes[0]  # type: ignore[attr-defined]
    pile = keep(("d", code))
    assert votes() == [(1, -1, "paper"), (2, -1, "helper")]
    verbs.undo(pile, by=organiser, at=AT)
    assert votes() == [(1, 1, "helper"), (2, -1, "helper")]


def test_what_a_phone_answered_is_not_written_over_nor_undone(
    keep: Keep, gathering: Gathering, statements: list[Statement], organiser: Person, voice: MakeVoice
) -> None:
    somebody, code = voice()
    verbs.vote(statements[0], voice=somebody, choice=DISAGREE, at=AT)
    cards = [TypedCard(code, {statements[0].pk: AGREE, statements[1].pk: AGREE})]
    taken = verbs.type_in(gathering, cards=cards, by=organiser, at=AT)
    assert (taken.by_phone, votes()) == (1, [(1, -1, "phone"), (2, 1, "paper")])
    verbs.vote(statements[1], voice=somebody, choice=NOT_SURE, at=AT)  # and pressed again after it was typed
    assert taken.pile is not None
    verbs.undo(taken.pile, by=organiser, at=AT)
    assert votes() == [(1, -1, "phone"), (2, 0, "phone")]


def test_a_resident_undoes_nothing_and_nobody_does_once_it_is_closed(
    keep: Keep, gathering: Gathering, organiser: Person, resident: Person
) -> None:
    pile = keep("a")
    typed = picked_all(pile)[0]
    with pytest.raises(NotYours):
        verbs.undo(pile, by=resident, at=AT)
    verbs.close_voting(gathering, by=organiser)
    with pytest.raises(VotingIsClosed):
        verbs.undo(pile, by=organiser, at=AT)
    with pytest.raises(VotingIsClosed):
        verbs.type_again(typed, code=keep.codes[0], answers={}, by=organiser, at=AT)  # type: ignore[attr-defined]
    assert votes() == [(1, 1, "paper")]


def test_the_second_page_never_shows_what_was_typed_first(
    send: Send, signed_in_client: Any, keep: Keep, statements: list[Statement], organiser: Person
) -> None:
    typed = picked_all(keep("a d p"))[0]
    code = keep.codes[0]  # type: ignore[attr-defined]
    page = signed_in_client(organiser).get(f"/conversations/typed/{typed.pk}/again/").content.decode()
    assert statements[0].words in page
    assert [value for value in ('value="a"', 'value="d"', 'value="p"') if value in page] == []
    fields = {"row0-code": code, f"row0-s{statements[0].pk}": "d", f"row0-s{statements[1].pk}": "d"}
    answer = send(organiser, "type_again", typed.pk, fields=fields)
    assert answer.headers["Location"] == f"/conversations/typed/{typed.pk}/settle/"
    shown = signed_in_client(organiser).get(answer.headers["Location"]).content.decode()
    assert "First typed: agree. Then typed: do not agree." in shown
    assert "First typed: not sure. Then typed: left blank." in shown
    assert "Sentence 2" not in shown, "what was read alike needs no looking at"
    assert send(organiser, "settle", typed.pk).status_code == 422, "every line needs its answer"
    fields = {f"s{statements[0].pk}": "-1", f"s{statements[2].pk}": "blank"}
    assert send(organiser, "settle", typed.pk, fields=fields).status_code == 302
    assert [vote[:2] for vote in votes()] == [(1, -1), (2, -1)]


def test_the_page_of_piles_says_who_and_what_waits_and_undoes(
    send: Send, signed_in_client: Any, gathering: Gathering, keep: Keep, organiser: Person, resident: Person
) -> None:
    pile = keep("a", "d")
    address = f"/conversations/{gathering.pk}/piles/"
    page = signed_in_client(organiser).get(address).content.decode()
    assert "Pile 1, number 1 from the top" in page
    assert organiser.name in page
    assert signed_in_client(resident).get(address).status_code == 403
    assert send(organiser, "undo_pile", pile.pk).status_code == 302
    assert "Taken out by" in signed_in_client(organiser).get(address).content.decode()
    assert votes() == []
