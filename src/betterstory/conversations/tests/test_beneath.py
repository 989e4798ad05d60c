"""The iceberg: cards and lines, who may add and remove them, and the page where they are added."""

from collections.abc import Callable
from typing import Any

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Insight, Level, Link, Statement
from betterstory.conversations.verbs import CardsOfTwoRounds, NothingOnTheCard, SayItAsYourOwn
from betterstory.people import verbs as people
from betterstory.people.models import Body, Person
from betterstory.people.verbs import NotYours
from betterstory.places import verbs as places
from betterstory.places.models import Round
from betterstory.stories.models import Piece, Version
from conftest import AT, TODAY

AddCard = Callable[..., Insight]
AtOnce = Callable[..., list[object]]
Send = Callable[..., Any]


def test_a_card_stands_on_its_level_and_names_who_could_change_it(add_card: AddCard, trust: Body) -> None:
    card = add_card("structure", "No one owns the space between.", owner=trust)
    assert (card.number, card.level, card.owner, str(card)) == (1, Level.STRUCTURE, trust, "card 1")


def test_somebody_who_was_in_no_room_adds_no_card(
    add_card: AddCard, gathering: Gathering, resident: Person
) -> None:
    with pytest.raises(NotYours):
        add_card("event", "Mine", by=resident)
    assert not Insight.objects.exists()
    people.join(circle=gathering.circle, person=resident, at=AT)
    resident.__dict__.pop("circle_ids", None)
    assert add_card("event", "Nobody rang.", by=resident).added_by == resident


def test_an_empty_card_is_no_card(add_card: AddCard) -> None:
    with pytest.raises(NothingOnTheCard):
        add_card("event", "   ")
    assert not Insight.objects.exists()


@pytest.mark.parametrize(
    ("words", "held_by", "fine"),
    [
        ("I have acted as if the letter was the work done.", "a service lead", True),
        ("We have acted as if people who miss a visit do not want one.", "two of us", True),
        ("I’ve acted as if it were their fault.", "me", True),
        ("I have acted as if the letter was the work done.", "", False),
        ("They do not care.", "a neighbour", False),
        ("Ideology is to blame.", "us", False),
        ("", "us", False),
    ],
)
def test_what_we_take_for_granted_is_said_as_ones_own(
    words: str, held_by: str, fine: bool, add_card: AddCard, piece: Piece, organiser: Person
) -> None:
    if fine:
        assert add_card("mental_model", words, held_by=held_by).held_by == held_by
        return
    with pytest.raises(SayItAsYourOwn):
        add_card("mental_model", words, held_by=held_by, pieces=[piece])
    assert not Insight.objects.exists()


def test_one_takes_away_ones_own_card_and_no_other(
    add_card: AddCard, organiser: Person, steward: Person
) -> None:
    card, other = add_card("event", "Nobody rang."), add_card("trend", "Nobody rings.")
    verbs.link(other, card, kind=Link.Kind.CAUSES, by=organiser, at=AT)
    with pytest.raises(NotYours):
        verbs.remove_card(card, by=steward, at=AT)
    assert Insight.objects.count() == 2
    verbs.remove_card(card, by=organiser, at=AT)
    assert [each.words for each in Insight.objects.all()] == ["Nobody rings."]
    assert not Link.objects.exists()


def test_lines_stay_within_a_round(add_card: AddCard, organiser: Person, round_: Round) -> None:
    card = add_card("event", "Nobody rang.")
    elsewhere = places.begin_round(neighbourhood=round_.neighbourhood, by=organiser, on=TODAY)
    stranger = verbs.add_card(elsewhere, level=Level.TREND, words="Nobody rings.", by=organiser, at=AT)
    for end in (stranger, card):
        with pytest.raises(CardsOfTwoRounds):
            verbs.link(card, end, kind=Link.Kind.CAUSES, by=organiser, at=AT)
    assert not Link.objects.exists()


