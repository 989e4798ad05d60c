"""Pictures of two or three camps, from several starts; of each spread the best start is kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.pictures.camps import Camps, contrasts
from betterstory.engines.consensus.pictures.fitting import fit
from betterstory.engines.consensus.pictures.picture import Fitted, Pictures
from betterstory.engines.consensus.pictures.spread_out import FINE, ROUGH
from betterstory.engines.consensus.pictures.starting import Start
from betterstory.engines.consensus.sheet import Floats, Sheet

INSIDE_TWO = (0.0, 0.25, 0.45)
INSIDE_THREE = (0.0, 0.3)
SHARES_AT_FIRST = (0.5, 0.3, 0.7)
OFFSETS = (0, 30, 60, 90)
"""Degrees at which the plane is cut into three sectors."""
CLOSER = 10
"""Rounds of k-means after a cut."""


def two_camps(sheet: Sheet, line: Fitted, inside: tuple[float, ...] = INSIDE_TWO) -> Fitted:
    """For each set of people (a row of `line`) and each spread: two camps, the best of three starts."""
    sets = len(line.pictures.slopes)
    shares = np.array([(first, 1 - first) for first in SHARES_AT_FIRST])
    per_set = len(inside) * len(shares)
    again = line.pictures.take(np.repeat(np.arange(sets), per_set))
    camps = Camps(
        np.tile(shares, (sets * len(inside), 1)),
        np.tile(np.repeat(inside, len(shares)), sets).astype(np.float64),
    )
    return best_start(
        fit(sheet, _placed(camps, again.slopes, again.spread, again.there), gain=FINE), len(shares)
    )


def two_by_line(sheet: Sheet, two: Fitted, begun: Start, flat: Fitted) -> Fitted:
    """The best two camps crossed by a line: a second question that divides people independently."""
    best = two.best.pictures
    assert best.camps is not None  # noqa: S101 - they are two camps
    camps = Camps(best.camps.shares, best.camps.inside, crossed=True)
    slopes = np.concatenate([best.slopes, begun.slopes[:, 1:2]], axis=1)
    return fit(sheet, _placed(camps, slopes, flat.pictures.spread, best.there), gain=ROUGH)


def three_camps(sheet: Sheet, flat: Fitted, line: Fitted, inside: tuple[float, ...] = INSIDE_THREE) -> Fitted:
    """For each set of people (a row of `flat`) and each spread: three camps, the best of five starts."""
    shares, slopes = [], []
    for plane, along, there in zip(flat.stand, line.stand[:, 0], flat.pictures.there, strict=True):
        cuts = [*(_sectors(plane, offset) for offset in OFFSETS), _thirds(along, there)]
        begun = [_from_parts(sheet, _closer(plane, part, there), there) for part in cuts]
        shares += [each for each, _slopes in begun] * len(inside)
        slopes += [each for _shares, each in begun] * len(inside)
    starts = len(OFFSETS) + 1
    again = flat.pictures.take(np.repeat(np.arange(len(flat.stand)), starts * len(inside)))
    each_inside = np.tile(np.repeat(inside, starts), len(flat.stand)).astype(np.float64)
    camps = Camps(np.stack(shares), each_inside)
    return best_start(
        fit(sheet, _placed(camps, np.stack(slopes), again.spread, again.there), gain=ROUGH), starts
    )


def best_start(fitted: Fitted, starts: int) -> Fitted:
    """Of so many starts in a row, the one that explains most."""
    best = np.argmax(fitted.score.reshape(-1, starts), axis=1)
    return fitted.take(np.arange(len(best)) * starts + best)


def _placed(camps: Camps, slopes: Floats, spread: Floats, there: Floats) -> Pictures:
    places, log_chance = camps.places()
    return Pictures(places, log_chance, spread, slopes, there, camps)


def _sectors(plane: Floats, offset: int) -> NDArray[np.int64]:
    turned = np.degrees(np.arctan2(plane[1], plane[0])) - offset
    found: NDArray[np.int64] = (np.mod(turned, 360) // 120).astype(np.int64) % 3
    return found


def _thirds(along: Floats, there: Floats) -> NDArray[np.int64]:
    order = np.argsort(np.argsort(np.where(there > 0, along, np.inf), kind="stable"), kind="stable")
    return np.minimum(order * 3 // int(there.sum()), 2)


def _closer(plane: Floats, part: NDArray[np.int64], there: Floats) -> NDArray[np.int64]:
    """K-means from a first cut (Lloyd 1982, IEEE Transactions on Information Theory 28)."""
    for _ in range(CLOSER):
        member = (part[:, None] == np.arange(3)) * there[:, None]
        size = member.sum(axis=0)
        centres = (plane @ member) / np.maximum(size, 1)
        distance = ((plane[:, :, None] - centres[:, None, :]) ** 2).sum(axis=0)
        nearest = np.argmin(np.where(size > 0, distance, np.inf), axis=1)
        if np.array_equal(nearest, part):
            break
        part = nearest
    return part


def _from_parts(sheet: Sheet, part: NDArray[np.int64], there: Floats) -> tuple[Floats, Floats]:
    """The shares of three parts, and slopes that give each part its own smoothed log odds."""
    member = (part[:, None] == np.arange(3)) * there[:, None]
    shares = (member.sum(axis=0) + 1) / (there.sum() + 3)
    odds = np.log((member.T @ sheet.agree + 0.5) / (member.T @ sheet.disagree + 0.5))
    places = np.concatenate([np.ones((3, 1)), contrasts(shares[None])[0]], axis=1)
    slopes: Floats = np.linalg.solve(places, odds)
    return shares, slopes
