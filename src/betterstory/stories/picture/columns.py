"""Where steps stand from left to right, and from where to where gaps reach.

A column a step, equally far apart or as far as it truly was; further where words or a mark need the room.
A long journey goes on in a band below: columns are counted on over all bands, each as wide as `room`.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from math import ceil

from betterstory.stories.picture.journey import Journey, PictureGap, PictureStep
from betterstory.stories.picture.times import Times
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
AROUND = 2 * (HATCH + INSIDE)
WORDS_ROOM = 168.0  # the longest line in a gap
LABEL_ROOM = 228.0
SIZE = 15.0
SLIVER = 40.0  # less of a gap than this is not carried into a band


type Room = tuple[str, float, float]  # a ring, and how far to the left and right of a column in its lane


@dataclass
class Span:
    """How far a gap or a dropped hand-over's words reach in their lane, and where the words begin."""

    gap: PictureGap
    ring: str
    lines: tuple[str, ...]
    start: float
    end: float
    words_at: float = 0.0


@dataclass
class Columns:
    """Each step's middle and how far its marks reach to both sides; each gap's reach, by its key.

    `trues`: where each step would stand if no mark needed room.
    """

    room: float
    middles: list[float] = field(default_factory=list)
    trues: list[float] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)
    end: float = 0.0

    @property
    def bands(self) -> int:
        return ceil((self.end - 0.05) / self.room)

    def band_of(self, x: float) -> int:
        return int(x // self.room)

    def next_band(self, x: float) -> float:
        """Where the band after this one begins."""
        return (self.band_of(x) + 1) * self.room

    def fitted(self, x: float, left: float, right: float) -> float:
        """Where a thing stands that no band's end may cut: here, or at the start of the next band."""
        margin, place = EDGE - SQUARE, self.band_of(x - left)
        start, end = place * self.room + margin, (place + 1) * self.room - margin
        x = max(x, start + left)
        cut = x + right > end and left + right <= end - start
        return self.fitted((place + 1) * self.room + margin + left, left, right) if cut else x


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


def widest(lines: tuple[str, ...]) -> float:
    return max(width(line, size=SIZE, bold=True) for line in lines)


type Words = dict[str, tuple[str, ...]]  # the lines of each gap, by its key


def words_of(journey: Journey) -> Words:
    """Wrapped once, as they are asked for often."""
    dropped = {gap.key: _label(gap.label) for gap in journey.gaps if gap.kind == "dropped"}
    return dropped | {gap.key: _inside(gap.label) for gap in journey.gaps if gap.kind != "dropped"}


@dataclass(frozen=True)
class Needs:
    """What a step takes wherever it stands: the same each time its column is looked for."""

    step: PictureStep
    gaps: list[PictureGap]  # a dropped hand-over first
    rooms: list[Room]
    left: float
    right: float


def needs_of(journey: Journey) -> list[Needs]:
    """Measured once, as steps are placed many times until they stand well."""
    return [_needs(step, sorted(journey.gaps_after(step), key=_dropped_first)) for step in journey.steps]


def _dropped_first(gap: PictureGap) -> bool:
    return gap.kind != "dropped"


def _needs(step: PictureStep, gaps: list[PictureGap]) -> Needs:
    dropped = bool(gaps) and gaps[0].kind == "dropped"
    half = half_of(step) + 2
    left, right = bubble_reach(step, dropped)
    right = max(half, right, CROSS_AT + CROSS + 2 if dropped else 0)
    return Needs(step, gaps, _in_lanes(step, dropped), max(left, half), right)


def shared(steps: int, bands: int) -> frozenset[int]:
    """Which steps begin a band where each holds as many as the others, or one more."""
    return frozenset(-(-steps * band // bands) for band in range(1, bands))


def place(
    journey: Journey,
    words: Words,
    *,
    room: float,
    apart: float = USUAL,
    begin: AbstractSet[int] = frozenset(),
    times: Times | None = None,
    needs: Sequence[Needs] | None = None,
) -> Columns:
    """Columns at least `apart` from each other, or as far apart as it truly was. Those in `begin` begin a
    band. `needs`: what `needs_of` says, where that was measured before."""
    placing = _Placing(words, room, apart, begin, times)
    for at, step in enumerate(needs_of(journey) if needs is None else needs):
        placing.put(at, step)
    return placing.done()


class _Placing:
    """From left to right, each lane remembering how far it is taken."""

    def __init__(
        self,
        words: Words,
        room: float,
        apart: float,
        begin: AbstractSet[int],
        times: Times | None,
    ) -> None:
        self.words = words
        self.begin = begin
        self.apart = apart if times is None else LEAST
        self.times = times
        self.columns = Columns(room)
        self.taken: dict[str, float] = {}
        self.open: dict[str, Span] = {}
        self.right = 0.0  # how far the marks of the column before reach

    def put(self, at: int, needs: Needs) -> None:
        x = self._where(at, needs)
        self.columns.middles.append(x)
        self.right = x + needs.right
        for ring, before, after in needs.rooms:
            self._close(ring, x - before - CLEAR)
            self.taken[ring] = x + after
        for gap in needs.gaps:
            self._reach_out(gap, needs.step, x)

    def _words_after(self, gaps: list[PictureGap]) -> float:
        """How far the words of its first gap reach, which go with a step into the next band."""
        if gaps and gaps[0].kind == "dropped":
            return CROSS_AT + 4 + widest(self.words[gaps[0].key])
        return 24 + AROUND + widest(self._inside(gaps[0])) if gaps and self.times is None else 0.0

    def _where(self, at: int, needs: Needs) -> float:
        columns, left, words = self.columns, needs.left, self._words_after(needs.gaps)
        if not columns.middles:
            needed = true = EDGE - SQUARE + left
        else:
            lanes = (self.taken.get(ring, 0.0) + CLEAR + needed for ring, needed, _ in needs.rooms)
            needed = max(columns.middles[-1] + self.apart, self.right + left + 2, *lanes)
            true = self._true(at, needed)
        if at in self.begin:
            needed = max(needed, columns.next_band(columns.middles[-1]) + EDGE - SQUARE + left)
        words = words if left + words + 2 * EDGE <= columns.room else 0.0
        x = columns.fitted(max(needed, true), left, max(needs.right, words))
        columns.trues.append(x if self._not_said(at) else true)
        return x

    def _true(self, at: int, needed: float) -> float:
        wide = self.times.wide(self.times.before(at)) if self.times else None
        return needed if wide is None else self.columns.trues[-1] + wide

    def _not_said(self, at: int) -> bool:
        return self.times is None or self.times.before(at).days is None

    def _reach_out(self, gap: PictureGap, step: PictureStep, x: float) -> None:
        if gap.kind == "dropped":
            span = Span(gap, step.ring, self.words[gap.key], x + CROSS_AT + 4, 0)
            self._take(span, around=0)
            self.right = max(self.right, span.start - 4 + CROSS + 2)  # a second cross stands further on
            return
        span = Span(gap, gap.ring, self._inside(gap), x + 24, 0)
        self._close(gap.ring, self._free(span) - CLEAR)
        self._take(span, around=AROUND)
        self.open[gap.ring] = span

    def _inside(self, gap: PictureGap) -> tuple[str, ...]:
        """Its words; its letter alone where they would make a short time look long."""
        lines = self.words[gap.key]
        if self.times is None or gap.lasted is None:
            return lines
        return lines if gap.lasted.days * self.times.px >= widest(lines) + AROUND else (gap.letter,)

    def _free(self, span: Span) -> float:
        return max(span.start, self.taken.get(span.ring, 0.0) + CLEAR)

    def _take(self, span: Span, *, around: float) -> None:
        span.start, wide = self._free(span), around + widest(span.lines)
        span.words_at = self.columns.fitted(span.start, 0 if around else CROSS + 4, wide)
        next_band = self.columns.next_band(span.start)
        if not around or span.words_at < next_band or next_band - span.start < SLIVER:
            span.start = span.words_at
        span.end = span.words_at + wide
        self.columns.spans[span.gap.key] = span
        self.taken[span.ring] = span.end

    def _close(self, ring: str, end: float) -> None:
        """A gap lasts until somebody of that ring was there again."""
        if ring in self.open:
            span, room = self.open.pop(ring), self.columns.room
            band = self.columns.band_of(max(end, 0)) * room
            if end - band < SLIVER:
                end = band - CLEAR
            span.end = max(span.end, end)

    def done(self) -> Columns:
        columns = self.columns
        if self.times:
            for span in self.open.values():
                lasted = span.gap.lasted.days * self.times.px if span.gap.lasted else 0
                span.end = max(span.end, min(span.start + lasted, self.right))
        columns.end = max(self.right, columns.middles[-1] + SQUARE, *self.taken.values()) + EDGE - SQUARE
        return columns


def _label(label: str) -> tuple[str, ...]:
    return wrap(label, room=LABEL_ROOM, size=SIZE, bold=True, lines=2)


def _inside(label: str) -> tuple[str, ...]:
    return balance(label, room=WORDS_ROOM, size=SIZE, bold=True, lines=2)


def _in_lanes(step: PictureStep, dropped: bool) -> list[Room]:
    """What a step needs in each lane it has a mark in; a speech mark may come nearer to a gap than a step."""
    half = half_of(step)
    left, right = (max(half, reach - 8) for reach in bubble_reach(step, dropped))
    return [(step.ring, left, right), *((ring, SMALL, SMALL) for ring in step.also)]
