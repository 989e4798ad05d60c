"""Taking in a log and a person table: whatever they are, they become two tables of the same shape.

log_rows:    person, activity (texts or nothing), moment (microseconds or nothing), seq, time_given, zoned,
             day_only, and the other columns as texts, x0, x1, ...
person_rows: person, starts, ends, starts_given, ends_given, and the other columns as texts, y0, y1, ...
"""
# ruff: noqa: S608 - the names and texts in this SQL are ours, or pass quoted() or text()

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import duckdb

from betterstory.engines.journeys.columns import (
    WHOLE_NUMBERS,
    as_moment,
    as_number,
    as_text,
    end_of_day,
    find,
    is_plain,
)
from betterstory.engines.journeys.opening import (
    Column,
    Limits,
    Table,
    check_files,
    described,
    look,
    quoted,
    run,
)
from betterstory.engines.journeys.refused import LogRefused
from betterstory.engines.journeys.typed import Typed, typed_in

PERSON, ACTIVITY, TIME = ("person", "case_id"), ("activity",), ("time", "timestamp")

type Source = Any
"""A path, several paths, rows as dicts, or a table that speaks Arrow (polars, pandas, DuckDB, pyarrow)."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the columns are called, where it is not the usual. `seq=False`: there is no trusted order."""

    person: str | None = None
    activity: str | None = None
    time: str | None = None
    seq: str | Literal[False] | None = None
    starts: str | None = None
    ends: str | None = None
    time_format: str | None = None


def files_in(source: Source, limits: Limits) -> list[Path]:
    """The real paths where the source is files, else none."""
    if isinstance(source, str | Path):
        return check_files([source], limits)
    if isinstance(source, list | tuple) and source and all(isinstance(one, str | Path) for one in source):
        return check_files(source, limits)
    return []


def tables_in(
    connection: duckdb.DuckDBPyConnection, source: Source, files: Sequence[Path], limits: Limits, name: str
) -> list[Table]:
    """What to select from: the files, or a copy of the rows that were given."""
    if files:
        return [look(connection, path, limits) for path in files]
    table = quoted(name)
    if isinstance(source, list | tuple):
        _copy_rows(connection, source, table)
    else:
        _copy_table(connection, source, table)
    return [described(connection, name, table, limits)]


class _Arrow:
    """Only the part of a table that speaks Arrow: DuckDB takes that from anywhere, its own relations too."""

    def __init__(self, table: Any) -> None:
        self.__arrow_c_stream__ = table.__arrow_c_stream__


def _copy_table(connection: duckdb.DuckDBPyConnection, source: Any, table: str) -> None:
    ways = [lambda: _Arrow(source), lambda: source]
    for way in ways:
        try:
            connection.register("handed_over", way())
            connection.execute(f"CREATE TABLE {table} AS SELECT * FROM handed_over")
            connection.unregister("handed_over")
            return
        except (duckdb.Error, ImportError, AttributeError, TypeError, ValueError):
            continue
    raise LogRefused("A log is a file, a list of rows, or a table of pandas, polars or Arrow. This is none.")


def _copy_rows(connection: duckdb.DuckDBPyConnection, rows: Sequence[Any], table: str) -> None:
    if not rows or not all(isinstance(row, Mapping) for row in rows):
        raise LogRefused("A list of rows needs at least one row, each with its columns by name.")
    names = list(dict.fromkeys(str(column) for row in rows for column in row))
    columns = ", ".join(
        f"unnest(${place}::VARCHAR[]) AS {quoted(n)}" for place, n in enumerate(names, start=1)
    )
    values = [[_written(row.get(column)) for row in rows] for column in names]
    connection.execute(f"CREATE TABLE {table} AS SELECT {columns}", values)


def _written(value: object) -> str | None:
    """A value as a CSV would hold it."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.isoformat(sep=" ")
        case date():
            return value.isoformat()
    return None if value != value else str(value)  # only "not a number" differs from itself


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was made of the tables: the other columns' names, each with its name in `log_rows`; whether the
    order of contacts at equal times is known; whether people's ids are whole numbers; how the file names its
    columns, where nothing in them has to be turned into anything."""

    inside: dict[str, str]
    has_order: bool
    is_numbered: bool
    typed: Typed | None = None


