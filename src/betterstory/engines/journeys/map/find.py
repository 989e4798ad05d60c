"""A map counted in the fastest way that there is here."""

from contextlib import suppress
from typing import Any, Literal

import numpy

from betterstory.engines.journeys.arrays import Arrays, Whole, kind_of_code
from betterstory.engines.journeys.compiled import WORTH_A_THREAD
from betterstory.engines.journeys.map import by_numpy, kernel, reference
from betterstory.engines.journeys.map.counted import Counted
from betterstory.engines.journeys.refused import PatternRefused

MOST_KINDS = 1000  # each pair of them has a place in the tables
MOST_PAIRS = 100_000_000

type Backend = Literal["auto", "fast", "numpy", "python"]


def find_map(
    arrays: Arrays, kinds: int, *, within: int, backend: Backend = "auto", threads: int | None = None
) -> Counted:
    """Where people went next. `kinds` is how many activities there are; `within` is in microseconds.

    threads: of the compiled loops; two for a log that is large, where nothing is said
    backend: "python" is the definition itself; "fast" needs numba; "numpy" does without; all give the same.
    Raises PatternRefused for more than 1,000 activities.
    """
    if kinds > MOST_KINDS:
        raise PatternRefused(
            f"{kinds:,} kinds of contact are too many for a map, which takes {MOST_KINDS:,}. "
            "Raise the least share, so that the rarer ones are put together."
        )
    if backend not in ("auto", "fast", "numpy", "python"):
        raise PatternRefused(
            f'There is no way of counting called "{backend}": it is auto, fast, numpy or python.'
        )
    if backend == "python":
        return reference.count(arrays, kinds, within)
    if backend == "numpy":
        return by_numpy.count(arrays, kinds, within)
    many = 2 if len(arrays.at) >= WORTH_A_THREAD else 1
    try:
        return kernel.count(arrays, kinds, within, threads or many)
    except ImportError:
        if backend == "fast":
            raise PatternRefused('Counting fast needs numba: install "better-story[fast]".') from None
        return by_numpy.count(arrays, kinds, within)


def people_of_each(arrays: Arrays, kinds: int, backend: Backend = "auto") -> Whole:
    """How many people have each activity, however many activities there are."""
    if backend in ("auto", "fast"):
        with suppress(ImportError):
            return kernel.people_of_each(arrays, kinds)
    small: Any = numpy.int32 if arrays.people * kinds < 2**31 else numpy.int64
    owner: Whole = numpy.repeat(numpy.arange(arrays.people, dtype=small), numpy.diff(arrays.first))
    pairs = owner * small(kinds) + arrays.activity.astype(small)
    if arrays.people * kinds > MOST_PAIRS:
        return numpy.bincount(numpy.unique(pairs) % kinds, minlength=kinds)
    had = numpy.zeros((arrays.people, kinds), dtype=bool)
    had.reshape(-1)[pairs] = True
    return had.sum(axis=0)


def put_together(arrays: Arrays, becomes: Whole) -> Arrays:
    """The same contacts, where each activity's code has become another one."""
    codes = becomes.astype(kind_of_code(int(becomes.max()) + 1))
    return Arrays(
        first=arrays.first,
        activity=codes[arrays.activity],
        at=arrays.at,
        order=arrays.order,
        last_look=arrays.last_look,
    )
