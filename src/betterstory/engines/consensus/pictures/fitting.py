"""Fitting pictures to votes, many at once, and what each is worth.

Given where a person stands, the answers are independent: P(agree on j) = 1 / (1 + exp(-b_j.f)). Slopes
b_j have a normal prior. The fit is EM for a latent class or item response model on fixed places (Bock and
Aitkin 1981, Psychometrika 46). The evidence integrates levels and slopes out (Laplace's approximation;
Tierney and Kadane 1986, JASA 81): E = L + pen - 1/2 sum_j log det(H_j diag(sd^2)).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.pictures import quick
from betterstory.engines.consensus.pictures.logistic import curvature, determinant, pairs, spread_left, step
from betterstory.engines.consensus.pictures.picture import Fitted, Pictures, together
from betterstory.engines.consensus.sheet import Floats, Sheet

MOST_ROUNDS = 60
NEWTON_STEPS = 2
SPREAD_TIMES, SPREAD_ROUNDS = 4, 12
LEAST_SPREAD, MOST_SPREAD = 0.25, 3.0


@dataclass(frozen=True, eq=False)
class Seen:
    """Pictures held against the votes.

    `agreeing` is P(agree): pictures x places x statements; `chances` where people stand: pictures x
    places x people; `score` is L + pen.
    """

    agreeing: Floats
    chances: Floats
    score: Floats

    def take(self, which: NDArray[np.bool_]) -> Seen:
        return Seen(self.agreeing[which], self.chances[which], self.score[which])


def expect(sheet: Sheet, pictures: Pictures) -> Seen:
    """The E step: where each person stands, given the slopes."""
    turned = pictures.places.transpose(0, 2, 1)
    agreeing = _agreeing(turned, pictures.slopes)
    # log(1 - P) is log P less the slope's sum, so that one logarithm serves both answers
    told = np.log(agreeing) @ sheet.decided.T
    told -= turned @ (pictures.slopes @ sheet.disagree.T)
    told += pictures.log_chance[:, :, None]
    most = told.max(axis=1, keepdims=True)
    told -= most
    chances = np.exp(told, out=told)
    total = chances.sum(axis=1, keepdims=True)
    chances *= pictures.there[:, None, :] / total
    likelihood = ((most + np.log(total))[:, 0] * pictures.there).sum(axis=1)
    penalty = -0.5 * ((pictures.slopes / pictures.spread[:, :, None]) ** 2).sum(axis=(1, 2))
    return Seen(agreeing, chances, likelihood + penalty)


def improve(sheet: Sheet, pictures: Pictures, seen: Seen) -> Pictures:
    """The M step: camps as they were counted, then Newton's steps for the slopes."""
    agreeing = None if pictures.camps else seen.agreeing
    pictures = pictures.counted(seen.chances)
    turned = pictures.places.transpose(0, 2, 1)
    counts = seen.chances @ sheet.decided
    towards = (pictures.places @ seen.chances) @ sheet.agree
    products, precision = pairs(pictures.places), pictures.spread**-2
    slopes = pictures.slopes
    for _ in range(NEWTON_STEPS):
        if agreeing is None:
            agreeing = _agreeing(turned, slopes)
        expected = counts * agreeing
        uphill = towards - pictures.places @ expected - slopes * precision[:, :, None]
        expected *= 1 - agreeing
        slopes = slopes + step(curvature(expected, products, precision), uphill)
        agreeing = None
    return replace(pictures, slopes=slopes)


def go_on(sheet: Sheet, pictures: Pictures, rounds: int) -> Pictures:
    """So many rounds, come what may."""
    if quick.is_quick():
        return quick.settle(sheet, pictures, rounds, -np.inf)
    for _ in range(rounds):
        pictures = improve(sheet, pictures, expect(sheet, pictures))
    return pictures


def fit(sheet: Sheet, pictures: Pictures, *, gain: float) -> Fitted:
    """Each picture until a round gains less than `gain`, or for 60 rounds."""
    if quick.is_quick():
        return weigh(sheet, quick.settle(sheet, pictures, MOST_ROUNDS, gain))
    several = len(pictures.slopes)
    going, active, before = np.arange(several), pictures, np.full(several, -np.inf)
    ended: list[tuple[NDArray[np.int64], Pictures]] = []
    for _ in range(MOST_ROUNDS):
        seen = expect(sheet, active)
        goes_on = seen.score - before >= gain
        if not goes_on.all():
            ended.append((going[~goes_on], active.take(~goes_on)))
            going, active, seen = going[goes_on], active.take(goes_on), seen.take(goes_on)
        if not len(going):
            break
        before = seen.score
        active = improve(sheet, active, seen)
    return weigh(sheet, together([*ended, (going, active)]))


def weigh(sheet: Sheet, pictures: Pictures) -> Fitted:
    """The evidence for pictures as they are."""
    seen = expect(sheet, pictures)
    weight = (seen.chances @ sheet.decided) * seen.agreeing * (1 - seen.agreeing)
    bent = curvature(weight, pairs(pictures.places), pictures.spread**-2)
    less_room = np.log(determinant(bent) * (pictures.spread**2).prod(axis=1)[:, None])
    return Fitted(pictures, seen.chances, seen.score, seen.score - 0.5 * less_room.sum(axis=1), bent)


def fit_spread(sheet: Sheet, pictures: Pictures) -> Pictures:
    """The prior's spread of slopes as the votes have it, four times, with 12 rounds after each.

    Empirical Bayes: s^2 is the mean over statements of slope^2 + [H^-1] (Dempster, Laird and Rubin 1977).
    """
    for _ in range(SPREAD_TIMES):
        bent = weigh(sheet, pictures).bent
        square = (pictures.slopes[:, 1:] ** 2 + spread_left(bent)).mean(axis=(1, 2))
        spread = pictures.spread.copy()
        spread[:, 1:] = np.clip(np.sqrt(square), LEAST_SPREAD, MOST_SPREAD)[:, None]
        pictures = go_on(sheet, replace(pictures, spread=spread), SPREAD_ROUNDS)
    return pictures


def _agreeing(turned: Floats, slopes: Floats) -> Floats:
    """1 / (1 + exp(-b.f)), in the memory of b.f."""
    found: Floats = turned @ slopes
    np.negative(found, out=found)
    np.exp(found, out=found)
    found += 1
    return np.divide(1, found, out=found)
