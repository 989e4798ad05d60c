"""Small text tables: a log, a person table and a pattern that a reader can check by hand."""

import re
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import numpy

from betterstory.engines import journeys
from betterstory.engines.journeys import (
    bits,
    columnwise,
    compiled,
    duckdb_path,
    onepass,
    reference,
    stored_path,
    together,
)
from betterstory.engines.journeys.asked import Asked, limits_of
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.found import NO_STATUS, ON_THE_WAY, TOO_EARLY, WAY_CLOSED, Found
from betterstory.engines.journeys.lengths import DAY
from betterstory.engines.journeys.pattern import Pattern, Spells, Step

DAY_0 = datetime(2024, 1, 1)  # unzoned on purpose: a log's times are taken as written
SAID = {NO_STATUS: "", ON_THE_WAY: "on the way", WAY_CLOSED: "way closed", TOO_EARLY: "too early"}
LENGTH = r"[\d.]+ \w+"
STEP = re.compile(
    rf"(?:no (?P<silent>.+?) for (?P<silence>{LENGTH})"
    rf"|(?P<times>\d+) times (?P<repeated>.+?) in (?P<inside>{LENGTH})|(?P<activity>.+?))"
    rf"(?: where (?P<column>\w+) is (?P<values>.+?))?"
    rf"(?: after (?P<after>{LENGTH}))?(?: within (?P<within>{LENGTH}))?(?: without (?P<without>.+))?"
)


def rows_of(table: str) -> list[dict[str, str | None]]:
    """Rows by column name: two spaces or more between columns, "-" for nothing, "#" before a remark."""
    lines = [line.split("#")[0].strip() for line in table.strip().splitlines()]
    head, *rows = [re.split(r" {2,}", line) for line in lines if line]
    return [{n: None if v == "-" else v for n, v in zip(head, row, strict=True)} for row in rows]


def log_rows(table: str) -> list[dict[str, Any]]:
    """`day` becomes a time: days, or parts of days, after the first of January."""
    rows: list[dict[str, Any]] = [dict(row) for row in rows_of(table)]
    for row in rows:
        day = row.pop("day")
        row["time"] = None if day is None else DAY_0 + timedelta(days=float(day))
    return rows


def people_rows(table: str) -> list[dict[str, Any]]:
    """`start` and `end` become dates."""
    rows: list[dict[str, Any]] = [dict(row) for row in rows_of(table)]
    for row in rows:
        for name in {"start", "end"} & row.keys():
            row[name] = None if row[name] is None else (DAY_0 + timedelta(days=float(row[name]))).date()
    return rows


def read(table: str, people: str | None = None, until: int | None = None, **how: Any) -> ContactLog:
    """A log from a table; `until` is a day."""
    day = None if until is None else (DAY_0 + timedelta(days=until)).date()
    return journeys.read_log(
        log_rows(table), people=None if people is None else people_rows(people), until=day, **how
    )


def pattern_of(
    steps: str, whole: str | None = None, spells: str | None = None, at: Literal["start", "end"] = "start"
) -> Pattern:
    """Steps are parted by semicolons.

    "referral; no visit for 18 weeks; 3 times call in 1 year; assessment within 6 weeks without letter"
    """
    gap, _, listed = (spells or "").partition(" of ")
    return Pattern(
        "a path",
        tuple(_step(step.strip()) for step in steps.split(";")),
        journeys.read_length(whole) if whole else None,
        Spells(journeys.read_length(gap), _names(listed), at) if spells else None,
    )


def _names(listed: str | None) -> tuple[str, ...]:
    return tuple(listed.split(" or ")) if listed else ()


def _step(words: str) -> Step:
    found = STEP.fullmatch(words)
    assert found, words
    said = found.groupdict()

    def length(name: str) -> journeys.Length | None:
        return journeys.read_length(said[name]) if said[name] else None

    return Step(
        name=words,
        activity=_names(said["silent"] or said["repeated"] or said["activity"]),
        where=((said["column"], _names(said["values"])),) if said["column"] else (),
        within=length("within"),
        after=length("after"),
        without=_names(said["without"]),
        times=int(said["times"] or 1),
        inside=length("inside"),
        silence=length("silence"),
    )


