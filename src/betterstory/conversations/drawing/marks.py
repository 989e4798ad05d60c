"""What the drawing is made of: marks with their places, in px."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Box:
    """The room something takes."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def centre(self) -> float:
        return self.y + self.height / 2

    def overlaps(self, other: Box, apart: float = 0) -> bool:
        return (
            self.x < other.right + apart
            and other.x < self.right + apart
            and self.y < other.bottom + apart
            and other.y < self.bottom + apart
        )

    def holds(self, other: Box) -> bool:
        across = self.x <= other.x and other.right <= self.right
        return across and self.y <= other.y and other.bottom <= self.bottom


@dataclass(frozen=True)
class Line:
    """A line of words."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class NoteMark:
    """A note around its upper left corner: number, words, folded corner; `quiet`: they were taken back."""

    key: str
    number: str
    quiet: bool
    outline: str
    place: str
    lines: tuple[Line, ...]
    source: Line | None
    box: Box


@dataclass(frozen=True)
class LinkMark:
    """A line from note to note with an arrow head, and what it says where there is room."""

    start: str
    end: str
    kind: str
    points: tuple[tuple[float, float], ...]
    path: str
    head: str
    label: Line | None
    box: Box | None


@dataclass(frozen=True)
class Heading:
    """A level's name and its question."""

    level: str
    lines: tuple[Line, ...]
    question: Line | None
    anchor: str
    box: Box
    outside: bool = False


@dataclass(frozen=True)
class ListNote:
    """A note in the list."""

    key: str
    number: str
    words: str | None
    said: bool
    about: str

    @property
    def card(self) -> str:
        """What follows the dash of its key."""
        return self.key.rpartition("-")[2]


class Spoken(Protocol):
    """What a teller did with a word on a level, and what they said where they said it."""

    @property
    def sentence(self) -> str: ...

    @property
    def words(self) -> str: ...


@dataclass(frozen=True)
class ListLevel:
    """A level in the list: what its teller said first, the notes, and what they said last."""

    level: str
    title: str
    question: str
    notes: tuple[ListNote, ...]
    first: tuple[Spoken, ...] = ()
    last: tuple[Spoken, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """All of an iceberg, or of a better story."""

    name: str
    is_turned: bool
    title: str
    desc: str
    width: float
    height: float
    water: float
    sea: str
    waves: tuple[str, ...]
    berg: str
    corners: tuple[tuple[float, float], ...]
    cracks: str
    boundaries: str
    headings: tuple[Heading, ...]
    notes: tuple[NoteMark, ...]
    links: tuple[LinkMark, ...]
    levels: tuple[ListLevel, ...]

    @property
    def lines(self) -> str:
        """All links that are drawn as a line, with every arrow head."""
        heads = "".join(link.head for link in self.links)
        return (
            "".join(link.path for link in self.links if link.kind not in ("softens", "seen_differently"))
            + heads
        )

    @property
    def dots(self) -> str:
        """All links that are drawn as dots."""
        return "".join(link.path for link in self.links if link.kind == "softens")

    @property
    def pairs(self) -> str:
        """All links between two that are seen differently: dashes, without an arrow."""
        return "".join(link.path for link in self.links if link.kind == "seen_differently")

    @property
    def width_rem(self) -> float:
        return round(self.width / 18, 3)

    @property
    def height_rem(self) -> float:
        return round(self.height / 18, 3)

    @property
    def is_tall(self) -> bool:
        """Too tall for one sheet of paper at its full width."""
        return self.height > self.width * 1.6
