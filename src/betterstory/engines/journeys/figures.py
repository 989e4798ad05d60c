"""True counts, kept where no print, dump or pickle reaches them by accident."""

from collections.abc import Iterator, Mapping
from typing import Never

import numpy

from betterstory.engines.disclosure import Quartiles
from betterstory.engines.journeys.arrays import Whole
from betterstory.engines.journeys.found import BYTES, ON_THE_WAY, TOO_EARLY, WAY_CLOSED, Found, as_byte
from betterstory.engines.journeys.lengths import MICROSECONDS_IN

WEEK = MICROSECONDS_IN["week"]


class Figures:
    """How many people are at each level, 0 to n, and in each status. Only a `Standing` holds one."""

    __slots__ = ("_found", "again", "exactly", "on_the_way", "people", "too_early", "way_closed")

    def __init__(self, found: Found, steps: int) -> None:
        self._found = found
        self.people = len(found.levels)
        every = found.every
        if every is None:
            every = numpy.bincount(as_byte(found.levels, found.statuses, found.again), minlength=BYTES)
        each = every[: 8 * (steps + 1)].reshape(-1, 4, 2)
        self.exactly = _each(each.sum(axis=(1, 2)))
        self.on_the_way = _each(each[:, ON_THE_WAY].sum(axis=1))
        self.way_closed = _each(each[:, WAY_CLOSED].sum(axis=1))
        self.too_early = _each(each[:, TOO_EARLY].sum(axis=1))
        self.again = _each(each[:, :, 1].sum(axis=1))

    @property
    def at_least(self) -> tuple[int, ...]:
        return tuple(sum(self.exactly[level:]) for level in range(len(self.exactly)))

    def waits(self, step: int) -> list[float] | Quartiles:
        """Weeks from the step before to this one (counted from 0), of everyone who reached it."""
        there = self._found.levels > step
        waited = self._found.reached[there, step] - self._found.reached[there, step - 1]
        weeks: list[float] = (waited / WEEK).tolist()
        return weeks

    def by_value(self, values: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
        """People at each level, for each value; `values` gives one value a person."""
        own = [values[person] for person in self._found.people]
        names = sorted(set(own))
        codes = {name: code for code, name in enumerate(names)}
        levels = len(self.exactly)
        each = numpy.fromiter((codes[name] for name in own), dtype=numpy.int64, count=len(own))
        counts = numpy.bincount(each * levels + self._found.levels, minlength=levels * len(names))
        return dict(zip(names, map(_each, counts.reshape(-1, levels)), strict=True))

    def who(self, levels: range, status: int | None = None) -> list[str]:
        """The ids of the people at these levels, and in this status where one is given."""
        there = numpy.isin(self._found.levels, levels)
        if status is not None:
            there &= self._found.statuses == status
        return [self._found.people[place] for place in numpy.flatnonzero(there).tolist()]

    def each(self) -> Iterator[tuple[str, int, int, bool]]:
        """Everybody: who they are, their level and status, and whether they are on it again."""
        found = self._found
        ways = found.levels.tolist(), found.statuses.tolist(), (found.again == 1).tolist()
        return zip(found.people, *ways, strict=True)

    def __repr__(self) -> str:
        return "<Figures, not shown>"

    def __reduce__(self) -> Never:
        raise TypeError("True counts are not written down. Release a protected standing instead.")


def _each(counts: Whole) -> tuple[int, ...]:
    return tuple(counts.tolist())
