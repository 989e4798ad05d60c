"""A log whose people have whole numbers for ids, read as far as it is asked. Such ids need no look-up.

The first question is given the contacts that it speaks of and no others, because handing over every row takes
longer than finding the few. Whoever asks again asks often: then all of it is read, and kept.
"""
# ruff: noqa: S608 - the names and texts in this SQL are ours, or pass text()

from collections.abc import Collection, Mapping, Sequence

import duckdb
import numpy

from betterstory.engines.journeys.arrays import Arrays, Whole, kind_of_code
from betterstory.engines.journeys.asked import NO_ORDER, Asked
from betterstory.engines.journeys.numbered import Numbered, Numbering, number
from betterstory.engines.journeys.opening import run, run_one, text
from betterstory.engines.journeys.refused import LogRefused
from betterstory.engines.journeys.typed import Typed

AS_TAKEN_IN = Typed("log_rows", "person", "activity", "moment", "seq", "moment")


class Fetching:
    """Contacts up to a moment, or of every row with `until=None`. They speak of single people: never shown.

    typed: how the file names its columns, where `look_over` found that nothing in them needs another look
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        name: str,
        activities: Sequence[str],
        contacts: int,
        *,
        until: int | None,
        has_order: bool,
        typed: Typed | None = None,
    ) -> None:
        self._connection, self._name = connection, name
        self._activities, self._contacts, self._has_order = tuple(activities), contacts, has_order
        self._said = typed or AS_TAKEN_IN
        self._seen = "true" if until is None else f"{self._said.given} AND {self._said.moment} <= {until}"
        self._numbering: Numbering | None = None
        self._some: tuple[frozenset[str], Numbered] | None = None
        self._all: Numbered | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"

    @property
    def ids(self) -> Whole:
        """The people's ids, in order. Raises LogRefused where there are none."""
        return self._people().ids

    def ask(self, wanted: Collection[str], activities: Sequence[str], end: int) -> Asked:
        """The contacts of these activities, in order."""
        return self._of(frozenset(wanted)).ask(wanted, activities, end)

    def arrays(self, activities: int, end: int) -> Arrays:
        """All of them, in order."""
        return self.every().arrays(activities, end)

    def _of(self, wanted: frozenset[str]) -> Numbered:
        if self._all is None and self._some is None and 2 * len(wanted) <= len(self._activities):
            self._some = (wanted, self._fetch(wanted))
        if self._all is None and self._some is not None and wanted <= self._some[0]:
            return self._some[1]
        return self.every()

    def every(self) -> Numbered:
        """All of them, read once."""
        if self._all is None:
            self._all, self._some = self._fetch(None), None
        return self._all

    def _people(self) -> Numbering:
        if self._numbering is None:
            rows = self._read(f"{self._person()} AS person", "true")
            self._numbering = self._number(rows["person"])
        return self._numbering

    def _number(self, person: Whole) -> Numbering:
        if not len(person):
            raise LogRefused(f"Nobody has a contact up to the last day that is asked about in {self._name}.")
        return number(person, self._contacts)

    def _person(self) -> str:
        who = self._said.person
        bounds = run_one(self._connection, f"SELECT min({who}), max({who}) FROM {self._said.sql}", self._name)
        small = all(bound is not None and -(2**31) <= bound < 2**31 for bound in bounds)
        return f"CAST({who} AS {'INTEGER' if small else 'BIGINT'})"

    def _fetch(self, wanted: frozenset[str] | None) -> Numbered:
        """The contacts of these activities, or all. Raises LogRefused where there is nobody."""
        said, listed = self._said, ", ".join(map(text, self._activities))
        numbering = self._numbering if wanted is None else self._people()
        size = "UTINYINT" if kind_of_code(len(self._activities)) is numpy.uint8 else "UINTEGER"
        which = "true" if wanted is None else f"{said.activity} IN ({', '.join(map(text, sorted(wanted)))})"
        rows = self._read(
            f"""{self._person()} AS person,
                CAST(list_position([{listed}], {said.activity}) - 1 AS {size}) AS activity,
                {said.moment} AS moment
                {f", CAST({said.seq} AS BIGINT) AS seq" if self._has_order else ""}""",
            which,
        )
        if numbering is None:
            self._numbering = numbering = self._number(rows["person"])
            code = numbering.codes_of_own(rows["person"])
        else:
            code = self._codes_again(numbering, rows["person"])
        order = rows["seq"] if self._has_order else NO_ORDER
        return Numbered(numbering.ids, code, rows["activity"], rows["moment"], order, of=self._contacts)

    def _codes_again(self, numbering: Numbering, person: Whole) -> Whole:
        """The file is read a second time, and may not be the same any more."""
        try:
            return numbering.codes(person)
        except ValueError:
            raise self._damaged() from None

    def _read(self, columns: str, which: str) -> Mapping[str, Whole]:
        sql = f"SELECT {columns} FROM {self._said.sql} WHERE {self._seen} AND {which}"
        rows = run(self._connection, sql, self._name).fetchnumpy()
        if any(numpy.ma.is_masked(column) for column in rows.values()):
            raise self._damaged()
        return {name: numpy.asarray(column) for name, column in rows.items()}

    def _damaged(self) -> LogRefused:
        return LogRefused(f"{self._name} cannot be read. It seems damaged, or is not what its name says.")
