"""The iceberg and the better story, laid out: levels, notes, the berg around them, links and headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from betterstory.conversations.drawing import berg, routes, water, words
from betterstory.conversations.drawing.marks import Box, Drawing, Heading, Line, LinkMark, NoteMark
from betterstory.conversations.drawing.notes import PAIR, Note, NoteLink, TurnedNote, check, letter
from betterstory.conversations.drawing.rows import (
    LINE,
    RAISED,
    SIZE,
    USUAL_PAPER,
    WIDE_PAPER,
    Band,
    Paper,
    Placed,
    Row,
    around_the_tip,
    in_the_berg,
    widest,
)
from betterstory.ui import hand
from betterstory.ui.lettering import width, wrap
from betterstory.ui.saying import ENGLISH, Say

HEADING = 17.0
PEAK = 16.0
FIRST = 130.0  # the first row around the tip
DOWN_TO_WATER = 52.0
BLUNT, BEYOND = 96.0, 26.0  # from the last note to the blunt end, and from there to the edge
DOME = 30.0  # the top of the better story
FOLD = 12.0
MANY = 24  # notes
TILT = 0.9  # degrees
INSIDE_LEFT, INSIDE_TOP = 14, 20  # where the first line of a note begins
TIP_ROOM = 330.0  # beside the peak
LABEL_AT = (0.82, 0.7, 0.58, 0.46, 0.34, 0.22, 0.9)  # parts of the way where words may stand on it


@dataclass(frozen=True)
class Frame:
    """Bands from top to bottom, and where the berg begins, narrows and ends."""

    bands: tuple[Band, ...]
    peak: float
    neck: float
    end: float
    water: float
    height: float
    tip: str
    paper: Paper

    @property
    def rows(self) -> list[Row]:
        return [row for band in self.bands for row in band.rows]

    @property
    def inner(self) -> list[Row]:
        return [row for band in self.bands if band.level != self.tip for row in band.rows]


def draw_iceberg(
    notes: Sequence[Note],
    links: Sequence[NoteLink] = (),
    *,
    say: Say = ENGLISH,
    name: str = "iceberg",
    heard: Mapping[str, str] | None = None,
    wide: bool = False,
) -> Drawing:
    """What happened above the water, and what lies beneath. `name` begins the ids; sizes are px.

    `heard` says for a level who had the first word there. `wide` is for a large sheet of paper.
    Raises ValueError as `notes.check` does.
    """
    check(notes, links)
    frame = _iceberg(notes, words.taken_back(say), WIDE_PAPER if wide else USUAL_PAPER)
    return _Sheet(frame, notes, links, words.beneath(say), say, heard or {}).drawing(name)


def draw_better_story(
    notes: Sequence[TurnedNote],
    links: Sequence[NoteLink] = (),
    *,
    say: Say = ENGLISH,
    name: str = "better-story",
    wide: bool = False,
) -> Drawing:
    """The iceberg turned over: what we hold to be true in the light, its tip in the water."""
    links = [link for link in links if link.kind != PAIR]
    headings = words.turned(say)
    order = {level: place for place, level in enumerate(headings)}
    ordered = sorted(notes, key=lambda note: order.get(note.level, 0))
    lettered = [_turned(note, letter(place), say) for place, note in enumerate(ordered)]
    check(lettered, links)
    frame = _better_story(lettered, WIDE_PAPER if wide else USUAL_PAPER)
    return _Sheet(frame, lettered, links, headings, say, {}).drawing(name)


def _turned(note: TurnedNote, number: str, say: Say) -> Note:
    was = say.gettext("was %(number)s") % {"number": note.was} if note.was else ""
    return Note(note.key, number, note.level, note.words, source=was, about=was)


def _at(notes: Sequence[Note], level: str) -> list[Note]:
    return [note for note in notes if note.level == level]


def _iceberg(notes: Sequence[Note], taken_back: str, paper: Paper) -> Frame:
    most = paper.across
    tip = around_the_tip("event", _at(notes, "event"), FIRST, taken_back, raised=RAISED, paper=paper)
    water = tip.bottom + DOWN_TO_WATER
    trend = in_the_berg("trend", _at(notes, "trend"), water, taken_back, most=most, paper=paper)
    structure = in_the_berg(
        "structure", _at(notes, "structure"), trend.bottom, taken_back, most=most, paper=paper
    )
    believed = _at(notes, "mental_model")
    few = 2 if len(believed) < 5 else most
    base = in_the_berg(
        "mental_model",
        believed,
        structure.bottom,
        taken_back,
        most=few,
        paper=paper,
    )
    end = base.bottom + BLUNT - 36
    return Frame((tip, trend, structure, base), PEAK, water, end, water, end + BEYOND, "event", paper)


def _better_story(notes: Sequence[Note], paper: Paper) -> Frame:
    most = paper.across
    believed = _at(notes, "mental_model")
    few = 2 if len(believed) < 5 else most
    top = in_the_berg("mental_model", believed, DOME - 8, "", most=few, paper=paper)
    structure = in_the_berg("structure", _at(notes, "structure"), top.bottom, "", most=most, paper=paper)
    trend = in_the_berg("trend", _at(notes, "trend"), structure.bottom, "", most=most, paper=paper)
    tip = around_the_tip("event", _at(notes, "event"), trend.bottom + 56, "", raised=0, paper=paper)
    peak = tip.bottom + 62
    water = (structure.top + structure.bottom) / 2
    return Frame((top, structure, trend, tip), peak, trend.bottom, DOME, water, peak + BEYOND, "event", paper)


class _Sheet:
    """One drawing in the making."""

    def __init__(
        self,
        frame: Frame,
        notes: Sequence[Note],
        links: Sequence[NoteLink],
        headings: words.Headings,
        say: Say,
        heard: Mapping[str, str],
    ) -> None:
        self.frame, self.notes, self.links, self.headings, self.say = frame, notes, links, headings, say
        self.heard, self.paper = heard, frame.paper
        self.is_turned = frame.end < frame.peak
        self.corners = berg.corners(frame.peak, frame.neck, frame.end, frame.inner, frame.paper)
        finder = routes.Routes(frame.rows, links, frame.paper)
        self.ways = {link: finder.way(link, place) for place, link in enumerate(links)}
        self.boxes = [each.box for row in frame.rows for each in row.notes]

    def drawing(self, name: str) -> Drawing:
        frame = self.frame
        headings = tuple(self.heading(band) for band in frame.bands)
        self.lead_around([heading.box for heading in headings if not heading.outside])
        listed = words.levels(self.notes, self.links, self.headings, self.say, turned=self.is_turned)
        return Drawing(
            name=name,
            is_turned=self.is_turned,
            title=words.title(self.say, turned=self.is_turned),
            desc=". ".join(heading for heading, _ in self.headings.values()) + ".",
            width=self.paper.width,
            height=round(frame.height, 1),
            water=round(frame.water, 1),
            sea=water.sea(frame.water, self.paper.width, frame.height),
            waves=tuple(water.waves(self.corners, frame.water, self.paper.width, turned=self.is_turned)),
            berg=hand.outline(self.corners, seed=11, push=0.9),
            corners=self.corners,
            cracks=berg.cracks(self.corners, frame.peak, frame.neck),
            boundaries="".join(self.boundaries()),
            headings=headings,
            notes=tuple(self.note(each) for row in frame.rows for each in row.notes),
            links=tuple(self.link_marks([heading.box for heading in headings])),
            levels=tuple(listed),
        )

    def lead_around(self, boxes: Sequence[Box]) -> None:
        """No link runs under a heading inside: where none of its places is free, the link makes way."""
        for place, (link, way) in enumerate(self.ways.items()):
            for box in boxes:
                way = routes.past(way, box, self.paper, place)
            self.ways[link] = way

    def boundaries(self) -> list[str]:
        """Dashed lines between the levels inside."""
        edges = [band.bottom for band in self.frame.bands[:-1] if band.level != self.frame.tip]
        drawn = []
        for seed, y in enumerate(edges):
            left, right = berg.half_at(self.corners, y)
            drawn.append(hand.line([(left + 6, y), (right - 6, y)], seed=30 + seed, push=2.5))
        return drawn

    def heading(self, band: Band) -> Heading:
        """Beside the tip, or inside between two levels, where no link runs if there is such a place."""
        title, question = self.headings[band.level]
        if band.level == self.frame.tip:
            return self.beside_the_tip(band, title, self.asked(band.level, question, TIP_ROOM))
        top, middle = band.top + (24 if question else 38), self.paper.middle
        left, right = berg.half_at(self.corners, top + 20)
        question = self.asked(band.level, question, right - left - 40)
        wide = max(width(title, size=HEADING, bold=True), width(question, size=SIZE)) + 8
        places = sorted((middle + aside for aside in range(-220, 221, 10)), key=lambda x: abs(x - middle))
        inside = [x for x in places if left + wide / 2 + 8 <= x <= right - wide / 2 - 8] or [middle]
        boxes = {x: Box(x - wide / 2, top - 4, wide, 46 if question else 26) for x in inside}
        x = min(inside, key=lambda x: sum(routes.crosses(way, boxes[x]) for way in self.ways.values()))
        asked = Line(x, top + 34, question) if question else None
        return Heading(band.level, (Line(x, top + 14, title),), asked, "middle", boxes[x])

    def asked(self, level: str, question: str, room: float) -> str:
        """The question of a level; once its teller has spoken there, who had the first word instead."""
        said = self.heard.get(level)
        return wrap(said, room=room, size=SIZE, lines=1)[0] if said else question

    def beside_the_tip(self, band: Band, title: str, question: str) -> Heading:
        if not self.is_turned:
            box = Box(10, 8, max(width(title, size=HEADING, bold=True), width(question, size=SIZE)) + 8, 46)
            return Heading(
                band.level, (Line(14, 26, title),), Line(14, 46, question), "start", box, outside=True
            )
        lines = wrap(title, room=150, size=HEADING, bold=True)
        y = band.top - 18 - 22 * len(lines)
        wide = widest(lines, size=HEADING, bold=True) + 8
        placed = tuple(Line(110, y + 22 * at + 16, line) for at, line in enumerate(lines))
        box = Box(110 - wide / 2, y, wide, 22.0 * len(lines))
        return Heading(band.level, placed, None, "middle", box, outside=True)

    def note(self, placed: Placed) -> NoteMark:
        """A note around its own upper left corner, where its number stands."""
        box, note = placed.box, placed.note
        seed = sum(map(ord, note.key))
        wide, high = box.width, box.height
        fold = [(wide, high - FOLD), (wide - FOLD, high)]
        edge = [(0.0, 0.0), (wide, 0.0), *fold, (0.0, high)]
        folded = hand.path([fold[0], (wide - FOLD, high - FOLD), fold[1]])
        tilt = TILT * hand.grain(5, seed) * min(1, 90 / high)
        under = INSIDE_TOP + LINE * len(placed.lines) + 2
        return NoteMark(
            key=note.key,
            number=note.number,
            quiet=note.words is None,
            outline=self.around(edge, seed % 97) + folded,
            place=f"translate({hand.at(box.x, box.y)})rotate({hand.number(tilt)})",
            lines=tuple(
                Line(INSIDE_LEFT, INSIDE_TOP + LINE * at, line) for at, line in enumerate(placed.lines)
            ),
            source=Line(INSIDE_LEFT, under, placed.source) if placed.source else None,
            box=box,
        )

    def around(self, edge: Sequence[routes.Point], seed: int) -> str:
        """By hand where notes are few; among many the edges are straight, so that the page stays light."""
        if len(self.notes) > MANY:
            return hand.path(edge, closed=True)
        return hand.outline(edge, seed=seed, push=0.9)

    def link_marks(self, headings: list[Box]) -> list[LinkMark]:
        taken = [*headings, *self.boxes, *(Box(box.x - 12, box.y - 12, 24, 24) for box in self.boxes)]
        marks = []
        for link, way in self.ways.items():
            label, box = self.label(link, way, taken)
            taken += [box] if box else []
            path, head = routes.drawn(way), "" if link.kind == PAIR else routes.head(way)
            marks.append(LinkMark(link.start, link.end, link.kind, way, path, head, label, box))
        return marks

    def label(
        self, link: NoteLink, way: Sequence[routes.Point], taken: list[Box]
    ) -> tuple[Line | None, Box | None]:
        """What a link says, where there is room on it; the list says it in any case."""
        if self.is_turned:
            return None, None
        said = words.kinds(self.say)[link.kind]
        wide = width(said, size=SIZE) + 8
        sheet = Box(0, 0, self.paper.width, self.frame.height)
        for part in LABEL_AT:
            x, y = routes.along(way, part)
            box = Box(x - wide / 2, y - 9, wide, 18)
            if sheet.holds(box) and not any(box.overlaps(other, 2) for other in taken):
                return Line(round(x, 1), round(y + 5, 1), said), box
        return None, None
