"""Drawings speak the reader's language, and say small numbers as words."""

import pytest
from django.utils import translation

from betterstory.ui.saying import ENGLISH, Say, ended, in_words, opening


@pytest.mark.parametrize("say", [ENGLISH, translation], ids=["english", "django"])
def test_small_numbers_are_words(say: Say) -> None:
    assert [in_words(number, say) for number in (0, 1, 5, 12, 13, 60)] == [
        "no",
        "one",
        "five",
        "twelve",
        "13",
        "60",
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Month 2", "Month 2."),
        ("Why?", "Why?"),
        ("“Now.”", "“Now.”"),
        ("that winter…", "that winter…"),
        (" ", ""),
    ],
)
def test_a_sentence_ends_once(given: str, said: str) -> None:
    assert ended(given) == said


def test_only_the_first_letter_is_raised() -> None:
    assert opening("the GP rang") == "The GP rang"
    assert opening("") == ""
