"""A pattern asked of a contact log."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from betterstory.engines.journeys import columnwise, compiled, duckdb_path, reference, stored_path
from betterstory.engines.journeys.aside import Aside
from betterstory.engines.journeys.asked import Asked
from betterstory.engines.journeys.figures import Figures
from betterstory.engines.journeys.found import Found
from betterstory.engines.journeys.log import Log
from betterstory.engines.journeys.pattern import Pattern, check_against, endless
from betterstory.engines.journeys.refused import PatternRefused
from betterstory.engines.journeys.standing import Standing
from betterstory.engines.journeys.stored import StoredLog
from betterstory.engines.journeys.words import did_you_mean

MOST_VALUES = 200
WORTH_COMPILING = 2_000_000
"""Fewer contacts than this are counted a column at a time before numba is even there."""

type Backend = Literal["auto", "duckdb", "python"]


def count(pattern: Pattern, log: Log, *, backend: Backend = "auto", by: str | None = None) -> Standing:
    """How many people came how far, and who may still go on. Raises PatternRefused or LogRefused.

    backend: "python" is the definition itself, for small logs; "duckdb" gives the same answer fast.
    by:      a column of the person table or of the log, to look the levels over by.
    """
    return count_many([pattern], log, backend=backend, by=by)[0]


def count_many(
    patterns: Sequence[Pattern], log: Log, *, backend: Backend = "auto", by: str | None = None
) -> list[Standing]:
    """Several patterns asked at once, each answered as if alone: the log is read once for all of them."""
    for pattern in patterns:
        check_against(pattern, log.activities, log.inside)
    if by is not None and by not in log.columns:
        raise PatternRefused(f'There is no column "{by}" to look over.{did_you_mean(by, log.columns)}')
    if backend not in ("auto", "duckdb", "python"):
        raise PatternRefused(f'There is no way of counting called "{backend}": it is auto, duckdb or python.')
    if backend == "python":
        people = log.person_rows()
        found = [reference.find(pattern, log.rows(), people, log.end) for pattern in patterns]
        values, changed = reference.values_by(by, log.rows(), people, log.end) if by else ({}, 0)
    else:
        found = find_many(patterns, log)
        values, changed = _path(log).values_by(by, log) if by else ({}, 0)
    if len(set(values.values())) > MOST_VALUES:
        raise PatternRefused(
            f'"{by}" has more than {MOST_VALUES} different values: too many to look over by.'
        )
    aside = log.aside
    if changed:
        aside += (Aside(f'"{by}" changes in the log for {{}}; the first is taken.', "people", changed),)
    return [
        Standing(
            pattern,
            Figures(each, len(pattern.steps)),
            records_end=log.records_end,
            by_column=by,
            values=values,
            aside=aside,
            warnings=tuple(endless(pattern)),
        )
        for pattern, each in zip(patterns, found, strict=True)
    ]


def find_many(patterns: Sequence[Pattern], log: Log) -> list[Found]:
    """How far everyone came, the fast way. Patterns that see the same contacts share one look at the log."""
    answers: dict[int, Found] = {}
    people = log.who()
    alike: dict[object, list[int]] = {}
    for place, pattern in enumerate(patterns):
        sees = None if pattern.spells is None else (pattern.spells, pattern.columns)
        alike.setdefault(sees, []).append(place)
    for places in alike.values():
        those = [patterns[place] for place in places]
        for place, pattern, asked in zip(places, those, _path(log).ask(those, log), strict=True):
            way = compiled.find if is_worth_compiling(asked) else columnwise.find
            answers[place] = replace(way(pattern, asked), people=people)
    return [answers[place] for place in range(len(patterns))]


def _path(log: Log) -> Any:
    """The module that asks this kind of log."""
    return stored_path if isinstance(log, StoredLog) else duckdb_path


def is_worth_compiling(asked: Asked) -> bool:
    """Whether numba is here, and either in use already or worth the wait for it."""
    if not compiled.is_here():
        return False
    return compiled.is_in_use() or len(asked.at) >= WORTH_COMPILING
