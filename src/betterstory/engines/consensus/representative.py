"""What each group says that others say less, in Polis's way: at most five, the best agreement first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.tally import Tally, more_than_half, more_than_others, smoothed

type Answer = Literal["agree", "disagree"]
type Numbers = NDArray[np.float64]

CLEARLY = 1.2815515655446004
"""One-sided 90 %. No correction for asking of many statements: about one in ten is found by chance."""
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, and that `many` of the `of` who saw it say so: a smoothed `share`, `clearly` over half."""

    statement: str
    says: Answer
    many: int
    of: int
    share: float
    clearly: float


@dataclass(frozen=True, slots=True)
class Representative(Said):
    """`times` the others' share, `more_clearly` than they; `best_agree` where it leads for being agreed.

    `agreed` is how many agree, whatever it `says`: a best agreement that others share as much is filed by
    Polis under disagreeing, and shown as agreed all the same.
    """

    times: float
    more_clearly: float
    agreed: int
    best_agree: bool = False


@dataclass(frozen=True, eq=False)
class Measured:
    """Of one group, for one answer, by statement."""

    many: NDArray[np.int64]
    share: Numbers
    clearly: Numbers
    times: Numbers
    more_clearly: Numbers

    @property
    def stands_out(self) -> NDArray[np.bool_]:
        return (self.clearly > CLEARLY) & (self.more_clearly > CLEARLY)

    @property
    def weight(self) -> Numbers:
        return self.times * self.more_clearly * self.share * self.clearly


def find_representative(
    tally: Tally, statements: Sequence[str], aside: NDArray[np.bool_]
) -> tuple[tuple[Representative, ...], ...]:
    """For each group. Statements put aside are not shown."""
    others = tally.others
    agree = _measure(tally.agreed, tally.seen, others.agreed, others.seen)
    disagree = _measure(tally.disagreed, tally.seen, others.disagreed, others.seen)
    return tuple(
        _of_group(agree[group], disagree[group], tally.seen[group], statements, np.flatnonzero(~aside))
        for group in range(len(tally.seen))
    )


def _measure(
    said: NDArray[np.int64], seen: NDArray[np.int64], there: NDArray[np.int64], seen_there: NDArray[np.int64]
) -> list[Measured]:
    share = smoothed(said, seen)
    whole = (
        said,
        share,
        more_than_half(said, seen),
        share / smoothed(there, seen_there),
        more_than_others(said, seen, there, seen_there),
    )
    return [Measured(*(part[group] for part in whole)) for group in range(len(said))]


def _of_group(
    agree: Measured,
    disagree: Measured,
    seen: NDArray[np.int64],
    statements: Sequence[str],
    kept: NDArray[np.int64],
) -> tuple[Representative, ...]:
    agrees = agree.more_clearly > disagree.more_clearly
    weight = np.where(agrees, agree.weight, disagree.weight)
    stand_out = kept[(agree.stands_out | disagree.stands_out)[kept]]
    best = _best_agree(agree, disagree, kept)
    order = [
        int(place) for place in stand_out[np.argsort(-weight[stand_out], kind="stable")] if place != best
    ]
    if best is not None:
        order.insert(0, best)
    elif not order and len(kept):
        order = [int(kept[np.argmax(np.maximum(agree.more_clearly, disagree.more_clearly)[kept])])]
    shown = [_shown(agree, disagree, int(seen[at]), at, statements[at], at == best) for at in order[:SHOWN]]
    return tuple(sorted(shown, key=lambda each: each.says))


def _shown(
    agree: Measured, disagree: Measured, seen: int, place: int, statement: str, best: bool
) -> Representative:
    """As it is said more here than there: agreeing or disagreeing."""
    agrees = bool(agree.more_clearly[place] > disagree.more_clearly[place])
    measured = agree if agrees else disagree
    return Representative(
        statement=statement,
        says="agree" if agrees else "disagree",
        many=int(measured.many[place]),
        of=seen,
        share=float(measured.share[place]),
        clearly=float(measured.clearly[place]),
        times=float(measured.times[place]),
        more_clearly=float(measured.more_clearly[place]),
        agreed=int(agree.many[place]),
        best_agree=best,
    )


def _best_agree(agree: Measured, disagree: Measured, kept: NDArray[np.int64]) -> int | None:
    """Going through the statements in order: the first that is agreed with at all, then each that beats the
    one before: against the others once that one is said more here than there, by itself until then."""
    answered = kept[(agree.many[kept] > 0) | (disagree.many[kept] > 0)]
    good = (agree.clearly > CLEARLY) | ((agree.times > 1) & (agree.share > 0.5))
    found = np.flatnonzero(good[answered])
    if not len(found):
        return None
    at = int(found[0])
    weight, alone = agree.weight[answered], (agree.share * agree.clearly)[answered]
    while True:
        measure = weight if agree.times[answered[at]] > 1 else alone
        better = np.flatnonzero(measure[at + 1 :] > measure[at])
        if not len(better):
            return int(answered[at])
        at += 1 + int(better[0])
