"""The wall as a template draws it: a pattern fill for each figure, never an element for a person."""

from __future__ import annotations

from dataclasses import dataclass

from betterstory.behind.wall import labels, words
from betterstory.behind.wall.figures import Figures
from betterstory.behind.wall.labels import Label
from betterstory.behind.wall.rings import arrange, outline
from betterstory.behind.wall.words import Row
from betterstory.ui import hand
from betterstory.ui.saying import ENGLISH, Say

WIDTH = labels.WIDTH
GROUND = 22.0  # beneath the lowest row


@dataclass(frozen=True)
class Field:
    """Where one figure's dots are: path data in lattice units, to be filled with its pattern."""

    mark: str
    near: bool
    path: str


@dataclass(frozen=True)
class Wall:
    """All of a wall. `top` is negative: the ground is at 0."""

    name: str
    width: float
    height: float
    top: float
    cell: float
    scale: int
    scale_words: str
    title: str
    fields: tuple[Field, ...]
    labels: tuple[Label, ...]
    heart: float
    ground: str
    rows: tuple[Row, ...]

    @property
    def story_y(self) -> float:
        """The story stands in the lowest row."""
        return round(-self.cell / 2, 1)

    @property
    def in_words(self) -> str:
        return " ".join(row.sentence for row in self.rows)

    @property
    def marks(self) -> tuple[Field, ...]:
        """One of each pattern that is used."""
        return tuple({(field.mark, field.near): field for field in self.fields}.values())


def lay_out(figures: Figures, *, say: Say = ENGLISH, name: str = "wall", teller: str = "") -> Wall:
    """Draw released figures. `name` begins the ids; sizes are px."""
    rings = arrange(figures)
    cell = WIDTH / rings.columns
    fields = [Field("others", True, outline(rings.others))] if rings.others else []
    fields += [Field(part.kind, part.level <= 1, outline(part.cells)) for part in rings.parts]
    said = labels.place(rings, cell, say)
    rows = max((row for _, row in rings.others), default=int(rings.radius)) + 1
    top = min(-rows * cell, *(label.paper[1] for label in said), -3 * cell) - 8
    return Wall(
        name=name,
        width=WIDTH,
        height=round(GROUND - top, 1),
        top=round(top, 1),
        cell=round(cell, 4),
        scale=rings.scale,
        scale_words=words.scale_words(rings.scale, figures, say),
        title=say.gettext("Who stands behind the story, as dots"),
        fields=tuple(fields),
        labels=said,
        heart=round(min(11.0, 1.4 * cell), 1),
        ground=hand.line([(-WIDTH / 2 + 2, 12), (WIDTH / 2 - 2, 12)], seed=3, push=0.8),
        rows=tuple(words.rows(figures, say, teller)),
    )
