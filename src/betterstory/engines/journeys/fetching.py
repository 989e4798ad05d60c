"""A log whose people have whole numbers for ids, read as far as it is asked. Such ids need no look-up.

The first question is given the contacts that it speaks of and no others, because handing over every row takes
longer than finding the few. Whoever asks again asks often: then all of it is read, and kept.
"""

from collections.abc import Collection, Sequence
from typing import Protocol

from betterstory.engines.journeys.arrays import Arrays, Whole
from betterstory.engines.journeys.asked import Asked
from betterstory.engines.journeys.numbered import Numbered, Numbering
from betterstory.engines.journeys.refused import LogRefused


class Rows(Protocol):
    """Whoever reads the rows of a log. Both ways raise LogRefused where there is nobody."""

    def number(self) -> Numbering:
        """Everybody who has a contact."""

    def take(self, wanted: frozenset[str] | None, numbering: Numbering | None) -> tuple[Numbering, Numbered]:
        """The contacts of these activities, or all. `numbering`: of the people, where it is known."""


class Fetching:
    """They speak of single people: never shown.

    activities: all that the log holds
    """

    def __init__(self, rows: Rows, activities: Sequence[str]) -> None:
        self._rows, self._activities = rows, tuple(activities)
        self._numbering: Numbering | None = None
        self._some: tuple[frozenset[str], Numbered] | None = None
        self._all: Numbered | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"

    @property
    def ids(self) -> Whole:
        """The people's ids, in order. Raises LogRefused where there are none."""
        if self._numbering is None:
            self._numbering = self._rows.number()
        return self._numbering.ids

    def ask(self, wanted: Collection[str], activities: Sequence[str], end: int) -> Asked:
        """The contacts of these activities, in order."""
        return self._of(frozenset(wanted)).ask(wanted, activities, end)

    def arrays(self, activities: int, end: int) -> Arrays:
        """All of them, in order."""
        return self.every().arrays(activities, end)

    def _of(self, wanted: frozenset[str]) -> Numbered:
        if self._all is None and self._some is None and 2 * len(wanted) <= len(self._activities):
            self._some = (wanted, self._take(wanted))
        if self._all is None and self._some is not None and wanted <= self._some[0]:
            return self._some[1]
        return self.every()

    def every(self) -> Numbered:
        """All of them, read once."""
        if self._all is None:
            self._all, self._some = self._take(None), None
        return self._all

    def _take(self, wanted: frozenset[str] | None) -> Numbered:
        self._numbering, taken = self._rows.take(wanted, self._numbering)
        return taken


def nobody(name: str) -> LogRefused:
    return LogRefused(f"Nobody has a contact up to the last day that is asked about in {name}.")


def damaged(name: str) -> LogRefused:
    return LogRefused(f"{name} cannot be read. It seems damaged, or is not what its name says.")
