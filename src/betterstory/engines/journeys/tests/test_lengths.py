"""Lengths of time, as people write them."""

import pytest

from betterstory.engines.journeys import PatternRefused, read_length
from betterstory.engines.journeys.lengths import DAY, SECOND


@pytest.mark.parametrize(
    ("words", "microseconds"),
    [
        ("1 second", SECOND),
        ("2 minutes", 120 * SECOND),
        ("1 hour", 3600 * SECOND),
        ("1 day", DAY),
        ("18 weeks", 126 * DAY),
        ("1 month", 30 * DAY),
        ("2 years", 730 * DAY),
        ("1.5 days", 36 * 3600 * SECOND),
        ("0 days", 0),
        ("18weeks", 126 * DAY),
        (" 1 Week ", 7 * DAY),
    ],
)
def test_a_length_is_a_number_and_a_word(words: str, microseconds: int) -> None:
    assert read_length(words).microseconds == microseconds


def test_a_length_is_said_in_the_words_it_was_written_in() -> None:
    assert str(read_length("28 day")) == "28 days"
    assert str(read_length("1 weeks")) == "1 week"
    assert read_length("28 days") == read_length("4 weeks")
    assert str(read_length("28 days")) != str(read_length("4 weeks"))


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("six weaks", 'Did you mean "6 weeks"?'),
        ("1 wek", 'Did you mean "1 week"?'),
        ("18 weekss", 'Did you mean "18 weeks"?'),
        ("3 moons", 'Did you mean "3 months"?'),
        ("soon", 'Write a number and a word, like "18 weeks".'),
        ("", 'Write a number and a word, like "18 weeks".'),
        ("-3 days", 'Did you mean "3 days"?'),
        ("3 days 2 hours", 'Did you mean "3 days"?'),
        ("³ days", 'Write a number and a word, like "18 weeks".'),
        ("201 years", "200 years is the longest"),
        ("999999999999 years", "200 years is the longest"),
        ("1.0000001 seconds", "Did you mean"),
    ],
)
def test_what_is_no_length_is_refused_with_the_nearest_one(words: str, advice: str) -> None:
    with pytest.raises(PatternRefused) as refused:
        read_length(words)
    assert advice in refused.value.sentence
