"""Points put with the nearest of a few centres, the centres moved to their middle, until they rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.compiled import compiled

type Numbers = NDArray[np.float64]
type Labels = NDArray[np.int64]

MOST_ROUNDS, AT_REST = 100, 0.01
AT_ONCE = 20_000
"""Distances that fit where the processor reaches them quickly."""
WORTH_LOOKING_AROUND = 5_000
"""Fewer points than this are quicker held against every centre."""


@dataclass(frozen=True, eq=False)
class Clusters:
    """Which cluster each point is in, and their centres. No cluster is empty."""

    label: Labels
    centres: Numbers

    @property
    def sizes(self) -> Labels:
        return np.bincount(self.label, minlength=len(self.centres))


def first_distinct(points: Numbers, most: int) -> Numbers:
    """The first points that differ, at most so many, in their order."""
    found: dict[tuple[float, ...], None] = {}
    for begin in range(0, len(points), most):
        for point in points[begin : begin + most].tolist():
            found.setdefault(tuple(point))
            if len(found) == most:
                return np.array(list(found))
    return np.array(list(found)).reshape(-1, 2)


def settle(points: Numbers, weights: Numbers, centres: Numbers, *, fast: bool = False) -> Clusters:
    """Lloyd's steps from these centres. A centre that nothing is nearest to is dropped."""
    label: Labels | None = None
    rounds = 0
    while True:
        rounds += 1
        label = nearest_compiled(points, centres, label) if fast else nearest(points, centres)
        weight = np.bincount(label, weights, len(centres))
        there = weight > 0
        whole = bool(there.all())
        if not whole:
            label = (np.cumsum(there) - 1)[label]
            centres, weight = centres[there], weight[there]
        middles = np.stack([np.bincount(label, weights * axis, len(weight)) for axis in points.T], axis=1)
        middles /= weight[:, None]
        moved = np.hypot(*(middles - centres).T)
        centres = middles
        if rounds > MOST_ROUNDS or (whole and moved.max(initial=0) < AT_REST):
            return Clusters(label, centres)


def nearest(points: Numbers, centres: Numbers) -> Labels:
    """The nearest centre of each point; of two equally near, the first."""
    label = np.empty(len(points), dtype=np.int64)
    size = min(len(points), max(1, AT_ONCE // len(centres)))
    apart, up = np.empty((2, size, len(centres)))
    for begin in range(0, len(points), size):
        here = points[begin : begin + size, :, None]
        many = len(here)
        np.subtract(here[:, 0], centres[:, 0], out=apart[:many])
        np.subtract(here[:, 1], centres[:, 1], out=up[:many])
        np.square(apart, out=apart)
        np.square(up, out=up)
        np.add(apart, up, out=apart)
        apart[:many].argmin(axis=1, out=label[begin : begin + size])
    return label


def nearest_compiled(points: Numbers, centres: Numbers, before: Labels | None) -> Labels:
    """The same, from the centres that were nearest before these moved."""
    if before is None or len(points) < WORTH_LOOKING_AROUND:
        label = np.empty(len(points), dtype=np.int64)
        compiled().nearest(points, centres, label)
        return label
    label = before.copy()
    gaps = sum(np.square(np.subtract.outer(axis, axis)) for axis in centres.T)
    beside = gaps.argsort(axis=1, kind="stable")
    compiled().nearer(points, centres, beside, np.take_along_axis(gaps, beside, axis=1), label)
    return label
