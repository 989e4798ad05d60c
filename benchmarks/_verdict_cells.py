"""Which rooms the bench of verdicts tries, how many of each, and how one room is tried."""

from __future__ import annotations

import time
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from benchmarks import _verdict_real as real
from benchmarks._verdict_rooms import KINDS, LINES, MISSED, OTHERS, SHUFFLED, THREE, TOO_SMALL, Drawn
from betterstory.engines.consensus.pictures import quick
from betterstory.engines.consensus.room import Verdict, room
from betterstory.engines.consensus.votes import Votes, arrange_arrays

FULL, THIN = 1.0, 0.4
GROUPS = (Verdict.TWO_GROUPS, Verdict.THREE_GROUPS)
AT_ONCE = 20


@dataclass(frozen=True)
class Cell:
    """So many rooms of a kind, with so many people and statements, each card filled in with a chance."""

    part: str
    kind: str
    filled: float
    rooms: int
    people: int = 40
    statements: int = 30
    first: int = 0

    def split(self) -> Iterable[Cell]:
        """In pieces that are quickly done."""
        for first in range(0, self.rooms, AT_ONCE):
            yield replace(self, first=first, rooms=min(AT_ONCE, self.rooms - first))


@dataclass
class Tried:
    """What came out: verdicts, people placed and placed rightly, groups under five, seconds of CPU."""

    verdicts: Counter[str] = field(default_factory=Counter)
    right: int = 0
    placed: int = 0
    too_small: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, other: Tried) -> None:
        self.verdicts += other.verdicts
        self.right += other.right
        self.placed += other.placed
        self.too_small += other.too_small
        self.seconds += other.seconds

    @property
    def rooms(self) -> int:
        return self.verdicts.total()

    @property
    def groups(self) -> int:
        return sum(self.verdicts[verdict] for verdict in GROUPS)


def all_cells() -> list[Cell]:
    """Every cell of the tables."""
    cells = [Cell("shuffled", kind, filled, 250) for kind in SHUFFLED for filled in (FULL, THIN)]
    for kind in LINES:
        cells += [Cell("line", kind, FULL, 40), Cell("line", kind, THIN, 60)]
    for apart, full, thin in ((0.4, 40, 20), (0.5, 140, 60), (0.6, 40, 140), (0.7, 20, 40)):
        for sizes in ("20+20", "28+12"):
            kind = f"{sizes}, d = {apart}"
            cells += [Cell("two", kind, FULL, full), Cell("two", kind, THIN, thin)]
    for part, kinds, rooms in (("three", THREE, 30), ("other", OTHERS, 30), ("missed", MISSED, 30)):
        cells += [Cell(part, kind, filled, rooms) for kind in kinds for filled in (FULL, THIN)]
    cells += [Cell("small", kind, filled, 40) for kind in TOO_SMALL for filled in (FULL, THIN)]
    return (
        cells
        + other_sizes()
        + [Cell("real", pool, filled, 20) for pool in real.pools() for filled in (FULL, THIN)]
    )


def other_sizes() -> list[Cell]:
    cells = []
    for people, statements in ((20, 30), (60, 30), (100, 30), (40, 15), (40, 60)):
        for filled in (FULL, THIN):
            size = {"people": people, "statements": statements}
            cells += [
                Cell("size: line", kind, filled, 8, **size)
                for kind in ("normal, slope 1", "even, slope 1", "even, slope 2", "exponential")
            ]
            cells.append(Cell("size: two", "20+20, d = 0.6", filled, 12, **size))
    return cells


def try_cell(cell: Cell) -> Tried:
    """Every room of a cell. Seeds are made of the cell, so that rooms are the same on every machine."""
    quick.be_quick()
    tried = Tried()
    for at in range(cell.first, cell.first + cell.rooms):
        named = zlib.crc32(f"{cell.part} {cell.kind} {cell.people} {cell.statements}".encode())
        chance = np.random.default_rng([named, round(100 * cell.filled), at])
        drawn = (
            real.draw(cell.kind, chance)
            if cell.part == "real"
            else KINDS[cell.kind](chance, cell.people, cell.statements)
        )
        _try(tried, drawn, _votes_of(drawn, chance.random(drawn.votes.shape) < cell.filled), seed=at)
    return tried


def _votes_of(drawn: Drawn, kept: np.ndarray) -> Votes:
    person, statement = np.nonzero(kept & ~np.isnan(drawn.votes))
    said = drawn.votes[person, statement].astype(np.int8)
    people, statements = drawn.votes.shape
    voices, names = ([str(each) for each in range(many)] for many in (people, statements))
    return arrange_arrays(voices, names, person, statement, said)


def _try(tried: Tried, drawn: Drawn, votes: Votes, seed: int) -> None:
    begun = time.process_time()
    said = room(votes, seed=seed, ranges=False)
    tried.seconds.append(time.process_time() - begun)
    tried.verdicts[str(said.verdict)] += 1
    if said.groups is None:
        return
    sizes = Counter(group for group in said.groups if group is not None)
    tried.too_small += min(sizes.values()) < 5
    if drawn.camps is not None:
        # a group counts as the camp that most of it belongs to
        for group, size in sizes.items():
            inside = Counter(int(c) for c, g in zip(drawn.camps, said.groups, strict=True) if g == group)
            tried.right += max(inside.values())
            tried.placed += size
