"""Reading a contact log: by Arrow where a file lends itself to that, else by DuckDB."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import duckdb

from betterstory.engines.journeys import parquet_file, parquet_rows
from betterstory.engines.journeys.contact_log import ContactLog, end_of
from betterstory.engines.journeys.facts import MOST_ACTIVITIES, Facts, look_over, look_over_people
from betterstory.engines.journeys.opening import DEFAULT, Limits, connect, look
from betterstory.engines.journeys.refused import LogRefused
from betterstory.engines.journeys.taking_in import (
    Names,
    Source,
    files_in,
    foresee,
    tables_in,
    take_in,
    take_in_people,
)


def read_log(
    source: Source,
    *,
    people: Source | None = None,
    person: str | None = None,
    activity: str | None = None,
    time: str | None = None,
    seq: str | Literal[False] | None = None,
    starts: str | None = None,
    ends: str | None = None,
    until: date | None = None,
    time_format: str | None = None,
    limits: Limits = DEFAULT,
) -> ContactLog:
    """Read a contact log: CSV or Parquet, one file or several, rows as dicts, or a table that speaks Arrow.

    Columns are `person` or `case_id`, `activity`, `time` or `timestamp`, and `seq` where there is one as the
    trusted order of contacts at one moment (`seq=False`: it is not to be trusted). `people` is a table with
    one row a person and, where they have a record of their own, its `start` and `end`. `until` is the last
    day the log is complete for. Raises LogRefused.
    """
    names = Names(person, activity, time, seq, starts, ends, time_format)
    files, person_files = files_in(source, limits), files_in(people, limits) if people is not None else []
    plain = _read_plainly(files, names, until, limits) if people is None else None
    if plain is not None:
        return plain
    connection = connect([*files, *person_files], limits)
    try:
        tables = tables_in(connection, source, files, limits, "the log")
        name = tables[0].name if len(tables) == 1 else "the log"
        taken = take_in(connection, tables, names, may_number=people is None)
        facts = look_over(connection, name, taken.typed)
        inside_people, records_end, aside = None, False, facts.aside
        if people is not None:
            person_tables = tables_in(connection, people, person_files, limits, "the person table")
            inside_people, records_end = take_in_people(connection, person_tables, names)
            aside += look_over_people(connection, person_tables[0].name)
        end = facts.last if until is None else end_of(until)
        return ContactLog(
            connection,
            replace(facts, aside=aside),
            taken,
            name=name,
            end=end,
            inside_people=inside_people,
            records_end=records_end,
        )
    except BaseException:
        connection.close()
        raise


def _read_plainly(
    files: Sequence[Path], names: Names, until: date | None, limits: Limits
) -> ContactLog | None:
    """The log, where Arrow is worth it and can read it; DuckDB is opened when a question needs it.

    What is wrong with any other is for DuckDB to say, as always.
    """
    if len(files) != 1 or not parquet_file.is_worth_it(files[0]):
        return None
    try:
        file = parquet_file.look(files[0], limits)
        taken = foresee([file.table], names, may_number=True)[0] if file else None
        if file is None or taken is None or taken.typed is None:
            return None
        last_seen = None if until is None else end_of(until)
        rows = parquet_rows.read_rows(file, taken.typed, last_seen, MOST_ACTIVITIES)
    except (LogRefused, *parquet_file.WRONG):
        return None
    if rows is None:
        return None
    seen = rows.glance
    facts = Facts(seen.contacts, seen.first, seen.last, (), seen.activities, is_typed=True)
    end = seen.last if last_seen is None else last_seen

    def connected() -> duckdb.DuckDBPyConnection:
        connection = connect(files, limits)
        try:
            take_in(connection, [look(connection, files[0], limits)], names, may_number=True)
        except BaseException:
            connection.close()
            raise
        return connection

    return ContactLog(
        connected,
        facts,
        taken,
        rows=rows,
        name=file.table.name,
        end=end,
        inside_people=None,
        records_end=False,
    )
