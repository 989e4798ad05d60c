"""The way a link takes: past the notes of the rows between, never under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

from betterstory.conversations.drawing.marks import Box
from betterstory.conversations.drawing.notes import NoteLink
from betterstory.conversations.drawing.rows import Paper, Row
from betterstory.ui import hand

type Point = tuple[float, float]

NUMBER = 12.0  # how far a note's number stands out
CLEAR = 5.0  # between an arrow and its note
BEND = 12.0
BESIDE = 7.0  # between a line and a heading it is led around


class Routes:
    """Ways between notes that stand in rows, from top to bottom."""

    def __init__(self, rows: Sequence[Row], links: Sequence[NoteLink], paper: Paper) -> None:
        self.rows, self.paper = rows, paper
        self.row_of = {each.note.key: at for at, row in enumerate(rows) for each in row.notes}
        self.boxes = {each.note.key: each.box for row in rows for each in row.notes}
        self.ends = dict(self._ends(links))

    def way(self, link: NoteLink, place: int) -> tuple[Point, ...]:
        """From the one note to the other; `place` keeps links in one gutter a little apart."""
        start, end = self.row_of[link.start], self.row_of[link.end]
        if start == end:
            return self._along(link)
        first, last = self.ends[link, "start"], self.ends[link, "end"]
        step = 1 if end > start else -1
        out, into = self._clear(first, start, step), self._clear(last, end, -step)
        between = self._between(range(start + step, end, step), first, last, place)
        return (first, *out, *between, *into, last)

    def _clear(self, at: Point, row: int, side: int) -> tuple[Point, ...]:
        """Straight out of a row where a neighbour reaches further than the note itself."""
        edge = self.rows[row].bottom + 6 if side > 0 else self.rows[row].top - NUMBER - 2
        return ((at[0], edge),) if (edge - at[1]) * side > 14 else ()

    def _between(self, rows: range, first: Point, last: Point, place: int) -> Iterator[Point]:
        for at in rows:
            row = self.rows[at]
            straight = first[0] + (last[0] - first[0]) * (row.top - first[1]) / ((last[1] - first[1]) or 1)
            x = min(gutters(row, self.paper), key=lambda gutter: abs(gutter - straight)) + 5 * (place % 3 - 1)
            sides = (row.top - NUMBER - 2, row.bottom + 4)
            for y in sides if rows.step > 0 else reversed(sides):
                yield x, y

    def _along(self, link: NoteLink) -> tuple[Point, ...]:
        """In one row: straight across to the neighbour, or over those between."""
        start, end = self.boxes[link.start], self.boxes[link.end]
        row = [each.note.key for each in self.rows[self.row_of[link.start]].notes]
        if abs(row.index(link.start) - row.index(link.end)) == 1:
            y = max(start.y, end.y) + 30
            if start.x < end.x:
                return (start.right, y), (end.x - CLEAR, y)
            return (start.x, y), (end.right + CLEAR, y)
        over = self.rows[self.row_of[link.start]].top - NUMBER - 8
        a, b = start.middle + 20, end.middle + 20
        return (a, start.y), (a, over), (b, over), (b, end.y - CLEAR)

    def _ends(self, links: Sequence[NoteLink]) -> Iterator[tuple[tuple[NoteLink, str], Point]]:
        """Where each link leaves and reaches its notes, side by side on the edge that faces the other."""
        edges: dict[tuple[str, bool], list[tuple[float, NoteLink, str]]] = {}
        for link in links:
            up = self.row_of[link.end] < self.row_of[link.start]
            edges.setdefault((link.start, up), []).append((self.boxes[link.end].middle, link, "start"))
            edges.setdefault((link.end, not up), []).append((self.boxes[link.start].middle, link, "end"))
        for (key, top), meeting in edges.items():
            box = self.boxes[key]
            for at, (far, link, which) in enumerate(sorted(meeting, key=lambda each: (each[0], each[2]))):
                x = _leaning(box, far) if len(meeting) == 1 else _one_of(box, at, len(meeting))
                away = CLEAR if which == "end" else 0
                yield (link, which), (x, box.y - away if top else box.bottom + away)


def _leaning(box: Box, far: float) -> float:
    """On a note's edge, to the side where the other note is."""
    near = min(max(far, box.x + 30), box.right - 26)
    return box.middle + 0.8 * (near - box.middle)


