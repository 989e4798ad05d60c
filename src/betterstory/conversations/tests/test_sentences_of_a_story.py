"""A sentence that was taken from a story: its words stand while its teller says yes to whoever looks."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import betterstory
from betterstory.conversations import asked, verbs
from betterstory.conversations.grouping import Sides
from betterstory.conversations.models import Finding, Gathering, Insight, Pile, Statement, Typed, Vote
from betterstory.conversations.tests._ready import MakeVoice, agree, begin, phone, whole
from betterstory.conversations.tests.conftest import address
from betterstory.conversations.verbs import TypedCard
from betterstory.conversations.verbs.finding import work_out
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.stories import consenting, pausing
from betterstory.stories.models import Piece, Story
from conftest import AT

__all__ = ["phone", "whole"]  # fixtures that tests ask for by name

Browser = Callable[[Person], Any]
THEIRS, OURS = "Whoever rings is taken off the list.", "If I miss a visit, I should keep my place."
QUIET = "A piece was here. Its owner took it back."


@pytest.fixture
def from_story(gathering: Gathering, piece: Piece, organiser: Person) -> Statement:
    """Number 1, tied to a step that the room may see quoted."""
    return verbs.add_statement(gathering, words=THEIRS, by=organiser, at=AT, from_piece=piece)


@pytest.fixture
def our_own(from_story: Statement, gathering: Gathering, organiser: Person) -> Statement:
    """Number 2, the room's own."""
    return verbs.add_statement(gathering, words=OURS, by=organiser, at=AT)


@pytest.fixture
def answered(from_story: Statement, our_own: Statement, voice: MakeVoice) -> list[Vote]:
    """Eleven people agree with both; nobody is apart from the others."""
    return [
        verbs.vote(each.pk, voice=somebody, choice=Vote.Choice.AGREE, in_room=True, at=AT)
        for somebody in [voice()[0] for _n in range(11)]
        for each in (from_story, our_own)
    ]


@pytest.fixture
def closed(answered: list[Vote], gathering: Gathering, organiser: Person) -> None:
    verbs.close_voting(gathering, by=organiser, at=AT)


def take_back(piece: Piece, *, mark: bool = True) -> None:
    consenting.stop_everything(piece.version.story, by=piece.version.story.teller, at=AT)
    Story.objects.update(leaves_a_mark=mark)


def page(browser: Any, name: str, *args: object) -> str:
    answer = browser.get(address(name, *args))
    assert answer.status_code == 200, name
    return str(answer.content.decode())


AFTER = ("gathering", "statements", "results", "results_print", "became")
BEFORE = ("gathering", "statements", "sheet", "type_in", "became")


@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("name", AFTER)
def test_once_taken_back_no_page_of_what_the_room_said_has_its_words(
    name: str,
    mark: bool,
    closed: None,
    gathering: Gathering,
    piece: Piece,
    organiser: Person,
    signed_in_client: Browser,
) -> None:
    browser = signed_in_client(organiser)
    assert THEIRS in page(browser, name, gathering.pk)
    take_back(piece, mark=mark)
    now = page(browser, name, gathering.pk)
    assert THEIRS not in now
    assert OURS in now
    assert (QUIET in now) == mark


@pytest.mark.parametrize("name", BEFORE)
def test_nor_has_a_page_while_answers_come_in(
    name: str,
    our_own: Statement,
    gathering: Gathering,
    piece: Piece,
    organiser: Person,
    signed_in_client: Browser,
) -> None:
    browser = signed_in_client(organiser)
    assert THEIRS in page(browser, name, gathering.pk)
    take_back(piece)
    now = page(browser, name, gathering.pk)
    assert THEIRS not in now
    assert OURS in now


