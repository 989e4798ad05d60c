"""Which sentence a voice meets next: one not answered yet, the most telling ones more often first.

In the hall it is the printed order, so that phone, sheet and screen stay together. From elsewhere it is
drawn, with a chance that grows with how telling a sentence is; the draw rests on the voice alone, so that
a page asked for again shows the same sentence.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from math import log
from typing import Protocol
from uuid import UUID


class Asked(Protocol):
    """A sentence that is asked, whatever else is known of it."""

    @property
    def pk(self) -> int: ...


def pick_next[Each: Asked](
    voice: UUID, open_ones: Sequence[Each], *, weights: Mapping[int, float]
) -> Each | None:
    """The next of those not answered yet; without a weight all are alike.

    Each gets -log(chance) / weight and the least wins, which draws one with chance proportional to its
    weight (Efraimidis and Spirakis, 2006).
    """
    return min(
        open_ones,
        key=lambda one: (-log(_chance(voice, one.pk)) / max(weights.get(one.pk, 1.0), 1e-9), one.pk),
        default=None,
    )


def _chance(voice: UUID, statement: int) -> float:
    """A number between 0 and 1, always the same for this voice and sentence."""
    drawn = sha256(f"{voice}:{statement}".encode()).digest()
    return (int.from_bytes(drawn[:8]) + 1) / (2**64 + 1)
