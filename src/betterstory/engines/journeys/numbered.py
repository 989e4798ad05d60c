"""Contacts of people who have whole numbers for ids, put into order.

Such ids need no look-up, which is most of the work of reading a log.
"""

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy

from betterstory.engines.journeys import compiled
from betterstory.engines.journeys.arrays import Arrays, Whole, at_rest
from betterstory.engines.journeys.asked import NO_ORDER, Asked
from betterstory.engines.journeys.together import WORTH_A_THREAD

CLOSE = 8
"""Ids are looked up in a table while they are this many times closer together than there are contacts."""


@dataclass(slots=True, repr=False, eq=False)
class Numbered:
    """Contacts in the order of the file. They speak of single people: never shown.

    ids: the people's ids, in order; code: int32, a place a contact: which of them it is of, from 0
    activity, at: as in `Arrays`; order too, but empty where equal times are simultaneous
    of: how many contacts there are in the log that these are of
    """

    ids: Whole
    code: Whole
    activity: Whole
    at: Whole
    order: Whole
    of: int = 0

    def __post_init__(self) -> None:
        for name in ("code", "activity", "at", "order"):
            setattr(self, name, at_rest(getattr(self, name)))

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"

    @property
    def many(self) -> int:
        return len(self.ids)

    def ask(self, wanted: Collection[str], activities: Sequence[str], end: int) -> Asked:
        """The contacts of these activities, in order."""
        tells = [activity in wanted for activity in activities]
        first, kind, at, order = self._in_order(tells)
        looks = numpy.full(self.many, end, dtype=numpy.int64)
        return Asked(first, kind, at, order, looks, end)

    def arrays(self, activities: int, end: int) -> Arrays:
        first, activity, at, order = self._in_order([True] * activities)
        looks = numpy.full(self.many, end, dtype=numpy.int64)
        return Arrays(first, activity, at, order if len(self.order) else None, looks)

    def _in_order(self, told: Sequence[bool]) -> tuple[Whole, Whole, Whole, Whole]:
        tells = numpy.zeros(max(256, len(told)), dtype=bool)
        tells[: len(told)] = told
        if compiled.is_worth_it(max(self.of, len(self.at))):
            return self._arranged(tells, 2 if len(self.at) >= WORTH_A_THREAD else 1)
        said = numpy.flatnonzero(tells[self.activity])
        code, kind, at = self.code[said], self.activity[said], self.at[said]
        order = self.order[said] if len(self.order) else NO_ORDER
        first = numpy.zeros(self.many + 1, dtype=numpy.int64)
        numpy.cumsum(numpy.bincount(code, minlength=self.many), out=first[1:])
        keys = [at, code] if not len(order) else [order, at, code]
        sorted_ = numpy.lexsort(keys)
        return first, kind[sorted_], at[sorted_], order[sorted_] if len(order) else order

    def _arranged(self, tells: Whole, threads: int) -> tuple[Whole, Whole, Whole, Whole]:
        """The same by compiled loops; each thread takes some of the contacts, and then some of the people."""
        count, lay_out, sort_each = map(compiled.arrange, ("count", "lay_out", "sort_each"))
        shares = _shares(numpy.linspace(0, len(self.at), threads + 1).astype(int).tolist())
        each = numpy.zeros((threads, self.many), dtype=numpy.int32)
        first = numpy.zeros(self.many + 1, dtype=numpy.int64)
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda s, own: count(self.code[s], self.activity[s], tells, own), shares, each))
            numpy.cumsum(each.sum(axis=0), out=first[1:])
            free = first[:-1] + numpy.cumsum(each, axis=0) - each
            kind, at = (numpy.empty(first[-1], dtype=like.dtype) for like in (self.activity, self.at))
            order = numpy.empty(first[-1] if len(self.order) else 0, dtype=numpy.int64)

            def lay(s: slice, own: Whole) -> None:
                contacts = (self.code[s], self.activity[s], self.at[s], self.order[s])
                lay_out(*contacts, tells, own, kind, at, order)

            list(pool.map(lay, shares, free))
            inner = numpy.searchsorted(first, numpy.linspace(0, first[-1], threads + 1)[1:-1]).tolist()
            people = [slice(s.start, s.stop + 1) for s in _shares([0, *inner, self.many])]
            list(pool.map(lambda s: sort_each(kind, at, order, first[s]), people))
        return first, kind, at, order


def _shares(cuts: Sequence[int]) -> list[slice]:
    return [slice(begin, stop) for begin, stop in pairwise(cuts)]


def numbered(person: Whole) -> tuple[Whole, Whole]:
    """The ids in order, and which of them each contact is of."""
    numbering = number(person, len(person))
    return numbering.ids, numbering.codes_of_own(person)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Numbering:
    """The people's ids, in order, and how they are found again.

    least, numbers: the smallest id, and a place for each whole number from there on: which of the ids it is.
                    None where they lie too far apart for that
    """

    ids: Whole
    least: int
    numbers: Whole | None
    quickly: bool

    def codes(self, person: Whole) -> Whole:
        """Which of the ids each is, int32. Raises ValueError for one that is none of them."""
        if not len(person):
            return numpy.zeros(0, dtype=numpy.int32)
        if person.min() < self.ids[0] or person.max() > self.ids[-1]:
            raise ValueError("not one of them")
        found = self.codes_of_own(person)
        if (self.ids[found] != person).any():
            raise ValueError("not one of them")
        return found

    def codes_of_own(self, person: Whole) -> Whole:
        """The same of contacts that are known to be theirs."""
        if self.numbers is None:
            return numpy.searchsorted(self.ids, person).astype(numpy.int32)
        if not self.quickly:
            return self.numbers[person - self.least]
        found = numpy.empty(len(person), dtype=numpy.int32)
        resting, numbers, number = at_rest(person), at_rest(self.numbers), compiled.arrange("number")
        threads = 2 if len(person) >= WORTH_A_THREAD else 1
        shares = _shares(numpy.linspace(0, len(person), threads + 1).astype(int).tolist())
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda s: number(resting[s], self.least, numbers, found[s]), shares))
        return found


def number(person: Whole, of: int) -> Numbering:
    """The people of these contacts, in a log of so many."""
    least, most = int(person.min()), int(person.max())
    quickly = compiled.is_worth_it(of)
    if most - least >= CLOSE * len(person) + 1_000_000:
        return Numbering(numpy.unique(person), least, None, quickly)
    present = numpy.zeros(most - least + 1, dtype=bool)
    if quickly:
        compiled.arrange("mark")(at_rest(person), least, present)
    else:
        present[person - least] = True
    return numbering_of(present, least, quickly=quickly)


def numbering_of(present: Whole, least: int, *, quickly: bool) -> Numbering:
    """The people for whose ids, counted from the least, there is a yes."""
    if quickly:
        numbers: Whole = numpy.zeros(len(present), dtype=numpy.int32)
        ids = numpy.empty(numpy.count_nonzero(present), dtype=numpy.int64)
        eights = at_rest(present[: len(present) // 8 * 8].view(numpy.uint64))
        compiled.arrange("name")(at_rest(present), eights, least, numbers, ids)
        return Numbering(ids, least, numbers, quickly)
    numbers = numpy.cumsum(present, dtype=numpy.int32)
    numbers -= 1
    return Numbering(numpy.flatnonzero(present) + least, least, numbers, quickly)
