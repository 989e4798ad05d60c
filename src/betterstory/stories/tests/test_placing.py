"""Where the words of a piece stand in a text: a table to read, and what holds for any words at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betterstory.stories.exchange.placing import LOST, one_line, place, tidy

HEAD = "Piece by piece"
ANYTHING = st.text(st.characters(codec=None), max_size=60)  # half characters and controls among them


@pytest.mark.parametrize(
    ("text", "line", "start", "end"),
    [
        ("I rang. It just rang out.", "It just rang out", 8, 24),
        ("👩‍👩‍👧 came. Tea ☕ came too.", "Tea ☕", 12, 17),  # an emoji of five code points counts as five
        ("𝒳 then tea", "tea", 7, 10),  # outside the basic plane: one, not two
        ("cafe\u0301 shut. cafe shut.", "cafe", 12, 16),  # a letter is not cut from its accent
        ("Nobody rang. No one came.", "No", 13, 15),  # nor out of a longer word
        ("First line\r\nsecond line\r\n", "second line", 11, 22),  # one character ends a line
        ("\ufeffHello there", "Hello", 0, 5),  # the byte order mark is no letter
        ("one\r\n  two three", "one two", 0, 9),  # spaces and line ends are alike
    ],
)
def test_words_are_found_where_they_stand(text: str, line: str, start: int, end: int) -> None:
    placed = place(text, [line], heading=HEAD)
    assert placed.places == ((start, end),)
    assert HEAD not in placed.text


def test_words_that_are_not_there_are_written_at_the_end() -> None:
    placed = place("I rang.", ["They took me off the list", "I rang."], heading=HEAD)
    assert placed.text == "I rang.\n\nPiece by piece\n\nThey took me off the list\n"
    (start, end), second = placed.places
    assert placed.text[start:end] == "They took me off the list"
    assert second == (0, 7)


def test_the_same_words_twice_are_two_places() -> None:
    assert place("tea and tea", ["tea", "tea", "tea"], heading=HEAD).places == ((0, 3), (8, 11), (0, 3))


@given(ANYTHING, st.lists(ANYTHING, max_size=5))
def test_every_place_holds_its_words_whatever_they_are(text: str, lines: list[str]) -> None:
    lines = [line for line in map(one_line, lines) if line]
    placed = place(text, lines, heading=HEAD)
    assert placed.text.encode().decode() == placed.text
    assert tidy(placed.text) == placed.text
    for line, (start, end) in zip(lines, placed.places, strict=True):
        assert 0 <= start < end <= len(placed.text)
        assert placed.text[start:end].split() == line.split()


def test_what_no_file_can_hold_is_marked_and_moves_nothing() -> None:
    assert tidy("a\x00b\ud800c") == f"a{LOST}b{LOST}c"
