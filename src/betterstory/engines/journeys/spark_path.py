"""Asking a log on Apache Spark: the portable SQL finds, Spark counts, and only counts come here."""
# ruff: noqa: S608 - the names and texts in this SQL are ours, or pass text()

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from betterstory.engines.disclosure import Quartiles
from betterstory.engines.journeys.counted import Counted
from betterstory.engines.journeys.found import ON_THE_WAY, TOO_EARLY, WAY_CLOSED
from betterstory.engines.journeys.lengths import MICROSECONDS_IN
from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.portable import levels_sql
from betterstory.engines.journeys.reference import NOT_KNOWN
from betterstory.engines.journeys.refused import PatternRefused
from betterstory.engines.journeys.spark_facts import CONTACT, run
from betterstory.engines.journeys.spark_log import LOG, PEOPLE, SparkLog

OUTCOME, VALUES = "better_story_outcome", "better_story_values"
STATUSES = {ON_THE_WAY: "on_the_way", WAY_CLOSED: "way_closed", TOO_EARLY: "too_early"}
WEEK = MICROSECONDS_IN["week"]


def find(pattern: Pattern, log: SparkLog) -> Any:
    """A table of Spark with one row a person. It speaks of single people: never shown."""
    return log.session.sql(
        levels_sql(
            _inside(pattern, log),
            contacts=LOG,
            people=PEOPLE if log.has_people else None,
            end=str(log.end),
            trusted_order=log.has_order,
            records_end=log.records_end,
            dialect="spark",
            whole_times=True,
        )
    )


def _inside(pattern: Pattern, log: SparkLog) -> Pattern:
    """The pattern with the columns as they are called in the log's view."""
    steps = (
        replace(step, where=tuple((log.inside[column], accepted) for column, accepted in step.where))
        for step in pattern.steps
    )
    return replace(pattern, steps=tuple(steps))


def count(pattern: Pattern, log: SparkLog, by: str | None, most_values: int) -> tuple[Counted, int]:
    """The figures, and for how many people the value of `by` changes in the log."""
    found = find(pattern, log).cache()
    found.createOrReplaceTempView(OUTCOME)
    try:
        by_value, changed = _by_value(pattern, log, by, most_values) if by is not None else ({}, 0)
        return Counted(_counts(pattern, log), _waits(pattern, log), by_value), changed
    finally:
        log.session.catalog.dropTempView(OUTCOME)
        found.unpersist()


def _counts(pattern: Pattern, log: SparkLog) -> dict[str, list[int]]:
    levels = len(pattern.steps) + 1
    counts = {name: [0] * levels for name in ("exactly", *STATUSES.values(), "again")}
    sql = f"SELECT level, status, again, count(*) FROM {OUTCOME} GROUP BY level, status, again"
    for level, status, again, people in run(log.session, sql, log.name):
        counts["exactly"][level] += people
        if status in STATUSES:
            counts[STATUSES[status]][level] += people
        if again:
            counts["again"][level] += people
    return counts


def _waits(pattern: Pattern, log: SparkLog) -> dict[int, Quartiles]:
    """Of the waits in order, those at a quarter, the middle and three quarters: exactly, and no others."""
    steps = range(1, len(pattern.steps))
    if not steps:
        return {}
    each = " UNION ALL ".join(
        f"""SELECT {step} AS step, reached_{step + 1} - reached_{step} AS wait
            FROM {OUTCOME} WHERE level > {step}"""
        for step in steps
    )
    places = ", ".join(f"max(CASE WHEN {_holds(part)} THEN wait END)" for part in (1, 2, 3))
    sql = f"""SELECT step, max(everyone), {places} FROM (
        SELECT step, wait, people, sum(people) OVER (PARTITION BY step ORDER BY wait) AS so_far,
               sum(people) OVER (PARTITION BY step) AS everyone
        FROM (SELECT step, wait, count(*) AS people FROM ({each}) GROUP BY step, wait)
    ) GROUP BY step"""
    return {
        step: Quartiles(people, *(wait / WEEK for wait in waits))
        for step, people, *waits in run(log.session, sql, log.name)
    }


def _holds(part: int) -> str:
    """Whether the wait at this part of the way through, counted from 0, is among these equal ones."""
    place = f"floor(everyone * {part} / 4)"
    return f"so_far > {place} AND so_far - people <= {place}"


def _by_value(
    pattern: Pattern, log: SparkLog, by: str, most_values: int
) -> tuple[Mapping[str, tuple[int, ...]], int]:
    """People at each level, for each value: the person table's, else the first in the window."""
    log.session.sql(_values_sql(log, by)).createOrReplaceTempView(VALUES)
    ((values, changed),) = run(
        log.session,
        f"SELECT count(DISTINCT value), count(CASE WHEN changed THEN 1 END) FROM {VALUES}",
        log.name,
    )
    if values > most_values:
        raise PatternRefused(
            f'"{by}" has more than {most_values} different values: too many to look over by.'
        )
    sql = f"""SELECT v.value, o.level, count(*) FROM {OUTCOME} AS o JOIN {VALUES} AS v ON v.person = o.person
              GROUP BY v.value, o.level"""
    counts: dict[str, list[int]] = {}
    for value, level, people in run(log.session, sql, log.name):
        counts.setdefault(value, [0] * (len(pattern.steps) + 1))[level] = people
    return {value: tuple(levels) for value, levels in counts.items()}, changed


def _values_sql(log: SparkLog, by: str) -> str:
    own = f"p.{log.inside_people[by]}" if by in log.inside_people else "CAST(NULL AS STRING)"
    people = f"LEFT JOIN {PEOPLE} AS p ON p.person = o.person" if log.has_people else ""
    said = "SELECT CAST(NULL AS STRING) AS person, CAST(NULL AS STRING) AS value, 0 AS different"
    if by in log.inside:
        inside = log.inside[by]
        window = f"time <= {log.end}"
        watched = ""
        if log.has_people:
            watched = f"JOIN {PEOPLE} AS w ON w.person = l.person"
            window += f" AND time >= coalesce(w.start, time) AND time <= coalesce(w.`end`, {log.end})"
        contact = CONTACT.replace("person IS", "l.person IS")
        said = f"""SELECT l.person, min(struct(time, seq, {inside})).{inside} AS value,
                          count(DISTINCT {inside}) AS different
                   FROM {LOG} AS l {watched}
                   WHERE {contact} AND {inside} IS NOT NULL AND {window} GROUP BY l.person"""
    return f"""SELECT o.person, coalesce({own}, s.value, '{NOT_KNOWN}') AS value,
                      {own} IS NULL AND coalesce(s.different, 0) > 1 AS changed
               FROM {OUTCOME} AS o {people} LEFT JOIN ({said}) AS s ON s.person = o.person"""
