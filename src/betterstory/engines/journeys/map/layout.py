"""Where everything of a map's picture stands: boxes below each other, ways on beside them to the right,
ways back to the left. Made from shown figures and from nothing else, always in the same way.

It is drawn narrow, so that it can be read on a phone as it is. Lengths are in px at that size.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from betterstory.engines.journeys.map.letters import width, wrap
from betterstory.engines.journeys.map.order import typical_order
from betterstory.engines.journeys.map.protected import Kind, ProtectedMap, Way

WIDTH = 480.0
LEFT, RIGHT = 116.0, 346.0  # of the boxes
MIDDLE = (LEFT + RIGHT) / 2
EDGE = 10.0
NAME, SMALL = 15.0, 13.0
LINE = 18.0
STRIP = 46.0  # beneath each box
THICKEST, THINNEST = 9.0, 1.4
WAYS_A_KIND = 1.3


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; `x` is where it starts, its middle or its end, as `anchor` says."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    size: float = SMALL
    bold: bool = False
    back: bool = False

    @property
    def left(self) -> float:
        return self.x - self.room * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]

    @property
    def room(self) -> float:
        return width(self.text, self.size) * (1.06 if self.bold else 1)


@dataclass(frozen=True, slots=True)
class Box:
    """A kind of contact. `again` and `stopped` say how many, where a mark is to be drawn for them."""

    name: str
    top: float
    height: float
    words: tuple[Words, ...]
    begins: bool
    again: Words | None
    stopped: Words | None

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Line:
    """A way: from a point beside one box to a point beside another, out to `lane`; straight down without."""

    start: str
    end: str
    people: int
    thick: float
    from_y: float
    to_y: float
    lane: float | None
    back: bool
    label: Words | None


@dataclass(frozen=True, slots=True)
class Layout:
    """All of a picture."""

    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    left_out: int


def lay_out(shown: ProtectedMap, top: float = 0.0) -> Layout:
    """Place the boxes from `top` down, and the ways that most people went."""
    order = typical_order(
        [kind.name for kind in shown.kinds],
        {(way.start, way.end): way.people.shown or 0 for way in shown.ways},
        {kind.name: kind.first.shown or 0 for kind in shown.kinds},
    )
    kinds = {kind.name: kind for kind in shown.kinds}
    boxes: list[Box] = []
    for name in order:
        boxes.append(_box(kinds[name], boxes[-1].bottom + STRIP if boxes else top))
    between = [way for way in shown.ways if way.start != way.end]
    drawn = _strongest(between, order)
    lines = _lines(drawn, boxes)
    bottom = boxes[-1].bottom + STRIP if boxes else top
    return Layout(bottom, tuple(boxes), tuple(lines), len(between) - len(drawn))


def _box(kind: Kind, top: float) -> Box:
    room = RIGHT - LEFT - 2 * EDGE
    names = wrap(kind.name, room, NAME * 1.06, 3)
    words = [
        Words(LEFT + EDGE, top + LINE * (number + 1) + 3, line, size=NAME, bold=True)
        for number, line in enumerate(names)
    ]
    said = [f"about {kind.people.shown or 0:,} people"]
    begins = bool(kind.first.shown)
    for line in said:
        words.append(Words(LEFT + EDGE, words[-1].y + LINE, line))
    if begins:
        words.append(Words(LEFT + EDGE + 18, words[-1].y + LINE, f"first for about {kind.first.shown:,}"))
    height = LINE * len(words) + 13
    low = top + height + 31
    again, stopped = kind.again.shown, kind.stopped.shown
    return Box(
        kind.name,
        top,
        height,
        tuple(words),
        begins,
        Words(LEFT + 34, low, f"{again:,}") if again else None,
        Words(RIGHT - 34, low, f"{stopped:,}") if stopped else None,
    )


def _strongest(ways: Sequence[Way], order: Sequence[str]) -> list[Way]:
    """As many of the strongest as can be told apart, and of each kind the strongest to it and from it."""
    most = max(14, round(WAYS_A_KIND * len(order)))
    chosen = set(ways[:most])
    for name in order:
        chosen.update([way for way in ways if way.end == name][:1])
        chosen.update([way for way in ways if way.start == name][:1])
    return [way for way in ways if way in chosen]


def _lines(ways: Sequence[Way], boxes: Sequence[Box]) -> list[Line]:
    place = {box.name: number for number, box in enumerate(boxes)}
    most = max((way.people.shown or 0 for way in ways), default=0)
    down = [way for way in ways if place[way.end] == place[way.start] + 1]
    on = [way for way in ways if place[way.end] > place[way.start] + 1]
    back = [way for way in ways if place[way.end] < place[way.start]]
    lines = []
    for way in down:
        start, end = boxes[place[way.start]], boxes[place[way.end]]
        label: Words | None = Words(MIDDLE + 12, start.bottom + 28, f"{way.people.shown:,}")
        if label and label.left + label.room > RIGHT - 54:  # a figure in millions would meet the cross
            label = None
        lines.append(_line(way, most, start.bottom, end.top, None, False, label))
    beside = [*_beside(on, boxes, place, most, False), *_beside(back, boxes, place, most, True)]
    return lines + _labelled(beside, [box.stopped for box in boxes if box.stopped])


def _line(
    way: Way, most: int, from_y: float, to_y: float, lane: float | None, back: bool, label: Words | None
) -> Line:
    people = way.people.shown or 0
    thick = round(max(THINNEST, THICKEST * people / most), 1)
    return Line(way.start, way.end, people, thick, from_y, to_y, lane, back, label)


def _beside(
    ways: Sequence[Way], boxes: Sequence[Box], place: dict[str, int], most: int, back: bool
) -> list[Line]:
    """Ways in lanes beside the boxes: long ones around short ones."""
    ports = _ports(ways, boxes, place, back)
    lanes = _lanes([ports[way] for way in ways])
    first, last = (LEFT - 22, 22.0) if back else (RIGHT + 22, WIDTH - 22)
    step = min(24.0, abs(last - first) / max(lanes, default=1)) if max(lanes, default=0) else 0.0
    lines = []
    for way, lane in zip(ways, lanes, strict=True):
        x = round(first + (-step if back else step) * lane, 1)
        lines.append(_line(way, most, *ports[way], x, back, None))
    return lines


def _lanes(spans: Sequence[tuple[float, float]]) -> list[int]:
    """A lane for each span, so that those side by side in one do not touch; the shortest lie innermost."""
    inside: list[list[tuple[float, float]]] = []
    found = [0] * len(spans)
    for number in sorted(range(len(spans)), key=lambda each: abs(spans[each][1] - spans[each][0])):
        low, high = sorted(spans[number])
        touched = [
            lane
            for lane, others in enumerate(inside)
            if any(low - 8 < other_high and other_low < high + 8 for other_low, other_high in others)
        ]
        found[number] = max(touched, default=-1) + 1
        if found[number] == len(inside):
            inside.append([])
        inside[found[number]].append((low, high))
    return found


def _ports(
    ways: Iterable[Way], boxes: Sequence[Box], place: dict[str, int], back: bool
) -> dict[Way, tuple[float, float]]:
    """Where each way leaves its box and comes to the other, so that those beside a box do not cross."""
    ways = list(ways)
    far = {way: abs(place[way.end] - place[way.start]) for way in ways}
    leaves: dict[Way, float] = {}
    comes: dict[Way, float] = {}
    for box in boxes:
        out = sorted((way for way in ways if way.start == box.name), key=lambda w: far[w])
        into = sorted((way for way in ways if way.end == box.name), key=lambda w: far[w])
        # on the right, ways come in above and leave below; on the left the other way round
        above, below = (out, into) if back else (into, out)
        column = [*above, *reversed(below)]
        for number, way in enumerate(column):
            y = round(box.top + 7 + (box.height - 14) * (number + 0.5) / len(column), 1)
            (comes if way.end == box.name else leaves)[way] = y
    return {way: (leaves[way], comes[way]) for way in ways}


def _labelled(lines: Sequence[Line], written: Sequence[Words]) -> list[Line]:
    """How many went each way, the strongest first, where it covers no other figure and as few lines as can
    be. Where there is no room for a figure it is left to the table."""
    taken = list(written)
    labelled: dict[Line, Line] = {}
    for line in sorted(lines, key=lambda each: -each.people):
        tried = [(_crossed(label, line, lines), label) for label in _tried(line)]
        free = [each for each in tried if not any(overlap(each[1], other) for other in taken)]
        label = min(free, key=lambda each: each[0])[1] if free else None
        taken += [label] if label else []
        labelled[line] = replace(line, label=label)
    return [labelled[line] for line in lines]


def _tried(line: Line) -> Iterator[Words]:
    """Along its lane, from the middle outwards, inside the picture and off the boxes."""
    text = f"{line.people:,}"
    half = width(text, SMALL) / 2 + 2
    lane = line.lane or 0.0
    x = min(max(lane, half), LEFT - half - 6) if line.back else max(min(lane, WIDTH - half), RIGHT + half + 6)
    for part in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82):
        y = line.from_y + (line.to_y - line.from_y) * part + 4.5
        yield Words(round(x, 1), round(y, 1), text, "middle", back=line.back)


def _crossed(label: Words, own: Line, lines: Sequence[Line]) -> int:
    """How many other lines run through a label; those that lead to a box count more than lanes."""
    left, right, y = label.left - 2, label.left + label.room + 2, label.y - 4.5
    crossed = 0
    for line in lines:
        if line == own or line.lane is None or line.back != own.back:
            continue
        low, high = sorted((line.from_y, line.to_y))
        crossed += left < line.lane < right and low < y < high
        reaches = line.lane < right if line.back else line.lane > left
        crossed += 3 * sum(reaches and abs(end - y) < 10 for end in (line.from_y, line.to_y))
    return crossed


def overlap(one: Words, other: Words) -> bool:
    """Whether two lines of text touch."""
    return (
        abs(one.y - other.y) < max(one.size, other.size) * 1.15
        and one.left < other.left + other.room + 2
        and other.left < one.left + one.room + 2
    )
