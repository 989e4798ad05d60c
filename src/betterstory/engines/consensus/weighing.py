"""Do camps explain the votes better than the best picture without camps?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from betterstory.engines.consensus.pictures.in_camps import three_camps, two_by_line, two_camps
from betterstory.engines.consensus.pictures.picture import Fitted
from betterstory.engines.consensus.pictures.spread_out import (
    bent_lines,
    disc,
    even_line,
    mean_evidence,
    other_lines,
    other_planes,
)
from betterstory.engines.consensus.pictures.starting import start
from betterstory.engines.consensus.sheet import Floats, Sheet


@dataclass(frozen=True, eq=False)
class BestCamps:
    """Of the pictures of so many camps the one with most evidence.

    `chances` is camps x people, and `inside` the spread within a camp.
    """

    chances: Floats
    inside: float


@dataclass(frozen=True)
class Weighed:
    """The weights of evidence for two and for three camps: logarithms of ratios of marginal likelihoods."""

    w2: float
    w3: float
    two: BestCamps
    three: BestCamps


def weigh_pictures(sheet: Sheet) -> Weighed:
    """Fit every picture and hold the camps against the best rival."""
    begun = start(sheet, np.ones((1, sheet.shape[0])))
    line = even_line(sheet, begun)
    flat = disc(sheet, begun, line)
    smooth = max(
        mean_evidence(line, other_lines(sheet, line)),
        mean_evidence(bent_lines(sheet, line)),
        mean_evidence(flat, other_planes(sheet, flat)),
    )
    two = two_camps(sheet, line)
    crossed = two_by_line(sheet, two, begun, flat)
    three = three_camps(sheet, flat, line)
    for_two, for_three = mean_evidence(two), mean_evidence(three)
    return Weighed(
        w2=for_two - smooth,
        w3=for_three - max(smooth, for_two, mean_evidence(crossed)),
        two=_best(two),
        three=_best(three),
    )


def _best(fitted: Fitted) -> BestCamps:
    best = fitted.best
    camps = best.pictures.camps
    return BestCamps(best.in_camps[0], float(camps.inside[0]) if camps else 0.0)
