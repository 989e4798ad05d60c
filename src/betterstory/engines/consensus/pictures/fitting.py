"""Fitting pictures to votes, many at once, and what each is worth.

Given where a person stands, the answers are independent: P(agree on j) = 1 / (1 + exp(-b_j.f)). Slopes
b_j have a normal prior. The fit is EM for a latent class or item response model on fixed places (Bock and
Aitkin 1981, Psychometrika 46). The evidence integrates levels and slopes out (Laplace's approximation;
Tierney and Kadane 1986, JASA 81): E = L + pen - 1/2 sum_j log det(H_j diag(sd^2)).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.pictures.camps import Camps
from betterstory.engines.consensus.pictures.logistic import curvature, determinant, pairs, spread_left, step
from betterstory.engines.consensus.sheet import Floats, Sheet

MOST_ROUNDS = 60
NEWTON_STEPS = 2
LEVEL_SPREAD = 2.5


@dataclass(frozen=True, eq=False)
class Pictures:
    """Several pictures of one sheet.

    `places` is pictures x places x (1, coordinates), `log_chance` pictures x places, `spread` the prior's
    standard deviations, `slopes` pictures x statements x (level, slopes), and `there` (pictures x people)
    is 1 where a person is looked at and 0 where they are left out. `camps` move as they are counted.
    """

    places: Floats
    log_chance: Floats
    spread: Floats
    slopes: Floats
    there: Floats
    camps: Camps | None = None

    def take(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> Self:
        """Some of them."""
        return replace(
            self,
            places=self.places[which],
            log_chance=self.log_chance[which],
            spread=self.spread[which],
            slopes=self.slopes[which],
            there=self.there[which],
            camps=self.camps.take(which) if self.camps else None,
        )


@dataclass(frozen=True, eq=False)
class Seen:
    """Pictures held against the votes: P(agree) at each place, where people stand, and L + pen."""

    agreeing: Floats
    chances: Floats
    score: Floats


@dataclass(frozen=True, eq=False)
class Fitted:
    """Pictures fitted to the end, what they say about people, and the evidence for each."""

    pictures: Pictures
    chances: Floats
    score: Floats
    evidence: Floats
    bent: Floats

    def take(self, which: NDArray[np.int64]) -> Fitted:
        return Fitted(
            self.pictures.take(which),
            self.chances[which],
            self.score[which],
            self.evidence[which],
            self.bent[which],
        )

    @property
    def stand(self) -> Floats:
        """The mean place of each person: pictures x people x coordinates."""
        found: Floats = self.chances @ self.pictures.places[:, :, 1:]
        return found


def expect(sheet: Sheet, pictures: Pictures) -> Seen:
    """The E step: where each person stands, given the slopes."""
    turned = pictures.places.transpose(0, 2, 1)
    agreeing = 1 / (1 + np.exp(-(pictures.slopes @ turned)))
    # log(1 - P) is log P less the slope's sum, so that one logarithm serves both answers
    told = sheet.decided @ np.log(agreeing) - (sheet.disagree @ pictures.slopes) @ turned
    told += pictures.log_chance[:, None, :]
    most = told.max(axis=2, keepdims=True)
    chances = np.exp(told - most)
    total = chances.sum(axis=2, keepdims=True)
    chances *= pictures.there[:, :, None] / total
    likelihood = ((most + np.log(total))[:, :, 0] * pictures.there).sum(axis=1)
    penalty = -0.5 * ((pictures.slopes / pictures.spread[:, None, :]) ** 2).sum(axis=(1, 2))
    return Seen(agreeing, chances, likelihood + penalty)


def improve(sheet: Sheet, pictures: Pictures, seen: Seen) -> Pictures:
    """The M step: camps as they were counted, then Newton's steps for the slopes."""
    agreeing: Floats | None = seen.agreeing
    if pictures.camps:
        camps = pictures.camps.counted(seen.chances, pictures.there.sum(axis=1))
        places, log_chance = camps.places()
        pictures = replace(pictures, camps=camps, places=places, log_chance=log_chance)
        agreeing = None
    counts = sheet.decided.T @ seen.chances
    towards = sheet.agree.T @ (seen.chances @ pictures.places)
    products, precision = pairs(pictures.places), pictures.spread**-2
    slopes = pictures.slopes
    for _ in range(NEWTON_STEPS):
        if agreeing is None:
            agreeing = 1 / (1 + np.exp(-(slopes @ pictures.places.transpose(0, 2, 1))))
        expected = counts * agreeing
        uphill = towards - expected @ pictures.places - slopes * precision[:, None, :]
        slopes = slopes + step(curvature(expected * (1 - agreeing), products, precision), uphill)
        agreeing = None
    return replace(pictures, slopes=slopes)


