"""The rows of a log as DuckDB hands them over, where people have whole numbers for ids."""
# ruff: noqa: S608 - the names and texts in this SQL are ours, or pass text()

from collections.abc import Callable, Mapping, Sequence

import duckdb
import numpy

from betterstory.engines.journeys.arrays import Whole, kind_of_code
from betterstory.engines.journeys.asked import NO_ORDER
from betterstory.engines.journeys.fetching import damaged, nobody
from betterstory.engines.journeys.numbered import Numbered, Numbering, number
from betterstory.engines.journeys.opening import run, run_one, text
from betterstory.engines.journeys.typed import Typed

AS_TAKEN_IN = Typed("log_rows", "person", "activity", "moment", "seq", "moment")


class DuckDBRows:
    """Contacts up to a moment, or of every row with `until=None`. They speak of single people: never shown.

    typed: how the file names its columns, where `look_over` found that nothing in them needs another look
    """

    def __init__(
        self,
        connected: Callable[[], duckdb.DuckDBPyConnection],
        name: str,
        activities: Sequence[str],
        contacts: int,
        *,
        until: int | None,
        has_order: bool,
        typed: Typed | None = None,
    ) -> None:
        self._connected, self._name = connected, name
        self._activities, self._contacts, self._has_order = tuple(activities), contacts, has_order
        self._said = typed or AS_TAKEN_IN
        self._seen = "true" if until is None else f"{self._said.given} AND {self._said.moment} <= {until}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"

    def number(self) -> Numbering:
        """Everybody who has a contact. Raises LogRefused where there is nobody."""
        return self._number(self._read(f"{self._person()} AS person", "true")["person"])

    def take(self, wanted: frozenset[str] | None, numbering: Numbering | None) -> tuple[Numbering, Numbered]:
        """The contacts of these activities, or all. Raises LogRefused where there is nobody."""
        said, listed = self._said, ", ".join(map(text, self._activities))
        if numbering is None and wanted is not None:
            numbering = self.number()
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
            numbering = self._number(rows["person"])
            code = numbering.codes_of_own(rows["person"])
        else:
            code = self._codes_again(numbering, rows["person"])
        order = rows["seq"] if self._has_order else NO_ORDER
        return numbering, Numbered(
            numbering.ids, code, rows["activity"], rows["moment"], order, of=self._contacts
        )

    def _number(self, person: Whole) -> Numbering:
        if not len(person):
            raise nobody(self._name)
        return number(person, self._contacts)

    def _person(self) -> str:
        who = self._said.person
        bounds = run_one(
            self._connected(), f"SELECT min({who}), max({who}) FROM {self._said.sql}", self._name
        )
        small = all(bound is not None and -(2**31) <= bound < 2**31 for bound in bounds)
        return f"CAST({who} AS {'INTEGER' if small else 'BIGINT'})"

    def _codes_again(self, numbering: Numbering, person: Whole) -> Whole:
        """The file is read a second time, and may not be the same any more."""
        try:
            return numbering.codes(person)
        except ValueError:
            raise damaged(self._name) from None

    def _read(self, columns: str, which: str) -> Mapping[str, Whole]:
        sql = f"SELECT {columns} FROM {self._said.sql} WHERE {self._seen} AND {which}"
        rows = run(self._connected(), sql, self._name).fetchnumpy()
        if any(numpy.ma.is_masked(column) for column in rows.values()):
            raise damaged(self._name)
        return {name: numpy.asarray(column) for name, column in rows.items()}
