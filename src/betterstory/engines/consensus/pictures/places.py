"""Where people may stand in a picture: a few dozen places, each with coordinates and a chance.

Coordinates are shifted and scaled to mean 0 and variance 1, so that a slope means the same in every
picture.
"""

from __future__ import annotations

from functools import cache
from statistics import NormalDist

import numpy as np

from betterstory.engines.consensus.sheet import Floats

ON_A_LINE = 25
RINGS, ANGLES = 4, 12
SIDE = 7


def parts(of: int) -> Floats:
    """The middles of so many equal parts of 0 to 1."""
    return (np.arange(of) + 0.5) / of


def standard(coordinates: Floats) -> Floats:
    """Mean 0 and variance 1 in each column, all places equally likely."""
    less_mean: Floats = coordinates - coordinates.mean(axis=0)
    return less_mean / np.sqrt((less_mean**2).mean(axis=0))


def normal_parts(of: int) -> Floats:
    """Places of equal chance under the normal curve."""
    return standard(np.array([NormalDist().inv_cdf(each) for each in parts(of)]))


@cache
def on_lines() -> dict[str, Floats]:
    """Six ways to stand along a line: quantiles of the uniform, the normal and four Beta distributions."""
    part = parts(ON_A_LINE)
    skewed = {"beta 1 2": 1 - (1 - part) ** (1 / 2), "beta 1 6": 1 - (1 - part) ** (1 / 6)}
    mirrored = {"beta 2 1": part ** (1 / 2), "beta 6 1": part ** (1 / 6)}
    even = {"even": standard(part), "normal": normal_parts(ON_A_LINE)}
    return even | {name: standard(places) for name, places in (skewed | mirrored).items()}


@cache
def on_planes() -> dict[str, Floats]:
    """Three ways to stand on a plane: a disc, a round hill and a square."""
    part = parts(RINGS)
    return {
        "disc": _rings(np.sqrt(part)),
        "hill": _rings(np.sqrt(-2 * np.log(part))),
        "square": standard(np.stack(np.meshgrid(parts(SIDE), parts(SIDE)), axis=-1).reshape(-1, 2)),
    }


def _rings(radii: Floats) -> Floats:
    """Places on rings; every second ring is turned by half a step."""
    turned = (np.arange(ANGLES)[None, :] + 0.5 * (np.arange(RINGS) % 2)[:, None]) * 2 * np.pi / ANGLES
    both = np.stack([radii[:, None] * np.cos(turned), radii[:, None] * np.sin(turned)], axis=-1)
    return standard(both.reshape(-1, 2))


def bend(line: Floats) -> Floats:
    """The square of a place, freed of the level and of the place itself, variance 1."""
    beside = np.stack([np.ones_like(line), line], axis=1)
    square = line**2
    return standard(square - beside @ np.linalg.lstsq(beside, square)[0])


def with_level(*coordinates: Floats) -> Floats:
    """(1, coordinates) x places."""
    columns = [each.reshape(len(each), -1).T for each in coordinates]
    return np.concatenate([np.ones((1, len(coordinates[0]))), *columns])
