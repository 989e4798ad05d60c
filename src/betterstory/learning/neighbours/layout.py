"""The picture: a path of seven stops for each neighbourhood, and lines for lessons carried between them.

A row a neighbourhood, in the order given. Each line has a lane of its own to the right of the paths, and a
numbered badge at both its ends, so that no two marks meet however many lines there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from betterstory.ui import hand
from betterstory.ui.lettering import wrap

STAGES = 7
NAMES, NAME_SIZE, WORD_SIZE = 176.0, 16.0, 13.5
FIRST, STEP = 226.0, 62.0  # the middle of the first stop, and from one to the next
RISE = 12.0  # every other stop lies so much higher: the path goes up and down
STOP, HERE = 9.0, 20.0
HEADS = 92.0
ROW, LINE = 86.0, 19.0
BADGE, PORT = 11.0, 27.0  # a badge, and the room one takes in its row
PORTS = FIRST + (STAGES - 1) * STEP + 56.0
LANE = 20.0
EDGE = 14.0


@dataclass(frozen=True)
class Place:
    """A neighbourhood: its name, where it is (None: not begun), and that in words."""

    key: str
    name: str
    stage: int | None
    words: str


@dataclass(frozen=True)
class Way:
    """Lessons carried from one neighbourhood to another. `refused`: none of them was for there."""

    number: int
    start: str
    end: str
    refused: bool = False


@dataclass(frozen=True)
class Text:
    """A line of words."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Head:
    """The name of a stage above its stops."""

    number: int
    x: float
    lines: tuple[Text, ...]


@dataclass(frozen=True)
class Stop:
    """One stop of a path: "done", "here" or "ahead"."""

    x: float
    y: float
    state: str
    number: int

    @property
    def radius(self) -> float:
        return HERE if self.state == "here" else STOP


@dataclass(frozen=True)
class RowMark:
    """A neighbourhood's row."""

    key: str
    top: float
    bottom: float
    name: tuple[Text, ...]
    words: tuple[Text, ...]
    stops: tuple[Stop, ...]
    walked: str
    ahead: str
    water: str


