"""True counts, kept where no print, dump or pickle reaches them by accident."""

from collections import Counter
from collections.abc import Mapping
from typing import Never

from betterstory.engines.journeys.found import ON_THE_WAY, TOO_EARLY, WAY_CLOSED, Found
from betterstory.engines.journeys.lengths import MICROSECONDS_IN

WEEK = MICROSECONDS_IN["week"]


class Figures:
    """How many people are at each level, 0 to n, and in each status. Only a `Standing` holds one."""

    __slots__ = ("again", "exactly", "found", "on_the_way", "people", "too_early", "way_closed")

    def __init__(self, found: Found, steps: int) -> None:
        self.found = found
        self.people = len(found.people)
        levels = range(steps + 1)
        at = Counter(found.levels)
        status = Counter(zip(found.levels, found.statuses, strict=True))
        again = Counter(
            level for level, once_more in zip(found.levels, found.again, strict=True) if once_more
        )
        self.exactly = tuple(at[level] for level in levels)
        self.on_the_way = tuple(status[level, ON_THE_WAY] for level in levels)
        self.way_closed = tuple(status[level, WAY_CLOSED] for level in levels)
        self.too_early = tuple(status[level, TOO_EARLY] for level in levels)
        self.again = tuple(again[level] for level in levels)

    @property
    def at_least(self) -> tuple[int, ...]:
        return tuple(sum(self.exactly[level:]) for level in range(len(self.exactly)))

    def waits(self, step: int) -> list[float]:
        """Weeks from the step before to this one (counted from 0), of everyone who reached it."""
        steps = len(self.exactly) - 1
        reached = self.found.reached
        return [
            (reached[row * steps + step] - reached[row * steps + step - 1]) / WEEK
            for row, level in enumerate(self.found.levels)
            if level > step
        ]

    def by_value(self, values: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
        """People at each level, for each value; `values` gives one value a person."""
        counts = Counter(
            (values[person], level)
            for person, level in zip(self.found.people, self.found.levels, strict=True)
        )
        levels = range(len(self.exactly))
        return {value: tuple(counts[value, level] for level in levels) for value, _ in sorted(counts)}

    def who(self, levels: range, status: int | None = None) -> list[str]:
        """The ids of the people at these levels, and in this status where one is given."""
        rows = zip(self.found.people, self.found.levels, self.found.statuses, strict=True)
        return [person for person, level, now in rows if level in levels and status in (None, now)]

    def __repr__(self) -> str:
        return "<Figures, not shown>"

    def __reduce__(self) -> Never:
        raise TypeError("True counts are not written down. Release a protected standing instead.")
