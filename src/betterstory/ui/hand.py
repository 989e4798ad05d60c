"""Lines as a hand draws them: a point every 13 to 17 px, pushed sideways a little, always the same way.

Only outlines are drawn so; where a thing stands is never moved. Everything is path data, in px.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, hypot, pi

type Point = tuple[float, float]

EVERY = 15.0
PUSH = 1.2


def number(value: float) -> str:
    """A coordinate, short: one decimal, none where it is whole."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def at(x: float, y: float) -> str:
    """A point, as path data."""
    return f"{number(x)} {number(y)}"


def path(points: Iterable[Point], *, closed: bool = False) -> str:
    """Straight lines from point to point."""
    return "M" + "L".join(at(*point) for point in points) + ("Z" if closed else "")


def line(points: Sequence[Point], *, seed: int, push: float = PUSH) -> str:
    """A line through the points; where it begins, turns and ends is never moved."""
    return f"M{at(*points[0])}" + _bends(_drawn(points, seed, push))


def outline(points: Sequence[Point], *, seed: int, push: float = PUSH) -> str:
    """A closed shape with these corners."""
    sides = pairwise([*points, points[0]])
    bends = (_bends(_drawn(side, seed + 7 * place, push)) for place, side in enumerate(sides))
    return f"M{at(*points[0])}" + "".join(bends) + "Z"


def box(x: float, y: float, width: float, height: float, *, seed: int, push: float = PUSH) -> str:
    """A rectangle."""
    return outline([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], seed=seed, push=push)


def _drawn(points: Sequence[Point], seed: int, push: float) -> list[Point]:
    drawn = [points[0]]
    for start, end in pairwise(points):
        drawn += _between(start, end, seed + len(drawn), push)
        drawn.append(end)
    return drawn


def _between(start: Point, end: Point, seed: int, push: float) -> list[Point]:
    """The points on the way, each pushed to one side or the other."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    far = hypot(dx, dy)
    parts = max(1, round(far / EVERY))
    aside = [(part / parts, push * smooth(seed, part * 0.6)) for part in range(1, parts)]
    return [
        (start[0] + dx * way - dy / far * push, start[1] + dy * way + dx / far * push) for way, push in aside
    ]


def _bends(points: Sequence[Point]) -> str:
    """On from the first point to the last, past those between; written as steps, which is short."""
    here, bends = _rounded(points[0]), []
    for point in points[1:]:
        there = _rounded(point)
        bends.append(_step(here, there))
        here = there
    return "l" + " ".join(bends).replace(" -", "-")


def _rounded(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)


def _step(start: Point, end: Point) -> str:
    return " ".join(_short(number(b - a)) for a, b in zip(start, end, strict=True))


def _short(text: str) -> str:
    """0.5 as .5"""
    return text[1:] if text.startswith("0.") else text.replace("-0.", "-.", 1)


def smooth(seed: int, place: float) -> float:
    """Noise from -1 to 1 that changes little from one place to the next; the same seed gives the same."""
    low = int(place // 1)
    part = (1 - cos((place - low) * pi)) / 2
    return grain(seed, low) * (1 - part) + grain(seed, low + 1) * part


def grain(seed: int, place: int) -> float:
    """A number from -1 to 1 for each whole place."""
    mixed = (place * 374761393 + seed * 668265263 + 1013904223) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 13)) * 1274126177) & 0xFFFFFFFF
    return ((mixed ^ (mixed >> 16)) & 0xFFFF) / 32767.5 - 1
