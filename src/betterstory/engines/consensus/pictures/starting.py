"""Where fits start: levels from shares, slopes from the first directions of the votes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from betterstory.engines.consensus.pictures.picture import Pictures
from betterstory.engines.consensus.sheet import Floats, Sheet

LEVEL_SPREAD, FIRST_SPREAD = 2.5, 1.5
STEEPEST = 3.0
FLATTEST = 0.08
"""The least variance of an answer that a slope is divided by."""


@dataclass(frozen=True, eq=False)
class Start:
    """`level` is sets x statements, `slopes` sets x directions x statements; `there` as in pictures."""

    level: Floats
    slopes: Floats
    there: Floats


def start(sheet: Sheet, there: Floats, directions: int = 2) -> Start:
    """A start for each set of people who are `there`."""
    statements = sheet.shape[1]
    votes = there @ sheet.decided
    share = (there @ sheet.agree + 0.5) / (votes + 1)
    known = sheet.decided * there[:, :, None]
    less_share = (sheet.agree - share[:, None, :]) * known
    stands = np.linalg.svd(less_share, full_matrices=False)[0][:, :, :directions]
    answered = np.maximum(sheet.decided.sum(axis=1), 1)
    stands = stands * np.sqrt(statements / answered)[:, None] * there[:, :, None]
    people = there.sum(axis=1)[:, None, None]
    stands = (stands - stands.sum(axis=1, keepdims=True) / people) * there[:, :, None]
    stands /= np.sqrt((stands**2).sum(axis=1, keepdims=True) / people)
    slopes = less_share.transpose(0, 2, 1) @ stands / (known.transpose(0, 2, 1) @ stands**2 + 1)
    slopes = slopes / np.maximum(share * (1 - share), FLATTEST)[:, :, None]
    slopes = np.clip(slopes, -STEEPEST, STEEPEST)
    slopes = (slopes * _largest_up(slopes)).transpose(0, 2, 1)
    return Start(np.log(share / (1 - share)), slopes, there)


def _largest_up(slopes: Floats) -> Floats:
    """1 or -1 for each direction: with it the largest slope is positive."""
    largest = np.argmax(np.abs(slopes), axis=1)[:, None, :]
    return np.where(np.take_along_axis(slopes, largest, axis=1) < 0, -1.0, 1.0)


def pictures_of(places: Floats, slopes: Floats, spread: Floats, there: Floats) -> Pictures:
    """Pictures with equally likely places, the same in each unless they are stacked."""
    several = len(slopes)
    if places.ndim == 2:
        places = np.repeat(places[None], several, axis=0)
    log_chance = np.full((several, places.shape[2]), -np.log(places.shape[2]))
    level = np.full((several, 1), LEVEL_SPREAD)
    return Pictures(places, log_chance, np.concatenate([level, spread], axis=1), slopes, there)


def beside(level: Floats, slopes: Floats) -> Floats:
    """Levels and slopes as one table: pictures x (level, slopes) x statements."""
    return np.concatenate([level[:, None], slopes], axis=1)
