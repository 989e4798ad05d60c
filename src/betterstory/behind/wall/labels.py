"""Words on the wall itself, above the rings, each with a line to the dots it is about."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from betterstory.behind.wall.rings import Cell, Part, Rings
from betterstory.ui import hand
from betterstory.ui.lettering import balance, width, wrap
from betterstory.ui.saying import Say, in_words

WIDTH = 792.0
SIZE, LINE = 15.0, 18.5
ROOM = 170.0
LABELLED = 2  # rings beside the whole path


@dataclass(frozen=True)
class Label:
    """Words in lines around `x`, the paper they stand on, and the line to their dots."""

    x: float
    lines: tuple[tuple[float, str], ...]
    paper: tuple[float, float, float, float]
    leader: str
    dot: tuple[float, float]


def place(rings: Rings, cell: float, say: Say) -> tuple[Label, ...]:
    """Labels side by side, just above the outermost ring. The ground is at height 0, upwards negative."""
    levels = sorted({part.level for part in rings.parts if part.level})[:LABELLED]
    parts = [part for part in rings.parts if part.level in (0, *levels) and part.kind != "cannot_tell"]
    anchored = sorted(((_anchor(part), part) for part in parts), key=lambda each: each[0])
    slots = [WIDTH * (at + 0.5) / len(anchored) - WIDTH / 2 for at in range(len(anchored))]
    room = min(ROOM, WIDTH / max(1, len(anchored)) - 16)
    return tuple(
        _label(words(part, say), x, (anchor[0] * cell, -anchor[1] * cell), room, rings.radius * cell)
        for x, (anchor, part) in zip(slots, anchored, strict=True)
    )


def words(part: Part, say: Say) -> str:
    about = {"many": f"{part.figure:,}", "steps": in_words(part.level, say)}
    said = {
        "behind": say.gettext("about %(many)s stand behind"),
        "on_the_way": say.ngettext(
            "about %(many)s are %(steps)s step away, on the way",
            "about %(many)s are %(steps)s steps away, on the way",
            part.level,
        ),
        "way_closed": say.ngettext(
            "about %(many)s were %(steps)s step away, the way closed",
            "about %(many)s were %(steps)s steps away, the way closed",
            part.level,
        ),
        "people": say.ngettext(
            "about %(many)s are %(steps)s step away",
            "about %(many)s are %(steps)s steps away",
            part.level,
        ),
    }
    return said[part.kind] % about


def _anchor(part: Part) -> tuple[float, float]:
    """A dot well inside the part: to the left for those on the way, to the right where the way closed."""
    share = {"on_the_way": 0.3, "way_closed": 0.55}.get(part.kind, 0.5)
    at = round(share * (len(part.cells) - 1))
    near = sorted(part.cells[max(0, at - 12) : at + 13], key=_far)
    column, row = near[len(near) // 2]
    return column + 0.5, row + 0.5


def _far(cell: Cell) -> float:
    return (cell[0] + 0.5) ** 2 + cell[1] ** 2


def _label(said: str, x: float, dot: tuple[float, float], room: float, radius: float) -> Label:
    lines = balance(said, room=room, size=SIZE, lines=len(wrap(said, room=room, size=SIZE)))
    half = max(width(line, size=SIZE) for line in lines) / 2 + 8
    aside = max(0.0, abs(x) - half)
    bottom = -(sqrt(radius**2 - aside**2) if aside < radius else 0) - 34
    top = bottom - LINE * len(lines) - 6
    heights = tuple(round(top + LINE * (at + 1) - 1, 1) for at in range(len(lines)))
    bend = (x + (dot[0] - x) * 0.35, bottom + (dot[1] - bottom) * 0.6)
    return Label(
        round(x, 1),
        tuple(zip(heights, lines, strict=True)),
        (round(x - half, 1), round(top, 1), round(2 * half, 1), round(bottom - top, 1)),
        f"M{hand.at(x, bottom + 2)}Q{hand.at(*bend)} {hand.at(*dot)}",
        (round(dot[0], 1), round(dot[1], 1)),
    )
