"""The journey picture, laid out: columns for steps, lanes for rings, and every mark in its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from betterstory.stories.picture import columns as across
from betterstory.stories.picture import curve, lanes, words
from betterstory.stories.picture.columns import CROSS, CROSS_AT, SIZE, Columns, Span
from betterstory.stories.picture.journey import Journey, PictureStep
from betterstory.stories.picture.lanes import HIGH, TRACK, Way
from betterstory.stories.picture.marks import (
    Box,
    Bubble,
    Dropped,
    GapMark,
    Lane,
    Line,
    Loop,
    NotSaid,
    Picture,
    Point,
    Shape,
    StepMark,
    Strip,
)
from betterstory.ui import hand
from betterstory.ui.lettering import width
from betterstory.ui.saying import ENGLISH, Say

COLUMN = 792.0  # the page's own column
GOOD, FEELING = 50.0, 36.0  # the height of "good", and from one feeling to the next
DOT = 7.0
LINE = 18.5
LONG = 320.0  # the words of a longer gap stand near its start
SHAPES = tuple(
    Shape(hand.box(-12.5, -12.5, 25, 25, seed=seed), hand.box(-9, -9, 18, 18, seed=seed + 20, push=0.8))
    for seed in (1, 4, 6)
)


def lay_out(journey: Journey, *, say: Say = ENGLISH, name: str = "journey") -> Picture:
    """Place every mark of a journey. `name` begins the ids; sizes are px at 18 px a rem."""
    return _Drawing(journey, say).picture(name)


class _Drawing:
    def __init__(self, journey: Journey, say: Say) -> None:
        self.journey = journey
        self.say = say
        self.names_width = _names_width(say)
        self.columns = _roomy(journey, COLUMN - self.names_width)
        self.back = say.gettext("sent back")
        self.ways = lanes.ways_back(journey, self.columns, self.back)
        self.rings = lanes.used(journey)
        self.tops = lanes.tops(self.rings, self.ways)
        half_words = width(self.back, size=SIZE, bold=True) / 2
        self.width = max(
            COLUMN - self.names_width,
            self.columns.end,
            *(way.words_at + half_words + 6 for way in self.ways),
            0,
        )

    def picture(self, name: str) -> Picture:
        say, right = self.say, self.names_width - 12
        feelings = words.feelings(say)
        return Picture(
            name=name,
            width=round(self.width, 1),
            height=self.tops[""] + 10,
            names_width=round(self.names_width, 1),
            words=words.about(self.journey, say),
            scale=tuple(Line(right, _height(f) + 5, said) for f, said in feelings.items()),
            shapes=SHAPES,
            frame=hand.box(-16, -16, 32, 32, seed=9),
            guides="".join(f"M0 {hand.number(_height(f))}H{hand.number(self.width)}" for f in feelings),
            leaders=self.leaders(),
            curves=tuple(filter(None, (curve.drawn(run) for run in self.said_runs()))),
            lanes=tuple(self.lane(ring, right) for ring in self.rings),
            points=tuple(self.points()),
            steps=tuple(self.step(at) for at in range(len(self.journey.steps))),
            gaps=tuple(self.gap(at, s) for at, s in enumerate(self.spans()) if s.gap.kind != "dropped"),
            dropped=tuple(self.dropped(s) for s in self.spans() if s.gap.kind == "dropped"),
            bubbles=tuple(self.bubble(step) for step in self.journey.steps if step.told_again),
            loops=tuple(self.loop(at, way) for at, way in enumerate(self.ways)),
            not_said=tuple(self.not_said()),
            legend=tuple(words.legend(self.journey, say)),
            rows=tuple(words.rows(self.journey, say)),
            strips=tuple(self.strips()),
        )

    def spans(self) -> list[Span]:
        return [self.columns.spans[gap.key] for gap in self.journey.gaps]

    def x(self, step: PictureStep) -> float:
        return self.columns.middles[self.journey.steps.index(step)]

    def lane(self, ring: str, right: float) -> Lane:
        y = self.tops[ring]
        return Lane(ring, y, HIGH, lanes.name_lines(lanes.names(self.say)[ring], y + HIGH / 2, right))

    def points(self) -> Iterator[Point]:
        for x, step in zip(self.columns.middles, self.journey.steps, strict=True):
            if step.feeling is not None:
                y, half = _height(step.feeling), DOT if step.kindness else DOT - 1
                yield Point(round(x, 1), y, step.kindness, _around(x, y, half))

    def step(self, at: int) -> StepMark:
        step, x = self.journey.steps[at], self.columns.middles[at]
        y, half = self.tops[step.ring] + HIGH / 2, across.half_of(step)
        also = (_around(x, self.tops[ring] + HIGH / 2, across.SMALL) for ring in step.also)
        return StepMark(
            key=step.key,
            number=step.number,
            x=round(x, 1),
            y=y,
            text_y=y + 5,
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
        return Bubble(round(x, 1), y, across.count_of(step), Box(x, y, left + right, 18))

    def gap(self, at: int, span: Span) -> GapMark:
        box = Box(span.start, self.tops[span.ring] - 3, span.end - span.start, HIGH + 6)
        wide = max(width(line, size=SIZE, bold=True) for line in span.lines) + 2 * across.INSIDE
        middle = min(box.middle, box.x + LONG / 2)
        paper = Box(middle - wide / 2, box.y + 5, wide, box.height - 10)
        return GapMark(
            key=span.gap.key,
            outline=hand.box(box.x, box.y, box.width, box.height, seed=40 + at),
            lines=_stacked(span.lines, middle, box.y + box.height / 2),
            paper=paper,
            box=box,
        )

    def dropped(self, span: Span) -> Dropped:
        """Dashes from the step to a cross; a second one goes on from the first."""
        step = next(step for step in self.journey.steps if step.key == span.gap.after_step)
        top, x = self.tops[step.ring], self.x(step)
        middle, cross, first = top + HIGH / 2, span.start - 4, x + CROSS_AT
        start = hand.at(x + across.half_of(step) + 2, middle - 3)
        dashes = f"M{start}Q{hand.at(cross - 10, middle - 8)} {hand.at(cross - 2, top + 1)}"
        lines = _stacked(span.lines, span.start, middle)
        return Dropped(
            key=span.gap.key,
            dashes=dashes
            if cross <= first + 1
            else f"M{hand.at(first + 10, top - 6)}H{hand.number(cross - 10)}",
            cross=_around(cross, top - 6, CROSS),
            lines=lines,
            box=Box(span.start, lines[0].y - 13, span.end - span.start, LINE * len(lines)),
        )

    def loop(self, at: int, way: Way) -> Loop:
        """Down (or up) from the step to the track, along it, and up into the start of the gap."""
        under = self.tops[way.gap.ring] + HIGH + 5
        y = under + 12 + TRACK * way.track
        mark = self.tops[way.step.ring] + HIGH / 2
        side = 1 if mark < y else -1
        start = mark + side * (across.half_of(way.step) + 1)
        bend = 10.0 if way.end > way.start else -10.0
        down = hand.line([(way.start, start), (way.start, y - 12 * side)], seed=at, push=0.9)
        turn = f"Q{hand.at(way.start, y)} {hand.at(way.start + bend, y)}H{hand.number(way.end - bend)}"
        head = [(way.end - 7, under + 8), (way.end, under), (way.end + 7, under + 7)]
        wide = width(self.back, size=SIZE, bold=True) + 10
        return Loop(
            path=f"{down}{turn}Q{hand.at(way.end, y)} {hand.at(way.end, under)}",
            head=hand.path(head),
            line=Line(round(way.words_at, 1), y + 5, self.back),
            box=Box(way.words_at - wide / 2, y - 9, wide, 18),
        )

    def said_runs(self) -> list[list[curve.Point]]:
        """Neighbouring steps whose feeling was said."""
        places = zip(self.columns.middles, self.journey.steps, strict=True)
        runs = groupby(places, key=lambda place: place[1].feeling is not None)
        return [[(x, _height(step.feeling or 0)) for x, step in run] for said, run in runs if said]

    def not_said(self) -> list[NotSaid]:
        places = zip(self.columns.middles, self.journey.steps, strict=True)
        runs = groupby(places, key=lambda place: place[1].feeling is None)
        middles = [[x for x, _ in run] for unsaid, run in runs if unsaid]
        said = self.say.gettext("not said").split(" ", 1)
        wide = max(width(line, size=SIZE) for line in said) + 2
        return [
            NotSaid(
                _stacked(tuple(said), (run[0] + run[-1]) / 2, _height(-2) + 2),
                Box((run[0] + run[-1]) / 2 - wide / 2, _height(-2) - 18, wide, 38),
            )
            for run in middles
        ]

    def leaders(self) -> str:
        """A thin line from each feeling down to its step."""
        drawn = []
        for x, step in zip(self.columns.middles, self.journey.steps, strict=True):
            start = _height(-2) + 26 if step.feeling is None else _height(step.feeling) + DOT
            end = lanes.top_of_mark(step, self.tops) - (20 if step.told_again else 0)
            drawn.append(f"M{hand.number(x)} {hand.number(start)}V{hand.number(end)}")
        return "".join(drawn)

    def strips(self) -> list[Strip]:
        """The picture cut between steps into parts that fit across a sheet; one part where all of it fits."""
        room, cuts = COLUMN - self.names_width, [0.0]
        places = [*self.columns.between(), self.width]
        for cut, following in pairwise(places):
            if following - cuts[-1] > room and cut > cuts[-1]:
                cuts.append(cut)
        while self.width - cuts[-1] > room + 0.1:
            cuts.append(cuts[-1] + room)
        ends = [*cuts[1:], self.width]
        return [Strip(round(a, 1), round(min(b - a, room), 1)) for a, b in zip(cuts, ends, strict=True)]


def _names_width(say: Say) -> float:
    said = [*words.feelings(say).values(), *lanes.names(say).values()]
    ends = [line.words for name in said for line in lanes.name_lines(name, 0, 0)]
    headings = words.headings(say)
    widest = max(width(end, size=SIZE) for end in ends) + 14
    return max(widest, *(width(heading, size=SIZE) + 4 for heading in headings))


def _roomy(journey: Journey, room: float) -> Columns:
    """Columns as far apart as the page has room for, and never nearer than usual."""
    for apart in range(int(across.MOST), int(across.USUAL), -2):
        columns = across.place(journey, apart=apart)
        if columns.end <= room:
            return columns
    return across.place(journey)


def _around(x: float, y: float, half: float) -> Box:
    return Box(x - half, y - half, 2 * half, 2 * half)


def _height(feeling: int) -> float:
    return GOOD + FEELING * (2 - feeling)


def _stacked(lines: tuple[str, ...], x: float, middle: float) -> tuple[Line, ...]:
    """Lines of words around a height."""
    first = middle + 5 - LINE * (len(lines) - 1) / 2
    return tuple(Line(round(x, 1), first + LINE * at, line) for at, line in enumerate(lines))
