"""The map counted by compiled loops: the same answers as the definition, near the speed of memory.

Two looks over the contacts. The first counts moves and people on every way, so that the second can lay every
wait down in the place of its way: first the first waits of people, then all others. Then quartiles are
selected, way by way. Each look goes over people a share at a time, and shares run side by side.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy

from betterstory.engines.journeys.arrays import Arrays, Whole
from betterstory.engines.journeys.compiled import keep
from betterstory.engines.journeys.map import loops
from betterstory.engines.journeys.map.counted import KINDS_TOLD, Counted, Ways
from betterstory.engines.journeys.map.loops import CONTACTS

type Share = tuple[int, int]
"""People from and to."""


@cache
def compiled() -> SimpleNamespace:
    """The loops, compiled. Raises ImportError where there is no numba."""
    import numba  # noqa: PLC0415 - only who counts a map waits for the compiler

    plain: tuple[Callable[..., Any], ...] = (
        loops.count_people_of_each,
        loops.count_people,
        loops.count_people_apart,
        loops.lay_down,
        loops.lay_down_apart,
        loops.find_quartiles,
    )
    return SimpleNamespace(**{loop.__name__: keep(numba.njit(loop, nogil=True)) for loop in plain})


def people_of_each(arrays: Arrays, kinds: int) -> Whole:
    """How many people have each activity. Raises ImportError where there is no numba."""
    people = numpy.zeros(kinds, dtype=numpy.int64)
    last_seen = numpy.full(kinds, loops.NOBODY, dtype=numpy.int64)
    compiled().count_people_of_each(arrays.first, arrays.activity, last_seen, people)
    return people


def count(arrays: Arrays, kinds: int, within: int, threads: int = 1) -> Counted:
    """The map of these contacts. See `reference.count`, which it equals."""
    shares = _shares(arrays, threads)
    told = numpy.zeros((len(shares), len(KINDS_TOLD) + 1, kinds), dtype=numpy.int64)
    with ThreadPoolExecutor(len(shares)) as side_by_side:

        def each(loop: Callable[[int, Share], Any]) -> None:
            list(side_by_side.map(loop, range(len(shares)), shares))

        ways = (_apart if _all_apart(arrays) else _in_moments)(arrays, kinds, within, told, shares, each)
    sums = told.sum(axis=0)
    return Counted(
        int((numpy.diff(arrays.first) > 0).sum()),
        kinds,
        within,
        sums[CONTACTS],
        {name: sums[place] for place, name in enumerate(KINDS_TOLD)},
        ways,
    )


type Each = Callable[[Callable[[int, Share], Any]], None]
"""Runs a loop over every share, given its number and itself."""


def _shares(arrays: Arrays, threads: int) -> list[Share]:
    """People cut into shares of about as many contacts each."""
    rows = numpy.linspace(0, arrays.first[-1], threads + 1)[1:-1]
    cuts = [0, *numpy.searchsorted(arrays.first, rows).tolist(), arrays.people]
    return list(pairwise(cuts))


def _all_apart(arrays: Arrays) -> bool:
    """Whether no two contacts of anybody are in one moment."""
    alike = arrays.at[1:] == arrays.at[:-1]
    if arrays.order is not None:
        alike &= arrays.order[1:] == arrays.order[:-1]
    starts = arrays.first[1:-1]
    alike[starts[(starts > 0) & (starts < len(arrays.at))] - 1] = False
    return not alike.any()


def _in_moments(
    arrays: Arrays, kinds: int, within: int, told: Whole, shares: list[Share], each: Each
) -> Ways:
    run = compiled()
    order = arrays.at if arrays.order is None else arrays.order
    log = (arrays.first, arrays.activity, arrays.at, order)
    moves = numpy.zeros((len(shares), kinds * kinds), dtype=numpy.int64)
    people = numpy.zeros_like(moves)
    each(
        lambda n, share: run.count_people(
            *share, *log, arrays.last_look, within, kinds, told[n], moves[n], people[n]
        )
    )
    once_at, more_at = _places(moves, people)
    waits = numpy.empty(int(moves.sum()), dtype=numpy.int64)
    each(lambda n, share: run.lay_down(*share, *log, kinds, waits, once_at[n], more_at[n]))
    return _ways(moves.sum(axis=0), people.sum(axis=0), waits, len(shares), each)


def _apart(arrays: Arrays, kinds: int, within: int, told: Whole, shares: list[Share], each: Each) -> Ways:
    run = compiled()
    moves = numpy.zeros((len(shares), kinds * kinds), dtype=numpy.int64)
    people = numpy.zeros_like(moves)
    gone = numpy.empty(len(arrays.at), dtype=numpy.uint16 if 2 * kinds**2 <= 2**16 else numpy.uint32)
    log = (arrays.first, arrays.activity, arrays.at, arrays.last_look)
    each(
        lambda n, share: run.count_people_apart(
            *share, *log, within, kinds, told[n], moves[n], people[n], gone
        )
    )
    next_at = numpy.stack(_places(moves, people), axis=2).reshape(len(shares), -1)
    waits = numpy.empty(int(moves.sum()), dtype=numpy.int64)
    each(lambda n, share: run.lay_down_apart(*share, arrays.first, arrays.at, gone, waits, next_at[n]))
    return _ways(moves.sum(axis=0), people.sum(axis=0), waits, len(shares), each)


def _places(moves: Whole, people: Whole) -> tuple[Whole, Whole]:
    """Where each share's first waits and its other waits go, on each way."""
    all_moves, others = moves.sum(axis=0), moves - people
    starts = numpy.cumsum(all_moves) - all_moves
    once_at = starts + numpy.cumsum(people, axis=0) - people
    return once_at, starts + people.sum(axis=0) + numpy.cumsum(others, axis=0) - others


def _ways(moves: Whole, people: Whole, waits: Whole, parts: int, each: Each) -> Ways:
    way = numpy.flatnonzero(moves)
    starts = (numpy.cumsum(moves) - moves)[way]
    many, by = moves[way], people[way]
    first_wait, every = numpy.empty((2, len(way), 3), dtype=numpy.int64)
    cuts = numpy.searchsorted(starts, numpy.linspace(0, len(waits), parts + 1))
    cuts[-1] = len(way)

    def select(number: int, _: Share) -> None:
        part = slice(cuts[number], cuts[number + 1])
        compiled().find_quartiles(waits, starts[part], by[part], first_wait[part])
        compiled().find_quartiles(waits, starts[part], many[part], every[part])

    each(select)
    return Ways(way, many, by, every, first_wait)
