"""A pattern asked of a contact log."""

from typing import Literal

from betterstory.engines.journeys import duckdb_path, reference, spark_path
from betterstory.engines.journeys.aside import Aside
from betterstory.engines.journeys.figures import Figures
from betterstory.engines.journeys.log import ContactLog
from betterstory.engines.journeys.pattern import Pattern, check_against, endless
from betterstory.engines.journeys.refused import PatternRefused
from betterstory.engines.journeys.spark_log import SparkLog
from betterstory.engines.journeys.standing import Standing
from betterstory.engines.journeys.words import did_you_mean

MOST_VALUES = 200

type Backend = Literal["auto", "duckdb", "python", "spark"]


def count(
    pattern: Pattern, log: ContactLog | SparkLog, *, backend: Backend = "auto", by: str | None = None
) -> Standing:
    """How many people came how far, and who may still go on. Raises PatternRefused or LogRefused.

    backend: "python" is the definition itself, for small logs; "duckdb" gives the same answer fast;
             "spark" gives it of a log that `read_log_on_spark` read, and "auto" knows such a log.
    by:      a column of the person table or of the log, to look the levels over by.
    """
    check_against(pattern, log.activities, log.inside)
    if by is not None and by not in log.columns:
        raise PatternRefused(f'There is no column "{by}" to look over.{did_you_mean(by, log.columns)}')
    if backend not in ("auto", "duckdb", "python", "spark"):
        raise PatternRefused(
            f'There is no way of counting called "{backend}": it is auto, duckdb, spark or python.'
        )
    if isinstance(log, SparkLog):
        return _count_on_spark(pattern, log, backend, by)
    if backend == "spark":
        raise PatternRefused("This log was not read with Spark: read it with read_log_on_spark.")
    if backend == "python":
        people = log.person_rows()
        found = reference.find(pattern, log.rows(), people, log.end)
        values, changed = reference.values_by(by, log.rows(), people, log.end) if by else ({}, 0)
    else:
        found = duckdb_path.find(pattern, log)
        values, changed = duckdb_path.values_by(by, log) if by else ({}, 0)
    if len(set(values.values())) > MOST_VALUES:
        raise PatternRefused(
            f'"{by}" has more than {MOST_VALUES} different values: too many to look over by.'
        )
    aside = log.aside + _changes(by, changed)
    return Standing(
        pattern,
        Figures(found, len(pattern.steps)),
        records_end=log.records_end,
        by_column=by,
        values=values,
        aside=aside,
        warnings=tuple(endless(pattern)),
    )


def _changes(by: str | None, changed: int) -> tuple[Aside, ...]:
    sentence = f'"{by}" changes in the log for {{}}; the first is taken.'
    return (Aside(sentence, "people", changed),) if changed else ()


def _count_on_spark(pattern: Pattern, log: SparkLog, backend: Backend, by: str | None) -> Standing:
    if backend not in ("auto", "spark"):
        raise PatternRefused("This log was read with Spark, and is counted with Spark.")
    figures, changed = spark_path.count(pattern, log, by, MOST_VALUES)
    return Standing(
        pattern,
        figures,
        records_end=log.records_end,
        by_column=by,
        aside=log.aside + _changes(by, changed),
        warnings=tuple(endless(pattern)),
    )
