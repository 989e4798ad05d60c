"""The journey picture, laid out: columns for steps, lanes for rings, and every mark in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from itertools import groupby
from math import ceil

from betterstory.stories.picture import bands, curve, lanes, ruler, words
from betterstory.stories.picture import columns as across
from betterstory.stories.picture.columns import CROSS, CROSS_AT, SIZE, Columns, Span, Words
from betterstory.stories.picture.journey import Journey, PictureStep
from betterstory.stories.picture.lanes import HIGH, TRACK, Way
from betterstory.stories.picture.marks import (
    Box,
    Bubble,
    Curve,
    Dropped,
    GapMark,
    Lane,
    Leader,
    Letter,
    Line,
    Loop,
    NotSaid,
    Point,
    StepMark,
    tidy,
)
from betterstory.stories.picture.times import Times, has_times, stretches_of
from betterstory.stories.picture.whole import Picture, Shape
from betterstory.ui import hand
from betterstory.ui.lettering import width
from betterstory.ui.saying import ENGLISH, Remembering, Say

COLUMN = 792.0  # the page's own column
GOOD, FEELING = 50.0, 36.0  # the height of "good", and from one feeling to the next
DOT = 7.0
LINE = 18.5
LONG = 320.0  # the words of a longer gap stand near its start
SHAPES = tuple(
    Shape(hand.box(-12.5, -12.5, 25, 25, seed=seed), hand.box(-9, -9, 18, 18, seed=seed + 20, push=0.8))
    for seed in (1, 4, 6)
)


def lay_out(
    journey: Journey, *, say: Say = ENGLISH, name: str = "journey", wide: float = COLUMN, timed: bool = False
) -> Picture:
    """Place every mark of a journey. `name` begins the ids; sizes are px at 18 px a rem.

    `wide`: of the page, which the names and a band share. `timed`: at true lengths, where any was said.
    """
    return _Drawing(journey, Remembering(say), wide, timed and has_times(journey)).picture(name)


class _Drawing:
    def __init__(self, journey: Journey, say: Say, wide: float, timed: bool) -> None:
        self.journey = journey
        self.say = say
        self.timed = timed
        self.names_width = _names_width(say)
        self.room = round(wide - self.names_width, 1)
        words_of = across.words_of(journey)
        self.columns = (_at_true_lengths if timed else _roomy)(journey, words_of, self.room)
        self.places = {step.key: x for step, x in zip(journey.steps, self.columns.middles, strict=True)}
        self.ways = lanes.ways_back(journey, self.columns, say)
        self.rings = lanes.used(journey)
        first = lanes.FIRST_UNDER_RULER if timed else lanes.FIRST
        self.tops = lanes.tops(self.rings, self.ways, first)
        self.width = max(self.room, self.columns.end, *(way.words_at + way.half + 1 for way in self.ways), 0)
        if not timed:  # lanes of the last band end where those above it do
            self.width = self.room * ceil((self.width - 0.05) / self.room)

    def picture(self, name: str) -> Picture:
        say, right = self.say, self.names_width - 12
        feelings = words.feelings(say)
        whole = Picture(
            name=name,
            width=round(self.width, 1),
            height=self.tops[""] + 10,
            names_width=round(self.names_width, 1),
            words=words.about(self.journey, say),
            scale=tuple(Line(right, _height(f) + 5, said) for f, said in feelings.items()),
            shapes=SHAPES,
            frame=hand.box(-16, -16, 32, 32, seed=9),
            leaders=tuple(self.leaders()),
            curves=tuple(each for each in self.curves() if each.bends),
            lanes=tuple(self.lane(ring, right) for ring in self.rings),
            lanes_at=min(self.tops.values()) - 16,
            points=tuple(self.points()),
            steps=tuple(self.step(at) for at in range(len(self.journey.steps))),
            gaps=tuple(self.gap(at, s) for at, s in enumerate(self.spans()) if s.gap.kind != "dropped"),
            dropped=tuple(self.dropped(s) for s in self.spans() if s.gap.kind == "dropped"),
            bubbles=tuple(self.bubble(step) for step in self.journey.steps if step.told_again),
            loops=tuple(self.loop(at, way) for at, way in enumerate(self.ways)),
            not_said=tuple(self.not_said()),
            legend=tuple(words.legend(self.journey, say, timed=self.timed)),
            rows=tuple(words.rows(self.journey, say)),
            room=self.room,
            ruler=ruler.measure(self.columns, stretches_of(self.journey), say) if self.timed else None,
        )
        return replace(whole, bands=bands.cut(whole, (_height(feeling) for feeling in feelings)))

    def spans(self) -> list[Span]:
        return [self.columns.spans[gap.key] for gap in self.journey.gaps]

    def x(self, step: PictureStep) -> float:
        return self.places[step.key]

    def lane(self, ring: str, right: float) -> Lane:
        y = self.tops[ring]
        return Lane(ring, y, HIGH, lanes.name_lines(lanes.names(self.say)[ring], y + HIGH / 2, right))

    def points(self) -> Iterator[Point]:
        for x, step in zip(self.columns.middles, self.journey.steps, strict=True):
            if step.feeling is not None:
                y, half = _height(step.feeling), DOT if step.kindness else DOT - 1
                yield Point(tidy(x), tidy(y), step.kindness, _around(x, y, half))

    def step(self, at: int) -> StepMark:
        step, x = self.journey.steps[at], self.columns.middles[at]
        y, half = self.tops[step.ring] + HIGH / 2, across.half_of(step)
        also = (_around(x, self.tops[ring] + HIGH / 2, across.SMALL) for ring in step.also)
        return StepMark(
            key=step.key,
            number=step.number,
            x=tidy(x),
            y=tidy(y),
            text_y=tidy(y + 5),
            kindness=step.kindness,
            source=step.source,
            shape=at % len(SHAPES),
            also=tuple(also),
            box=_around(x, y, half),
        )

    def bubble(self, step: PictureStep) -> Bubble:
        dropped = any(gap.kind == "dropped" for gap in self.journey.gaps_after(step))
        left, right = across.bubble_reach(step, dropped)
        x, y = self.x(step) - left, lanes.top_of_mark(step, self.tops) - 20
        return Bubble(tidy(x), tidy(y), across.count_of(step), Box(x, y, left + right, 18))

    def gap(self, at: int, span: Span) -> GapMark:
        """A hole; its words stand where all of them are in one band, near its start."""
        box = Box(span.start, self.tops[span.ring] - 3, span.end - span.start, HIGH + 6)
        wide = across.widest(span.lines) + 2 * across.INSIDE
        band = self.columns.band_of(span.words_at) * self.room
        start, end = max(box.x, band), min(box.right, band + self.room)
        middle = min((start + end) / 2, start + LONG / 2)
        return GapMark(
            key=span.gap.key,
            outline=hand.box(box.x, box.y, box.width, box.height, seed=40 + at),
            lines=_stacked(span.lines, middle, box.y + box.height / 2),
            paper=Box(middle - wide / 2, box.y + 5, wide, box.height - 10),
            box=box,
            again=tuple(self.letters(span, box)),
        )

    def letters(self, span: Span, box: Box) -> Iterator[Letter]:
        """Its letter again in each further band, where there is room for it between the hatch."""
        half = width(span.gap.letter, size=SIZE, bold=True) / 2 + across.INSIDE
        own = self.columns.band_of(span.words_at)
        for band in range(self.columns.band_of(box.x), self.columns.band_of(box.right) + 1):
            start, end = max(box.x, band * self.room), min(box.right, (band + 1) * self.room)
            if band != own and end - start >= 2 * (half + across.HATCH):
                x = min((start + end) / 2, start + LONG / 2)
                line = Line(tidy(x), tidy(box.y + box.height / 2 + 5), span.gap.letter)
                yield Letter(line, Box(x - half, box.y + 14, 2 * half, box.height - 28))

    def dropped(self, span: Span) -> Dropped:
        """Dashes to a cross, towards who should have been there; a second goes on from the first."""
        step = self.journey.steps[self.journey.place_of(span.gap.after_step)]
        top, x = self.tops[step.ring], self.x(step)
        down = self.tops[span.gap.ring] > top
        side, edge = (1, top + HIGH - 2) if down else (-1, top)  # a way back may run beneath
        middle, cross, first = top + HIGH / 2, span.start - 4, x + CROSS_AT
        start = hand.at(x + across.half_of(step) + 2, middle + 3 * side)
        dashes = f"M{start}Q{hand.at(cross - 10, middle + 8 * side)} {hand.at(cross - 2, edge - side)}"
        lines = _stacked(span.lines, span.start, middle)
        return Dropped(
            key=span.gap.key,
            dashes=dashes
            if cross <= first + 1
            else f"M{hand.at(first + 10, edge + 6 * side)}H{hand.number(cross - 10)}",
            cross=_around(cross, edge + 6 * side, CROSS),
            start=x,
            lines=lines,
            box=Box(span.start, lines[0].y - 13, span.end - span.start, LINE * len(lines)),
        )

    def loop(self, at: int, way: Way) -> Loop:
        """Down (or up) from the step to the track, along it, and up into the start of the gap."""
        under = self.tops[way.gap.ring] + HIGH + 5
        y = under + 14 + TRACK * way.track
        mark = self.tops[way.step.ring] + HIGH / 2
        side = 1 if mark < y else -1
        bubble = 20 if side < 0 and way.step.told_again else 0
        start = mark + side * (across.half_of(way.step) + 1 + bubble)
        bend = 10.0 if way.end > way.start else -10.0
        down = hand.line([(way.start, start), (way.start, y - 12 * side)], seed=at, push=0.9)
        along = f"{down}Q{hand.at(way.start, y)} {hand.at(way.start + bend, y)}"
        if way.far:
            along += f"H{hand.number(way.end)}"
            head = [(way.end + 8, y - 6), (way.end, y), (way.end + 8, y + 6)]
        else:
            along += f"H{hand.number(way.end - bend)}Q{hand.at(way.end, y)} {hand.at(way.end, under)}"
            head = [(way.end - 7, under + 8), (way.end, under), (way.end + 7, under + 7)]
        return Loop(
            path=along,
            head=hand.path(head),
            line=Line(tidy(way.words_at), y + 5, way.words),
            box=Box(way.words_at - way.half, y - 9, 2 * way.half, 18),
            start=min(way.start, way.end - 7, way.words_at - way.half),
            end=max(way.start, way.end + 7, way.words_at + way.half),
        )

    def curves(self) -> Iterator[Curve]:
        """A line through neighbouring steps whose feeling was said."""
        places = zip(self.columns.middles, self.journey.steps, strict=True)
        for said, run in groupby(places, key=lambda place: place[1].feeling is not None):
            if said:
                yield Curve(tuple(curve.through([(x, _height(step.feeling or 0)) for x, step in run])))

    def not_said(self) -> Iterator[NotSaid]:
        """One for neighbours that were not said, in each band."""
        said = self.say.gettext("not said").split(" ", 1)
        wide = max(width(line, size=SIZE) for line in said) + 2
        places = zip(self.columns.middles, self.journey.steps, strict=True)
        runs = groupby(places, key=lambda at: (at[1].feeling is None, self.columns.band_of(at[0])))
        for (unsaid, _band), run in runs:
            if unsaid:
                xs = [x for x, _ in run]
                middle = (xs[0] + xs[-1]) / 2
                yield NotSaid(
                    _stacked(tuple(said), middle, _height(-2) + 2),
                    Box(middle - wide / 2, _height(-2) - 18, wide, 38),
                )

    def leaders(self) -> Iterator[Leader]:
        """A thin line from each feeling down to its step."""
        columns = self.columns
        for x, true, step in zip(columns.middles, columns.trues, self.journey.steps, strict=True):
            start = _height(-2) + 26 if step.feeling is None else _height(step.feeling) + DOT
            end = lanes.top_of_mark(step, self.tops) - (20 if step.told_again else 0)
            yield Leader(x, start, end, true if self.timed else x)


def _names_width(say: Say) -> float:
    said = (*words.feelings(say).values(), *lanes.names(say).values())
    return _measured(said, tuple(words.headings(say)))


@lru_cache(maxsize=64)
def _measured(names: tuple[str, ...], headings: tuple[str, ...]) -> float:
    """Of our own words, the same for every story: once for each language."""
    ends = [line.words for name in names for line in lanes.name_lines(name, 0, 0)]
    widest = max(width(end, size=SIZE) for end in ends) + 14
    return max(widest, *(width(heading, size=SIZE) + 4 for heading in headings))


def _roomy(journey: Journey, words: Words, room: float) -> Columns:
    """Columns in as few bands as can hold them: as many in each, as far apart as there is room for."""
    put = partial(across.place, journey, words, room=room, needs=across.needs_of(journey))
    nearest = put(apart=across.LEAST)
    for begin in (across.shared(len(journey.steps), nearest.bands), frozenset[int]()):
        if columns := _widest(partial(put, begin=begin), nearest.bands):
            return columns
    return nearest


def _widest(put: Callable[..., Columns], bands: int) -> Columns | None:
    """The columns furthest apart that need no more bands; None where even the nearest do."""
    found = None
    low, high = int(across.LEAST), int(across.MOST)
    while low <= high:
        apart = (low + high) // 2
        columns = put(apart=apart)
        if columns.bands <= bands:
            found, low = columns, apart + 1
        else:
            high = apart - 1
    return found


def _at_true_lengths(journey: Journey, words: Words, room: float) -> Columns:
    """Columns as far apart as it truly was, in as many bands as they take in order alone."""
    stretches = stretches_of(journey)
    many = across.place(journey, words, room=room).bands
    unknown = sum(each.days is None for each in stretches[1:])
    free = max(many * room - 2 * across.EDGE - unknown * across.LEAST, room / 2)
    px = free / max(1, sum(each.days or 0 for each in stretches))
    for part in range(10, 2, -1):
        columns = across.place(journey, words, room=room, times=Times(stretches, px * part / 10))
        if columns.bands <= many:
            break
    return columns


def _around(x: float, y: float, half: float) -> Box:
    return Box(x - half, y - half, 2 * half, 2 * half)


def _height(feeling: int) -> float:
    return GOOD + FEELING * (2 - feeling)


def _stacked(lines: tuple[str, ...], x: float, middle: float) -> tuple[Line, ...]:
    """Lines of words around a height."""
    first = middle + 5 - LINE * (len(lines) - 1) / 2
    return tuple(Line(tidy(x), tidy(first + LINE * at), line) for at, line in enumerate(lines))
