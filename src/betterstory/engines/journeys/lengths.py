"""Lengths of time, as people write them: "18 weeks"."""

import re
from dataclasses import dataclass, field
from fractions import Fraction

from betterstory.engines.journeys.refused import PatternRefused
from betterstory.engines.journeys.words import nearest

SECOND = 1_000_000
DAY = 86_400 * SECOND
MICROSECONDS_IN = {
    "second": SECOND,
    "minute": 60 * SECOND,
    "hour": 3600 * SECOND,
    "day": DAY,
    "week": 7 * DAY,
    "month": 30 * DAY,
    "year": 365 * DAY,
}
LONGEST = 200 * MICROSECONDS_IN["year"]  # times, limits and their sums then stay far inside 64 bits
SPOKEN = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
WRITTEN = re.compile(r"\s*(\d{1,12}(?:\.\d{1,6})?)\s*([A-Za-z]+)\s*", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length in whole microseconds, and the words it was written in (two ways of writing it are equal)."""

    microseconds: int
    words: str = field(compare=False)

    def __str__(self) -> str:
        return self.words


def read_length(words: str) -> Length:
    """Read "18 weeks", "1 hour" or "1.5 days". Raises PatternRefused, naming the nearest that can be read."""
    found = WRITTEN.fullmatch(words)
    unit = _unit(found[2]) if found else None
    if found is None or unit is None:
        raise PatternRefused(f'"{words}" is not a length of time. {_advice(words)}')
    exact = Fraction(found[1]) * MICROSECONDS_IN[unit]
    if exact.denominator != 1:
        raise PatternRefused(f'"{words}" is finer than a millionth of a second, which no clock here keeps.')
    if exact > LONGEST:
        raise PatternRefused(f'"{words}" is too long: 200 years is the longest.')
    return Length(int(exact), f"{found[1]} {unit if found[1] == '1' else unit + 's'}")


def _unit(word: str) -> str | None:
    singular = word.lower().removesuffix("s")
    return singular if singular in MICROSECONDS_IN else None


def _advice(words: str) -> str:
    """The nearest length that can be read: "six weaks" -> "6 weeks"."""
    parts = re.findall(r"\d+(?:\.\d+)?|[A-Za-z]+", words)[:2]
    number = parts[0].lower() if parts else ""
    if number in SPOKEN:
        number = str(SPOKEN.index(number) + 1)
    units = nearest(parts[1], [unit + "s" for unit in MICROSECONDS_IN], most=1) if len(parts) > 1 else []
    if not units or not re.fullmatch(r"\d+(?:\.\d+)?", number):
        return 'Write a number and a word, like "18 weeks".'
    return f'Did you mean "{number} {units[0].removesuffix("s") if number == "1" else units[0]}"?'
