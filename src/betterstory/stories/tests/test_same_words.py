"""Five words in a row: a table to read, and what holds for any words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from betterstory.stories.same_words import plainly, runs, share_a_run

TOLD = "They took me off the list, and nobody’s rung since. ¡Qué lástima, señora García, de verdad!"
SAYABLE = ["tea", "rang", "list", "off", "the", "me", "took", "they", "é"]
WORDS = st.lists(st.sampled_from(SAYABLE), max_size=14).map(" ".join)


@pytest.mark.parametrize(
    ("typed", "echoes"),
    [
        ("They took me off the list", True),
        ("people say THEY TOOK ME OFF, THE ones who wait", True),
        ("They took me off. The list is long", True),  # signs between words make no difference
        ("and nobodys rung since que", True),  # nor apostrophes, nor accents
        ("que lastima senora garcia de verdad", True),
        ("They took me off a list", False),  # four, and then another word
        ("took me off the", False),
        ("the off me took They", False),  # not in this order
        ("theytook me off the list", False),
        ("", False),
    ],
)
def test_it_echoes(typed: str, echoes: bool) -> None:
    assert share_a_run(runs(typed), plainly(TOLD)) is echoes


@given(WORDS, WORDS, WORDS)
def test_what_holds_five_words_of_another_is_always_found(before: str, told: str, after: str) -> None:
    typed = f"{before} {told} {after}"
    assert share_a_run(runs(typed), plainly(told)) is (len(told.split()) >= 5 or _other(typed, told))


def _other(typed: str, told: str) -> bool:
    """Said another way: some five words of the one are some five words of the other."""
    ours, theirs = plainly(typed).split(), plainly(told).split()
    return any(
        ours[i : i + 5] == theirs[j : j + 5] for i in range(len(ours) - 4) for j in range(len(theirs) - 4)
    )


@given(st.text(max_size=60))
@example("\U0001d4d0")  # a capital A of mathematics, which becomes a plain capital
def test_making_it_plain_twice_changes_nothing(text: str) -> None:
    assert plainly(plainly(text)) == plainly(text)
