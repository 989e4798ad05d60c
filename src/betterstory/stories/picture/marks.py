"""What a journey picture is made of: marks with their places, in px."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from betterstory.stories.picture.curve import Bezier


def rem(px: float) -> float:
    """A length in letters' sizes, so that a drawing grows with the words around it."""
    return round(px / 18, 3)


def tidy(px: float) -> float:
    """To a tenth of a pixel, and no ".0" where it is whole: a page is as light as its numbers."""
    near = round(px, 1)
    return int(near) if near == int(near) else near


def drawn(marks: Iterable[str]) -> SafeString:
    """Marks made of our own numbers, one after the other: no word of anybody's, so nothing to escape."""
    return SafeString("".join(marks))


@dataclass(frozen=True)
class Box:
    """The room something takes, to a tenth of a pixel."""

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        for side in ("x", "y", "width", "height"):
            object.__setattr__(self, side, tidy(getattr(self, side)))

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return tidy(self.x + self.width / 2)

    @property
    def centre(self) -> float:
        """Its middle from top to bottom."""
        return tidy(self.y + self.height / 2)

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
class Leader:
    """A thin line from a feeling down to its step. `true`: where on the ruler that was."""

    x: float
    start: float
    end: float
    true: float


@dataclass(frozen=True)
class Curve:
    """How it felt, bend by bend from one step to the next."""

    bends: tuple[Bezier, ...]


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
    def moved(self) -> str:
        """From the corner of the drawing to here, as SVG says it."""
        return drawn([f"translate({self.x} {self.y})"])

    @property
    def number_classes(self) -> str:
        """How small the number has to be, and whether it stands on honey; nothing for most."""
        size = min(3, len(str(self.number)))
        said = (f"j-number{size}" if size != 2 else "", "j-on-honey" if self.kindness else "")
        return " ".join(filter(None, said))


@dataclass(frozen=True)
class Bubble:
    """A speech mark: told again, and how often where more than once."""

    x: float
    y: float
    count: str
    box: Box

    @property
    def count_x(self) -> float:
        return tidy(self.x + 28)

    @property
    def count_y(self) -> float:
        return self.y + 13


@dataclass(frozen=True)
class GapMark:
    """A hole in a lane. `paper` is where its words stand, clear of the hatch.

    `again`: its letter, in each further band that it goes on in.
    """

    key: str
    outline: str
    lines: tuple[Line, ...]
    paper: Box
    box: Box
    again: tuple[Letter, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A gap's letter on its paper."""

    line: Line
    paper: Box


@dataclass(frozen=True)
class Dropped:
    """A hand-over that ended in nothing: dashes to a cross, words beside the step."""

    key: str
    dashes: str
    cross: Box
    start: float
    lines: tuple[Line, ...]
    box: Box


@dataclass(frozen=True)
class Loop:
    """A way back to the start of a gap, with words on the line."""

    path: str
    head: str
    line: Line
    box: Box
    start: float
    end: float


@dataclass(frozen=True)
class NotSaid:
    """Where the line is broken, because it was not said how it felt."""

    lines: tuple[Line, ...]
    box: Box
