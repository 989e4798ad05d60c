"""Patterns put to the same contacts together: what `bits` is told of them, and what it says of each."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy

from betterstory.engines.journeys import bits
from betterstory.engines.journeys.arrays import Whole
from betterstory.engines.journeys.asked import Asked, limits_of, spoken_of
from betterstory.engines.journeys.found import BYTES, Found, from_byte
from betterstory.engines.journeys.onepass import AFTER, SILENCE, WITHIN
from betterstory.engines.journeys.pattern import Pattern

AT_ONCE = 32
"""So many patterns at most, so that what is known of everybody fits into memory."""

WORTH_A_THREAD = 200_000
"""Fewer contacts than this are quicker in one thread."""

type Alone = Callable[[Pattern, Asked], Found]
"""How a pattern is found out about by itself."""


def can_be_asked(pattern: Pattern) -> bool:
    """A moment does not say how often it holds a kind."""
    return all(step.times == 1 for step in pattern.steps)


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What `bits` is told of the patterns, and how many lists there are."""

    rules: Whole
    steps: Whole
    whole: Whole
    lists_of: Whole
    lists: Whole
    begins: Whole
    number: int


def told_of(patterns: Sequence[Pattern], asked: Sequence[Asked]) -> Told:
    """Every list of kinds that a step names gets a number, the same one where it is the same list."""
    numbers: dict[bytes, int] = {}
    nothing = bytes(len(asked[0].fits_of))

    def numbers_of(table: Whole, steps: int) -> list[int]:
        listed = (table >> numpy.arange(steps, dtype=table.dtype)[:, None] & 1 == 1).tobytes()
        each = (listed[begin : begin + len(table)] for begin in range(0, len(listed), len(table)))
        return [
            bits.NOTHING if own == nothing else numbers.setdefault(own, bits.PAST + 1 + len(numbers))
            for own in each
        ]

    steps = numpy.array([len(pattern.steps) for pattern in patterns])
    rules = numpy.zeros((len(patterns), steps.max(), bits.RULES), dtype=numpy.int64)
    whole = numpy.zeros(len(patterns), dtype=numpy.int64)
    for place, (pattern, own) in enumerate(zip(patterns, asked, strict=True)):
        limits, whole[place] = limits_of(pattern)
        rule = rules[place, : len(limits)]
        rule[:, bits.LISTED] = numbers_of(own.fits_of, len(limits))
        rule[:, bits.BARRED] = numbers_of(own.bars_of, len(limits))
        rule[:, bits.WITHIN], rule[:, bits.AFTER] = limits[:, WITHIN], limits[:, AFTER]
        rule[:, bits.SILENCE] = limits[:, SILENCE]
    has = numpy.frombuffer(b"".join(numbers), dtype=bool).reshape(len(numbers), len(asked[0].fits_of))
    number = bits.PAST + 1 + len(numbers)
    begins = numpy.zeros(number, dtype=numpy.uint8)
    begins[rules[:, 0, bits.LISTED]] = 1
    return Told(rules, steps, whole, *_lists(has.T), begins, number)


def _lists(has: Whole) -> tuple[Whole, Whole]:
    """`lists_of` and `lists`. Kinds that are in the same lists share a row; the first row has none.

    has: whether a kind is in a list, kinds x lists
    """
    rows: dict[tuple[int, ...], int] = {(): 0}
    lists_of = numpy.zeros(len(has), dtype=numpy.int64)
    for kind in numpy.flatnonzero(has.any(axis=1)).tolist():
        own = tuple((numpy.flatnonzero(has[kind]) + bits.PAST + 1).tolist())
        lists_of[kind] = rows.setdefault(own, len(rows))
    lists = numpy.zeros((len(rows), max(map(len, rows)) + 1), dtype=numpy.int64)
    for own, row in rows.items():
        lists[row, : len(own)] = own
    return lists_of, lists


def find(
    walk: Callable[..., None],
    patterns: Sequence[Pattern],
    asked: Sequence[Asked],
    alone: Alone,
    threads: int = 2,
) -> list[Found]:
    """How far everyone came along patterns that `can_be_asked`, all of which see the same contacts. `people`
    stays empty.

    walk: `bits.walk_bits`, compiled or as it stands; alone: how it is found out about those that it leaves
    """
    found: list[Found] = []
    for begin in range(0, len(patterns), AT_ONCE):
        some = slice(begin, begin + AT_ONCE)
        found += _find_some(walk, patterns[some], asked[some], alone, threads)
    return found


