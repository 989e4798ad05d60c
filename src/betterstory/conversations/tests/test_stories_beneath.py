"""Cards of the iceberg that stand on a story: who reads them, and what goes quiet with its teller."""

from collections.abc import Callable
from typing import Any

import pytest

from betterstory.behind.models import Release
from betterstory.conversations import verbs
from betterstory.conversations.iceberg import look_beneath
from betterstory.conversations.models import Gathering, Insight, Link
from betterstory.conversations.verbs import NotYoursToQuote
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.stories import consenting
from betterstory.stories.models import Consent, Piece, Seen
from betterstory.stories.rules import ANYONE, Viewer
from conftest import AT

AddCard = Callable[..., Insight]
Browser = Callable[[Person], Any]
SPOKEN = "They took me off the list"
QUIET = "A piece was here. Its owner took it back."


def shown(round_: Round, viewer: Viewer) -> list[tuple[int, str | None]]:
    beneath = look_beneath(round_, viewer=viewer, at=AT)
    return [(card.insight.number, card.words) for card in beneath.cards]


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


def test_it_is_asked_of_the_steps_that_were_counted_too(
    signed_in_client: Browser,
    add_card: AddCard,
    piece: Piece,
    release: Release,
    round_: Round,
    organiser: Person,
    teller: Person,
) -> None:
    """A card may rest on another moment than those whose count stands on it."""
    gap = piece.version.pieces.get(kind="gap")
    release.pattern.pieces.set([gap])
    card = add_card("trend", "It happens to many.", pieces=[piece], release=release)
    browser, page = signed_in_client(organiser), f"/conversations/cards/{card.pk}/"
    since = f"/conversations/rounds/{round_.pk}/iceberg/since/"
    stamp = browser.get(since).context["stamp"]
    assert browser.get(since, {"stamp": stamp}).status_code == 204
    assert "Release 3" in browser.get(page).content.decode()
    for alone in (gap, piece):
        Consent.objects.filter(use="count").update(piece=alone)
        assert "Release 3" not in browser.get(page).content.decode()
    assert browser.get(since, {"stamp": stamp}).status_code == 200, "an open page learns of it"


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
