"""How many agreed, disagreed and passed: a row of counts for every group, and one for everybody else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.compiled import compiled, is_worth_it
from betterstory.engines.consensus.table import without_sign
from betterstory.engines.consensus.votes import Votes

type Counts = NDArray[np.int64]
type Shares = NDArray[np.float64]
type Labels = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts by group and statement. `seen` counts passes too."""

    agreed: Counts
    disagreed: Counts
    seen: Counts

    @property
    def passed(self) -> Counts:
        return self.seen - self.agreed - self.disagreed

    @property
    def together(self) -> Tally:
        """All groups as one row."""
        return Tally(*(part.sum(axis=0, keepdims=True) for part in (self.agreed, self.disagreed, self.seen)))

    @property
    def others(self) -> Tally:
        """For every group, all the other groups."""
        whole = self.together
        return Tally(whole.agreed - self.agreed, whole.disagreed - self.disagreed, whole.seen - self.seen)


def count(votes: Votes, backend: str = "auto") -> Tally:
    """What everybody said, in one row."""
    return count_groups(votes, np.zeros(len(votes.voices), dtype=np.int64), 1, backend)


def count_groups(votes: Votes, group: Labels, many: int, backend: str = "auto") -> Tally:
    """What each of `many` groups said; `group` has a place for every voice, -1 for those in no group."""
    statements = len(votes.statements)
    if is_worth_it(len(votes.said), backend):
        cells = np.zeros((many + 1, statements, 3), dtype=np.int64)
        compiled().count(*without_sign(votes), (group + 1).view(np.uint64), cells)
    else:
        key = np.repeat((group + 1) * (3 * statements) + 1, np.diff(votes.starts))
        key += votes.statement * np.int64(3)
        key += votes.said
        cells = np.bincount(key, minlength=(many + 1) * statements * 3).reshape(many + 1, statements, 3)
    cells = cells[1:]
    return Tally(cells[:, :, 2], cells[:, :, 0], cells.sum(axis=2))


def smoothed(said: Counts, seen: Counts) -> Shares:
    """The share who said so, with one imagined voice for it and one against."""
    return (said + 1) / (seen + 2)


def more_than_half(said: Counts, seen: Counts) -> Shares:
    """How clearly it is more than half: about normal where it is just half."""
    return 2 * np.sqrt(seen + 1) * ((said + 1) / (seen + 1) - 0.5)


def more_than_others(said: Counts, seen: Counts, said_there: Counts, seen_there: Counts) -> Shares:
    """How clearly more say so here than there: about normal where it is the same share."""
    here, there = (said + 1) / (seen + 1), (said_there + 1) / (seen_there + 1)
    both = (said + said_there + 2) / (seen + seen_there + 2)
    spread = np.sqrt(both * (1 - both) * (1 / (seen + 1) + 1 / (seen_there + 1)))
    return np.divide(here - there, spread, out=np.zeros_like(spread), where=both != 1)
