"""The one pass compiled by numba, once, into a folder of its own; and the pass over many people at once."""

import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Literal

import numpy

from betterstory.engines.journeys import arranging, bits, onepass, together
from betterstory.engines.journeys.asked import WORTH_PICKING, Asked, limits_of, spoken_of
from betterstory.engines.journeys.found import Found
from betterstory.engines.journeys.onepass import KEPT, NOW, TOLD
from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.together import WORTH_A_THREAD

FOLDER = "BETTER_STORY_COMPILED"
"""The setting that names the folder for what was compiled."""

type Inlined = Literal["always", "never"]


def is_here() -> bool:
    """Whether numba is installed. It is not imported for that."""
    return sys.modules.get("numba", True) is not None and find_spec("numba") is not None


def folder() -> Path | None:
    """Where compiled code is kept: a folder that only its owner can write to. None where there is no such."""
    chosen = os.environ.get(FOLDER)
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    kept = Path(chosen) if chosen else Path(caches) / "better-story" / "compiled"
    try:
        kept.mkdir(parents=True, exist_ok=True, mode=0o700)
        state = kept.stat()
    except OSError:
        return None
    # it holds code that runs: what others could have written there is not taken
    return kept if state.st_uid == os.geteuid() and not state.st_mode & 0o022 else None


def compile_functions(source: ModuleType, entry: str, **instead: Any) -> Callable[..., Any]:
    """The function `entry` of a module, with all that it calls, compiled now or found in the folder.

    instead: what takes the place of a function of this name
    """
    import numba  # noqa: PLC0415 - takes most of a second, so only where it is used

    own: dict[str, Any] = dict(vars(source))
    for name, thing in vars(source).items():
        if isinstance(thing, FunctionType) and thing.__module__ == source.__name__:
            made = FunctionType(thing.__code__, own, name)
            made.__module__ = source.__name__
            inline: Inlined = "always" if name in vars(source).get("INLINED", ()) else "never"
            own[name] = numba.njit(made, nogil=True, inline=inline)
    own |= instead
    keep(own[entry])
    compiled: Callable[..., Any] = own[entry]
    return compiled


def keep(function: Any) -> Any:
    """Let numba keep what it compiles of this function in the folder, and find it there next time."""
    import numba  # noqa: PLC0415 - as above

    kept = folder()
    if kept is None:
        return function
    before = numba.config.CACHE_DIR  # type: ignore[attr-defined]  # settings are made when it is imported
    numba.config.CACHE_DIR = str(kept)  # type: ignore[attr-defined]
    function.enable_caching()
    numba.config.CACHE_DIR = before  # type: ignore[attr-defined]
    save = function._cache.save_overload

    def save_if_possible(*args: Any) -> None:
        # where the disk is full, or nothing may be written, compiling again costs time and not the answer
        with suppress(OSError):
            save(*args)

    function._cache.save_overload = save_if_possible
    return function


def is_in_use() -> bool:
    """Whether something was compiled already, so that there is nothing to wait for."""
    return walk_all.cache_info().currsize + walk_bits.cache_info().currsize > 0


@cache
def arrange() -> Callable[..., None]:
    return compile_functions(arranging, "arrange")


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
