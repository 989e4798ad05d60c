"""Pictures without camps: people along a line, along a bent line, on a plane, and everywhere in between."""

from __future__ import annotations

import numpy as np

from betterstory.engines.consensus.pictures.fitting import fit, fit_spread, go_on
from betterstory.engines.consensus.pictures.picture import Fitted, Pictures
from betterstory.engines.consensus.pictures.places import bend, on_lines, on_planes, with_level
from betterstory.engines.consensus.pictures.starting import FIRST_SPREAD, Start, beside, pictures_of
from betterstory.engines.consensus.sheet import Floats, Sheet

FINE, ROUGH = 0.01, 0.02
"""What a round must gain for another to follow."""
BENDS = ("even", "normal", "beta 1 6", "beta 6 1")
BEND_SPREAD = 0.3


def even_line(sheet: Sheet, begun: Start) -> Fitted:
    """The even line, with the spread of slopes that all pictures of one dimension share."""
    several = len(begun.level)
    spread = np.full((several, 1), FIRST_SPREAD)
    slopes = beside(begun.level, begun.slopes[:, :1])
    line = pictures_of(with_level(on_lines()["even"]), slopes, spread, begun.there)
    return fit(sheet, fit_spread(sheet, go_on(sheet, line, 15)), gain=FINE)


def disc(sheet: Sheet, begun: Start, line: Fitted) -> Fitted:
    """The disc, with the spread of slopes that all pictures of two dimensions share."""
    spread = np.repeat(line.pictures.spread[:, 1:], 2, axis=1)
    slopes = beside(begun.level, begun.slopes[:, :2])
    flat = pictures_of(with_level(on_planes()["disc"]), slopes, spread, begun.there)
    return fit(sheet, fit_spread(sheet, go_on(sheet, flat, 20)), gain=ROUGH)


def other_lines(sheet: Sheet, line: Fitted) -> Fitted:
    """The lines that are not even; they start from the even one."""
    shapes = np.stack([with_level(places) for name, places in on_lines().items() if name != "even"])
    again = _again(line, len(shapes))
    return fit(sheet, pictures_of(shapes, again.slopes, again.spread[:, 1:], again.there), gain=FINE)


def bent_lines(sheet: Sheet, line: Fitted) -> Fitted:
    """Lines that bend: the middle may agree more, or less, than both ends."""
    shapes = np.stack([with_level(on_lines()[name], bend(on_lines()[name])) for name in BENDS])
    again = _again(line, len(shapes))
    spread = again.spread[:, 1:] * np.array([1, BEND_SPREAD])
    slopes = np.concatenate([again.slopes, np.zeros((len(shapes), 1, sheet.shape[1]))], axis=1)
    return fit(sheet, pictures_of(shapes, slopes, spread, again.there), gain=FINE)


def other_planes(sheet: Sheet, flat: Fitted) -> Fitted:
    """The hill and the square; they start from the disc."""
    shapes = [with_level(places) for name, places in on_planes().items() if name != "disc"]
    most = max(each.shape[1] for each in shapes)
    filled = np.stack(
        [
            np.concatenate([each, np.repeat(each[:, :1], most - each.shape[1], axis=1)], axis=1)
            for each in shapes
        ]
    )
    again = _again(flat, len(shapes))
    pictures = pictures_of(filled, again.slopes, again.spread[:, 1:], again.there)
    return fit(sheet, _without_fillers(pictures, [each.shape[1] for each in shapes]), gain=ROUGH)


def _without_fillers(pictures: Pictures, lengths: list[int]) -> Pictures:
    """Shapes with fewer places are filled up with places where nobody can be."""
    for picture, places in enumerate(lengths):
        pictures.log_chance[picture] = np.where(
            np.arange(pictures.log_chance.shape[1]) < places, -np.log(places), -np.inf
        )
    return pictures


def _again(fitted: Fitted, several: int) -> Pictures:
    return fitted.pictures.take(np.zeros(several, dtype=np.int64))


def mean_evidence(*fitted: Fitted) -> float:
    """The logarithm of the mean of exp(E) over the shapes of a kind."""
    evidence: Floats = np.concatenate([each.evidence for each in fitted])
    return float(np.logaddexp.reduce(evidence) - np.log(len(evidence)))
