"""The iceberg's outline: hewn, wide enough for every note in it, with a tip at one end."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from betterstory.conversations.drawing.rows import Paper, Row
from betterstory.ui import hand

type Point = tuple[float, float]

NECK = 184.0  # half of its width where the tip ends
WIDE = 338.0
MARGIN = 16.0
TIP = ((0.08, 0.1), (0.26, 0.38), (0.34, 0.42), (0.5, 0.62), (0.62, 0.7), (0.82, 0.86))
CAP = ((0.3, 0.9), (0.58, 0.68), (0.8, 0.44), (0.93, 0.2))  # how far along the blunt end, how wide


def corners(peak: float, neck: float, end: float, rows: Sequence[Row], paper: Paper) -> tuple[Point, ...]:
    """Around the berg, from its peak down its right side and up its left; `end` may lie above the peak."""
    middle, most = paper.middle, paper.middle - 8
    sides = [_side(peak, neck, end, rows, seed, most) for seed in (1, 2)]
    right = [(middle + half, y) for y, half in sides[0]]
    left = [(middle - half, y) for y, half in sides[1]]
    return ((middle, peak), *right, (middle + 6, end), *reversed(left))


def _side(
    peak: float, neck: float, end: float, rows: Sequence[Row], seed: int, most: float
) -> list[tuple[float, float]]:
    """Heights and half widths from peak to end, without those two."""
    tip = [(peak + (neck - peak) * down, NECK * wide) for down, wide in TIP]
    body = _body(neck, end, rows)
    last_height, last = body[-1]
    cap = [(last_height + (end - last_height) * down, last * wide) for down, wide in CAP]
    side = [*tip, (neck, NECK), *body, *cap]
    return [(y, min(most, half + 5 + 5 * hand.grain(seed, place))) for place, (y, half) in enumerate(side)]


def _body(neck: float, end: float, rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Wide enough above and below each row, and egg-shaped where notes leave the choice."""
    downwards = end > neck
    ordered = rows if downwards else list(reversed(rows))
    widest = max([WIDE, *(row.half + MARGIN for row in rows)])
    body: list[tuple[float, float]] = []
    for row in ordered:
        above, below = row.top - 16, row.bottom + 8
        for y in (above, below) if downwards else (below, above):
            body.append((y, max(row.half + MARGIN, _egg(y, neck, end, widest))))
    if not body:
        heights = (neck + (end - neck) * part for part in (0.3, 0.7))
        body = [(y, _egg(y, neck, end, widest)) for y in heights]
    body = _eased(body)
    shoulder, half = body[0]
    body.insert(0, (neck + (shoulder - neck) * 0.45, NECK + (half - NECK) * 0.7))
    return _filled_in((neck, NECK), body)


def _eased(body: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Nothing stands out sharply: next to a wide row the ice narrows gently, on both of its sides."""
    return _narrowing(_narrowing(body)[::-1])[::-1]


def _narrowing(body: list[tuple[float, float]]) -> list[tuple[float, float]]:
    eased = body[:1]
    for y, half in body[1:]:
        eased.append((y, max(half, eased[-1][1] - 0.8 * abs(y - eased[-1][0]))))
    return eased


def _egg(y: float, neck: float, end: float, widest: float) -> float:
    """An egg, standing on its blunt end, widest at two fifths of its height."""
    along = (y - neck) / (end - neck)
    if along < 0.4:
        return NECK + (widest - NECK) * sqrt(max(0.0, 1 - ((0.4 - along) / 0.4) ** 2))
    return widest * sqrt(max(0.0, 1 - ((along - 0.4) / 0.66) ** 2))


def _filled_in(start: tuple[float, float], body: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A corner in the middle of each long side, a little further out."""
    filled, before = [], start
    for y, half in body:
        if abs(y - before[0]) > 90:
            filled.append(((y + before[0]) / 2, (half + before[1]) / 2 + 6))
        filled.append((y, half))
        before = (y, half)
    return filled


def half_at(corners: Sequence[Point], y: float) -> tuple[float, float]:
    """Where the outline crosses a height: its leftmost and its rightmost point."""
    crossings = [corners[0][0]]
    for (x, top), (other, bottom) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if min(top, bottom) <= y <= max(top, bottom) and top != bottom:
            crossings.append(x + (other - x) * (y - top) / (bottom - top))
    return min(crossings), max(crossings)


def cracks(around: Sequence[Point], peak: float, neck: float) -> str:
    """A few lines in the ice: from the peak, and inwards from some corners."""
    down, middle = 1 if neck > peak else -1, around[0][0]
    tip = [(middle, peak), (middle + 6, peak + 62 * down), (middle - 26, peak + 122 * down)]
    fork = [(middle + 6, peak + 62 * down), (middle + 40, peak + 108 * down)]
    drawn = [hand.path(tip), hand.path(fork)]
    wide = [(x, y) for x, y in around if abs(x - middle) > 250]
    for x, y in wide[1::3]:
        inwards = 1 if x < middle else -1
        into = [(x, y), (x + 30 * inwards, y + 20), (x + 24 * inwards, y + 46)]
        left, right = half_at(around, y + 46)
        if left + 12 < into[-1][0] < right - 12:
            drawn.append(hand.path(into))
    return "".join(drawn)
