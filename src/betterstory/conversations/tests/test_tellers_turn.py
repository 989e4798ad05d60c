"""The teller begins the iceberg, and has the first and the last word on each level: nothing stands before."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.iceberg import look_beneath
from betterstory.conversations.models import Gathering, Insight, Level, RunSheet, TellersWord
from betterstory.conversations.verbs.tellers_turn import (
    BeginWithTheTeller,
    FirstWordFirst,
    TheTellerIsFirst,
    TheTellerWasLast,
)
from betterstory.people import verbs as people
from betterstory.people.models import Person
from betterstory.places import verbs as places
from betterstory.places.models import Round
from betterstory.stories import consenting
from betterstory.stories import verbs as stories
from betterstory.stories.models import Piece, Use
from conftest import AT

AddCard = Callable[..., Insight]
LetPass = Callable[..., TellersWord]
Send = Callable[..., Any]
OWN = {"trend": "Many wait.", "structure": "The list opens once.", "mental_model": "I have acted as if so."}


@pytest.fixture
def told_here(gathering: Gathering, piece: Piece) -> RunSheet:
    """The story was heard in a room of the round."""
    RunSheet.objects.filter(gathering=gathering).update(story=piece.version.story)
    return RunSheet.objects.get(gathering=gathering)


@pytest.fixture
def joyce(welcome: Callable[..., Person], gathering: Gathering) -> Person:
    """Somebody of the room, who suggests."""
    person = welcome("Joyce", "resident")
    people.join(circle=gathering.circle, person=person, at=AT)
    person.read_again()
    return person


@pytest.fixture
def second_piece(welcome: Callable[..., Person], gathering: Gathering) -> Piece:
    """A step of another teller, who said yes to quoting it to the room."""
    mina = welcome("Mina", "resident")
    told = stories.begin(
        by=mina,
        teller=mina,
        neighbourhood=gathering.round.neighbourhood,
        title="On the bus",
        chosen_name="Mina",
        limits_heard=True,
        at=AT,
    )
    stories.write(told, by=mina, text="The bus did not come. I walked.", at=AT)
    stories.add_step(told, by=mina, words="I waited at the stop for an hour.", rings=["community"])
    version = stories.agree(told, by=mina, at=AT)
    until = AT + timedelta(days=90)
    consenting.say_yes(version, by=mina, use=Use.QUOTE, circle=gathering.circle, at=AT, until=until)
    return Piece.objects.select_related("version__story").get(version=version)


def put(add_card: AddCard, level: str) -> Insight:
    return add_card(level, OWN[level], **({"held_by": "us"} if level == "mental_model" else {}))


@pytest.mark.parametrize("level", OWN)
def test_the_iceberg_begins_with_a_moment_in_the_tellers_words(
    level: str, add_card: AddCard, told_here: RunSheet, piece: Piece, let_pass: LetPass
) -> None:
    with pytest.raises(BeginWithTheTeller):
        put(add_card, level)
    with pytest.raises(BeginWithTheTeller):
        add_card("event", "Somebody missed a visit.")
    with pytest.raises(BeginWithTheTeller):
        add_card("event", "My own words beside it.", pieces=[piece])
    with pytest.raises(BeginWithTheTeller):
        add_card("structure", pieces=[piece])
    assert not Insight.objects.exists()
    add_card("event", pieces=[piece])
    let_pass(level)
    put(add_card, level)
    add_card("event", "A night in hospital.")
    assert Insight.objects.count() == 3


@pytest.mark.parametrize("level", OWN)
def test_on_each_level_the_teller_speaks_before_a_card_stands(
    level: str, add_card: AddCard, piece: Piece, let_pass: LetPass
) -> None:
    add_card("event", pieces=[piece])
    for other in {"trend", "structure", "mental_model"} - {level}:
        let_pass(other)
    with pytest.raises(TheTellerIsFirst):
        put(add_card, level)
    assert Insight.objects.count() == 1
    let_pass(level)
    put(add_card, level)
    assert Insight.objects.filter(level=level).exists()


@pytest.mark.parametrize("level", ["event", *OWN])
def test_after_the_last_word_nothing_more_is_put_there(
    level: str, add_card: AddCard, piece: Piece, let_pass: LetPass, teller: Person
) -> None:
    add_card("event", pieces=[piece])
    if level != "event":
        let_pass(level)
    word = let_pass(level, "last")
    with pytest.raises(TheTellerWasLast):
        add_card(level, "One more.") if level == "event" else put(add_card, level)
    assert Insight.objects.count() == 1
    verbs.take_word_back(word, by=teller, at=AT)
    _card = add_card(level, "One more.") if level == "event" else put(add_card, level)
    assert Insight.objects.count() == 2


def test_a_last_word_comes_after_a_first(add_card: AddCard, piece: Piece, let_pass: LetPass) -> None:
    with pytest.raises(FirstWordFirst):
        let_pass("event", "last")
    add_card("event", pieces=[piece])
    with pytest.raises(FirstWordFirst):
        let_pass("trend", "last")
    assert not TellersWord.objects.exists()
    let_pass("event", "last")
    let_pass("trend")
    let_pass("trend", "last")
    assert TellersWord.objects.count() == 3


def test_a_suggestion_may_come_at_any_time_and_is_kept_when_the_teller_has_spoken(
    add_card: AddCard, piece: Piece, let_pass: LetPass, joyce: Person, organiser: Person
) -> None:
    add_card("event", pieces=[piece])
    waits = add_card("trend", "Many wait.", by=joyce)
    with pytest.raises(TheTellerIsFirst):
        verbs.keep_card(waits, by=organiser, at=AT)
    waits.refresh_from_db()
    assert waits.standing == Insight.Standing.SUGGESTED
    let_pass("trend")
    assert verbs.keep_card(waits, by=organiser, at=AT).standing == Insight.Standing.KEPT


def test_a_suggested_moment_does_not_begin_it(
    add_card: AddCard, told_here: RunSheet, piece: Piece, joyce: Person, organiser: Person
) -> None:
    moment = add_card("event", pieces=[piece], by=joyce)
    with pytest.raises(BeginWithTheTeller):
        put(add_card, "trend")
    verbs.keep_card(moment, by=organiser, at=AT)
    with pytest.raises(TheTellerIsFirst):
        put(add_card, "trend")


def test_where_nothing_was_told_there_is_nobody_to_wait_for(
    add_card: AddCard, gathering: Gathering, piece: Piece
) -> None:
    """A story that was told elsewhere in the neighbourhood binds nobody here."""
    for level in OWN:
        put(add_card, level)
    assert Insight.objects.count() == 3


def test_a_story_its_teller_took_back_holds_nobody_up(
    add_card: AddCard, told_here: RunSheet, piece: Piece, teller: Person
) -> None:
    add_card("event", pieces=[piece])
    with pytest.raises(TheTellerIsFirst):
        put(add_card, "trend")
    consenting.pause(piece.version.story, by=teller, at=AT)
    put(add_card, "trend")
    assert Insight.objects.filter(level="trend").exists()


def test_a_story_that_was_stopped_in_the_room_need_not_begin_it(
    add_card: AddCard, told_here: RunSheet, piece: Piece
) -> None:
    with pytest.raises(BeginWithTheTeller):
        put(add_card, "trend")
    RunSheet.objects.filter(pk=told_here.pk).update(stopped_at=AT)
    put(add_card, "trend")
    assert Insight.objects.count() == 1


def test_a_yes_to_quoting_that_has_ended_holds_nobody_up(
    add_card: AddCard, told_here: RunSheet, piece: Piece
) -> None:
    with pytest.raises(BeginWithTheTeller):
        put(add_card, "trend")
    put(lambda *a, **more: add_card(*a, **{**more, "at": AT + timedelta(days=91)}), "trend")
    assert Insight.objects.count() == 1


def test_a_word_of_another_round_counts_for_nothing(
    add_card: AddCard, piece: Piece, let_pass: LetPass, round_: Round, organiser: Person
) -> None:
    add_card("event", pieces=[piece])
    word = let_pass("trend")
    other = places.begin_round(neighbourhood=round_.neighbourhood, on=AT.date(), by=organiser)
    TellersWord.objects.filter(pk=word.pk).update(round=other)
    with pytest.raises(TheTellerIsFirst):
        put(add_card, "trend")


def test_two_tellers_each_speak_first(
    add_card: AddCard, piece: Piece, let_pass: LetPass, second_piece: Piece, round_: Round
) -> None:
    add_card("event", pieces=[piece])
    let_pass("trend")
    add_card("event", pieces=[second_piece])
    with pytest.raises(TheTellerIsFirst):
        put(add_card, "trend")
    other = second_piece.version.story.teller
    passed = {"how": TellersWord.How.PASSED, "piece": second_piece, "by": other, "at": AT}
    verbs.give_word(round_, level=Level.TREND, place=TellersWord.Place.FIRST, **passed)  # type: ignore[arg-type]  # of many types
    assert put(add_card, "trend").level == Level.TREND


def test_in_the_list_the_teller_stands_first_and_last(
    add_card: AddCard, piece: Piece, let_pass: LetPass, round_: Round, organiser: Person, gathering: Gathering
) -> None:
    add_card("event", pieces=[piece])
    let_pass("trend")
    put(add_card, "trend")
    let_pass("trend", "last")
    for viewer in (organiser, gathering.circle):
        levels = {each.level: each for each in look_beneath(round_, viewer=viewer, at=AT).draw().levels}
        assert [each.sentence for each in levels["trend"].first] == ["Robin passed on the first word here."]
        assert [each.sentence for each in levels["trend"].last] == ["Robin passed on the last word here."]
        assert not levels["structure"].first


def test_the_pages_show_the_first_word_before_the_cards_and_the_last_after(
    add_card: AddCard,
    piece: Piece,
    let_pass: LetPass,
    round_: Round,
    organiser: Person,
    partner: Person,
    signed_in_client: Callable[[Person], Any],
) -> None:
    add_card("event", pieces=[piece])
    let_pass("trend")
    put(add_card, "trend")
    let_pass("trend", "last")
    for page in ("iceberg/", "iceberg/print/"):
        shown = signed_in_client(organiser).get(f"/conversations/rounds/{round_.pk}/{page}").content.decode()
        shown = shown.split("as-a-list", 2)[2]
        order = [shown.index(it) for it in ("the first word here.", OWN["trend"], "the last word here.")]
        assert order == sorted(order)
    outside = signed_in_client(partner).get(f"/conversations/rounds/{round_.pk}/iceberg/").content.decode()
    assert "word here." not in outside


def test_the_page_says_whose_turn_it_is_and_keeps_what_was_typed(
    add_card: AddCard,
    piece: Piece,
    round_: Round,
    organiser: Person,
    joyce: Person,
    send: Send,
    signed_in_client: Callable[[Person], Any],
) -> None:
    add_card("event", pieces=[piece])
    page = f"/conversations/rounds/{round_.pk}/iceberg/add/?level=trend"
    assert "The teller speaks first on this level" in signed_in_client(organiser).get(page).content.decode()
    assert "The teller speaks first on this level" not in signed_in_client(joyce).get(page).content.decode()
    fields = {"level": "trend", "words": OWN["trend"], "basis": "hunch"}
    answer = send(organiser, "add_card", round_.pk, fields=fields)
    assert answer.status_code == 422
    assert "The teller speaks first on this level" in answer.content.decode()
    assert OWN["trend"] in answer.content.decode()
    assert not Insight.objects.filter(level="trend").exists()
