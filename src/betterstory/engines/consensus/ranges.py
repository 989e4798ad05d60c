"""How sure a ranking is: the same room drawn again a thousand times.

The bootstrap of people (Efron 1979, Annals of Statistics 7): everybody is drawn with replacement, the
main line and both ends are found anew, and the middle 80 % of what came out is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.both_ends import read_ends
from betterstory.engines.consensus.sheet import Floats, Sheet

ROOMS = 1_000
ROUNDS = 12
TOP = 5
AT_ONCE = 250
"""So many rooms at once, so that their places fit into the processor's own memory."""


@dataclass(frozen=True, eq=False)
class Ranges:
    """For each statement: the 80 % range of the share that agrees, and how often it is in the best five."""

    low: Floats
    high: Floats
    in_top: Floats


def draw_ranges(sheet: Sheet, loading: Floats, late: NDArray[np.bool_], seed: int) -> Ranges:
    """Ranges over a thousand rooms. What is late is in no top."""
    people, statements = sheet.shape
    chance = np.random.default_rng([seed, 1])
    shares, times = [], np.zeros(statements)
    for _ in range(ROOMS // AT_ONCE):
        weights = chance.multinomial(people, np.full(people, 1 / people), size=AT_ONCE).astype(np.float64)
        ends = read_ends(sheet, loading, weights, rounds=ROUNDS)
        shares.append(ends.share)
        best = np.argsort(-np.where(late, -np.inf, ends.value), axis=1, kind="stable")[:, :TOP]
        times += np.bincount(best.ravel(), minlength=statements)
    low, high = _middle(np.concatenate(shares))
    return Ranges(low, high, np.where(late, 0, times / ROOMS))


def _middle(shares: Floats) -> tuple[Floats, Floats]:
    """The 10th and 90th percentile of each column, leaving out rooms in which nobody heard the statement."""
    shares = np.sort(shares, axis=0)
    known = np.sum(~np.isnan(shares), axis=0)
    low, high = (
        np.take_along_axis(
            shares, np.round(part * np.maximum(known - 1, 0)).astype(np.int64)[None, :], axis=0
        )[0]
        for part in (0.1, 0.9)
    )
    return low, high
