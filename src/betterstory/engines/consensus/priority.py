"""Which statement to show next: what is agreed with, seldom passed, carries far, and was seen by few."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.tally import Tally, smoothed

META = 7.0
NEW, HALVED_EVERY = 8, 5
"""An unseen statement counts nine times; the eight fall by half with every five voices that saw it."""


def find_priorities(
    grouped: Tally, extremity: NDArray[np.float64], meta: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """From the votes of those who are grouped. Drawing goes in proportion to these."""
    agreed, passed, seen = (part.sum(axis=0) for part in (grouped.agreed, grouped.passed, grouped.seen))
    importance = smoothed(agreed, seen) * (1 - smoothed(passed, seen)) * (1 + extremity)
    lifted = importance * (1 + NEW * 2.0 ** (-seen / HALVED_EVERY))
    return np.asarray(np.where(meta, META, lifted) ** 2)
