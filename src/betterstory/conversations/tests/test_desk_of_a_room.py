"""Whoever organises, and was not in the room, reads at its desk nothing that was opened to the room alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Statement
from betterstory.conversations.tests._preparing import form_of
from betterstory.conversations.tests.conftest import address
from betterstory.people import verbs as people
from betterstory.people.models import Person
from betterstory.stories import consenting
from betterstory.stories.models import Piece, Story, Use
from conftest import AT

Browser = Callable[[Person], Any]
TITLE, SPOKEN = "The long way round", "They took me off the list"
THEIRS, GAP = "Whoever rings is taken off the list.", "I had to start again."
TYPED_STEP = "I rang to change the time. They took me off the list."


@pytest.fixture
def outside(welcome: Callable[..., Person]) -> Person:
    """Organises too, but was not in this room."""
    return welcome("Bill", "organiser")


@pytest.fixture
def laid_out(gathering: Gathering, piece: Piece, organiser: Person, teller: Person) -> Gathering:
    """All that is opened to the room alone: to read, a sentence, a gap."""
    until = AT + timedelta(days=30)
    consenting.say_yes(piece.version, by=teller, use=Use.READ, circle=gathering.circle, at=AT, until=until)
    verbs.add_statement(gathering, words=THEIRS, by=organiser, at=AT, from_piece=piece)
    gap = piece.version.pieces.select_related("version__story").get(kind="gap")
    verbs.ask_about_gap(gathering, piece=gap, words=GAP, by=organiser, at=AT)
    return gathering


DESKS = {
    "prepare": TITLE,
    "statements": SPOKEN,
    "sheet": THEIRS,
    "type_in": THEIRS,
    "me_toos": GAP,
}


@pytest.mark.parametrize("name", DESKS)
def test_nothing_that_was_opened_to_the_room_alone_is_read_there_by_another(
    name: str, laid_out: Gathering, organiser: Person, outside: Person, signed_in_client: Browser
) -> None:
    words = DESKS[name]
    assert words in signed_in_client(organiser).get(address(name, laid_out.pk)).content.decode()
    answer = signed_in_client(outside).get(address(name, laid_out.pk))
    assert answer.status_code == 200
    for told in DESKS.values():
        assert told not in answer.content.decode()
    people.join(circle=laid_out.circle, person=outside, at=AT)
    assert words in signed_in_client(outside).get(address(name, laid_out.pk)).content.decode()


def test_one_sentence_and_the_cards_of_a_gap_are_as_quiet(
    laid_out: Gathering, outside: Person, organiser: Person, signed_in_client: Browser
) -> None:
    statement, gap = Statement.objects.get(), laid_out.gaps_asked.get()
    for name, pk, words in (("statement", statement.pk, THEIRS), ("type_me_toos", gap.pk, GAP)):
        assert words in signed_in_client(organiser).get(address(name, pk)).content.decode()
        assert words not in signed_in_client(outside).get(address(name, pk)).content.decode()


def test_a_story_that_is_heard_stays_chosen_where_its_title_is_not_read(
    laid_out: Gathering,
    story: Story,
    organiser: Person,
    outside: Person,
    signed_in_client: Browser,
    send: Any,
) -> None:
    send(organiser, "prepare", laid_out.pk, fields=form_of(laid_out, story=story.pk))
    page = signed_in_client(outside).get(address("prepare", laid_out.pk)).content.decode()
    assert f'value="{story.pk}" selected' in page
    assert TITLE not in page


def test_who_was_not_there_ties_nothing_to_a_line_of_the_rooms(
    laid_out: Gathering, organiser: Person, outside: Person, send: Any
) -> None:
    first = send(organiser, "statements", laid_out.pk, words=TYPED_STEP)
    other = send(outside, "statements", laid_out.pk, words=TYPED_STEP)
    assert (first.status_code, other.status_code) == (422, 422)
    assert 'value="tie"' in first.content.decode()
    assert 'value="tie"' not in other.content.decode()


def test_where_no_mark_stays_the_desk_says_nothing_of_a_gap(
    laid_out: Gathering, organiser: Person, teller: Person, signed_in_client: Browser
) -> None:
    quiet = "A piece was here."
    browser, gap = signed_in_client(organiser), laid_out.gaps_asked.get()
    consenting.stop_everything(Story.objects.get(), by=teller, at=AT)
    pages = [address("me_toos", laid_out.pk), address("type_me_toos", gap.pk)]
    assert all(quiet in browser.get(page).content.decode() for page in pages)
    Story.objects.update(leaves_a_mark=False)
    assert not any(quiet in browser.get(page).content.decode() for page in pages)
