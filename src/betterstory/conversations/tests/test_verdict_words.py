"""What a page says of sides: for each thing that can be found its heading, and never a word too much."""

import pytest

from betterstory.conversations.grouping import Grouped, Sides
from betterstory.conversations.models import Statement
from betterstory.conversations.verdicts import say, say_in_groups

# what was found, its heading, some words of it, and how many lines say how we know
SAYS = [
    ("too few", "Too few of us to look for sides", "With fewer than 20 we do not look for sides.", 1),
    ("no pattern", "We see no sides here", "we could miss small differences", 5),
    ("shades", "We shade from one view to another", "People in between explain the answers better.", 5),
    ("two groups", "Two ways of seeing it", "The answers fall into two sides.", 5),
    ("three groups", "Three ways of seeing it", "The answers fall into three sides.", 5),
    ("can't tell", "We cannot tell if there are sides", "More answers would tell us more", 5),
]
WRONG_IN, MISSES = "In trials with views that only shaded", "We can miss sides"


def sides(verdict: str, **more: object) -> Sides:
    return Sides(verdict, people=41, statements=12, filled=83, order=(1, 2), **more)  # type: ignore[arg-type]  # of a table


@pytest.mark.parametrize(("verdict", "heading", "words", "lines"), SAYS)
def test_each_verdict_has_its_words(verdict: str, heading: str, words: str, lines: int) -> None:
    said = say(sides(verdict), {})
    assert said.heading == heading
    assert words in " ".join(said.sentences)
    holds, few = verdict in ("two groups", "three groups"), verdict == "too few"
    how = " ".join(said.how)
    assert [WRONG_IN in how, MISSES in how] == [holds, not holds and not few]
    assert "41 people, 12 sentences, 83 of 100 lines filled in" in how
    assert ["sides are" in how or "there are sides" in how, "%(" in how + " ".join(said.sentences)] == [
        not few,
        False,
    ]
    assert len(said.how) == lines


def test_where_none_hold_nothing_hints_at_one() -> None:
    for verdict, *_rest in SAYS:
        told = " ".join(say(sides(verdict, neither=7), {}).sentences)
        assert ("7 of us are clearly on none of them" in told) == verdict.endswith("groups")


@pytest.mark.parametrize(
    ("neither", "words"), [(None, "A few of us are clearly on none of them."), (6, "6 of us"), (0, "")]
)
def test_few_who_are_on_no_side_are_not_counted(neither: int | None, words: str) -> None:
    told = say(sides("two groups", neither=neither), {}).sentences[1:]
    assert [words in each for each in told] == ([True] if words else [])


def test_a_side_is_named_by_a_sentence_that_is_still_there() -> None:
    kept = {1: Statement(pk=1, number=1, words="Keep my place.")}
    assert [each.words for each in say(sides("two groups", named_by=(1, 9)), kept).named_by] == [
        "Keep my place."
    ]


# how many agree of how many heard, or nothing where a part would be few; how each leans; what is said
AS_SIDES_SEE_IT = [
    (((9, 12), (3, 14)), (1, -1), "From the first side on: 9 of 12, 3 of 14 agree."),
    (None, (1, 1), "On every side most say the same."),
    (None, (-1, -1, -1), "On every side most say the same."),
    (None, (1, -1), "One side mostly agrees. Another mostly does not."),
    (None, (1, 0, -1), "One side mostly agrees. Another mostly does not."),
    (None, (0, 0), ""),
    (None, (0, -1), ""),
    (None, (1, 0), ""),
]


@pytest.mark.parametrize(("parts", "leans", "words"), AS_SIDES_SEE_IT)
def test_one_sentence_as_the_sides_see_it(
    parts: tuple[tuple[int, int], ...] | None, leans: tuple[int, ...], words: str
) -> None:
    told = say_in_groups(Grouped(parts, leans))
    assert told.startswith(words) if words else told == ""
