"""The rows of a log as Arrow hands them over: what each is was read before, who and when follow as asked."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy

from betterstory.engines.journeys import compiled
from betterstory.engines.journeys.arrays import Whole, at_rest
from betterstory.engines.journeys.asked import NO_ORDER
from betterstory.engines.journeys.columns import YEARS
from betterstory.engines.journeys.fetching import damaged, nobody
from betterstory.engines.journeys.numbered import CLOSE, Numbered, Numbering, numbering_of
from betterstory.engines.journeys.parquet_file import WRONG, Bounds, ParquetFile
from betterstory.engines.journeys.parquet_kinds import Kinds, read_kinds
from betterstory.engines.journeys.typed import Glance, Typed

THREADS = 2
ROOM = 1_000_000
"""So many whole numbers that are nobody's id have room besides."""


@dataclass(frozen=True)
class ParquetRows:
    """Contacts of a file that lacks nothing. They speak of single people: never shown.

    roles: the names of its columns: person, activity, time, and seq where there is a trusted order
    glance: what it holds; kinds: what each row is of
    persons, times: between what they lie
    """

    file: ParquetFile
    roles: dict[str, str]
    glance: Glance
    kinds: Kinds
    persons: Bounds
    times: Bounds
    until: int | None

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"

    def number(self) -> Numbering:
        """Everybody who has a contact. Raises LogRefused where there is nobody."""
        return self.take(frozenset(), None)[0]

    def take(self, wanted: frozenset[str] | None, numbering: Numbering | None) -> tuple[Numbering, Numbered]:
        """The contacts of these activities, or all. Raises LogRefused where there is nobody."""
        name, contacts = self.file.table.name, self.glance.contacts
        shares = self.file.shares(THREADS)
        present = numpy.zeros(self.persons.most - self.persons.least + 1, dtype=bool)
        room = self._room()
        told = self._told(wanted)
        # fetched here: two threads that compile at once would get in each other's way
        way = compiled.arrange("take") if compiled.is_worth_it(contacts) else take_by_column
        try:
            with ThreadPoolExecutor(THREADS) as pool:
                ends = list(pool.map(lambda share: self._fill(share, way, told, present, room), shares))
        except WRONG:
            raise damaged(name) from None
        if not present.any():
            raise nobody(name)
        found = numbering_of(present, self.persons.least, quickly=compiled.is_worth_it(contacts))
        if numbering is not None and not numpy.array_equal(numbering.ids, found.ids):
            raise damaged(name)
        begins = [self.file.starts[share.start] for share in shares]
        person, kind, at, order = (_close_up(column, begins, ends) for column in room)
        return found, Numbered(found.ids, found.codes_of_own(person), kind, at, order, of=contacts)

    def _told(self, wanted: frozenset[str] | None) -> Whole:
        """Which of the log's activities each kind is; -1 where it is none that is wanted."""
        told = numpy.full(max(256, len(self.kinds.names)), -1, dtype=numpy.int64)
        places = {activity: place for place, activity in enumerate(self.glance.activities)}
        for kind, activity in enumerate(self.kinds.names):
            if wanted is None or activity in wanted:
                told[kind] = places[activity]
        return told

    def _room(self) -> tuple[Whole, Whole, Whole, Whole]:
        """A place for every row. What stays empty costs nothing: it is never touched."""
        rows = self.file.rows
        person, at = (numpy.empty(rows, dtype=numpy.int64) for _ in range(2))
        order = numpy.empty(rows if "seq" in self.roles else 0, dtype=numpy.int64)
        return person, numpy.empty(rows, dtype=self.kinds.of_row.dtype), at, order

    def _fill(
        self, share: range, way: Callable[..., int], told: Whole, present: Whole, room: tuple[Whole, ...]
    ) -> int:
        """Take the rows of some parts of the file, from the place on where the first of them is. Gives the
        place after the last that was taken. Raises ValueError for a file that is not what it says."""
        until = self.times.most if self.until is None else self.until
        bounds = numpy.array([self.persons.least, self.times.least, self.times.most, until])
        begun = free = self.file.starts[share.start]
        columns = self._columns()
        for rows in self.file.read(share, columns):
            who, when, *order = (_numbers(rows.column(name)) for name in columns)
            own = self.kinds.of_row[begun : begun + len(who)]
            begun += len(who)
            if len(own) < len(who):
                raise ValueError("more rows than the file says")
            given = (who, own, when, order[0] if order else NO_ORDER)
            free = way(tuple(map(at_rest, given)), bounds, told, present, room, free)
            if free < 0:
                raise ValueError("not what the file says of itself")
        return free

    def _columns(self) -> list[str]:
        return [name for role, name in self.roles.items() if role != "activity"]


def _close_up(column: Whole, begins: Sequence[int], ends: Sequence[int]) -> Whole:
    """What was taken, one after the other, without the room that was left between."""
    if not len(column):
        return column
    free = ends[0]
    for begin, end in zip(begins[1:], ends[1:], strict=True):
        if free < begin:
            column[free : free + end - begin] = column[begin:end]
        free += end - begin
    return column[:free]


def take_by_column(
    rows: tuple[Whole, ...],
    bounds: Whole,
    told: Whole,
    present: Whole,
    taken: tuple[Whole, ...],
    free: int,
) -> int:
    """`arranging.take` where numba is not here."""
    person, kind, at, order = rows
    own, seen = person - bounds[0], at <= bounds[3]
    if own.min() < 0 or own.max() >= len(present) or at.min() < bounds[1] or at.max() > bounds[2]:
        return -1
    present[own[seen]] = True
    called = told[kind]
    those = numpy.flatnonzero((called >= 0) & seen)
    full = free + len(those)
    for place, column in enumerate((person, called, at, order) if len(order) else (person, called, at)):
        taken[place][free:full] = column[those]
    return full


def _numbers(column: Any) -> Whole:
    """A column of whole numbers or times, each in 8 bytes. Raises ValueError where one is missing."""
    if column.null_count:
        raise ValueError("not what the file says of itself")
    whole: Whole = column.to_numpy().astype(numpy.int64, copy=False)
    return whole


def read_rows(file: ParquetFile, typed: Typed, until: int | None, most: int) -> ParquetRows | None:
    """The rows of a file, where it lacks nothing, no date is outside the calendar, and there are no more
    activities than `most`; else None. Raises what Arrow raises for a damaged file."""
    names = {column.sql: column.name for column in file.table.columns}
    said = {"person": typed.person, "activity": typed.activity, "time": typed.time, "seq": typed.seq}
    roles = {role: names[sql] for role, sql in said.items() if sql}
    within = {role: file.bounds(name) for role, name in roles.items() if role != "activity"}
    persons, times = within["person"], within["time"]
    if persons is None or times is None or None in within.values():
        return None
    if persons.most - persons.least >= CLOSE * file.rows + ROOM or not _in_calendar(times):
        return None
    kinds = read_kinds(file, roles["activity"], most, THREADS)
    if kinds is None:
        return None
    glance = Glance(file.rows, times.least, times.most, tuple(sorted(kinds.names)))
    return ParquetRows(file, roles, glance, kinds, persons, times, until)


def _in_calendar(times: Bounds) -> bool:
    return YEARS[0] <= times.least and times.most <= YEARS[1]
