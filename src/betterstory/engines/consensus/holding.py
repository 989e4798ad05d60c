"""Do camps hold? Enough people placed in each, and the same camps again when people are left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.pictures.in_camps import three_camps, two_camps
from betterstory.engines.consensus.pictures.spread_out import disc, even_line
from betterstory.engines.consensus.pictures.starting import start
from betterstory.engines.consensus.sheet import Floats, Sheet

SURE = 0.9
"""The chance from which somebody counts as placed."""
LEAST_IN_A_GROUP = 5
SMALL_GROUP, FILLED_FOR_SMALL = 8, 0.6
"""On thin votes a few others are placed with a real four or five: a small group needs most cells filled."""
LEAVE_OUTS, LEFT_OUT = 10, 0.2
LEAST_LIKENESS = 0.8


def do_hold(sheet: Sheet, chances: Floats, inside: float, *, filled: float, seed: int) -> bool:
    """Whether these camps may be shown. `chances` is camps x people, `inside` the spread within a camp."""
    placed = (chances >= SURE).sum(axis=1)
    if placed.min() < LEAST_IN_A_GROUP or (placed.min() < SMALL_GROUP and filled < FILLED_FOR_SMALL):
        return False
    return likeness(sheet, chances, inside, seed=seed) >= LEAST_LIKENESS


def likeness(sheet: Sheet, chances: Floats, inside: float, *, seed: int) -> float:
    """The median likeness of the camps to those found ten times without a fifth of the people."""
    camps, people = chances.shape
    there = left_out(people, seed)
    begun = start(sheet, there)
    line = even_line(sheet, begun)
    if camps == 2:
        fitted = two_camps(sheet, line, (inside,))
    else:
        fitted = three_camps(sheet, disc(sheet, begun, line), line, (inside,))
    again, before = fitted.in_camps.argmax(axis=1), chances.argmax(axis=0)
    alike = [adjusted_rand(before[kept], other[kept]) for kept, other in zip(there > 0, again, strict=True)]
    return float(np.median(alike))


def left_out(people: int, seed: int) -> Floats:
    """Ten rows of everybody, each with a fifth left out."""
    chance = np.random.default_rng([seed, 2])
    order = np.argsort(chance.random((LEAVE_OUTS, people)), axis=1).argsort(axis=1)
    return (order >= round(LEFT_OUT * people)).astype(np.float64)


def adjusted_rand(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """How alike two ways to sort people are: 1 the same, 0 as by chance (Hubert and Arabie 1985)."""
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)
    both, rows, columns = (_pairs(each) for each in (table, table.sum(axis=1), table.sum(axis=0)))
    everybody = _pairs(np.array([len(one)]))
    by_chance = rows * columns / everybody
    most = (rows + columns) / 2
    return 1.0 if most == by_chance else (both - by_chance) / (most - by_chance)


def _pairs(sizes: Floats | NDArray[np.int64]) -> float:
    return float((sizes * (sizes - 1) / 2).sum())
