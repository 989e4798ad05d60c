"""Getting ready: what numba compiles is compiled once, at set-up, and not when somebody waits.

python -m betterstory.engines.journeys.ready
"""

import os
import sys
from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import numpy

from betterstory.engines.journeys import arranging, bits, compiled, onepass
from betterstory.engines.journeys.arrays import Arrays, Whole, at_rest
from betterstory.engines.journeys.asked import NO_ORDER, Asked
from betterstory.engines.journeys.map import loops
from betterstory.engines.journeys.map.find import find_map, people_of_each
from betterstory.engines.journeys.numbered import Numbered, numbered
from betterstory.engines.journeys.pattern import Pattern, Step

type Size = type[numpy.uint8 | numpy.uint32 | numpy.int32 | numpy.int64]

SOURCES = (onepass, bits, arranging, loops)
NOTHING = Pattern("nothing", (Step("nothing", ("nothing",)),))


def is_ready() -> bool:
    """Whether there is nothing to compile: it was, or numba is not here, or nothing could be kept."""
    kept = compiled.folder()
    if kept is None or not compiled.is_here():
        return True
    try:
        return (kept / "ready").read_text() == _mark()
    except OSError:
        return False


def make_ready() -> None:
    """Compile every loop for every kind of log."""
    sizes: tuple[Size, ...] = (numpy.uint8, numpy.uint32)
    for size in sizes:
        compiled.find(NOTHING, _asked(size))
        compiled.find_all([NOTHING], [_asked(size)])
        for order in (NO_ORDER, _zeros(1)):
            _arrange(size, order)
            _take(size, order)
            _map(size, order)
    kept = compiled.folder()
    if kept is not None:
        (kept / "ready").write_text(_mark())


def _zeros(many: int, size: Size = numpy.int64) -> Whole:
    return numpy.zeros(many, dtype=size)


def _asked(size: Size) -> Asked:
    return Asked(_zeros(1), _zeros(0, size), NO_ORDER, NO_ORDER, NO_ORDER, 0)


def _arrange(size: Size, order: Whole) -> None:
    """Of one person with a contact, whose id takes little room or much."""
    for person in (_zeros(1, numpy.int32), _zeros(1)):
        ids, code = numbered(person)
        Numbered(ids, code, _zeros(1, size), _zeros(1), order).arrays(1, 0)


def _take(size: Size, order: Whole) -> None:
    """One contact from a file to where there is room for it."""
    rows = (_zeros(1), _zeros(1, size), _zeros(1), order)
    room = (_zeros(1), _zeros(1, size), _zeros(1), _zeros(1))
    take, present = compiled.arrange("take"), numpy.zeros(1, dtype=bool)
    take(tuple(map(at_rest, rows)), _zeros(4), _zeros(256), present, room, 0)


def _map(size: Size, order: Whole) -> None:
    """Of one person with two contacts at different moments, and of one with two at the same."""
    for at in ([0, 1], [0, 0]):
        arrays = Arrays(
            numpy.array([0, 2]),
            _zeros(2, size),
            numpy.array(at),
            _zeros(2) if len(order) else None,
            _zeros(1),
        )
        people_of_each(arrays, 1, backend="fast")
        find_map(arrays, 1, within=1, backend="fast")


def _mark() -> str:
    """Changes with the loops, with numba, and with the processor's kind of Python."""
    files: Iterable[Path] = (Path(source.__file__ or "") for source in SOURCES)
    whole = sha256(f"{version('numba')} {version('numpy')} {sys.version}".encode())
    for file in files:
        whole.update(file.read_bytes())
    return whole.hexdigest()


if __name__ == "__main__":
    os.nice(10)
    if not is_ready():
        make_ready()