def _find_some(
    walk: Callable[..., None],
    patterns: Sequence[Pattern],
    asked: Sequence[Asked],
    alone: Alone,
    threads: int,
) -> list[Found]:
    told, shared = told_of(patterns, asked), asked[0]
    said = numpy.zeros((len(patterns), shared.people), dtype=numpy.uint8)
    left = numpy.zeros(shared.people, dtype=numpy.uint8)
    # cut where the contacts are done, not the people
    parts = threads if len(shared.at) >= WORTH_A_THREAD else 1
    inner = numpy.searchsorted(shared.first, [len(shared.at) * n // parts for n in range(1, parts)])
    cuts = [0, *inner.tolist(), shared.people]
    every = numpy.zeros((parts, len(patterns), BYTES), dtype=numpy.int64)

    def part(number: int) -> None:
        known = (said, every[number], left)
        _walk_part(walk, told, shared, known, cuts[number], cuts[number + 1])

    if parts == 1:
        part(0)
    else:
        with ThreadPoolExecutor(parts) as pool:
            list(pool.map(part, range(parts)))
    sums = every.sum(axis=0)
    found = [
        Found((), *from_byte(said[n]), partial(_moments, alone, pattern, own), sums[n])
        for n, (pattern, own) in enumerate(zip(patterns, asked, strict=True))
    ]
    those = numpy.flatnonzero(left)
    if not len(those):
        return found
    if 2 * int((shared.first[those + 1] - shared.first[those]).sum()) > len(shared.at):
        return [alone(pattern, own) for pattern, own in zip(patterns, asked, strict=True)]
    return _with_those_left(found, patterns, asked, those, alone)


def _moments(alone: Alone, pattern: Pattern, own: Asked) -> Whole:
    """Looked for only when somebody asks: few do of all patterns that are counted."""
    return alone(pattern, own).reached


def _walk_part(
    walk: Callable[..., None],
    told: Told,
    shared: Asked,
    known: tuple[Whole, ...],
    begin: int,
    stop: int,
) -> None:
    width = int(numpy.diff(shared.first[begin : stop + 1]).max(initial=0)) + 1
    room = bits.SOME * bits.MOST + 1
    walk(
        (told.rules, told.steps, told.whole, told.lists_of, told.lists, told.begins),
        (shared.first, shared.kind, shared.at, shared.order, shared.last_look),
        shared.end,
        (
            numpy.zeros((bits.SOME, told.number), dtype=numpy.int64),
            numpy.full((bits.SOME, bits.PLACES), bits.NEVER, dtype=numpy.int64),
            numpy.zeros((2, room, bits.KEPT), dtype=numpy.int64),
            numpy.zeros((2, room, bits.PLACED), dtype=numpy.uint32),
            numpy.zeros((bits.STANDS, bits.SOME), dtype=numpy.int64),
            numpy.zeros((told.number, room, bits.KEPT), dtype=numpy.int64),
            numpy.zeros((told.number, room, bits.PLACED), dtype=numpy.uint32),
            numpy.zeros(told.number, dtype=numpy.int64),
            *numpy.zeros((3, width), dtype=numpy.int64),
        ),
        known,
        begin,
        stop,
    )


def _with_those_left(
    found: list[Found], patterns: Sequence[Pattern], asked: Sequence[Asked], left: Whole, alone: Alone
) -> list[Found]:
    """The same, with those whom the pass left."""
    those = spoken_of(asked, left)
    besides = (alone(pattern, own) for pattern, own in zip(patterns, those, strict=True))
    return [_both(quick, beside, left) for quick, beside in zip(found, besides, strict=True)]


def _both(quick: Found, beside: Found, left: Whole) -> Found:
    def with_left(name: str) -> Whole:
        whole: Whole = getattr(quick, name).copy()
        whole[left] = getattr(beside, name)
        return whole

    levels, statuses, again = (with_left(name) for name in ("levels", "statuses", "again"))
    return Found((), levels, statuses, again, quick.moments)
