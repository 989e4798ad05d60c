"""A log whose people have whole numbers for ids: read in one go, and put into order here.

Such ids need no look-up, which is most of the work of reading a log.
"""
# ruff: noqa: S608 - the names and texts in this SQL are ours, or pass text()

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import duckdb
import numpy

from betterstory.engines.journeys import compiled
from betterstory.engines.journeys.arrays import Arrays, Whole, at_rest, kind_of_code
from betterstory.engines.journeys.asked import NO_ORDER, Asked
from betterstory.engines.journeys.opening import run, run_one, text
from betterstory.engines.journeys.refused import LogRefused
from betterstory.engines.journeys.together import WORTH_A_THREAD
from betterstory.engines.journeys.typed import Typed

CLOSE = 8
"""Ids are looked up in a table while they are this many times closer together than there are contacts."""


@dataclass(slots=True, repr=False, eq=False)
class Numbered:
    """Contacts in the order of the file. They speak of single people: never shown.

    ids: the people's ids, in order; code: int32, a place a contact: which of them it is of, from 0
    activity, at: as in `Arrays`; order too, but empty where equal times are simultaneous
    """

    ids: Whole
    code: Whole
    activity: Whole
    at: Whole
    order: Whole

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
        if compiled.is_in_use():
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


def fetch(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    activities: Sequence[str],
    *,
    until: int | None,
    has_order: bool,
    typed: Typed | None = None,
) -> Numbered:
    """Every contact up to this moment; `until=None`: every row. Raises LogRefused where there is none.

    typed: how the file names its columns, where `look_over` found that nothing in them needs another look.
    """
    said = typed or Typed("log_rows", "person", "activity", "moment", "seq", "moment")
    places = f"list_position([{', '.join(map(text, activities))}], {said.activity}) - 1"
    size = "UTINYINT" if kind_of_code(len(activities)) is numpy.uint8 else "UINTEGER"
    bounds = run_one(connection, f"SELECT min({said.person}), max({said.person}) FROM {said.sql}", name)
    small = all(bound is not None and -(2**31) <= bound < 2**31 for bound in bounds)
    seen = "" if until is None else f"WHERE {said.given} AND {said.moment} <= {until}"
    rows = run(
        connection,
        f"""SELECT CAST({said.person} AS {"INTEGER" if small else "BIGINT"}) AS person,
            CAST({places} AS {size}) AS activity, {said.moment} AS moment
            {f", CAST({said.seq} AS BIGINT) AS seq" if has_order else ""}
            FROM {said.sql} {seen}""",
        name,
    ).fetchnumpy()
    if any(numpy.ma.is_masked(column) for column in rows.values()):
        raise LogRefused(f"{name} cannot be read. It seems damaged, or is not what its name says.")
    person = numpy.asarray(rows["person"])
    if not len(person):
        raise LogRefused(f"Nobody has a contact up to the last day that is asked about in {name}.")
    order = numpy.asarray(rows["seq"]) if has_order else NO_ORDER
    return Numbered(*numbered(person), numpy.asarray(rows["activity"]), numpy.asarray(rows["moment"]), order)


def numbered(person: Whole) -> tuple[Whole, Whole]:
    """The ids in order, and which of them each contact is of."""
    least, most = int(person.min()), int(person.max())
    if most - least >= CLOSE * len(person) + 1_000_000:
        ids, code = numpy.unique(person, return_inverse=True)
        return ids, code.astype(numpy.int32)
    present = numpy.zeros(most - least + 1, dtype=bool)
    if not compiled.is_in_use():
        present[person - least] = True
        return numpy.flatnonzero(present) + least, _numbers(present)[person - least]
    compiled.arrange("mark")(at_rest(person), least, present)
    code = numpy.empty(len(person), dtype=numpy.int32)
    compiled.arrange("number")(at_rest(person), least, _numbers(present), code)
    return numpy.flatnonzero(present) + least, code


def _numbers(present: Whole) -> Whole:
    """Which of those that are present each is, from 0; of the others anything."""
    numbers: Whole = numpy.cumsum(present, dtype=numpy.int32)
    numbers -= 1
    return numbers
