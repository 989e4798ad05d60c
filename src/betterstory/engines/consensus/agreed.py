"""What most agree with: over everybody, and in every group at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.representative import CLEARLY, SHOWN, Answer, Said
from betterstory.engines.consensus.tally import Tally, more_than_half, smoothed


@dataclass(frozen=True, slots=True)
class Consensus:
    """Statements that clearly more than half agree with, and those they disagree with; at most five each."""

    agree: tuple[Said, ...]
    disagree: tuple[Said, ...]


def find_consensus(everybody: Tally, statements: Sequence[str], aside: NDArray[np.bool_]) -> Consensus:
    """Over all who voted, grouped or not."""
    seen = everybody.seen[0]

    def top(said: NDArray[np.int64], says: Answer) -> tuple[Said, ...]:
        share, clearly = smoothed(said, seen), more_than_half(said, seen)
        found = np.flatnonzero((share > 0.5) & (clearly > CLEARLY) & ~aside)
        order = found[np.argsort(-(share * clearly)[found], kind="stable")][:SHOWN]
        return tuple(
            Said(statements[at], says, int(said[at]), int(seen[at]), float(share[at]), float(clearly[at]))
            for at in order
        )

    return Consensus(top(everybody.agreed[0], "agree"), top(everybody.disagreed[0], "disagree"))


def agreed_in_every_group(groups: Tally) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Polis's group-informed consensus, for agreeing and for disagreeing: the groups' shares multiplied."""
    agreed, disagreed = (smoothed(said, groups.seen) for said in (groups.agreed, groups.disagreed))
    return agreed.prod(axis=0), disagreed.prod(axis=0)
