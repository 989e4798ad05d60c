"""A smooth line through points that never goes beyond them: it may not make up a feeling.

Fritsch and Carlson, "Monotone piecewise cubic interpolation", SIAM J. Numer. Anal. 17 (1980).
"""

from collections.abc import Sequence
from itertools import pairwise

from betterstory.ui import hand

type Point = tuple[float, float]
type Bezier = tuple[Point, Point, Point, Point]


def through(points: Sequence[Point]) -> list[Bezier]:
    """One curve from each point to the next; `x` must grow."""
    sides = zip(pairwise(points), pairwise(_slopes(points)), strict=True)
    return [_between(start, end, leaving, coming) for (start, end), (leaving, coming) in sides]


def _between(start: Point, end: Point, leaving: float, coming: float) -> Bezier:
    third = (end[0] - start[0]) / 3
    return (
        start,
        (start[0] + third, start[1] + leaving * third),
        (end[0] - third, end[1] - coming * third),
        end,
    )


def _slopes(points: Sequence[Point]) -> list[float]:
    wide = [b[0] - a[0] for a, b in pairwise(points)]
    steep = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]
    if not steep:
        return [0.0]
    inner = (_slope(*pair) for pair in zip(pairwise(steep), pairwise(wide), strict=True))
    return [steep[0], *inner, steep[-1]]


def _slope(steep: tuple[float, float], wide: tuple[float, float]) -> float:
    """At a point between two others: level at a turn, else a mean that leans to the flatter side."""
    if steep[0] * steep[1] <= 0:
        return 0.0
    first, second = wide[0] + 2 * wide[1], 2 * wide[0] + wide[1]
    return (first + second) / (first / steep[0] + second / steep[1])


def drawn(curves: Sequence[Bezier]) -> str:
    """The line as path data, empty where there is none."""
    if not curves:
        return ""
    bends = (" ".join(hand.at(*point) for point in curve[1:]) for curve in curves)
    return f"M{hand.at(*curves[0][0])}" + "".join(f"C{bend}" for bend in bends)
