"""Notes in rows, level under level. More words make a note taller, more notes make more rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from betterstory.conversations.drawing.marks import Box
from betterstory.conversations.drawing.notes import Note
from betterstory.ui import hand
from betterstory.ui.lettering import balance, width, wrap

SIZE, LINE = 15.0, 18.5
NARROW, USUAL, WIDE = 178.0, 196.0, 214.0
INSIDE = 28.0  # of a note's width, kept free of words
BESIDE, UNDER = 34.0, 38.0  # between notes; a number stands out by 12 to the left and above
AIR = 62.0  # from the edge to a note outside the berg
RAISED = 34.0  # how much higher those to the right of the tip hang
OVER, BELOW = (
    92.0,
    36.0,
)  # from a level's upper edge to its first row, and from its last row to the lower edge


@dataclass(frozen=True)
class Paper:
    """How wide the sheet is, and how many notes stand side by side on it."""

    width: float = 792.0
    across: int = 3

    @property
    def middle(self) -> float:
        return self.width / 2

    @property
    def around_the_tip(self) -> list[float]:
        """Where notes of the tip begin: on the tip first, then left and right, from the edges inwards."""
        at_left = [AIR + (NARROW + BESIDE) * place for place in range(self.across // 2)]
        sides = [x for left in at_left for x in (left, self.width - NARROW - left)]
        return [self.middle - NARROW / 2, *sides]


USUAL_PAPER = Paper()
WIDE_PAPER = Paper(width=1264.0, across=5)


@dataclass(frozen=True)
class Placed:
    """A note with its words in lines and its place."""

    note: Note
    lines: tuple[str, ...]
    source: str
    box: Box


@dataclass(frozen=True)
class Row:
    """Neighbouring notes, from left to right."""

    notes: tuple[Placed, ...]
    middle: float

    @property
    def top(self) -> float:
        return min(placed.box.y for placed in self.notes)

    @property
    def bottom(self) -> float:
        return max(placed.box.bottom for placed in self.notes)

    @property
    def half(self) -> float:
        """How far it reaches from the middle of the drawing, numbers included."""
        left = self.middle - self.notes[0].box.x + 14
        return max(left, self.notes[-1].box.right - self.middle + 2)


@dataclass(frozen=True)
class Band:
    """A level from its upper to its lower edge."""

    level: str
    top: float
    bottom: float
    rows: tuple[Row, ...]


def in_the_berg(
    level: str, notes: Sequence[Note], top: float, taken_back: str, *, most: int, paper: Paper
) -> Band:
    """A level inside: rows of `most` at most, each in the middle."""
    rows, y = [], top + OVER
    for seed, few in enumerate(_shared_out(notes, most)):
        wide = WIDE if len(few) < 3 else NARROW if level == "trend" else USUAL
        x = paper.middle - (wide * len(few) + BESIDE * (len(few) - 1)) / 2
        row = Row(
            tuple(
                _placed(note, x + (wide + BESIDE) * at, y + _jog(note, seed), wide, taken_back)
                for at, note in enumerate(few)
            ),
            paper.middle,
        )
        rows.append(row)
        y = row.bottom + UNDER
    bottom = (rows[-1].bottom if rows else y) + BELOW
    return Band(level, top, bottom, tuple(rows))


def around_the_tip(
    level: str, notes: Sequence[Note], top: float, taken_back: str, *, raised: float, paper: Paper
) -> Band:
    """The level of the tip: the first of each row on the tip, the others to its left and right."""
    rows, y, most = [], top, paper.across
    for few in (notes[at : at + most] for at in range(0, len(notes), most)):
        places = zip(few, paper.around_the_tip, strict=False)
        placed = [
            _placed(note, x, y - (raised if x > paper.middle else 0), NARROW, taken_back)
            for note, x in places
        ]
        row = Row(tuple(sorted(placed, key=lambda each: each.box.x)), paper.middle)
        rows.append(row)
        y = row.bottom + UNDER + raised
    return Band(level, top, rows[-1].bottom if rows else top + 40, tuple(rows))


def _shared_out(notes: Sequence[Note], most: int) -> Iterable[Sequence[Note]]:
    """As few rows as it takes, alike in length, the longer ones first."""
    many = ceil(len(notes) / most)
    at = 0
    for row in range(many):
        few = ceil((len(notes) - at) / (many - row))
        yield notes[at : at + few]
        at += few


def _jog(note: Note, seed: int) -> float:
    """Notes are not stuck on in a straight line."""
    return round(4 + 4 * hand.grain(seed + 1, sum(map(ord, note.key))), 1)


def _placed(note: Note, x: float, y: float, wide: float, taken_back: str) -> Placed:
    said, room = taken_back if note.words is None else note.words, wide - INSIDE
    lines = balance(said, room=room, size=SIZE, lines=len(wrap(said, room=room, size=SIZE)))
    short = "" if note.words is None else note.source
    source = next(iter(wrap(short, room=room - 12, size=SIZE, lines=1)), "")
    height = 16 + LINE * (max(1, len(lines)) + bool(source))
    return Placed(note, lines or ("",), source, Box(x, round(y, 1), wide, height))


def widest(words: Iterable[str], *, size: float, bold: bool = False) -> float:
    return max((width(each, size=size, bold=bold) for each in words), default=0.0)
