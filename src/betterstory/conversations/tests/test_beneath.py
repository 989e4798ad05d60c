"""The iceberg: cards, what they point at, who may add and remove, and what goes quiet."""

from collections.abc import Callable
from typing import Any

import pytest

from betterstory.behind.models import Release
from betterstory.conversations import verbs
from betterstory.conversations.iceberg import look_beneath
from betterstory.conversations.models import Gathering, Insight, Level, Link, Statement
from betterstory.conversations.verbs import (
    CardsOfTwoRounds,
    NothingOnTheCard,
    NotYoursToQuote,
    SayItAsYourOwn,
)
from betterstory.people import verbs as people
from betterstory.people.models import Body, Person
from betterstory.people.verbs import NotYours
from betterstory.places import verbs as places
from betterstory.places.models import Round
from betterstory.stories import consenting
from betterstory.stories.models import Consent, Piece, Seen, Version
from betterstory.stories.rules import ANYONE, Viewer
from conftest import AT, TODAY

AddCard = Callable[..., Insight]
AtOnce = Callable[..., list[object]]
Browser = Callable[[Person], Any]
Send = Callable[..., Any]
SPOKEN = "They took me off the list"
QUIET = "A piece was here. Its owner took it back."


def shown(round_: Round, viewer: Viewer) -> list[tuple[int, str | None]]:
    beneath = look_beneath(round_, viewer=viewer, at=AT)
    return [(card.insight.number, card.words) for card in beneath.cards]


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


def test_a_card_made_of_a_piece_holds_none_of_its_words(
    add_card: AddCard, piece: Piece, round_: Round, organiser: Person, gathering: Gathering
) -> None:
    card = add_card("event", pieces=[piece])
    assert SPOKEN not in str(Insight.objects.filter(pk=card.pk).values())
    assert shown(round_, organiser) == [(1, "“I rang to change the time. They took me off the list.”")]
    assert shown(round_, gathering.circle) == shown(round_, organiser)


def test_a_piece_one_may_not_see_is_put_on_no_card(
    add_card: AddCard, piece: Piece, gathering: Gathering, welcome: Callable[..., Person]
) -> None:
    other = welcome("Bill", "organiser")  # organises, but was not in the room
    with pytest.raises(NotYoursToQuote):
        add_card("event", pieces=[piece], by=other)
    assert not Insight.objects.exists()


def test_who_was_not_in_the_room_sees_an_empty_card(
    add_card: AddCard, piece: Piece, round_: Round, partner: Person
) -> None:
    add_card("event", pieces=[piece])
    add_card("event", "My own words about it.", pieces=[piece])
    add_card("event", "Nobody rang.")
    assert shown(round_, partner) == [(1, None), (2, None), (3, "Nobody rang.")]
    assert shown(round_, ANYONE) == shown(round_, partner)


def test_once_taken_back_every_card_of_it_is_quiet_on_the_next_look(
    signed_in_client: Browser,
    add_card: AddCard,
    piece: Piece,
    round_: Round,
    organiser: Person,
    teller: Person,
    let_pass: Callable[[str], object],
) -> None:
    card = add_card("event", pieces=[piece])
    let_pass("trend")
    about = add_card("trend", "It happens to those who ring late.", pieces=[piece])
    verbs.turn_over(about, words="Whoever rings is heard.", by=organiser, at=AT)
    verbs.link(about, card, kind=Link.Kind.CAUSES, by=organiser, at=AT)
    pages = [
        f"/conversations/rounds/{round_.pk}/{page}"
        for page in ("iceberg/", "iceberg/print/", "iceberg/lines/", "iceberg/add/", "better-story/")
    ] + [f"/conversations/cards/{card.pk}/"]
    browser = signed_in_client(organiser)
    said = [SPOKEN in browser.get(page).content.decode() for page in pages]
    assert said == [True, True, True, True, False, True]
    consenting.take_back(piece.version.story, by=teller, at=AT)
    for page in pages:
        after = browser.get(page).content.decode()
        assert [words for words in (SPOKEN, "ring late", "Whoever rings") if words in after] == []
    assert QUIET in browser.get(pages[0]).content.decode()
    assert QUIET in browser.get(pages[-1]).content.decode()


def test_a_destroyed_story_leaves_an_empty_card(
    add_card: AddCard, piece: Piece, round_: Round, organiser: Person, teller: Person
) -> None:
    add_card("event", pieces=[piece])
    consenting.take_back(piece.version.story, by=teller, at=AT, for_good_now=True)
    assert shown(round_, organiser) == [(1, None)]
    piece.version.story.delete()
    assert shown(round_, organiser) == [(1, None)]


def test_a_count_stands_beside_the_story_only_while_its_teller_says_yes_to_counting(
    signed_in_client: Browser,
    add_card: AddCard,
    piece: Piece,
    release: Release,
    round_: Round,
    organiser: Person,
    teller: Person,
) -> None:
    both = add_card("trend", "It happens to many.", pieces=[piece], release=release)
    alone = add_card("trend", "About 120 people.", release=release)
    browser = signed_in_client(organiser)

    def named() -> list[bool]:
        cards = look_beneath(round_, viewer=organiser, at=AT).cards
        pages = [browser.get(f"/conversations/cards/{card.pk}/").content.decode() for card in (both, alone)]
        assert [card.release is not None for card in cards] == ["Release 3" in page for page in pages]
        return [card.release is not None for card in cards]

    assert named() == [True, True]
    yes = Consent.objects.get(use="count")
    consenting.stop(yes, by=teller, at=AT)
    assert named() == [False, True], "the number itself stays"


def test_its_teller_sees_who_saw_it(
    signed_in_client: Browser, add_card: AddCard, piece: Piece, round_: Round, organiser: Person
) -> None:
    add_card("event", pieces=[piece])
    browser = signed_in_client(organiser)
    for _look in range(2):
        browser.get(f"/conversations/rounds/{round_.pk}/iceberg/")
    browser.get(f"/conversations/rounds/{round_.pk}/iceberg/print/")
    seen = Seen.objects.order_by("pk").values_list("story", "use", "person", "circle__name")
    assert list(seen) == [
        (piece.version.story_id, "quote", organiser.pk, None),
        (piece.version.story_id, "quote", None, "Making sense, 14 July"),
    ]


def test_a_print_is_made_for_a_room_one_is_in(
    signed_in_client: Browser,
    add_card: AddCard,
    piece: Piece,
    round_: Round,
    gathering: Gathering,
    partner: Person,
) -> None:
    """A print asks as the room, so somebody who is not of it must not have one made."""
    add_card("event", pieces=[piece])
    browser = signed_in_client(partner)
    own = browser.get(f"/conversations/rounds/{round_.pk}/iceberg/print/").content.decode()
    assert (SPOKEN in own, QUIET in own) == (False, True)
    asked = browser.get(f"/conversations/rounds/{round_.pk}/iceberg/print/?gathering={gathering.pk}")
    assert asked.status_code == 404


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
