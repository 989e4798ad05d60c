"""Newton's step for the logistic slopes of all statements at once, with a normal prior (a ridge).

Pictures have two or three columns (a level and one or two coordinates), so that the small equations are
solved by Cramer's rule: many of them at once, without a loop.
"""

from __future__ import annotations

import numpy as np

from betterstory.engines.consensus.sheet import Floats

LARGEST_STEP = 1.5


def pairs(places: Floats) -> Floats:
    """The products of the columns of places, each pair once: the rows of f f'."""
    columns = places.shape[-1]
    return np.stack(
        [places[..., a] * places[..., b] for a in range(columns) for b in range(a, columns)], axis=-1
    )


def curvature(weight: Floats, products: Floats, precision: Floats) -> Floats:
    """H = diag(1 / sd^2) + sum over places of weight f f'; each pair of columns once, as `pairs` has them."""
    bent: Floats = weight @ products
    diagonal = (0, 2) if precision.shape[-1] == 2 else (0, 3, 5)
    for column, at in enumerate(diagonal):
        bent[..., at] += precision[:, None, column]
    return bent


def determinant(bent: Floats) -> Floats:
    if bent.shape[-1] == 3:
        a, b, c = np.moveaxis(bent, -1, 0)
        return a * c - b * b
    a, b, c, d, e, f = np.moveaxis(bent, -1, 0)
    return a * (d * f - e * e) - b * (b * f - c * e) + c * (b * e - c * d)


def spread_left(bent: Floats) -> Floats:
    """The diagonal of the inverse of H, without the level's."""
    whole = determinant(bent)
    if bent.shape[-1] == 3:
        return (bent[..., 0] / whole)[..., None]
    a, b, c, d, _e, f = np.moveaxis(bent, -1, 0)
    return np.stack([(a * f - c * c) / whole, (a * d - b * b) / whole], axis=-1)


def step(bent: Floats, uphill: Floats) -> Floats:
    """H^-1 times the gradient, shrunk where a component would move more than 1.5."""
    if bent.shape[-1] == 3:
        a, b, c = np.moveaxis(bent, -1, 0)
        x, y = np.moveaxis(uphill, -1, 0)
        moved = np.stack([c * x - b * y, a * y - b * x], axis=-1)
    else:
        moved = _of_three(bent, uphill)
    moved /= determinant(bent)[..., None]
    return moved * np.minimum(1, LARGEST_STEP / np.maximum(np.abs(moved).max(axis=-1, keepdims=True), 1e-300))


def _of_three(bent: Floats, uphill: Floats) -> Floats:
    a, b, c, d, e, f = np.moveaxis(bent, -1, 0)
    x, y, z = np.moveaxis(uphill, -1, 0)
    ab, ac, bc = c * e - b * f, b * e - c * d, b * c - a * e
    return np.stack(
        [
            (d * f - e * e) * x + ab * y + ac * z,
            ab * x + (a * f - c * c) * y + bc * z,
            ac * x + bc * y + (a * d - b * b) * z,
        ],
        axis=-1,
    )
