"""The screen's clock never hurries anybody, and the screen always has something it may show."""

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betterstory.conversations import dial, verbs
from betterstory.conversations.models import Gathering, RunSheet, Statement, Turn
from betterstory.conversations.slides import Slide, Slides, lay_slides
from betterstory.conversations.tests._screen import Browser, Send, page, press, read
from betterstory.people import verbs as people
from betterstory.people.models import Person
from conftest import AT

CLOCK = """
minutes  seconds_on  left  said
15       none        15    about 15 minutes
15       0           15    about 15 minutes
15       60          14    about 15 minutes
15       61          14    about 15 minutes
15       300         10    about 10 minutes
15       661          4    about 4 minutes
15       840          1    about a minute
15       900          0    when we are ready
15       99999        0    when we are ready
15       -86400      15    about 15 minutes
45       60          44    about 45 minutes
45       180         42    about 40 minutes
"""


@pytest.mark.parametrize("row", CLOCK.strip().splitlines()[1:])
def test_the_clock_says_about_how_long_and_never_counts_below_nothing(row: str) -> None:
    minutes, seconds, left, said = row.split(maxsplit=3)
    began = None if seconds == "none" else AT - timedelta(seconds=int(seconds))
    found = dial.minutes_left(int(minutes), began, AT)
    assert (found, dial.draw(int(minutes), found).words) == (int(left), said)


@given(minutes=st.integers(1, 120), jump=st.integers(-(10**7), 10**7), further=st.integers(0, 10**6))
def test_however_a_clock_jumps_the_dial_stays_whole(minutes: int, jump: int, further: int) -> None:
    left = dial.minutes_left(minutes, AT - timedelta(seconds=jump), AT)
    later = dial.minutes_left(minutes, AT - timedelta(seconds=jump + further), AT)
    assert 0 <= later <= left <= minutes
    drawn = dial.draw(minutes, left)
    assert all(-1 <= float(number) <= 101 for number in re.findall(r"-?\d+\.?\d*", drawn.gone + drawn.hand))
    assert bool(drawn.gone) == (left < minutes)


def test_a_turn_keeps_its_clock_while_its_sentences_change(
    gathering: Gathering, statements: list[Statement], organiser: Person
) -> None:
    turn = gathering.turns.get(kind="statements")
    verbs.show(read(gathering), turn=turn, step=1, seen=0, by=organiser, at=AT)
    later = AT + timedelta(minutes=4)
    verbs.show(read(gathering), turn=turn, step=2, seen=1, by=organiser, at=later)
    assert read(gathering).turn_began_at == AT
    verbs.begin_clock(read(gathering), by=organiser, at=later)
    assert read(gathering).turn_began_at == later


def test_the_clock_of_a_guest_begins_nothing(gathering: Gathering, resident: Person, send: Send) -> None:
    people.join(circle=gathering.circle, person=resident, at=AT)
    assert press(send, resident, gathering, "begin").status_code == 403
    assert read(gathering).turn_began_at is None


@given(data=st.data())
def test_whatever_is_taken_back_the_screen_stands_on_something_that_may_be_shown(data: st.DataObject) -> None:
    """Any sheet, any place, any pieces gone: on and back are inverse and the end is reached."""
    turns = [
        Turn(pk=n, number=n, kind="round", minutes=5) for n in range(1, data.draw(st.integers(1, 6)) + 1)
    ]
    laid = {
        turn.pk: [
            Slide(turn, step, f"{turn.pk}.{step}")
            for step in sorted(data.draw(st.sets(st.integers(0, 4), max_size=4)))
        ]
        for turn in turns
    }
    every = [slide for turn in turns for slide in laid[turn.pk]]
    sheet = RunSheet(turn=data.draw(st.sampled_from([None, *turns])), step=data.draw(st.integers(0, 5)))
    slides = Slides(Gathering(), sheet, AT, turns, laid)
    if not every:
        assert slides.now is None
        return
    now = slides.now
    assert now in every
    wanted = (sheet.turn.number, sheet.step) if sheet.turn else (0, 0)
    later = [slide for slide in every if slide.place >= wanted]
    assert now == (later[0] if later else every[-1]), "the next there is, or else the last"
    place = every.index(now)
    assert slides.next == (every[place + 1] if place + 1 < len(every) else None)
    assert slides.back == (every[place - 1] if place else None)


def test_long_words_are_said_smaller(gathering: Gathering) -> None:
    turn = Turn(number=1, kind="round", minutes=5)
    sizes = [Slide(turn, 0, "x" * letters).size for letters in (90, 91, 201, 401)]
    assert sizes == ["", "long", "longer", "longest"]


def test_a_screen_asks_little_of_the_machine(
    gathering: Gathering,
    statements: list[Statement],
    organiser: Person,
    signed_in_client: Browser,
    send: Send,
    django_assert_max_num_queries: Any,
) -> None:
    hall = signed_in_client(organiser)
    for turn in gathering.turns.all():
        press(send, organiser, gathering, str(turn.pk))
        for which in ("projector", "remote"):
            with django_assert_max_num_queries(12, info=f"{which} {turn.kind}"):
                assert len(page(hall, gathering, which)) < 60_000


def test_a_page_of_slides_is_laid_only_for_what_is_asked(gathering: Gathering, organiser: Person) -> None:
    slides = lay_slides(gathering, read(gathering), at=AT)
    assert slides.now is not None
    assert slides.now.turn.kind == "check_in"
    assert [turn.kind for turn in slides.turns if turn.pk in slides._laid] == ["check_in"]
