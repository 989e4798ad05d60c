"""The water around the berg: the sea under its line, and waves on it."""

from __future__ import annotations

from collections.abc import Sequence

from betterstory.conversations.drawing.berg import Point, half_at
from betterstory.ui import hand


def sea(y: float, across: float, down: float) -> str:
    """All that lies under the water line."""
    return f"M0 {hand.number(y)}H{hand.number(across)}V{hand.number(down)}H0Z"


def waves(corners: Sequence[Point], y: float, across: float, *, turned: bool) -> list[str]:
    """The water line and a shorter one under it; around the better story, not across it."""
    left, right = half_at(corners, y)
    if turned:
        spans = [
            (0.0, left, y),
            (right, across, y),
            (14, left - 16, y + 15),
            (right + 16, across - 4, y + 15),
        ]
    else:
        spans = [(0.0, across, y), (14, left + 6, y + 15), (right - 6, across - 4, y + 15)]
    return [_wave(*span) for span in spans if span[1] - span[0] > 24]


def _wave(start: float, end: float, y: float) -> str:
    """Waves of some 58 px, up and down by 4."""
    many = max(1, round((end - start) / 29))
    each = (end - start) / many
    bends = "".join(f"q{hand.at(each / 2, 9 if at % 2 else -9)} {hand.at(each, 0)}" for at in range(many))
    return f"M{hand.at(start, y)}{bends}"
