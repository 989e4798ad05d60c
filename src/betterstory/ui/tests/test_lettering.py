"""Words in a drawing fit where they are put, whatever the words."""

import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from betterstory.ui.lettering import WIDE, balance, clean, width, wrap

anything = st.one_of(st.text(max_size=200), st.text("ab W👩‍é́ \u200d", max_size=80))


@given(anything, st.integers(60, 400), st.booleans())
@settings(deadline=None)
def test_no_line_is_wider_than_its_room(words: str, room: int, bold: bool) -> None:
    for line in wrap(words, room=room, size=15, bold=bold):
        assert width(line, size=15, bold=bold) <= room


@given(anything, st.integers(60, 400))
@settings(deadline=None)
def test_nothing_is_lost_between_the_lines(words: str, room: int) -> None:
    lines = wrap(words, room=room, size=15)
    assert "".join(lines).replace(" ", "") == clean(words).replace(" ", "")


@given(anything, st.integers(60, 400), st.integers(1, 3))
@settings(deadline=None)
def test_where_words_are_cut_it_is_seen(words: str, room: int, most: int) -> None:
    lines = wrap(words, room=room, size=15, lines=most)
    assert len(lines) <= most
    assert all(width(line, size=15) <= room for line in lines)
    whole = wrap(words, room=room, size=15)
    assert lines == whole or lines[-1].endswith("…")


@given(anything, st.integers(1, 3))
@settings(deadline=None)
def test_balanced_lines_take_no_more_room_and_say_the_same(words: str, most: int) -> None:
    plain = wrap(words, room=300, size=15, lines=most)
    lines = balance(words, room=300, size=15, lines=most)
    assert len(lines) <= most
    assert "".join(lines).replace(" ", "") == "".join(plain).replace(" ", "")
    widest = max((width(line, size=15) for line in plain), default=0)
    assert all(width(line, size=15) <= widest * 1.25 + 0.01 for line in lines)


@given(anything)
def test_a_letter_is_never_parted_from_its_accent(words: str) -> None:
    # an accent that stands after a space belongs to no letter
    assume(all(unicodedata.category(word[0]) not in ("Mn", "Me") for word in clean(words).split()))
    starts = [line[0] for line in wrap(words, room=60, size=15)[1:] if line]
    first = clean(words)[:1]
    assert all(unicodedata.category(letter) not in ("Mn", "Me") or letter == first for letter in starts)


@pytest.mark.parametrize("bold", [False, True])
def test_widths_are_those_of_the_font(bold: bool) -> None:
    """Measured in Chromium: "No one, 19 weeks" at 1000 px."""
    measured = {False: 7644, True: 7981}[bold]
    assert width("No one, 19 weeks", size=1000, bold=bold) == pytest.approx(measured, rel=0.005)


def test_accents_take_no_room_and_emoji_much() -> None:
    assert width("é", size=15) == width("e", size=15)
    assert width("e\u0301", size=15) == width("e", size=15)
    assert width("🐕", size=1000) == WIDE
    assert width("等", size=1000) == WIDE
    assert width("Я", size=1000) > width("n", size=1000)


def test_a_pause_in_the_words_is_where_two_lines_part() -> None:
    said = balance("B. Waiting again, 17 weeks", room=168, size=15, bold=True, lines=2)
    assert said == ("B. Waiting again,", "17 weeks")


def test_what_no_drawing_may_hold_is_left_out() -> None:
    assert clean("a\x00b\x0b \ud800c\n\td") == "ab c d"
    assert clean("\u202eevil\u202c and \u2066good\u2069") == "evil and good"
    assert clean("👩‍👩‍👧 قالوا") == "👩‍👩‍👧 قالوا"


def test_letters_joined_at_the_end_of_a_line_go_to_the_next_together() -> None:
    lines = wrap("00000\u200d\x7f", room=60, size=15)
    assert lines == ("0000", "0\u200d\x7f")
    assert all(width(line, size=15) <= 60 for line in lines)
