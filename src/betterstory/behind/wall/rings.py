"""Half rings of dots on a lattice, around the place where the story stands.

A cell is a column and a row: column 0 begins at the middle, row 0 stands on the ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, groupby, islice
from math import atan2, ceil, hypot, pi, sqrt

from betterstory.behind.wall.figures import Figures

type Cell = tuple[int, int]

MOST, LEAST = 102, 40  # columns
HEART = 2.6  # the room around the story's own dot
EMPTY = 1.6  # between two rings


@dataclass(frozen=True)
class Part:
    """Some cells of a ring that stand for one figure. `level` 0 is the whole path."""

    kind: str
    level: int
    figure: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Rings:
    """All dots, with how many people each stands for."""

    scale: int
    columns: int
    radius: float
    parts: tuple[Part, ...]
    others: tuple[Cell, ...]


def dots(figure: int, scale: int) -> int:
    """How many dots a figure gets: one at least."""
    return max(1, round(figure / scale)) if figure else 0


def _scales() -> Iterator[int]:
    """How many people a dot can be: 1, 10, 50, 100, 500 …"""
    yield 1
    for zeros in count(1):
        yield 10**zeros
        yield 5 * 10**zeros


def arrange(figures: Figures) -> Rings:
    """The rings at the finest scale that the wall has room for."""
    return next(filter(None, (_arranged(figures, scale) for scale in _scales())))


def _arranged(figures: Figures, scale: int) -> Rings | None:
    """All dots at this scale, or None where there are too many."""
    if dots(max(figures.drawn, figures.people or 0), scale) > MOST * MOST:
        return None
    parts, radius = _rings(figures, scale)
    in_rings = sum(len(part.cells) for part in parts)
    everybody = max(dots(figures.people or 0, scale), in_rings)
    columns = max(LEAST, _even(2 * (radius + 1)), _even(sqrt(everybody)))
    if columns > MOST:
        return None
    return Rings(scale, columns, radius, parts, _others(everybody - in_rings, columns, radius))


def _rings(figures: Figures, scale: int) -> tuple[tuple[Part, ...], float]:
    inner, radius = HEART, HEART - EMPTY
    parts: list[Part] = []
    rings = [(0, [("behind", figures.behind)] if figures.behind else [])]
    rings += [(max(1, away.steps), list(away.shown())) for away in figures.away]
    for level, shown in rings:
        if shown:
            each = [dots(figure, scale) for _, figure in shown]
            cells = _nearest(sum(each), inner)
            radius = max(hypot(*_middle(cell)) for cell in cells)
            inner = radius + EMPTY
            turned = iter(sorted(cells, key=_angle))
            parts += [
                Part(kind, level, figure, tuple(islice(turned, many)))
                for (kind, figure), many in zip(shown, each, strict=True)
            ]
    return tuple(parts), radius


def _nearest(many: int, inner: float) -> list[Cell]:
    """So many cells as near to the middle as they come, none nearer than `inner`."""
    reach = ceil(sqrt(inner * inner + 2 * many / pi)) + 2
    cells = ((column, row) for row in range(reach) for column in range(-reach, reach))
    outside = (cell for cell in cells if hypot(*_middle(cell)) >= inner)
    return sorted(outside, key=lambda cell: (hypot(*_middle(cell)), _angle(cell)))[:many]


def _middle(cell: Cell) -> tuple[float, float]:
    return cell[0] + 0.5, float(cell[1])


def _angle(cell: Cell) -> float:
    """From the left ground, over the top, to the right."""
    x, y = _middle(cell)
    return -atan2(y, x)


def _others(many: int, columns: int, radius: float) -> tuple[Cell, ...]:
    """Everybody else, row on row around the rings; the last row stands in the middle."""
    cells: list[Cell] = []
    row = 0
    while len(cells) < many:
        free = [
            (column, row)
            for column in range(-columns // 2, columns // 2)
            if hypot(*_middle((column, row))) > radius + EMPTY
        ]
        left = many - len(cells)
        cells += free if len(free) <= left else sorted(sorted(free, key=lambda c: abs(c[0] + 0.5))[:left])
        row += 1
    return tuple(cells)


def _even(least: float) -> int:
    return 2 * ceil(least / 2)


def outline(cells: Iterable[Cell]) -> str:
    """Path data that covers these cells, a run of neighbours at a time, in lattice units with y downwards.

    Rows alike become one piece.
    """
    pieces: list[tuple[tuple[tuple[int, int], ...], int, int]] = []
    for row, in_row in groupby(sorted(cells, key=lambda cell: (cell[1], cell[0])), key=lambda cell: cell[1]):
        runs = _runs([column for column, _ in in_row])
        if pieces and pieces[-1][0] == runs and pieces[-1][1] + pieces[-1][2] == row:
            pieces[-1] = (runs, pieces[-1][1], pieces[-1][2] + 1)
        else:
            pieces.append((runs, row, 1))
    return "".join(
        f"M{start}-{row + high}h{wide}v{high}h-{wide}z" for runs, row, high in pieces for start, wide in runs
    )


def _runs(columns: list[int]) -> tuple[tuple[int, int], ...]:
    """Neighbouring columns, as where they start and how many they are."""
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((column, 1))
    return tuple(runs)
