"""What a journey picture is made of: marks with their places, in px."""

from __future__ import annotations

from dataclasses import dataclass


def rem(px: float) -> float:
    """A length in letters' sizes, so that a drawing grows with the words around it."""
    return round(px / 18, 3)


@dataclass(frozen=True)
class Box:
    """The room something takes, to a tenth of a pixel."""

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        for side in ("x", "y", "width", "height"):
            object.__setattr__(self, side, round(getattr(self, side), 1))

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def centre(self) -> float:
        """Its middle from top to bottom."""
        return round(self.y + self.height / 2, 1)

    def overlaps(self, other: Box) -> bool:
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )

    def holds(self, other: Box) -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class Line:
    """A line of words; `x` is its middle, or its start or end where the drawing says so."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Lane:
    """A ring's lane, with its name beside it."""

    ring: str
    y: float
    height: float
    name: tuple[Line, ...]


@dataclass(frozen=True)
class Point:
    """A feeling, where it was said."""

    x: float
    y: float
    kindness: bool
    box: Box


@dataclass(frozen=True)
class StepMark:
    """A step in its lane, with small rings in the other lanes that were there."""

    key: str
    number: int
    x: float
    y: float
    text_y: float
    kindness: bool
    source: str
    shape: int
    also: tuple[Box, ...]
    box: Box

    @property
    def number_size(self) -> int:
        """1 to 3: how small the number has to be."""
        return min(3, len(str(self.number)))


@dataclass(frozen=True)
class Bubble:
    """A speech mark: told again, and how often where more than once."""

    x: float
    y: float
    count: str
    box: Box

    @property
    def count_x(self) -> float:
        return round(self.x + 28, 1)

    @property
    def count_y(self) -> float:
        return self.y + 13


@dataclass(frozen=True)
class GapMark:
    """A hole in a lane. `paper` is where its words stand, clear of the hatch."""

    key: str
    outline: str
    lines: tuple[Line, ...]
    paper: Box
    box: Box


@dataclass(frozen=True)
class Dropped:
    """A hand-over that ended in nothing: dashes to a cross, words beside the step."""

    key: str
    dashes: str
    cross: Box
    lines: tuple[Line, ...]
    box: Box


@dataclass(frozen=True)
class Loop:
    """A way back to the start of a gap, with words on the line."""

    path: str
    head: str
    line: Line
    box: Box


@dataclass(frozen=True)
class NotSaid:
    """Where the line is broken, because it was not said how it felt."""

    lines: tuple[Line, ...]
    box: Box


@dataclass(frozen=True)
class Row:
    """A step or a gap in the list beside the picture. `kind`: step, kindness, wait, dropped, sent_back."""

    key: str
    kind: str
    mark: str
    words: str | None
    about: str
    recorded: bool = False
    guess: bool = False

    @property
    def is_gap(self) -> bool:
        return self.kind not in ("step", "kindness")


@dataclass(frozen=True)
class Strip:
    """A part of a wide picture that fits across a sheet of paper."""

    x: float
    width: float

    @property
    def rem(self) -> float:
        return rem(self.width)


@dataclass(frozen=True)
class Shape:
    """One of the hand-drawn squares, around 0, with the smaller one inside it for what is in the record."""

    square: str
    inner: str


@dataclass(frozen=True)
class Words:
    """What is said about the picture."""

    title: str
    sentence: str
    how_it_felt: str
    who_was_there: str


@dataclass(frozen=True)
class Picture:
    """All of a journey picture. Names stand in a drawing of their own, so that they stay while it slides."""

    name: str
    width: float
    height: float
    names_width: float
    words: Words
    scale: tuple[Line, ...]
    shapes: tuple[Shape, ...]
    frame: str
    guides: str
    leaders: str
    curves: tuple[str, ...]
    lanes: tuple[Lane, ...]
    points: tuple[Point, ...]
    steps: tuple[StepMark, ...]
    gaps: tuple[GapMark, ...]
    dropped: tuple[Dropped, ...]
    bubbles: tuple[Bubble, ...]
    loops: tuple[Loop, ...]
    not_said: tuple[NotSaid, ...]
    legend: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    strips: tuple[Strip, ...]

    @property
    def width_rem(self) -> float:
        return rem(self.width)

    @property
    def height_rem(self) -> float:
        return rem(self.height)

    @property
    def names_rem(self) -> float:
        return rem(self.names_width)

    @property
    def sentence(self) -> str:
        return self.words.sentence

    @property
    def is_wide(self) -> bool:
        """Wider than the page's column: it slides."""
        return len(self.strips) > 1
