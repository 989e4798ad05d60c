"""A log whose file says itself what each column is, so that nothing in it has to be turned into anything."""
# ruff: noqa: S608 - the names in this SQL are ours, or passed quoted()

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from betterstory.engines.journeys.columns import WHOLE_NUMBERS, YEARS
from betterstory.engines.journeys.opening import Column, Table, run, run_one


@dataclass(frozen=True, slots=True)
class Typed:
    """SQL for the rows, and for what each says: who (a whole number), what, when as it is written, in which
    order, and when in microseconds."""

    sql: str
    person: str
    activity: str
    time: str
    seq: str | None
    moment: str

    @property
    def given(self) -> str:
        return f"{self.person} IS NOT NULL AND {self.activity} IS NOT NULL AND {self.time} IS NOT NULL"


def typed_in(tables: Sequence[Table], roles: Sequence[Mapping[str, Column]]) -> Typed | None:
    """One table with whole numbers for people, texts for activities and times without a zone; else None."""
    if len(tables) != 1:
        return None
    found = roles[0]
    kinds = {role: column.type for role, column in found.items()}
    if (
        kinds["person"] not in WHOLE_NUMBERS
        or kinds["activity"] != "VARCHAR"
        or kinds["time"] != "TIMESTAMP"
        or kinds.get("seq", "BIGINT") not in WHOLE_NUMBERS
    ):
        return None
    said = {role: column.sql for role, column in found.items()}
    return Typed(
        tables[0].sql,
        said["person"],
        said["activity"],
        said["time"],
        said.get("seq"),
        f"epoch_us({said['time']})",
    )


@dataclass(frozen=True, slots=True, repr=False)
class Glance:
    """True counts: never shown."""

    contacts: int
    first: int
    last: int
    activities: tuple[str, ...]


def glance(connection: duckdb.DuckDBPyConnection, typed: Typed, name: str, most: int) -> Glance | None:
    """What a log holds, from what its file says of its columns; None where a row lacks anything, where a date
    is none of the calendar, or where there are more activities than `most`.

    Files can lie about themselves: whoever fetches the rows looks again whether any of them is empty.
    """
    order = f", count({typed.seq})" if typed.seq else ""
    first, last, inside, rows, *counts = run_one(
        connection,
        f"""SELECT epoch_us(low), epoch_us(high),
                   epoch_us(low) >= {YEARS[0]} AND epoch_us(high) <= {YEARS[1]}, * EXCLUDE (low, high)
            FROM (SELECT min({typed.time}) AS low, max({typed.time}) AS high, count(*),
                         count({typed.person}), count({typed.activity}), count({typed.time}){order}
                  FROM {typed.sql})""",
        name,
    )
    if not inside or {*counts} != {rows}:
        return None
    kinds = run(
        connection, f"SELECT DISTINCT {typed.activity} FROM {typed.sql} LIMIT {most + 1}", name
    ).fetchall()
    activities = tuple(sorted(kind for (kind,) in kinds if kind))
    if len(activities) != len(kinds) or len(kinds) > most:
        return None
    return Glance(rows, first, last, activities)
