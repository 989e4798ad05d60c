"""A journey picture as a whole: its bands, its ruler, its list, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass

from betterstory.stories.picture.marks import (
    Box,
    Bubble,
    Curve,
    Dropped,
    GapMark,
    Lane,
    Leader,
    Line,
    Loop,
    NotSaid,
    Point,
    StepMark,
    drawn,
    rem,
)


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

    @property
    def mark_classes(self) -> str:
        """How its mark looks."""
        looks = {
            "gap": self.is_gap,
            "kind": self.kind == "kindness",
            "recorded": self.recorded,
            "guess": self.guess,
        }
        return " ".join(["step-mark", *(look for look, it_does in looks.items() if it_does)])


@dataclass(frozen=True)
class Length:
    """How long it was between two steps, in words on the ruler."""

    line: Line
    box: Box


@dataclass(frozen=True)
class Stage:
    """From one tick of the ruler to the next."""

    start: float
    end: float
    told: bool
    broken: bool


@dataclass(frozen=True)
class Ruler:
    """True lengths of time: solid where they were said, dotted where not, broken where too long to draw.

    Its ticks are where the steps truly stand.
    """

    name: Line
    stages: tuple[Stage, ...]
    lengths: tuple[Length, ...]


@dataclass(frozen=True)
class BandRuler:
    """The part of the ruler in a band, as path data, with its words."""

    told: str
    untold: str
    lengths: tuple[Length, ...]


@dataclass(frozen=True)
class Band:
    """A part of the picture that fits across the page, with the marks in it. The next one goes on below."""

    x: float
    width: float
    guides: str
    leaders: str
    curves: tuple[str, ...]
    points: tuple[Point, ...]
    steps: tuple[StepMark, ...]
    gaps: tuple[GapMark, ...]
    dropped: tuple[Dropped, ...]
    bubbles: tuple[Bubble, ...]
    loops: tuple[Loop, ...]
    not_said: tuple[NotSaid, ...]
    lanes: str
    ruler: BandRuler | None = None

    @property
    def rem(self) -> float:
        return rem(self.width)

    @property
    def squares(self) -> str:
        """The feelings that go with no kindness, all in one path."""
        corners = (point.box for point in self.points if not point.kindness)
        return drawn(f"M{corner.x} {corner.y}h12v12h-12z" for corner in corners)

    @property
    def discs(self) -> str:
        """The feelings that go with a kindness."""
        kind = (point for point in self.points if point.kindness)
        return drawn(f'<circle cx="{point.x}" cy="{point.y}" r="7"/>' for point in kind)

    @property
    def small_rings(self) -> str:
        """Of steps, in the other lanes that were there."""
        rings = (ring for step in self.steps for ring in step.also)
        return drawn(f'<circle cx="{ring.middle}" cy="{ring.centre}" r="5"/>' for ring in rings)


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
    leaders: tuple[Leader, ...]
    curves: tuple[Curve, ...]
    lanes: tuple[Lane, ...]
    lanes_at: float
    points: tuple[Point, ...]
    steps: tuple[StepMark, ...]
    gaps: tuple[GapMark, ...]
    dropped: tuple[Dropped, ...]
    bubbles: tuple[Bubble, ...]
    loops: tuple[Loop, ...]
    not_said: tuple[NotSaid, ...]
    legend: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    room: float
    ruler: Ruler | None = None
    bands: tuple[Band, ...] = ()

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
        return self.width > self.room + 0.1
