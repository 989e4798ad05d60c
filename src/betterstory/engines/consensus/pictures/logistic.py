"""Newton's step for the logistic slopes of all statements at once, with a normal prior (a ridge).

Pictures have two or three columns (a level and one or two coordinates), so that the small equations are
solved by Cramer's rule, many at once without a loop. A symmetric matrix is held as its columns' pairs,
each once: (00, 01, 11) or (00, 01, 02, 11, 12, 22), as pictures x pairs x statements.
"""

from __future__ import annotations

import numpy as np

from betterstory.engines.consensus.sheet import Floats

LARGEST_STEP = 1.5


def pairs(places: Floats) -> Floats:
    """f f' at each place (pictures x columns x places), each pair of columns once."""
    columns = places.shape[1]
    rows = [places[:, a : a + 1] * places[:, a:] for a in range(columns)]
    return np.concatenate(rows, axis=1)


def curvature(weight: Floats, products: Floats, precision: Floats) -> Floats:
    """H = diag(1 / sd^2) + sum over places of weight f f'."""
    bent: Floats = products @ weight
    for column, at in enumerate((0, 2) if precision.shape[1] == 2 else (0, 3, 5)):
        bent[:, at] += precision[:, column, None]
    return bent


def determinant(bent: Floats) -> Floats:
    """The determinant of each H: pictures x statements."""
    if bent.shape[1] == 3:
        a, b, c = _split(bent)
        return a * c - b * b
    a, b, c, d, e, f = _split(bent)
    return a * (d * f - e * e) - b * (b * f - c * e) + c * (b * e - c * d)


def spread_left(bent: Floats) -> Floats:
    """The diagonal of the inverse of H, without the level's: pictures x coordinates x statements."""
    whole = determinant(bent)
    if bent.shape[1] == 3:
        return (bent[:, 0] / whole)[:, None]
    a, b, c, d, _e, f = _split(bent)
    return np.stack([(a * f - c * c) / whole, (a * d - b * b) / whole], axis=1)


def step(bent: Floats, uphill: Floats) -> Floats:
    """H^-1 times the gradient, shrunk where a component would move more than 1.5."""
    moved = _of_two(bent, uphill) if bent.shape[1] == 3 else _of_three(bent, uphill)
    moved *= np.minimum(1, LARGEST_STEP / np.maximum(np.abs(moved).max(axis=1, keepdims=True), 1e-300))
    return moved


def _split(columns: Floats) -> list[Floats]:
    return [columns[:, at] for at in range(columns.shape[1])]


def _of_two(bent: Floats, uphill: Floats) -> Floats:
    a, b, c = _split(bent)
    x, y = _split(uphill)
    moved = np.empty_like(uphill)
    whole = a * c - b * b
    moved[:, 0] = (c * x - b * y) / whole
    moved[:, 1] = (a * y - b * x) / whole
    return moved


def _of_three(bent: Floats, uphill: Floats) -> Floats:
    a, b, c, d, e, f = _split(bent)
    x, y, z = _split(uphill)
    aa, ab, ac = d * f - e * e, c * e - b * f, b * e - c * d
    bc = b * c - a * e
    whole = a * aa + b * ab + c * ac
    moved = np.empty_like(uphill)
    moved[:, 0] = (aa * x + ab * y + ac * z) / whole
    moved[:, 1] = (ab * x + (a * f - c * c) * y + bc * z) / whole
    moved[:, 2] = (ac * x + bc * y + (a * d - b * b) * z) / whole
    return moved
