"""A log whose people have whole numbers for ids: read in one go, and put into order here.

Such ids need no look-up, which is most of the work of reading a log.
"""
# ruff: noqa: S608 - the names and texts in this SQL are ours, or pass text()

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import duckdb
import numpy

from betterstory.engines.journeys import compiled
from betterstory.engines.journeys.arrays import Arrays, Whole, kind_of_code
from betterstory.engines.journeys.asked import NO_ORDER, Asked
from betterstory.engines.journeys.facts import CONTACT
from betterstory.engines.journeys.opening import run, text
from betterstory.engines.journeys.refused import LogRefused

CLOSE = 8
"""Ids are looked up in a table while they are this many times closer together than there are contacts."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Numbered:
    """Contacts in the order of the file. They speak of single people: never shown.

    ids: int64, in order; code: which of them, a place a contact; activity, at, order: as in `Arrays`
    """

    ids: Whole
    code: Whole
    activity: Whole
    at: Whole
    order: Whole

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"

    def ask(self, wanted: Collection[str], activities: Sequence[str], end: int) -> Asked:
        """The contacts of these activities, in order."""
        tells = numpy.zeros(max(256, len(activities)), dtype=bool)
        tells[[place for place, activity in enumerate(activities) if activity in wanted]] = True
        first, kind, at, order = self._in_order(numpy.flatnonzero(tells[self.activity]))
        looks = numpy.full(len(self.ids), end, dtype=numpy.int64)
        return Asked(first, kind, at, order, looks, end)

    def arrays(self, end: int) -> Arrays:
        first, activity, at, order = self._in_order(numpy.arange(len(self.at)))
        looks = numpy.full(len(self.ids), end, dtype=numpy.int64)
        return Arrays(first, activity, at, order if len(self.order) else None, looks)

    def _in_order(self, said: Whole) -> tuple[Whole, Whole, Whole, Whole]:
        code, kind, at = self.code[said], self.activity[said], self.at[said]
        order = self.order[said] if len(self.order) else NO_ORDER
        first = numpy.zeros(len(self.ids) + 1, dtype=numpy.int64)
        numpy.cumsum(numpy.bincount(code, minlength=len(self.ids)), out=first[1:])
        if not compiled.is_in_use():
            keys = [at, code] if not len(order) else [order, at, code]
            sorted_ = numpy.lexsort(keys)
            return first, kind[sorted_], at[sorted_], order[sorted_] if len(order) else order
        sorted_kind, sorted_at, sorted_order = (numpy.empty_like(each) for each in (kind, at, order))
        compiled.arrange()(code, kind, at, order, first, sorted_kind, sorted_at, sorted_order)
        return first, sorted_kind, sorted_at, sorted_order


def fetch(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    activities: Sequence[str],
    *,
    until: int | None,
    has_order: bool,
) -> Numbered:
    """Every contact up to this moment; `until=None`: every row. Raises LogRefused where there is none."""
    seen = "" if until is None else f"WHERE {CONTACT} AND moment <= {until}"
    places = f"list_position([{', '.join(map(text, activities))}], activity) - 1"
    size = "UTINYINT" if kind_of_code(len(activities)) is numpy.uint8 else "UINTEGER"
    rows = run(
        connection,
        f"""SELECT person, CAST({places} AS {size}) AS activity, moment{", seq" if has_order else ""}
            FROM log_rows {seen}""",
        name,
    ).fetchnumpy()
    person = numpy.asarray(rows["person"])
    if not len(person):
        raise LogRefused(f"Nobody has a contact up to the last day that is asked about in {name}.")
    ids, code = coded(person)
    order = numpy.asarray(rows["seq"]) if has_order else NO_ORDER
    return Numbered(ids, code, numpy.asarray(rows["activity"]), numpy.asarray(rows["moment"]), order)


def coded(person: Whole) -> tuple[Whole, Whole]:
    """The different ids in order, and for each place which of them it is."""
    least, most = int(person.min()), int(person.max())
    if most - least >= CLOSE * len(person) + 1_000_000:
        ids, code = numpy.unique(person, return_inverse=True)
        return ids, code
    here = person - least
    present = numpy.zeros(most - least + 1, dtype=bool)
    present[here] = True
    return numpy.flatnonzero(present) + least, (numpy.cumsum(present) - 1)[here]