def test_a_line_drawn_twice_is_one_line(add_card: AddCard, organiser: Person) -> None:
    card, other = add_card("event", "Nobody rang."), add_card("trend", "Nobody rings.")
    for kind in (Link.Kind.CAUSES, Link.Kind.SOFTENS):
        verbs.link(other, card, kind=kind, by=organiser, at=AT)
    assert [each.kind for each in Link.objects.all()] == ["softens"]


@pytest.mark.parametrize("do", ["link", "unlink", "turn_over"])
def test_somebody_who_was_in_no_room_changes_nothing(
    do: str, add_card: AddCard, organiser: Person, resident: Person
) -> None:
    card, other = add_card("event", "Nobody rang."), add_card("trend", "Nobody rings.")
    tied = verbs.link(other, card, kind=Link.Kind.CAUSES, by=organiser, at=AT)
    calls: dict[str, Callable[[], object]] = {
        "link": lambda: verbs.link(card, other, kind=Link.Kind.CAUSES, by=resident, at=AT),
        "unlink": lambda: verbs.unlink(tied, by=resident, at=AT),
        "turn_over": lambda: verbs.turn_over(card, words="Mine", by=resident, at=AT),
    }
    with pytest.raises(NotYours):
        calls[do]()
    assert list(Link.objects.values_list("start", "end")) == [(other.pk, card.pk)]
    assert set(Insight.objects.values_list("turned_over", flat=True)) == {""}


def test_two_cards_at_once_get_a_number_each(at_once: AtOnce, round_: Round, organiser: Person) -> None:
    calls = [
        lambda n=n: verbs.add_card(round_, level=Level.EVENT, words=str(n), by=organiser, at=AT).number
        for n in range(8)
    ]
    assert sorted(at_once(*calls), key=str) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_card_is_added_on_the_page(
    send: Send, round_: Round, organiser: Person, piece: Piece, trust: Body, statements: list[Statement]
) -> None:
    answer = send(
        organiser,
        "add_card",
        round_.pk,
        fields={
            "level": "structure",
            "words": "Miss one visit & the wait <starts> again.",
            "owner": trust.pk,
            "pieces": [piece.pk],
            "statements": [statements[0].pk],
            "basis": "lived",
        },
    )
    assert answer.status_code == 302
    card = Insight.objects.get()
    assert (card.level, card.owner, card.basis) == ("structure", trust, "lived")
    assert [each.pk for each in card.pieces.all()] == [piece.pk]
    assert [each.pk for each in card.statements.all()] == [statements[0].pk]


@pytest.mark.parametrize(
    ("level", "words", "said"),
    [
        ("event", "", "Write what the card says, or choose a piece of a story that says it."),
        ("mental_model", "They do not care.", "Say it as your own"),
    ],
)
def test_a_card_to_put_right_keeps_what_was_typed(
    level: str, words: str, said: str, send: Send, round_: Round, organiser: Person
) -> None:
    answer = send(organiser, "add_card", round_.pk, level=level, words=words, held_by="us", basis="room")
    page = answer.content.decode()
    assert (answer.status_code, said in page, words in page) == (422, True, True)
    assert not Insight.objects.exists()


def test_a_piece_that_was_not_offered_cannot_be_sent(
    send: Send, round_: Round, organiser: Person, version: Version
) -> None:
    """Nothing of this story may be seen yet, so a form that names a piece names nothing."""
    hidden = [piece.pk for piece in version.pieces.all()]
    fields = {"level": "event", "words": "Mine", "pieces": hidden, "basis": "room"}
    assert send(organiser, "add_card", round_.pk, fields=fields).status_code == 302
    assert [list(card.pieces.all()) for card in Insight.objects.all()] == [[]]


def test_of_what_is_offered_nothing_else_can_be_sent(
    send: Send, round_: Round, organiser: Person, piece: Piece
) -> None:
    fields = {"level": "event", "words": "Mine", "pieces": [999_999], "basis": "room"}
    assert send(organiser, "add_card", round_.pk, fields=fields).status_code == 422
    assert not Insight.objects.exists()
