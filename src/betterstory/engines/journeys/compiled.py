"""The one pass compiled by numba, once, into a folder of its own; and the pass over many people at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy

from betterstory.engines.compiling import compile_functions
from betterstory.engines.compiling import folder as folder
from betterstory.engines.compiling import is_here as is_here
from betterstory.engines.compiling import keep as keep
from betterstory.engines.journeys import arranging, bits, onepass, together
from betterstory.engines.journeys.asked import WORTH_PICKING, Asked, limits_of, spoken_of
from betterstory.engines.journeys.found import Found
from betterstory.engines.journeys.onepass import KEPT, NOW, TOLD
from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.together import WORTH_A_THREAD

WORTH_COMPILING = 2_000_000
"""A log of fewer contacts is counted a column at a time before numba is even there."""


def is_worth_it(contacts: int) -> bool:
    """Whether numba is here, and either in use already or worth the wait for it."""
    return is_here() and (is_in_use() or contacts >= WORTH_COMPILING)


def is_in_use() -> bool:
    """Whether something was compiled already, so that there is nothing to wait for."""
    return walk_all.cache_info().currsize + walk_bits.cache_info().currsize > 0


@cache
def arrange(loop: str) -> Callable[..., Any]:
    """One of the loops of `arranging`."""
    return compile_functions(arranging, loop)


@cache
def walk_all() -> Callable[..., None]:
    return compile_functions(onepass, "walk_all")


@cache
def walk_bits() -> Callable[..., None]:
    return compile_functions(bits, "walk_bits", lowest=lowest())


def lowest() -> Any:
    """`bits.lowest` as one instruction of the processor. There is a bit."""
    from numba import types  # noqa: PLC0415 - as above
    from numba.extending import intrinsic  # noqa: PLC0415 - as above

    def place(_typing: Any, _bits: Any) -> Any:
        def build(context: Any, builder: Any, _signature: Any, given: Any) -> Any:
            return builder.cttz(given[0], context.get_constant(types.boolean, 1))

        return types.int64(types.int64), build

    return intrinsic(place)


def find_all(patterns: Sequence[Pattern], asked: Sequence[Asked], threads: int = 2) -> list[Found]:
    """How far everyone came along several patterns that see the same contacts; `people` stays empty."""
    answers: dict[int, Found] = {}
    ready = [place for place, pattern in enumerate(patterns) if together.can_be_asked(pattern)]
    if ready:
        those, theirs = [patterns[place] for place in ready], [asked[place] for place in ready]
        answers |= zip(ready, together.find(walk_bits(), those, theirs, find, threads), strict=True)
    rest = [place for place in range(len(patterns)) if place not in answers]
    some = [asked[place] for place in rest]
    some = spoken_of(some) if len(rest) >= WORTH_PICKING else some
    answers |= {place: find(patterns[place], own, threads) for place, own in zip(rest, some, strict=True)}
    return [answers[place] for place in range(len(patterns))]


def find(pattern: Pattern, asked: Asked, threads: int = 2) -> Found:
    """How far everyone came; `people` stays empty. The same as the reference finds."""
    walk, found = walk_all(), nobody_yet(pattern, asked)
    limits, whole = limits_of(pattern)
    width = int(numpy.diff(asked.first).max(initial=0)) + 1

    def part(begin: int, stop: int) -> None:
        walk_part(walk, limits, whole, asked, width, found, begin, stop)

    if len(asked.at) < WORTH_A_THREAD or threads < 2:
        part(0, asked.people)
        return found
    # cut where the contacts are half done, not the people
    cuts = [
        0,
        *numpy.searchsorted(asked.first, [len(asked.at) * n // threads for n in range(1, threads)]),
        asked.people,
    ]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(part, cuts[:-1], cuts[1:]))
    return found


def walk_part(
    walk: Callable[..., None],
    limits: Any,
    whole: int,
    asked: Asked,
    width: int,
    found: Found,
    begin: int,
    stop: int,
) -> None:
    steps = len(limits)
    kept = numpy.zeros((steps, width, KEPT), dtype=numpy.int64)
    seen = numpy.zeros((width, 2), dtype=numpy.int64)
    now = numpy.zeros((steps, NOW), dtype=numpy.int64)
    told = numpy.zeros((width, TOLD), dtype=numpy.int64)
    walk(
        limits,
        whole,
        asked.fits_of,
        asked.bars_of,
        asked.first,
        asked.kind,
        asked.at,
        asked.order,
        asked.last_look,
        asked.end,
        kept,
        seen,
        now,
        told,
        found.levels,
        found.statuses,
        found.again,
        found.reached,
        begin,
        stop,
    )


def nobody_yet(pattern: Pattern, asked: Asked) -> Found:
    """Room for an answer."""
    levels, statuses, again = (numpy.zeros(asked.people, dtype=numpy.uint8) for _ in range(3))
    reached = numpy.zeros((asked.people, len(pattern.steps)), dtype=numpy.int64)
    return Found((), levels, statuses, again, reached)
