"""Which way of counting is the quick one for a log: how far everyone came."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from betterstory.engines.journeys import columnwise, compiled, duckdb_path, reference, stored_path
from betterstory.engines.journeys.asked import Asked
from betterstory.engines.journeys.found import Found
from betterstory.engines.journeys.log import Log
from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.stored import StoredLog


def find_by_definition(patterns: Sequence[Pattern], log: Log) -> list[Found]:
    """How far everyone came, as the reference has it: for small logs."""
    people = log.person_rows()
    return [reference.find(pattern, log.rows(), people, log.end) for pattern in patterns]


def find_many(patterns: Sequence[Pattern], log: Log) -> list[Found]:
    """How far everyone came, the fast way. Patterns that see the same contacts share one look at the log."""
    answers: dict[int, Found] = {}
    alike: dict[object, list[int]] = {}
    for place, pattern in enumerate(patterns):
        sees = None if pattern.spells is None else (pattern.spells, pattern.columns)
        alike.setdefault(sees, []).append(place)
    for places in alike.values():
        those = [patterns[place] for place in places]
        asked: list[Asked] = _path(log).ask(those, log)
        way = compiled.find_all if compiled.is_worth_it(log.size) else columnwise.find_all
        for place, found in zip(places, way(those, asked), strict=True):
            answers[place] = found
    people = log.who()
    return [replace(answers[place], people=people) for place in range(len(patterns))]


def values_by(column: str, log: Log) -> tuple[dict[str, str], int]:
    """One value a person, and how many people's value in the log changed, where the log was asked."""
    values: tuple[dict[str, str], int] = _path(log).values_by(column, log)
    return values


def _path(log: Log) -> Any:
    """The module that asks this kind of log."""
    return stored_path if isinstance(log, StoredLog) else duckdb_path
