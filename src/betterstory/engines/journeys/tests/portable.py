"""Asking a log that DuckDB holds through the portable SQL, for tests."""
# ruff: noqa: S608 - the names in this SQL are our own

from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.found import Found
from betterstory.engines.journeys.opening import quoted
from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.portable import levels_sql
from betterstory.engines.journeys.tests.tables import found_of


def give(log: ContactLog) -> None:
    """Put the log down as the tables that the portable SQL reads, times as TIMESTAMP."""
    columns = "".join(f", {inside} AS {quoted(name)}" for name, inside in log.inside.items())
    log.connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE given AS
            SELECT person, activity, make_timestamp(moment) AS time, seq{columns} FROM log_rows"""
    )
    if log.has_people:
        log.connection.execute(
            """CREATE OR REPLACE TEMP TABLE given_people AS
               SELECT person, make_timestamp(starts) AS start, make_timestamp(ends) AS "end"
               FROM person_rows"""
        )


def people_of(log: ContactLog) -> str | None:
    return "given_people" if log.has_people else None


def portable_sql(pattern: Pattern, log: ContactLog) -> str:
    return levels_sql(
        pattern,
        contacts="given",
        people=people_of(log),
        end=f"make_timestamp({log.end})",
        trusted_order=log.has_order,
        records_end=log.records_end,
    )


def find_portably(pattern: Pattern, log: ContactLog, sql: str | None = None) -> Found:
    """What the portable SQL finds on DuckDB; `sql` is another text to ask instead."""
    asked = sql or portable_sql(pattern, log)
    rows = log.connection.execute(f"SELECT * FROM ({asked}) AS asked ORDER BY person").fetchall()
    return found_of(
        [row[0] for row in rows],
        [row[1] for row in rows],
        [row[2] for row in rows],
        [bool(row[3]) for row in rows],
        [[at or 0 for at in row[4:]] for row in rows],
        len(pattern.steps),
    )