def go_on(sheet: Sheet, pictures: Pictures, rounds: int) -> Pictures:
    """So many rounds, come what may."""
    for _ in range(rounds):
        pictures = improve(sheet, pictures, expect(sheet, pictures))
    return pictures


def fit(sheet: Sheet, pictures: Pictures, *, gain: float) -> Fitted:
    """Each picture until a round gains less than `gain`, or for 60 rounds."""
    several = len(pictures.slopes)
    going, active, before = np.arange(several), pictures, np.full(several, -np.inf)
    ended: list[tuple[NDArray[np.int64], Pictures]] = []
    for _ in range(MOST_ROUNDS):
        seen = expect(sheet, active)
        goes_on = seen.score - before >= gain
        if not goes_on.all():
            ended.append((going[~goes_on], active.take(~goes_on)))
            going, active = going[goes_on], active.take(goes_on)
            seen = Seen(seen.agreeing[goes_on], seen.chances[goes_on], seen.score[goes_on])
        if not len(going):
            break
        before = seen.score
        active = improve(sheet, active, seen)
    return weigh(sheet, together([*ended, (going, active)]))


def together(ended: list[tuple[NDArray[np.int64], Pictures]]) -> Pictures:
    """Pictures that ended at different times, in their own order again."""
    order = np.argsort(np.concatenate([which for which, _pictures in ended]))
    several = [pictures for _which, pictures in ended]

    def joined(name: str) -> Floats:
        found: Floats = np.concatenate([getattr(each, name) for each in several])[order]
        return found

    camps = [each.camps for each in several if each.camps]
    return Pictures(
        joined("places"),
        joined("log_chance"),
        joined("spread"),
        joined("slopes"),
        joined("there"),
        Camps(
            np.concatenate([each.shares for each in camps])[order],
            np.concatenate([each.inside for each in camps])[order],
            camps[0].crossed,
        )
        if camps
        else None,
    )


def weigh(sheet: Sheet, pictures: Pictures) -> Fitted:
    """The evidence for pictures as they are."""
    seen = expect(sheet, pictures)
    weight = (sheet.decided.T @ seen.chances) * seen.agreeing * (1 - seen.agreeing)
    bent = curvature(weight, pairs(pictures.places), pictures.spread**-2)
    room_left = np.log(determinant(bent) * (pictures.spread**2).prod(axis=1)[:, None])
    return Fitted(pictures, seen.chances, seen.score, seen.score - 0.5 * room_left.sum(axis=1), bent)


def fit_spread(sheet: Sheet, pictures: Pictures) -> Pictures:
    """The prior's spread of slopes as the votes have it, four times, with 12 rounds after each.

    Empirical Bayes: s^2 is the mean over statements of slope^2 + [H^-1] (Dempster, Laird and Rubin 1977,
    JRSS B).
    """
    for _ in range(4):
        bent = weigh(sheet, pictures).bent
        square = (pictures.slopes[:, :, 1:] ** 2 + spread_left(bent)).mean(axis=(1, 2))
        slopes_spread = np.clip(np.sqrt(square), 0.25, 3)
        spread = np.concatenate(
            [pictures.spread[:, :1], np.repeat(slopes_spread[:, None], pictures.spread.shape[1] - 1, axis=1)],
            axis=1,
        )
        pictures = go_on(sheet, replace(pictures, spread=spread), 12)
    return pictures
