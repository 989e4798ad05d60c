"""A pattern asked of a contact log."""

from collections.abc import Sequence
from typing import Literal, get_args

from betterstory.engines.journeys import reference, spark_path
from betterstory.engines.journeys.aside import Aside
from betterstory.engines.journeys.figures import Figures
from betterstory.engines.journeys.finding import find_by_definition, find_many, values_by
from betterstory.engines.journeys.log import Log
from betterstory.engines.journeys.pattern import Pattern, check_against, endless
from betterstory.engines.journeys.refused import PatternRefused
from betterstory.engines.journeys.spark_log import SparkLog
from betterstory.engines.journeys.standing import Standing
from betterstory.engines.journeys.words import did_you_mean, listed

MOST_VALUES = 200

type Backend = Literal["auto", "duckdb", "python", "spark"]


def count(
    pattern: Pattern, log: Log | SparkLog, *, backend: Backend = "auto", by: str | None = None
) -> Standing:
    """How many people came how far, and who may still go on. Raises PatternRefused or LogRefused.

    backend: "python" is the definition itself, for small logs; "duckdb" gives the same answer fast;
             "spark" gives it of a log that `read_log_on_spark` read, and "auto" knows such a log.
    by:      a column of the person table or of the log, to look the levels over by.
    """
    return count_many([pattern], log, backend=backend, by=by)[0]


def count_many(
    patterns: Sequence[Pattern], log: Log | SparkLog, *, backend: Backend = "auto", by: str | None = None
) -> list[Standing]:
    """Several patterns asked at once, each answered as if alone: the log is read once for all of them."""
    for pattern in patterns:
        check_against(pattern, log.activities, log.inside)
    if by is not None and by not in log.columns:
        raise PatternRefused(f'There is no column "{by}" to look over.{did_you_mean(by, log.columns)}')
    if backend not in get_args(Backend.__value__):
        known = listed(get_args(Backend.__value__), "or")
        raise PatternRefused(f'There is no way of counting called "{backend}": it is {known}.')
    if isinstance(log, SparkLog):
        return [_count_on_spark(pattern, log, backend, by) for pattern in patterns]
    if backend == "spark":
        raise PatternRefused("This log was not read with Spark: read it with read_log_on_spark.")
    if backend == "python":
        found = find_by_definition(patterns, log)
        by_definition = reference.values_by(by, log.rows(), log.person_rows(), log.end) if by else ({}, 0)
        values, changed = by_definition
    else:
        found = find_many(patterns, log)
        values, changed = values_by(by, log) if by else ({}, 0)
    if len(set(values.values())) > MOST_VALUES:
        raise PatternRefused(
            f'"{by}" has more than {MOST_VALUES} different values: too many to look over by.'
        )
    return [
        Standing(
            pattern,
            Figures(each, len(pattern.steps)),
            records_end=log.records_end,
            by_column=by,
            values=values,
            aside=log.aside + _changes(by, changed),
            warnings=tuple(endless(pattern)),
        )
        for pattern, each in zip(patterns, found, strict=True)
    ]


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
