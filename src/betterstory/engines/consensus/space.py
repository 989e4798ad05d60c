"""Where everybody stands: the centre, the two main lines, each voice's place, each statement's reach."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.compiled import is_worth_it
from betterstory.engines.consensus.main_lines import main_lines
from betterstory.engines.consensus.table import CompiledTable, Table
from betterstory.engines.consensus.tally import Tally
from betterstory.engines.consensus.votes import Votes

type Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Space:
    """`centre` is the mean vote on a statement; `components` two rows of loadings; `positions` two numbers a
    voice; `extremity` how far an agreement with that statement alone would carry somebody."""

    centre: Numbers
    components: Numbers
    positions: Numbers
    extremity: Numbers


def find_space(votes: Votes, everybody: Tally, backend: str = "auto") -> Space:
    """From the votes of all voices. A statement put aside is zero for everybody, and counts as said."""
    heard = everybody.seen[0] > 0
    aside = votes.aside & heard
    centre = np.zeros(len(heard))
    kept = heard & ~aside
    centre[kept] = (everybody.agreed[0] - everybody.disagreed[0])[kept] / everybody.seen[0][kept]
    table = (CompiledTable if is_worth_it(len(votes.said), backend) else Table)(
        votes, centre, kept.astype(np.float64)
    )
    components = main_lines(table.there_and_back, len(centre)) * kept
    scale = float(np.sqrt(np.count_nonzero(heard)))
    voted = np.diff(votes.starts) + np.count_nonzero(aside)
    if aside.any():
        voted = voted - np.bincount(votes.voice[aside[votes.statement]], minlength=len(voted))
    stretch = scale / np.sqrt(np.maximum(1, voted))
    positions = np.stack([table.along(line) for line in components], axis=1) * stretch[:, None]
    extremity = scale * np.abs(1 - centre) * np.hypot(*components)
    return Space(centre, components, positions, extremity)