def find(pattern: Pattern, log: ContactLog) -> Found:
    """What every way of counting finds, which must be the same."""
    by_definition = reference.find(pattern, log.rows(), log.person_rows(), log.end)
    if log.ids() != by_definition.people:  # ids that are whole numbers come in their order
        by_definition = in_the_order_of(log.ids(), by_definition)
    _agree(by_definition, pattern, duckdb_path.ask([pattern], log)[0])
    log.hold()
    _agree(by_definition, pattern, duckdb_path.ask([pattern], log)[0])
    with tempfile.TemporaryDirectory() as folder:
        stored = journeys.open_stored(journeys.store(log, Path(folder) / "log"))
        assert stored.ids() == log.ids()
        _agree(by_definition, pattern, stored_path.ask([pattern], stored)[0])
    return by_definition


def found_of(
    people: list[str],
    levels: list[int],
    statuses: list[int],
    again: list[bool],
    reached: list[list[int]],
    steps: int,
) -> Found:
    """What was found, from lists with one place a person."""
    level, status, once_more = (numpy.array(each, dtype=numpy.uint8) for each in (levels, statuses, again))
    moments = numpy.array(reached, dtype=numpy.int64).reshape(len(people), steps)
    return Found(people, level, status, once_more, moments)


def in_the_order_of(ids: list[str], found: Found) -> Found:
    assert sorted(ids) == sorted(found.people)
    places = [list(found.people).index(person) for person in ids]
    arrays = (found.levels, found.statuses, found.again, found.reached)
    return Found(ids, *(each[places] for each in arrays))


def said(found: Found) -> list[list[Any]]:
    """What was found, in lists that can be compared."""
    arrays = (found.levels, found.statuses, found.again, found.reached)
    return [list(found.people), *(each.tolist() for each in arrays)]


def _agree(expected: Found, pattern: Pattern, asked: Asked) -> None:
    here = (compiled.find, together_compiled) if compiled.is_here() else (onepass_as_it_stands,)
    for way in (columnwise.find, together_as_it_stands, *here):
        found = way(pattern, asked)
        for name in ("levels", "statuses", "again", "reached"):
            assert numpy.array_equal(getattr(expected, name), getattr(found, name)), (way, name)


def onepass_as_it_stands(pattern: Pattern, asked: Asked) -> Found:
    """The one pass, read by Python."""
    limits, whole = limits_of(pattern)
    found = compiled.nobody_yet(pattern, asked)
    width = int(numpy.diff(asked.first).max(initial=0)) + 1
    compiled.walk_part(onepass.walk_all, limits, whole, asked, width, found, 0, asked.people)
    return found


def together_as_it_stands(pattern: Pattern, asked: Asked) -> Found:
    """Bit by bit, read by Python; three of the same at once, and of the last one the answer."""
    if not together.can_be_asked(pattern):
        return columnwise.find(pattern, asked)
    return together.find(bits.walk_bits, [pattern] * 3, [asked] * 3, columnwise.find)[2]


def together_compiled(pattern: Pattern, asked: Asked) -> Found:
    return compiled.find_all([pattern] * 3, [asked] * 3)[2]


def levels(table: str, steps: str, **how: Any) -> dict[str, int]:
    """Each person's level."""
    found, _ = _asked(table, steps, how)
    return dict(zip(found.people, found.levels.tolist(), strict=True))


def standings(table: str, steps: str, **how: Any) -> dict[str, str]:
    """Each person's level and status in words: "2 on the way", "3 way closed, again", "0"."""
    found, _ = _asked(table, steps, how)
    rows = zip(found.people, found.levels, found.statuses, found.again, strict=True)
    return {
        person: f"{level} {SAID[status]}".strip() + (", again" if again else "")
        for person, level, status, again in rows
    }


def days(table: str, steps: str, **how: Any) -> dict[str, str]:
    """The days on which each person reached the steps of the shortest fitting choice: "0 5 8"."""
    found, _ = _asked(table, steps, how)
    start = (DAY_0 - datetime(1970, 1, 1)).days
    return {
        person: " ".join(f"{at / DAY - start:g}" for at in chain[:level])
        for person, level, chain in zip(found.people, found.levels, found.reached, strict=True)
    }


def _asked(table: str, steps: str, how: dict[str, Any]) -> tuple[Found, Pattern]:
    of_pattern = {name: how.pop(name) for name in ("whole", "spells", "at") if name in how}
    pattern = pattern_of(steps, **of_pattern)
    with read(table, **how) as log:
        return find(pattern, log), pattern
