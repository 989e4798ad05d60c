"""How far people agree at both ends of the main line of opinion.

The line is the first principal component of the votes (Small, Bjorkegren, Erkkilä, Shaw and Megill 2021,
"Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces"): a person's place on it is the
sum of (vote - mean of the statement) x loading over what they saw, times the root of (statements / seen).
Along it each statement has a ridge line (Hoerl and Kennard 1970, Technometrics 12) of who agrees; its
ends are read at the 10th and the 90th percentile of the people. No groups are needed for that, so none
have to be invented.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.sheet import Floats, Sheet

PERCENTILES = (0.1, 0.9)
RIDGE = 4.0
"""As if four people at one unit from the middle had shown no slope at all."""
PRIOR = 0.5
"""Added to those who agree and to those who do not, so that two of two is not better than 38 of 40."""


@dataclass(frozen=True, eq=False)
class Ends:
    """For each room and statement: the share that agrees, and what the ridge line says at both ends."""

    share: Floats
    low: Floats
    high: Floats

    @property
    def value(self) -> Floats:
        """What statements are ranked by: the end that agrees less. Lowest where nobody heard it."""
        return np.where(np.isnan(self.share), -np.inf, np.minimum(self.low, self.high))


def main_line(sheet: Sheet) -> Floats:
    """The loading of each statement; the largest is positive, so that the order of rows turns nothing."""
    heard = np.maximum(sheet.seen.sum(axis=0), 1)
    centred = sheet.said - sheet.seen * (sheet.said.sum(axis=0) / heard)
    if not centred.any():
        return np.zeros(sheet.shape[1])
    loading: Floats = np.linalg.svd(centred, full_matrices=False)[2][0]
    return loading * np.sign(loading[np.argmax(np.abs(loading))])


def read_ends(sheet: Sheet, loading: Floats, weights: Floats, *, rounds: int = 0) -> Ends:
    """Both ends in each of many rooms; `weights` says how often each person stands in each (rooms x people).

    The line of each room is found from `loading` by `rounds` rounds of the power method.
    """
    heard = weights @ sheet.seen
    some = np.maximum(heard, 1e-9)
    mean = (weights @ sheet.said) / some
    loadings = np.repeat(loading[None, :], len(weights), axis=0)
    places = _places(sheet, loadings, mean)
    for _ in range(rounds):
        weighed = places * weights
        loadings = weighed @ sheet.said - mean * (weighed @ sheet.seen)
        loadings /= np.maximum(np.linalg.norm(loadings, axis=1, keepdims=True), 1e-12)
        places = _places(sheet, loadings, mean)
    places = _standard(places * np.sqrt(sheet.shape[1] / sheet.seen.sum(axis=1)), weights)
    agree = weights @ sheet.agree
    share = np.where(heard > 0, agree / some, np.nan)
    middle, slope = _ridge_lines(sheet, places, weights, heard, agree)
    level = (agree + PRIOR) / (heard + 2 * PRIOR)
    low, high = (
        np.clip(level + slope * (at[:, None] - middle), 0, 1) for at in _percentiles(places, weights)
    )
    return Ends(share, low, high)


def _places(sheet: Sheet, loadings: Floats, mean: Floats) -> Floats:
    return loadings @ sheet.said.T - (loadings * mean) @ sheet.seen.T


def _standard(places: Floats, weights: Floats) -> Floats:
    people = weights.sum(axis=1, keepdims=True)
    places = places - (places * weights).sum(axis=1, keepdims=True) / people
    spread = np.sqrt((places**2 * weights).sum(axis=1, keepdims=True) / people)
    return places / np.where(spread > 1e-9, spread, 1)


def _ridge_lines(
    sheet: Sheet, places: Floats, weights: Floats, heard: Floats, agree: Floats
) -> tuple[Floats, Floats]:
    """The middle place of those who heard a statement, and the slope of agreement along the line."""
    weighed = weights * places
    middle = (weighed @ sheet.seen) / np.maximum(heard, 1e-9)
    spread = (weighed * places) @ sheet.seen - heard * middle**2
    slope = (weighed @ sheet.agree - agree * middle) / (spread + RIDGE)
    return middle, slope


def _percentiles(places: Floats, weights: Floats) -> list[Floats]:
    """The places below which a tenth, and nine tenths, of each room stand."""
    order = np.argsort(places, axis=1, kind="stable")
    there = np.take_along_axis(places, order, axis=1)
    below = np.cumsum(np.take_along_axis(weights, order, axis=1), axis=1)
    found = []
    for part in PERCENTILES:
        at: NDArray[np.int64] = np.argmax(below >= part * below[:, -1:] - 1e-9, axis=1)
        found.append(np.take_along_axis(there, at[:, None], axis=1)[:, 0])
    return found
