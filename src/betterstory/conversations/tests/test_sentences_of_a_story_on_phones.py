"""On phones, a sentence that was taken from a story is shown while its teller says yes, at each press."""

import re
from pathlib import Path

from django.test import Client

import betterstory
from betterstory.conversations import asked
from betterstory.conversations.models import Gathering, Statement, Vote
from betterstory.conversations.tests._of_a_story import OURS, THEIRS, from_story, our_own, take_back
from betterstory.conversations.tests._ready import MakeVoice, agree, begin, phone, whole
from betterstory.stories.models import Piece
from conftest import AT

__all__ = ["from_story", "our_own", "phone", "whole"]  # fixtures that tests ask for by name


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


def test_an_answer_on_its_way_is_counted_as_ever_and_shows_nothing(
    from_story: Statement, our_own: Statement, piece: Piece, phone: Client, voice: MakeVoice
) -> None:
    first = begin(phone, voice()[1])
    assert THEIRS in first.content.decode()
    take_back(piece)
    after = agree(phone, first).content.decode()
    assert [vote.choice for vote in from_story.votes.all()] == [Vote.Choice.AGREE]
    assert OURS in after, "the next one, as ever: nobody in the hall is told"
    assert THEIRS not in after


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
