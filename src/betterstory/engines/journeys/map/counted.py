"""A map in true counts, kept where no print, dump or pickle reaches them by accident."""

from collections.abc import Mapping
from typing import Never

import numpy

from betterstory.engines.journeys.arrays import Whole

KINDS_TOLD = ("people", "again", "first", "last", "stopped", "cannot_tell")


class Ways:
    """The ways that somebody went, in order of from and to; one place a way in every array.

    way:        which it is: from * kinds + to
    moves:      how many times it was gone
    people:     by how many people
    waits:      quartiles of all waits, one row of three a way, in fourths of a microsecond
    first_wait: the same of each person's first wait on it, so that nobody counts twice
    """

    __slots__ = ("first_wait", "moves", "people", "waits", "way")

    def __init__(self, way: Whole, moves: Whole, people: Whole, waits: Whole, first_wait: Whole) -> None:
        self.way = way
        self.moves = moves
        self.people = people
        self.waits = waits
        self.first_wait = first_wait

    def __repr__(self) -> str:
        return "<Ways, not shown>"

    def __reduce__(self) -> Never:
        raise TypeError("True counts are not written down. Keep what protect() gives.")


class Counted:
    """How many people are at each kind of contact and on each way. Only a `JourneyMap` holds one.

    people:   everybody who has a contact
    contacts: one number a kind, as in every array of `told`, which counts people: all of them, who came back,
              whose first and whose last contact it is, who stopped there, and of whom we can't tell
    """

    __slots__ = ("contacts", "kinds", "people", "told", "ways", "within")

    def __init__(
        self, people: int, kinds: int, within: int, contacts: Whole, told: Mapping[str, Whole], ways: Ways
    ) -> None:
        self.people = people
        self.kinds = kinds
        self.within = within
        self.contacts = contacts
        self.told = told
        self.ways = ways

    def same_as(self, other: "Counted") -> bool:
        """Whether every single figure is the same."""
        mine, theirs = self._all(), other._all()
        return (self.people, self.kinds, self.within) == (other.people, other.kinds, other.within) and all(
            numpy.array_equal(one, another) for one, another in zip(mine, theirs, strict=True)
        )

    def _all(self) -> list[Whole]:
        ways = self.ways
        return [
            self.contacts,
            *(self.told[name] for name in KINDS_TOLD),
            *(ways.way, ways.moves, ways.people, ways.waits, ways.first_wait),
        ]

    def __repr__(self) -> str:
        return "<Counted, not shown>"

    def __reduce__(self) -> Never:
        raise TypeError("True counts are not written down. Keep what protect() gives.")
