"""What changed between two versions of a text, and whose turn it is to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betterstory.conversations.told_apart import ADDED, SAME, TAKEN_OUT, in_turns, paragraphs, tell_apart

MARKS = {SAME: "{}", ADDED: "+{}+", TAKEN_OUT: "-{}-"}


def plainly(before: str, after: str) -> str:
    parts = tell_apart(before, after)
    return " / ".join(" ".join(MARKS[bit.kind].format(bit.words) for bit in part) for part in parts)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("They rang.", "They rang.", "They rang."),
        ("They rang.", "They rang us.", "They -rang.- +rang us.+"),
        ("We wait.", "We\n\nwait.", "We -wait.- / +wait.+"),
        ("One.\n\nTwo.", "One.\n\nThree.\n\nTwo.", "One. / +Three.+ / Two."),
        ("One.\n\nTwo.", "Two.", "-One.- / Two."),
        ("", "New.", "+New.+"),
    ],
)
def test_words_that_came_in_and_went_out(before: str, after: str, told: str) -> None:
    assert plainly(before, after) == told


texts = st.lists(st.sampled_from(["we", "ring", "wait.", "\n\n", "tea", "\r\n", "<b>"]), max_size=40).map(
    " ".join
)


@given(texts, texts)
def test_both_texts_can_be_read_back_from_it(before: str, after: str) -> None:
    parts = tell_apart(before, after)
    for kind, text in ((TAKEN_OUT, before), (ADDED, after)):
        kept = [" ".join(bit.words for bit in part if bit.kind in (SAME, kind)) for part in parts]
        assert " ".join(" ".join(kept).split()) == " ".join(paragraphs(text))


def test_a_sentence_each_in_turn() -> None:
    told = list(in_turns("They rang. “We are here.” Then?\n\nTea at ten… and more!", 2))
    assert told == [
        [(1, "They rang."), (2, "“We are here.”"), (1, "Then?")],
        [(2, "Tea at ten…"), (1, "and more!")],
    ]
    assert [turn for part in in_turns("A. B. C.", 1) for turn, _words in part] == [1, 1, 1]
