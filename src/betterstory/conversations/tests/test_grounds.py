"""What a card must rest on: a count, a result or a hunch; a rule without a name; a belief of one's own."""

from collections.abc import Callable
from typing import Any

import pytest

from betterstory.behind.models import Release
from betterstory.conversations import verbs
from betterstory.conversations.iceberg import look_beneath
from betterstory.conversations.models import Gathering, Insight, Side, Statement, Vote
from betterstory.conversations.verbs import NameTheRule, NotTheirBelief, SayHowYouKnow, SayItAsYourOwn
from betterstory.people.models import Body, Person, Ring
from betterstory.places.models import Round
from conftest import AT

AddCard = Callable[..., Insight]
Basis = Insight.Basis


@pytest.fixture
def mark(gathering: Gathering, organiser: Person) -> None:
    """Mark was asked to the gathering."""
    verbs.ask_guest(gathering, first_name="Mark", side=Side.SERVICE, ring=Ring.LOCAL_SERVICES, by=organiser)


def answered(statements: list[Statement], voice: Callable[..., Any], organiser: Person) -> list[Statement]:
    """The first sentence, answered, in a room that has closed."""
    speaker, _code = voice()
    verbs.vote(statements[0], voice=speaker, choice=Vote.Choice.AGREE, at=AT)
    verbs.close_voting(statements[0].gathering, by=organiser)
    return statements[:1]


def test_what_keeps_happening_is_a_hunch_until_something_holds_it(
    add_card: AddCard,
    release: Release,
    statements: list[Statement],
    voice: Callable[..., Any],
    organiser: Person,
) -> None:
    said = answered(statements, voice, organiser)
    made = [
        add_card("trend", "Many start again."),
        add_card("trend", "Many start again.", release=release),
        add_card("trend", "Many start again.", statements=said),
    ]
    assert [card.basis for card in made] == [Basis.HUNCH, Basis.RECORD, Basis.ROOM]


@pytest.mark.parametrize("basis", [Basis.LIVED, Basis.RECORD, Basis.ROOM])
def test_a_trend_is_not_called_more_than_it_is(basis: Basis, add_card: AddCard, gathering: Gathering) -> None:
    with pytest.raises(SayHowYouKnow):
        add_card("trend", "Many start again.", basis=basis)
    assert not Insight.objects.exists()
    assert add_card("event", "Nobody rang.", basis=basis).basis == basis


def test_while_answers_come_in_nothing_is_a_result(
    add_card: AddCard, statements: list[Statement], voice: Callable[..., Any], organiser: Person
) -> None:
    """Nobody builds on what half the room has said."""
    speaker, _code = voice()
    verbs.vote(statements[0], voice=speaker, choice=Vote.Choice.AGREE, at=AT)
    with pytest.raises(SayHowYouKnow):
        add_card("trend", "Many start again.", statements=statements[:1], basis=Basis.ROOM)
    assert add_card("trend", "Many start again.", statements=statements[:1]).basis == Basis.HUNCH
    verbs.close_voting(statements[0].gathering, by=organiser)
    assert add_card("trend", "Many.", statements=statements[:1], basis=Basis.ROOM).basis == Basis.ROOM
    with pytest.raises(SayHowYouKnow):
        add_card("trend", "More.", statements=statements[:2], basis=Basis.ROOM)


def test_a_rule_names_no_person(add_card: AddCard, mark: None, trust: Body) -> None:
    with pytest.raises(NameTheRule) as refused:
        add_card("structure", "Mark never opens the list.", owner=trust)
    assert "Mark" in refused.value.sentence
    assert not Insight.objects.exists()
    assert add_card("structure", "The list opens once, with marked places.", owner=trust).pk


def test_nobody_is_named_for_what_they_did_not_say(
    add_card: AddCard, mark: None, welcome: Callable[..., Person]
) -> None:
    belief = "I have acted as if the letter going out was the work done."
    with pytest.raises(NotTheirBelief):
        add_card("mental_model", belief, held_by="Mark")
    with pytest.raises(NameTheRule):
        add_card("mental_model", "I have acted as if Mark would ring.", held_by="one of us")
    assert not Insight.objects.exists()
    mark_himself = welcome("Mark Hill", "organiser")
    assert add_card("mental_model", belief, held_by="Mark", by=mark_himself).held_by == "Mark"


def test_what_is_reworded_keeps_to_the_same(add_card: AddCard, mark: None, organiser: Person) -> None:
    rule = add_card("structure", "The list opens once.")
    belief = add_card("mental_model", "I have acted as if it was enough.", held_by="one of us")
    for card, words, wrong in (
        (rule, "Mark opens the list once.", NameTheRule),
        (belief, "They have acted as if it was enough.", SayItAsYourOwn),
    ):
        with pytest.raises(wrong):
            verbs.reword_card(card, words=words, by=organiser, at=AT, seen=1)
        card.refresh_from_db()
        assert card.version == 1


def test_what_is_known_stands_on_the_note(
    add_card: AddCard, release: Release, trust: Body, round_: Round, organiser: Person
) -> None:
    add_card("trend", "Many start again.", release=release)
    add_card("trend", "Many give up.")
    add_card("structure", "The wait starts again.", owner=trust)
    add_card("structure", "Two lists.")
    drawing = look_beneath(round_, viewer=organiser, at=AT).draw()
    assert [note.source.words for note in drawing.notes if note.source] == [
        "counted, release 3",
        "a hunch",
        "Harbour Trust",
        "we don’t know yet who",
    ]
    listed = [note.about for level in drawing.levels for note in level.notes]
    assert listed[1].startswith("A hunch")
    assert "we don’t know yet who could change this" in listed[3]