def test_the_count_of_the_room_stays_where_a_mark_stays(
    closed: None, gathering: Gathering, piece: Piece, organiser: Person, signed_in_client: Browser
) -> None:
    browser = signed_in_client(organiser)

    def said() -> int:
        return page(browser, "results", gathering.pk).count("11 of 11 agree")

    assert said() == 2
    take_back(piece)
    assert said() == 2, "the answers are the room’s"
    Story.objects.update(leaves_a_mark=False)
    assert said() == 1, "not even that something was there"


def test_pausing_and_taking_the_story_back_are_as_good_as_stopping(
    closed: None,
    gathering: Gathering,
    piece: Piece,
    organiser: Person,
    teller: Person,
    signed_in_client: Browser,
) -> None:
    browser = signed_in_client(organiser)
    pausing.pause(piece.version.story, by=teller, at=AT)
    assert THEIRS not in page(browser, "results", gathering.pk)
    pausing.unpause(piece.version.story, by=teller, at=AT)
    assert THEIRS in page(browser, "results", gathering.pk)
    consenting.take_back(piece.version.story, by=teller, at=AT, for_good_now=True)
    assert Statement.objects.get(number=1).words == THEIRS
    assert THEIRS not in page(browser, "results", gathering.pk)


def test_who_was_not_in_the_room_never_reads_them(
    closed: None, gathering: Gathering, partner: Person, signed_in_client: Browser
) -> None:
    browser = signed_in_client(partner)
    for name in ("gathering", "results", "results_print", "became"):
        now = page(browser, name, gathering.pk)
        assert OURS in now
        assert THEIRS not in now, name


def test_paper_for_the_wall_is_the_rooms_whoever_prints_it(
    closed: None, gathering: Gathering, piece: Piece, teller: Person, signed_in_client: Browser
) -> None:
    """A teller reads their own words on a screen; what hangs on the wall is read by all."""
    take_back(piece)
    browser = signed_in_client(teller)
    assert THEIRS in page(browser, "results", gathering.pk)
    assert THEIRS not in page(browser, "results_print", gathering.pk)


def test_two_that_say_the_opposite(
    closed: None,
    gathering: Gathering,
    from_story: Statement,
    our_own: Statement,
    piece: Piece,
    organiser: Person,
    signed_in_client: Browser,
) -> None:
    verbs.mark_opposites(from_story, our_own, by=organiser)
    browser = signed_in_client(organiser)
    again = "they say the opposite"
    assert again in page(browser, "results", gathering.pk)
    take_back(piece)
    now = page(browser, "results", gathering.pk)
    assert again in now
    assert THEIRS not in now
    assert THEIRS not in page(browser, "statement", our_own.pk)
    Story.objects.update(leaves_a_mark=False)
    now = page(browser, "results", gathering.pk)
    assert again not in now
    assert OURS in now


def test_a_side_is_not_named_by_it(
    closed: None,
    gathering: Gathering,
    from_story: Statement,
    our_own: Statement,
    piece: Piece,
    organiser: Person,
    signed_in_client: Browser,
) -> None:
    work_out.call(gathering.pk)
    found = Finding.objects.get()
    named = replace(Sides.from_json(found.said), verdict="two groups", named_by=(from_story.pk, our_own.pk))
    Finding.objects.update(said=named.to_json())
    browser = signed_in_client(organiser)
    assert f"<q>{THEIRS}</q>" in page(browser, "results", gathering.pk)
    take_back(piece)
    now = page(browser, "results", gathering.pk)
    assert THEIRS not in now
    assert re.findall("<q>(.*?)</q>", now) == [OURS]


def test_the_desk_of_a_quiet_sentence_can_still_put_it_aside(
    our_own: Statement, from_story: Statement, piece: Piece, organiser: Person, signed_in_client: Browser
) -> None:
    browser = signed_in_client(organiser)
    assert THEIRS in page(browser, "statement", from_story.pk)
    assert THEIRS in page(browser, "statement", our_own.pk), "to mark as its opposite"
    take_back(piece)
    now = page(browser, "statement", from_story.pk)
    assert THEIRS not in now
    assert "Put it aside" in now
    assert THEIRS not in page(browser, "statement", our_own.pk)