def _one_of(box: Box, at: int, many: int) -> float:
    return box.x + 24 + (box.width - 44) * (at + 0.5) / many


def past(way: Sequence[Point], box: Box, paper: Paper, place: int) -> tuple[Point, ...]:
    """The same way, led around a heading between two rows; `place` keeps such ways apart."""
    led = [way[0]]
    for a, b in pairwise(way):
        if crosses((a, b), box):
            down = a[1] < b[1]
            at = a[0] + (b[0] - a[0]) * (box.centre - a[1]) / ((b[1] - a[1]) or 1)
            aside = BESIDE + 5 * (place % 3)
            x = box.x - aside if at < box.middle else box.right + aside
            x = min(max(x, 12.0), paper.width - 12)
            edges = (box.y - 3, box.bottom + 3)
            led += [(x, y) for y in (edges if down else reversed(edges))]
        led.append(b)
    return tuple(led)


def gutters(row: Row, paper: Paper) -> list[float]:
    """Where a line may pass a row: between its notes, and beside the first and the last."""
    inner = [(a.box.right + b.box.x - NUMBER) / 2 for a, b in pairwise(row.notes)]
    left, right = row.notes[0].box.x - NUMBER - 9, row.notes[-1].box.right + 9
    outer = [x for x in (left, right) if 12 <= x <= paper.width - 12]
    return [*inner, *outer]


def drawn(points: Sequence[Point]) -> str:
    """Straight from point to point, round at the corners."""
    turns = _turns(points)
    path = f"M{hand.at(*turns[0])}"
    for before, corner, after in zip(turns, turns[1:], turns[2:], strict=False):
        turn, on = _towards(corner, before), _towards(corner, after)
        path += f"L{hand.at(*turn)}Q{hand.at(*corner)} {hand.at(*on)}"
    return f"{path}L{hand.at(*turns[-1])}"


def _turns(points: Sequence[Point]) -> list[Point]:
    """Without the points on a stretch that runs straight down or up."""
    triples = zip(points, points[1:], points[2:], strict=False)
    bent = [corner for before, corner, after in triples if not before[0] == corner[0] == after[0]]
    return [points[0], *bent, points[-1]]


def _towards(corner: Point, other: Point) -> Point:
    far = hypot(other[0] - corner[0], other[1] - corner[1]) or 1
    part = min(BEND, far / 2) / far
    return corner[0] + (other[0] - corner[0]) * part, corner[1] + (other[1] - corner[1]) * part


def head(points: Sequence[Point]) -> str:
    """An arrow head at the end of a way."""
    (x, y), (tip, top) = points[-2], points[-1]
    far = hypot(tip - x, top - y) or 1
    dx, dy = (tip - x) / far, (top - y) / far
    wings = [(tip - 10 * dx + 5.5 * side * dy, top - 10 * dy - 5.5 * side * dx) for side in (1, -1)]
    return hand.path([wings[0], (tip, top), wings[1]])


def along(points: Sequence[Point], part: float) -> Point:
    """The point at a part of the way from its start."""
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    left = part * sum(lengths)
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        if left <= length:
            share = left / length if length else 0
            return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        left -= length
    return points[-1]


def crosses(points: Sequence[Point], box: Box) -> bool:
    """Whether a way runs through a box, looked at every few px."""
    for a, b in pairwise(points):
        parts = max(1, round(hypot(b[0] - a[0], b[1] - a[1]) / 4))
        for at in range(parts + 1):
            x, y = a[0] + (b[0] - a[0]) * at / parts, a[1] + (b[1] - a[1]) * at / parts
            if box.x <= x <= box.right and box.y <= y <= box.bottom:
                return True
    return False
