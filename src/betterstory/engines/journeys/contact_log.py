"""A contact log as its files hold it: looked over once, then asked by patterns."""
# ruff: noqa: S608 - the names and texts in this SQL are ours, or pass quoted() or text()

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import NoReturn
from weakref import WeakSet

import duckdb
import numpy

from betterstory.engines.journeys.arrays import Arrays, kind_of_code, offsets
from betterstory.engines.journeys.aside import Aside
from betterstory.engines.journeys.duckdb_rows import DuckDBRows
from betterstory.engines.journeys.facts import CONTACT, Facts, settle_people
from betterstory.engines.journeys.fetching import Fetching, Rows
from betterstory.engines.journeys.found import People
from betterstory.engines.journeys.lengths import DAY
from betterstory.engines.journeys.log import Log, RawContact, RawPerson
from betterstory.engines.journeys.opening import run, run_one, text
from betterstory.engines.journeys.taking_in import TakenIn

START = datetime(1970, 1, 1, tzinfo=UTC)


class ContactLog(Log):
    """A log as its files hold it, which DuckDB reads.

    held:       its contacts in order, where `hold` was asked to keep them
    rows:       whoever hands them over, where that is not DuckDB; `connection` is then made when it is needed
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection | Callable[[], duckdb.DuckDBPyConnection],
        facts: Facts,
        taken: TakenIn,
        *,
        rows: Rows | None = None,
        name: str,
        end: int,
        inside_people: Mapping[str, str] | None,
        records_end: bool,
    ) -> None:
        self._rows = rows
        if isinstance(connection, duckdb.DuckDBPyConnection):
            self._connection = connection
        else:
            self._connect = connection
        self.name = name
        self.end = end
        self.inside = taken.inside
        self.inside_people = inside_people or {}
        self.has_people = inside_people is not None
        self.records_end = records_end
        self.has_order = taken.has_order
        self.is_numbered = taken.is_numbered
        self.activities = facts.activities
        self.first_month, self.last_month = month_of(facts.first), month_of(facts.last)
        self._contacts = facts.contacts
        self._typed = taken.typed if facts.is_typed else None
        self._is_all_seen = facts.is_whole and facts.last <= end
        self._awaited: WeakSet[People] = WeakSet()
        self.held: Arrays | None = None
        self.aside = facts.aside
        if not self.is_numbered:
            self.aside += self._settle()

    def _settle(self) -> tuple[Aside, ...]:
        """Make the tables of people and of what is seen of them."""
        return settle_people(self._connection, self.name, end=self.end, table=self.has_people)

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return self._connect()

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """With `people` and `contacts` in it. Those of whole numbers are made only where they are needed."""
        if self.is_numbered:
            self._settle()
        return self._connection

    @cached_property
    def numbered(self) -> Fetching:
        """Its contacts, where every id is a whole number and there is no person table."""
        rows = self._rows or DuckDBRows(
            lambda: self._connection,
            self.name,
            self.activities,
            self._contacts,
            until=None if self._is_all_seen else self.end,
            has_order=self.has_order,
            typed=self._typed,
        )
        return Fetching(rows, self.activities)

    def who(self) -> People:
        if self.is_numbered:
            ids = self.numbered.ids
            return People(len(ids), lambda: [str(number) for number in ids.tolist()])
        people = People(self.many, self._look_up)
        self._awaited.add(people)
        return people

    def _look_up(self) -> list[str]:
        rows = self._connection.execute("SELECT person FROM people ORDER BY code").fetchall()
        return [person for (person,) in rows]

    @cached_property
    def many(self) -> int:
        """How many people there are, exactly: not for showing."""
        if self.is_numbered:
            return len(self.numbered.ids)
        return int(run_one(self._connection, "SELECT count(*) FROM people", self.name)[0])

    def rows(self) -> Iterator[RawContact]:
        """Every contact as it was written, outside the window too."""
        columns = "".join(f", {inside}" for inside in self.inside.values())
        cursor = run(
            self._connection.cursor(),
            f"SELECT CAST(person AS VARCHAR), moment, seq, activity{columns} FROM log_rows WHERE {CONTACT}",
            self.name,
        )
        while rows := cursor.fetchmany(10_000):
            for person, at, seq, activity, *values in rows:
                yield RawContact(person, at, seq, activity, dict(zip(self.inside, values, strict=True)))

    def person_rows(self) -> list[RawPerson] | None:
        """The person table as it was written; None where there is none."""
        if not self.has_people:
            return None
        columns = "".join(f", {inside}" for inside in self.inside_people.values())
        rows = self.connection.execute(
            f"SELECT person, starts, ends{columns} FROM person_rows WHERE person IS NOT NULL"
        ).fetchall()
        return [
            RawPerson(person, starts, ends, dict(zip(self.inside_people, values, strict=True)))
            for person, starts, ends, *values in rows
        ]

    def arrays(self) -> Arrays:
        """Every contact inside everybody's window, in order."""
        if self.is_numbered:
            return self.numbered.arrays(len(self.activities), self.end)
        kinds = ", ".join(f"{text(activity)}" for activity in self.activities)
        rows = run(
            self.connection,
            f"""SELECT code, moment, seq,
                       CAST(list_position([{kinds}], activity) - 1 AS USMALLINT) AS activity
                FROM contacts ORDER BY code, moment, seq, activity""",
            self.name,
        ).fetchnumpy()
        looks = run(self.connection, "SELECT last_look FROM people ORDER BY code", self.name).fetchnumpy()
        last_look = numpy.asarray(looks["last_look"])
        return Arrays(
            first=offsets(numpy.asarray(rows["code"]), len(last_look)),
            activity=numpy.asarray(rows["activity"]).astype(kind_of_code(len(self.activities))),
            at=numpy.asarray(rows["moment"]),
            order=numpy.asarray(rows["seq"]) if self.has_order else None,
            last_look=last_look,
        )

    def hold(self) -> None:
        """Keep the contacts in memory, for many questions about a log that is not large."""
        self.held = self.arrays()

    def close(self) -> None:
        for people in self._awaited:
            people.settle()
        self._awaited.clear()
        if "_connection" in vars(self):
            self._connection.close()
        else:
            self._connect = _closed


def _closed() -> NoReturn:
    raise duckdb.ConnectionException("The log was closed.")


def end_of(day: date) -> int:
    """The last microsecond of a day."""
    return (day - START.date()).days * DAY + DAY - 1


def month_of(at: int) -> str:
    """ "2024-03"."""
    return f"{START + timedelta(microseconds=at):%Y-%m}"