def test_a_card_that_points_at_it_shows_it_no_more_and_none_can_point_at_it(
    closed: None,
    from_story: Statement,
    round_: Round,
    piece: Piece,
    organiser: Person,
    add_card: Callable[..., Insight],
    signed_in_client: Browser,
) -> None:
    card = add_card("event", "Nobody rang.", statements=[from_story])
    browser = signed_in_client(organiser)
    assert THEIRS in page(browser, "card", card.pk)
    assert THEIRS in page(browser, "add_card", round_.pk)
    take_back(piece)
    assert THEIRS not in page(browser, "card", card.pk)
    assert THEIRS not in page(browser, "add_card", round_.pk)
    assert "Nobody rang." in page(browser, "card", card.pk)


def test_typing_paper_in_knows_its_line_and_not_its_words(
    our_own: Statement,
    from_story: Statement,
    gathering: Gathering,
    piece: Piece,
    organiser: Person,
    voice: MakeVoice,
    signed_in_client: Browser,
) -> None:
    """Sheets printed before hold that line: its ticks can still be typed in, and read twice."""
    code = voice()[1]
    card = TypedCard(code, {from_story.pk: Vote.Choice.AGREE}, None)
    verbs.type_in(gathering, cards=[card], source=Pile.Source.HALL_PAPER, by=organiser, at=AT)
    typed = Typed.objects.get()
    browser = signed_in_client(organiser)
    assert THEIRS in page(browser, "type_again", typed.pk)
    take_back(piece)
    assert THEIRS not in page(browser, "type_again", typed.pk)
    assert f's{from_story.pk}"' in page(browser, "type_in", gathering.pk)
    Vote.objects.update(typed=typed)
    verbs.type_again(typed, code=code, answers={from_story.pk: Vote.Choice.DISAGREE}, by=organiser, at=AT)
    settle = page(browser, "settle", typed.pk)
    assert THEIRS not in settle
    assert "Sentence 1</legend>" in settle


def test_a_phone_is_shown_it_no_more_at_the_next_press(
    our_own: Statement, piece: Piece, whole: Client, voice: MakeVoice
) -> None:
    assert THEIRS in begin(whole, voice()[1]).content.decode()
    take_back(piece)
    first = begin(whole, voice()[1])
    assert THEIRS not in first.content.decode()
    assert OURS in first.content.decode()
    thanks = agree(whole, first).content.decode()
    assert OURS in thanks
    assert THEIRS not in thanks


def test_no_page_that_lies_ready_has_it(
    our_own: Statement, piece: Piece, phone: Client, voice: MakeVoice
) -> None:
    for _n in range(2):
        assert THEIRS in begin(phone, voice()[1]).content.decode(), "so it lies ready"
    take_back(piece)
    first = begin(phone, voice()[1])
    assert THEIRS not in first.content.decode()
    assert THEIRS not in agree(phone, first).content.decode()


def test_what_is_held_for_two_seconds_asks_each_time(
    our_own: Statement, gathering: Gathering, piece: Piece
) -> None:
    def numbers() -> list[int]:
        return [each.number for each in asked.what_is_asked(gathering.pk, at=AT).statements]

    assert numbers() == [1, 2]
    take_back(piece)
    assert numbers() == [2]


def test_a_sentence_of_a_story_says_nothing_until_its_teller_was_asked(from_story: Statement) -> None:
    read = Statement.objects.get(pk=from_story.pk)
    assert read.said is None
    assert THEIRS not in str(read)


def test_no_template_shows_what_was_not_asked() -> None:
    words = re.compile(r"\bstatement\.words\b")
    made = {
        each.name
        for each in Path(betterstory.__file__).parent.glob("*/templates/**/*.html")
        if words.search(each.read_text())
    }
    of_phones = {f"{whose}_{what}.html" for whose in ("voice", "second") for what in ("statement", "thanks")}
    assert made == of_phones, "what is asked for these is asked in `asked`, and before a pack leaves"
