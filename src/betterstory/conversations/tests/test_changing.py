"""A card changes in the open: its history, two who write at once, and what is taken away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from betterstory.conversations import verbs
from betterstory.conversations.models import Change, Gathering, Insight, Link
from betterstory.conversations.verbs import ChangedMeanwhile, SaidByTheTeller
from betterstory.people import verbs as people
from betterstory.people.models import Body, Person
from betterstory.people.verbs import NotYours
from betterstory.stories import consenting
from betterstory.stories.models import Piece
from conftest import AT

AddCard = Callable[..., Insight]
Send = Callable[..., Any]
AtOnce = Callable[..., list[object]]


@pytest.fixture
def lynda(resident: Person, gathering: Gathering) -> Person:
    people.join(circle=gathering.circle, person=resident, at=AT)
    resident.read_again()
    return resident


def told(card: Insight) -> list[tuple[str, str]]:
    return list(card.changes.values_list("what", "words"))


def test_every_change_is_told(
    add_card: AddCard, organiser: Person, lynda: Person, trust: Body, signed_in_client: Callable[..., Client]
) -> None:
    rule, other = add_card("structure", "The list opens once."), add_card("event", "Nobody rang.")
    verbs.reword_card(rule, words="The list opens in May.", by=lynda, at=AT, seen=1)
    verbs.reword_card(rule, words="The list opens in May.", owner=trust, by=lynda, at=AT, seen=2)
    verbs.turn_over(rule, words="It is always open.", by=organiser, at=AT)
    tied = verbs.link(rule, other, kind=Link.Kind.CAUSES, by=organiser, at=AT)
    verbs.unlink(tied, by=organiser, at=AT)
    assert told(rule) == [
        ("added", "The list opens once."),
        ("reworded", "The list opens in May."),
        ("owner", "Harbour Trust"),
        ("turned_over", "It is always open."),
        ("tied", "causes"),
        ("untied", "causes"),
    ]
    page = signed_in_client(lynda).get(reverse("conversations:card", args=[rule.pk])).content.decode()
    for words in ("The list opens once.", "Said in other words", "Tied to card 2", "Lynda", "Nasreen"):
        assert words in page
    end = signed_in_client(lynda).get(reverse("conversations:card", args=[other.pk])).content.decode()
    assert "Tied to card 1" in end, "a line is told at both of its ends"


def test_who_it_was_is_told_to_the_room_alone(
    add_card: AddCard, lynda: Person, partner: Person, signed_in_client: Callable[..., Client]
) -> None:
    rule = add_card("structure", "The list opens once.")
    verbs.reword_card(rule, words="The list opens in May.", by=lynda, at=AT, seen=1)
    page = signed_in_client(partner).get(reverse("conversations:card", args=[rule.pk])).content.decode()
    assert ("Somebody of the room" in page, "Lynda" in page) == (True, False)
    history = signed_in_client(partner).get(reverse("conversations:changes", args=[rule.round_id]))
    assert history.status_code == 403


def test_the_second_of_two_is_told_and_nothing_is_lost(
    add_card: AddCard, send: Send, organiser: Person, lynda: Person
) -> None:
    rule = add_card("structure", "The list opens once.")
    hers, theirs = "The list opens in May.", "The list opens for a week."
    assert send(lynda, "reword_card", rule.pk, words=hers, seen=1).status_code == 302
    answer = send(organiser, "reword_card", rule.pk, words=theirs, seen=1)
    page = answer.content.decode()
    assert (answer.status_code, hers in page, theirs in page) == (409, True, True)
    assert 'name="seen" value="2"' in page
    rule.refresh_from_db()
    assert rule.words == hers
    assert send(organiser, "reword_card", rule.pk, words=theirs, seen=2).status_code == 302
    assert [words for what, words in told(rule) if what == "reworded"] == [hers, theirs]


def test_the_same_for_its_opposite(add_card: AddCard, send: Send, organiser: Person, lynda: Person) -> None:
    rule = add_card("structure", "The list opens once.")
    assert send(lynda, "card", rule.pk, words="It is open.", seen=1).status_code == 302
    answer = send(organiser, "card", rule.pk, words="It never shuts.", seen=1)
    page = answer.content.decode()
    assert (answer.status_code, "It is open." in page, "It never shuts." in page) == (409, True, True)
    rule.refresh_from_db()
    assert rule.turned_over == "It is open."


def test_of_many_at_once_one_is_kept_and_the_others_are_told(
    at_once: AtOnce, add_card: AddCard, organiser: Person
) -> None:
    rule = add_card("structure", "The list opens once.")
    calls = [
        lambda n=n: verbs.reword_card(rule, words=f"Words {n}", by=organiser, at=AT, seen=1).version
        for n in range(6)
    ]
    said = at_once(*calls)
    assert sorted(str(type(each).__name__) for each in said) == ["ChangedMeanwhile"] * 5 + ["int"]


def test_the_same_words_again_are_no_change(add_card: AddCard, organiser: Person) -> None:
    rule = add_card("structure", "The list opens once.")
    assert verbs.reword_card(rule, words="The list opens once.", by=organiser, at=AT, seen=9).version == 1
    assert len(told(rule)) == 1


def test_nobody_changes_a_tellers_words_or_what_another_holds(
    add_card: AddCard,
    piece: Piece,
    organiser: Person,
    lynda: Person,
    let_pass: Callable[[str], object],
) -> None:
    theirs = add_card("event", pieces=[piece])
    with pytest.raises(SaidByTheTeller):
        verbs.reword_card(theirs, words="They dropped me.", by=organiser, at=AT, seen=1)
    let_pass("mental_model")
    belief = add_card("mental_model", "I have acted as if it was enough.", held_by="one of us")
    with pytest.raises(NotYours):
        verbs.reword_card(belief, words="I never cared.", by=lynda, at=AT, seen=1)
    belief.refresh_from_db()
    assert belief.words == "I have acted as if it was enough."


def test_who_was_in_no_room_changes_no_words(add_card: AddCard, partner: Person) -> None:
    rule = add_card("structure", "The list opens once.")
    with pytest.raises(NotYours):
        verbs.reword_card(rule, words="Mine", by=partner, at=AT, seen=1)
    rule.refresh_from_db()
    assert rule.words == "The list opens once."


def test_a_card_taken_away_leaves_its_number_and_no_word(add_card: AddCard, organiser: Person) -> None:
    card = add_card("event", "I should not have said this.")
    verbs.remove_card(card, by=organiser, at=AT)
    assert list(Change.objects.values_list("number", "what", "words")) == [
        (1, "added", ""),
        (1, "taken_away", ""),
    ]
    assert add_card("event", "Nobody rang.").number == 2, "a number is not given twice"


def test_the_history_of_a_quiet_card_says_no_word_of_it(
    add_card: AddCard,
    piece: Piece,
    organiser: Person,
    teller: Person,
    signed_in_client: Callable[..., Client],
) -> None:
    about = add_card("trend", "It happens to those who ring late.", pieces=[piece])
    verbs.reword_card(about, words="It happens to whoever rings.", by=organiser, at=AT, seen=1)
    browser = signed_in_client(organiser)
    pages = [
        reverse("conversations:card", args=[about.pk]),
        reverse("conversations:changes", args=[about.round_id]),
    ]

    def seen() -> list[bool]:
        found = [browser.get(page).content.decode() for page in pages]
        return [words in page for page in found for words in ("ring late", "whoever rings")]

    assert seen() == [True] * 4
    consenting.take_back(piece.version.story, by=teller, at=AT)
    assert seen() == [False] * 4


def test_tied_from_its_own_page(add_card: AddCard, send: Send, organiser: Person) -> None:
    rule, other = add_card("structure", "The list opens once."), add_card("event", "Nobody rang.")
    assert send(organiser, "tie", rule.pk, kind="causes", end=other.pk).status_code == 302
    assert list(Link.objects.values_list("start", "end", "kind")) == [(rule.pk, other.pk, "causes")]
    assert send(organiser, "tie", rule.pk, kind="causes", end=rule.pk).status_code == 422


def test_changed_meanwhile_says_what_to_do() -> None:
    assert "keep yours" in ChangedMeanwhile().sentence