def take_in(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], names: Names, *, may_number: bool
) -> TakenIn:
    """Make `log_rows`. `may_number`: where every id is a whole number it may stay one."""
    taken, roles = foresee(tables, names, may_number=may_number)
    selects = []
    for table, found in zip(tables, roles, strict=True):
        moment = as_moment(table, found["time"], names.time_format)
        seq = f"TRY_CAST({as_text(found['seq'])} AS BIGINT)" if taken.has_order else "0"
        parts = [
            f"{as_number(found['person']) if taken.is_numbered else as_text(found['person'])} AS person",
            f"{as_text(found['activity'])} AS activity",
            f"{moment.at} AS moment",
            f"CAST({seq} AS BIGINT) AS seq",
            f"{moment.given} AS time_given",
            f"{moment.zoned} AS zoned",
            *_each(taken.inside, table),
        ]
        selects.append(f"SELECT {', '.join(parts)} FROM {table.sql}")
    run(connection, f"CREATE VIEW log_rows AS {' UNION ALL '.join(selects)}", tables[0].name)
    return taken


def foresee(
    tables: Sequence[Table], names: Names, *, may_number: bool
) -> tuple[TakenIn, list[dict[str, Column]]]:
    """What will be made of the tables, and which of their columns say who, what, when and in which order."""
    roles = [_roles(table, names) for table in tables]
    numbered = may_number and all(found["person"].type in WHOLE_NUMBERS for found in roles)
    others = _others(tables, [{column.name for column in found.values()} for found in roles], "x")
    trusted = all("seq" in found for found in roles)
    typed = typed_in(tables, roles) if numbered else None
    return TakenIn(others, has_order=trusted, is_numbered=numbered, typed=typed), roles


def _roles(table: Table, names: Names) -> dict[str, Column]:
    found = {
        "person": find(table, names.person, PERSON, "person"),
        "activity": find(table, names.activity, ACTIVITY, "activity"),
        "time": find(table, names.time, TIME, "time"),
    }
    if names.seq is not False and (names.seq is not None or table.find("seq")):
        found["seq"] = find(table, names.seq, ("seq",), "order")
    return found


def take_in_people(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], names: Names
) -> tuple[dict[str, str], bool]:
    """Make `person_rows`. Gives the other columns, and whether the table says when people's records end."""
    selects, roles = [], []
    for table in tables:
        person = names.person if names.person and table.find(names.person) else None
        found = {"person": find(table, person, PERSON, "person")}
        for role, given in (("start", names.starts), ("end", names.ends)):
            if given is not None or table.find(role):
                found[role] = find(table, given, (role,), role)
        roles.append(found)
    others = _others(tables, [{column.name for column in found.values()} for found in roles], "y")
    for table, found in zip(tables, roles, strict=True):
        parts = [f"{as_text(found['person'])} AS person"]
        for role in ("start", "end"):
            moment = as_moment(table, found[role], names.time_format) if role in found else None
            at = moment and (moment.at if role == "start" else end_of_day(moment))
            parts += [f"CAST({at or 'NULL'} AS BIGINT) AS {role}s"]
            parts += [f"{moment.given if moment else 'false'} AS {role}s_given"]
        selects.append(f"SELECT {', '.join([*parts, *_each(others, table)])} FROM {table.sql}")
    run(connection, f"CREATE TABLE person_rows AS {' UNION ALL '.join(selects)}", tables[0].name)
    return others, any("end" in found for found in roles)


def _others(tables: Sequence[Table], used: Sequence[Iterable[str]], letter: str) -> dict[str, str]:
    """The columns with no part of their own. A name that stands twice in one file could mean either."""
    names: dict[str, None] = {}
    for table, taken in zip(tables, used, strict=True):
        listed = [column.name for column in table.columns]
        plain = [c.name for c in table.columns if is_plain(c) and listed.count(c.name) == 1 and c.name]
        names |= dict.fromkeys(name for name in plain if name not in taken)
    return {name: f"{letter}{place}" for place, name in enumerate(names)}


def _each(others: Mapping[str, str], table: Table) -> list[str]:
    """SQL for the other columns; one that this file lacks is nothing throughout."""
    columns = {column.name: column for column in table.columns if is_plain(column)}
    return [
        f"CAST({as_text(columns[name]) if name in columns else 'NULL'} AS VARCHAR) AS {inside}"
        for name, inside in others.items()
    ]