@dataclass(frozen=True)
class Badge:
    """The number of a way, at one of its ends."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class WayMark:
    """A line with its arrow head, and the badges at its two ends."""

    number: int
    line: str
    arrow: str
    refused: bool
    lane: float
    start: Badge
    end: Badge


@dataclass(frozen=True)
class Picture:
    """The whole, in px."""

    width: float
    height: float
    heads: tuple[Head, ...]
    rows: tuple[RowMark, ...]
    ways: tuple[WayMark, ...]

    @property
    def width_rem(self) -> float:
        return round(self.width / 18, 2)


def draw(places: Sequence[Place], ways: Sequence[Way], heads: Sequence[str]) -> Picture:
    """Every place in its row, every way between two of them in its lane.

    Ways from a place to itself are for the list alone. Raises ValueError for a way to nowhere.
    """
    known = {place.key: at for at, place in enumerate(places)}
    if any(way.start not in known or way.end not in known for way in ways):
        raise ValueError("a way begins or ends at a place that is not in the picture")
    ways = [way for way in ways if way.start != way.end]
    ports = _ports(places, ways, known)
    tops, top = [], HEADS
    for place in places:
        tops.append(top)
        top += max(ROW, PORT * len(ports[place.key]) + 16)
    bottoms = [*tops[1:], top]
    at: dict[tuple[int, str], float] = {}
    for row, place in enumerate(places):
        own = ports[place.key]
        first = (tops[row] + bottoms[row]) / 2 - PORT * (len(own) - 1) / 2
        at |= {port: first + PORT * place_ for place_, port in enumerate(own)}
    marks = _ways(ways, at)
    width = max([PORTS + BADGE, *(mark.lane for mark in marks)]) + EDGE
    return Picture(
        width=width,
        height=top + EDGE,
        heads=tuple(_head(at_, words) for at_, words in enumerate(heads)),
        rows=tuple(_row(place, tops[row], bottoms[row], row) for row, place in enumerate(places)),
        ways=tuple(marks),
    )


def _ports(
    places: Sequence[Place], ways: Sequence[Way], known: dict[str, int]
) -> dict[str, list[tuple[int, str]]]:
    """For each place the ends of ways there, those that go up first, so that few lines cross."""
    ports: dict[str, list[tuple[int, tuple[int, str]]]] = {place.key: [] for place in places}
    for way in ways:
        ports[way.start].append((known[way.end], (way.number, "start")))
        ports[way.end].append((known[way.start], (way.number, "end")))
    return {key: [port for _other, port in sorted(own)] for key, own in ports.items()}


def _ways(ways: Sequence[Way], at: dict[tuple[int, str], float]) -> list[WayMark]:
    """Short ways in the lanes near the paths; two share a lane only where they do not pass each other."""
    taken: list[list[tuple[float, float]]] = []
    marks: dict[int, WayMark] = {}

    def length(way: Way) -> tuple[float, int]:
        return abs(at[way.number, "start"] - at[way.number, "end"]), way.number

    for way in sorted(ways, key=length):
        start, end = at[way.number, "start"], at[way.number, "end"]
        low, high = min(start, end), max(start, end)
        lane = next(
            (place for place, own in enumerate(taken) if all(high + 8 < a or b + 8 < low for a, b in own)),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        x = PORTS + BADGE + 22 + LANE * lane
        marks[way.number] = _way(way, start, end, x)
    return [marks[way.number] for way in ways]


def _way(way: Way, start: float, end: float, lane: float) -> WayMark:
    begin, tip = PORTS + BADGE, PORTS + BADGE + 2
    turn = 8 if end > start else -8
    down = hand.at(lane, start + turn)
    line = (
        f"M{hand.at(begin, start)}H{hand.number(lane - 8)}Q{hand.at(lane, start)} {down}"
        f"V{hand.number(end - turn)}Q{hand.at(lane, end)} {hand.at(lane - 8, end)}H{hand.number(tip)}"
    )
    arrow = f"M{hand.at(tip + 7, end - 5)}L{hand.at(tip, end)}L{hand.at(tip + 7, end + 5)}"
    ends = Badge(way.number, PORTS, start), Badge(way.number, PORTS, end)
    return WayMark(way.number, line, arrow, way.refused, lane, *ends)


def _head(number: int, words: str) -> Head:
    x = FIRST + STEP * number
    lines = wrap(words, room=STEP - 4, size=WORD_SIZE, lines=2)
    return Head(number, x, tuple(Text(x, 58 + 17 * at, line) for at, line in enumerate(lines)))


def _row(place: Place, top: float, bottom: float, seed: int) -> RowMark:
    middle = (top + bottom) / 2
    name = wrap(place.name, room=NAMES, size=NAME_SIZE, bold=True, lines=2)
    words = wrap(place.words, room=NAMES, size=WORD_SIZE, lines=2)
    first = middle - LINE * (len(name) + len(words)) / 2 + 14
    stops = tuple(
        Stop(FIRST + STEP * at, middle + (-RISE if at % 2 else RISE) / 2, _state(at, place.stage), at)
        for at in range(STAGES)
    )
    here = place.stage or 0
    x, y = stops[0].x, stops[0].y + stops[0].radius + 6
    return RowMark(
        key=place.key,
        top=top,
        bottom=bottom,
        name=tuple(Text(EDGE, first + LINE * at, line) for at, line in enumerate(name)),
        words=tuple(Text(EDGE, first + LINE * (len(name) + at), line) for at, line in enumerate(words)),
        stops=stops,
        walked=_path(stops[: here + 1], seed) if here else "",
        ahead=_path(stops[here:], seed + 40),
        water=f"M{hand.at(x - 20, y)}q5 -4 10 0t10 0t10 0t10 0",
    )


def _state(at: int, stage: int | None) -> str:
    if stage is None or at > stage:
        return "ahead"
    return "here" if at == stage else "done"


def _path(stops: Sequence[Stop], seed: int) -> str:
    """From stop to stop, as a hand draws it; it ends where a stop begins to be drawn over it."""
    if len(stops) < 2:
        return ""
    return hand.line([(stop.x, stop.y) for stop in stops], seed=seed)
