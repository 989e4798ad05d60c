"""Several journeys side by side, stripped of words: a row each, gaps as holes, kindnesses as dots.

A gap that two or more of them share carries a letter: the same kind of gap, from the same ring to the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from betterstory.stories.picture.journey import Journey, PictureGap, PictureStep, letter_of
from betterstory.stories.picture.marks import Box, rem
from betterstory.ui import hand

WIDE, NAMES, MARGIN = 792.0, 44.0, 10.0
HIGH, PITCH = 34.0, 46.0
LEAST, MOST = 7.0, 20.0  # from step to step
HOLE = 26.0  # the least a hole takes, so that its letter fits
SHARED_BY = 2

type Kind = tuple[str, str, str]  # of a gap: its kind, from which ring, to which ring


@dataclass(frozen=True)
class Shared:
    """A kind of gap that several stories share. `rows`: in which, from 0; `gaps`: one of each, by its key."""

    letter: str
    kind: str
    start: str
    end: str
    rows: tuple[int, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """A step: a small square, or a dot where somebody was kind."""

    x: float
    kindness: bool


@dataclass(frozen=True)
class Hole:
    """A gap; `letter` where it is shared."""

    box: Box
    outline: str
    dropped: bool
    letter: str


@dataclass(frozen=True)
class Row:
    """One story."""

    number: int
    y: float
    width: float
    marks: tuple[Mark, ...]
    holes: tuple[Hole, ...]
    half: float

    @property
    def middle(self) -> float:
        return self.y + HIGH / 2


@dataclass(frozen=True)
class Together:
    """All of them, and what they share."""

    rows: tuple[Row, ...]
    shared: tuple[Shared, ...]
    width: float
    height: float
    name: str = "together"

    @property
    def width_rem(self) -> float:
        return rem(self.width)

    @property
    def height_rem(self) -> float:
        return rem(self.height)


def kind_of(journey: Journey, gap: PictureGap) -> Kind:
    step = journey.steps[journey.place_of(gap.after_step)]
    return gap.kind, step.ring, gap.ring


def find_shared(journeys: Sequence[Journey]) -> tuple[Shared, ...]:
    """Kinds of gap that stand in two stories or more, those of most stories first. A story counts once."""
    found: dict[Kind, dict[int, str]] = {}
    for row, journey in enumerate(journeys):
        for gap in journey.gaps:
            found.setdefault(kind_of(journey, gap), {}).setdefault(row, gap.key)
    several = [(kind, rows) for kind, rows in found.items() if len(rows) >= SHARED_BY]
    several.sort(key=lambda each: (-len(each[1]), each[0]))
    return tuple(
        Shared(letter_of(at), *kind, tuple(rows), tuple(rows.values()))
        for at, (kind, rows) in enumerate(several)
    )


def lay_out(journeys: Sequence[Journey]) -> Together:
    """A row for each; a long story's steps stand nearer to each other, so that it fits."""
    shared = find_shared(journeys)
    letters = {(each.kind, each.start, each.end): each.letter for each in shared}
    room = WIDE - NAMES - 2 * MARGIN
    rows = tuple(_row(journey, at, _apart(journey, room), letters) for at, journey in enumerate(journeys))
    wide = max([WIDE - NAMES, *(row.width for row in rows)])
    return Together(rows, shared, round(wide, 1), len(rows) * PITCH)


def _apart(journey: Journey, room: float) -> float:
    return max(LEAST, min(MOST, (room - HOLE * len(journey.gaps)) / len(journey.steps)))


def _row(journey: Journey, at: int, apart: float, letters: dict[Kind, str]) -> Row:
    marks: list[Mark] = []
    holes: list[Hole] = []
    x = MARGIN
    for step in journey.steps:
        marks.append(Mark(round(x + apart / 2, 1), step.kindness))
        x += apart
        for gap in _in_order(journey, step):
            box = Box(x + 1, at * PITCH + 4, HOLE - 2, HIGH - 8)
            holes.append(
                Hole(
                    box,
                    hand.box(box.x, box.y, box.width, box.height, seed=at + len(holes), push=0.8),
                    gap.kind == "dropped",
                    letters.get(kind_of(journey, gap), ""),
                )
            )
            x += HOLE
    half = round(min(7.0, apart * 0.45), 1)
    return Row(at + 1, at * PITCH, round(x + MARGIN, 1), tuple(marks), tuple(holes), half)


def _in_order(journey: Journey, step: PictureStep) -> Iterator[PictureGap]:
    """A dropped hand-over comes before the wait it leads to."""
    return iter(sorted(journey.gaps_after(step), key=lambda gap: gap.kind != "dropped"))
