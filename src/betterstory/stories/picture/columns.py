"""Where steps stand from left to right, and from where to where gaps reach.

A column a step, equally far apart; further where words or a mark need the room.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from betterstory.stories.picture.journey import Journey, PictureGap, PictureStep
from betterstory.ui.lettering import balance, width, wrap

LEAST, USUAL, MOST = 34.0, 48.0, 72.0  # from step to step
EDGE = 22.0  # from the lane's end to the first mark
SQUARE = 12.5
RING = 16.5
SMALL = 5.0  # half of the small ring in another lane
BUBBLE = 24.0
CROSS_AT, CROSS = 42.0, 6.0  # how far aside a dropped hand-over ends, and half of its cross
CLEAR = 11.0  # between a mark and a gap
HATCH = 12.0  # what is seen of it on both sides of the words
INSIDE = 6.0  # between words and the edge of their paper
WORDS_ROOM = 168.0  # the longest line in a gap
LABEL_ROOM = 228.0
SIZE = 15.0


type Room = tuple[str, float, float]  # a ring, and how far to the left and right of a column in its lane


@dataclass
class Span:
    """How far a gap or a dropped hand-over's words reach in their lane."""

    gap: PictureGap
    ring: str
    lines: tuple[str, ...]
    start: float
    end: float


@dataclass
class Columns:
    """Each step's middle and how far its marks reach to both sides; each gap's reach, by its key."""

    middles: list[float] = field(default_factory=list)
    reaches: list[tuple[float, float]] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)
    end: float = 0.0

    def between(self) -> list[float]:
        """After each step but the last, where the picture may be cut."""
        ends = [x + right for x, (_, right) in zip(self.middles, self.reaches, strict=True)]
        starts = [x - left for x, (left, _) in zip(self.middles, self.reaches, strict=True)]
        return [(end + start) / 2 for end, start in zip(ends, starts[1:], strict=False)]


def half_of(step: PictureStep) -> float:
    return RING if step.kindness else SQUARE


def count_of(step: PictureStep) -> str:
    return f"×{step.told_again}" if step.told_again > 1 else ""


def bubble_reach(step: PictureStep, dropped: bool) -> tuple[float, float]:
    """How far the speech mark with its count reaches to the left and the right of its step."""
    if not step.told_again:
        return 0.0, 0.0
    wide = BUBBLE + (4 + width(count_of(step), size=SIZE, bold=True) if count_of(step) else 0)
    right = SQUARE if dropped else wide / 2
    return wide - right, right


def place(journey: Journey, *, apart: float = USUAL) -> Columns:
    """Columns at least `apart` from each other."""
    placing = _Placing(journey, apart)
    for step in journey.steps:
        placing.put(step)
    return placing.done()


class _Placing:
    """From left to right, each lane remembering how far it is taken."""

    def __init__(self, journey: Journey, apart: float) -> None:
        self.journey = journey
        self.apart = apart
        self.columns = Columns()
        self.taken: dict[str, float] = {}
        self.open: dict[str, Span] = {}

    def put(self, step: PictureStep) -> None:
        gaps = self.journey.gaps_after(step)
        dropped = any(gap.kind == "dropped" for gap in gaps)
        rooms = _in_lanes(step, dropped)
        left, right = self._reach(step, dropped)
        x = self._where(left, rooms)
        self.columns.middles.append(x)
        self.columns.reaches.append((left, right))
        for ring, before, after in rooms:
            self._close(ring, x - before - CLEAR)
            self.taken[ring] = x + after
        for gap in sorted(gaps, key=lambda gap: gap.kind != "dropped"):
            self._reach_out(gap, step, x)

    def _reach(self, step: PictureStep, dropped: bool) -> tuple[float, float]:
        """How much room a column needs on both sides of its middle."""
        half = half_of(step) + 2
        left, right = bubble_reach(step, dropped)
        return max(half, left), max(half, right, CROSS_AT + CROSS + 2 if dropped else 0)

    def _where(self, left: float, rooms: list[Room]) -> float:
        if not self.columns.middles:
            return EDGE - SQUARE + left
        before, (_, right) = self.columns.middles[-1], self.columns.reaches[-1]
        lanes = (self.taken.get(ring, 0.0) + CLEAR + needed for ring, needed, _ in rooms)
        return max(before + self.apart, before + right + left + 2, *lanes)

    def _reach_out(self, gap: PictureGap, step: PictureStep, x: float) -> None:
        if gap.kind == "dropped":
            self._take(Span(gap, step.ring, _label(gap), x + CROSS_AT + 4, 0), around=0)
            return
        span = Span(gap, gap.ring, _inside(gap), x + 24, 0)
        self._close(gap.ring, self._free(span) - CLEAR)
        self._take(span, around=2 * (HATCH + INSIDE))
        self.open[gap.ring] = span

    def _free(self, span: Span) -> float:
        return max(span.start, self.taken.get(span.ring, 0.0) + CLEAR)

    def _take(self, span: Span, *, around: float) -> None:
        span.start = self._free(span)
        span.end = span.start + around + max(width(line, size=SIZE, bold=True) for line in span.lines)
        self.columns.spans[span.gap.key] = span
        self.taken[span.ring] = span.end

    def _close(self, ring: str, end: float) -> None:
        """A gap lasts until somebody of that ring was there again."""
        if ring in self.open:
            span = self.open.pop(ring)
            span.end = max(span.end, end)

    def done(self) -> Columns:
        columns = self.columns
        ends = [columns.middles[-1] + max(columns.reaches[-1][1], SQUARE), *self.taken.values()]
        columns.end = max(ends) + EDGE - SQUARE
        return columns


def _label(gap: PictureGap) -> tuple[str, ...]:
    return wrap(gap.label, room=LABEL_ROOM, size=SIZE, bold=True, lines=2)


def _inside(gap: PictureGap) -> tuple[str, ...]:
    return balance(gap.label, room=WORDS_ROOM, size=SIZE, bold=True, lines=2)


def _in_lanes(step: PictureStep, dropped: bool) -> list[Room]:
    """What a step needs in each lane it has a mark in; a speech mark may come nearer to a gap than a step."""
    half = half_of(step)
    left, right = (max(half, reach - 8) for reach in bubble_reach(step, dropped))
    return [(step.ring, left, right), *((ring, SMALL, SMALL) for ring in step.also)]
