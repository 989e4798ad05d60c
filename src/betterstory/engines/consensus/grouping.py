"""Who is grouped, and how: base clusters of people first, then a few groups of those."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.k_means import Clusters, first_distinct, settle
from betterstory.engines.consensus.votes import Votes

type Numbers = NDArray[np.float64]
type Labels = NDArray[np.int64]

ENOUGH_VOTES, ENOUGH_PEOPLE = 7, 15
BASE_CLUSTERS = 100
FEWEST, MOST, CLUSTERS_FOR_ONE_MORE = 2, 5, 12


@dataclass(frozen=True, eq=False)
class Grouping:
    """The group of each voice, -1 for those in none; the groups' centres; how well each number fits.

    A silhouette is between -1 and 1; where it can't be said there is none.
    """

    label: Labels
    centres: Numbers
    silhouettes: dict[int, float | None]


def find_grouped(votes: Votes, statements: int, kept: Collection[str] = ()) -> NDArray[np.bool_]:
    """Who voted enough, and who was in before. Where that is under 15, those with the most votes join."""
    many = np.diff(votes.starts)
    grouped = (many >= min(ENOUGH_VOTES, statements)) & (many > 0)
    if kept:
        were = set(kept)
        grouped |= np.array([voice in were for voice in votes.voices], dtype=np.bool_)
    missing = ENOUGH_PEOPLE - np.count_nonzero(grouped)
    if missing > 0:
        most_first = np.argsort(np.where(grouped, 0, -many), kind="stable")
        joining = most_first[:missing]
        grouped[joining[many[joining] > 0]] = True
    return grouped


def find_groups(
    positions: Numbers,
    grouped: NDArray[np.bool_],
    *,
    k: int | None = None,
    start: Numbers | None = None,
    fast: bool = False,
) -> Grouping:
    """Groups of those grouped: as many as asked for or as `start` has centres, else as many as fit best."""
    points = positions[grouped]
    label = np.full(len(positions), -1, dtype=np.int64)
    if not len(points):
        return Grouping(label, np.zeros((0, 2)), {})
    base = settle(points, np.ones(len(points)), first_distinct(points, BASE_CLUSTERS), fast=fast)
    weights = base.sizes.astype(np.float64)
    wanted = k if start is None else len(start)
    tried = {
        many: settle(base.centres, weights, first_distinct(base.centres, many))
        for many in _numbers(base, wanted)
    }
    if start is not None:
        tried[len(start)] = settle(base.centres, weights, start)
    silhouettes = score(base.centres, tried)
    chosen = tried[wanted or _best(silhouettes)]
    label[grouped] = chosen.label[base.label]
    return Grouping(label, chosen.centres, silhouettes)


def _numbers(base: Clusters, wanted: int | None) -> list[int]:
    most = min(MOST, FEWEST + len(base.centres) // CLUSTERS_FOR_ONE_MORE)
    return sorted({*range(FEWEST, most + 1), wanted or FEWEST})


def _best(silhouettes: dict[int, float | None]) -> int:
    """Of equally good numbers, the smallest."""
    return max(
        silhouettes, key=lambda many: (-2.0 if silhouettes[many] is None else silhouettes[many], -many)
    )


def score(points: Numbers, tried: dict[int, Clusters]) -> dict[int, float | None]:
    """The mean silhouette of each way of grouping these points. A point alone in its group scores 0."""
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    return {many: _silhouette(apart, clusters) for many, clusters in tried.items()}


def _silhouette(apart: Numbers, clusters: Clusters) -> float | None:
    if len(clusters.centres) < 2:
        return None
    sizes, own = clusters.sizes, clusters.label
    to_each = apart @ np.eye(len(sizes))[own]
    here = np.arange(len(own))
    within = to_each[here, own] / np.maximum(1, sizes[own] - 1)
    to_each = to_each / sizes
    to_each[here, own] = np.inf
    beyond = to_each.min(axis=1)
    larger = np.maximum(within, beyond)
    scores = np.divide(
        beyond - within, larger, out=np.zeros_like(larger), where=(sizes[own] > 1) & (larger > 0)
    )
    return float(scores.mean())
