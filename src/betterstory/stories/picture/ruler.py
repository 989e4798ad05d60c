"""The ruler of a picture with true lengths: between the feelings and the lanes."""

from collections.abc import Iterator
from itertools import pairwise

from betterstory.stories.picture.columns import SIZE, Columns
from betterstory.stories.picture.lanes import RULER
from betterstory.stories.picture.marks import Box, Line
from betterstory.stories.picture.times import Stretch
from betterstory.stories.picture.whole import BandRuler, Length, Ruler, Stage
from betterstory.ui import hand
from betterstory.ui.lettering import width
from betterstory.ui.saying import Say

SLASH = 6.0  # half of a break in the scale
BESIDE = 3.0  # between words and the ticks beside them
ABOVE = 8.0


def measure(columns: Columns, stretches: tuple[Stretch, ...], say: Say) -> Ruler:
    """Every stretch between two steps: solid where its length was said, dotted where not."""
    ends = zip(pairwise(columns.trues), stretches[1:], strict=True)
    stages = [Stage(a, b, each.said is not None, each.broken) for (a, b), each in ends]
    return Ruler(
        name=Line(0, RULER + 5, say.gettext("how long")),
        stages=tuple(stages),
        lengths=tuple(_lengths(columns, stages, stretches[1:], say)),
    )


def _lengths(
    columns: Columns, stages: list[Stage], stretches: tuple[Stretch, ...], say: Say
) -> Iterator[Length]:
    """Said where there is room between the two steps; the list says them all."""
    for stage, stretch in zip(stages, stretches, strict=True):
        if stretch.said is None:
            continue
        words = stretch.said.said(say)
        half = width(words, size=SIZE) / 2 + BESIDE
        x = _beside_a_cut((stage.start + stage.end) / 2, half, stage, columns)
        if stage.start + half <= x <= stage.end - half:
            line = Line(round(x, 1), RULER - ABOVE, words)
            yield Length(line, Box(x - half, RULER - ABOVE - 13, 2 * half, 17))


def _beside_a_cut(x: float, half: float, stage: Stage, columns: Columns) -> float:
    """Where words stand that no band's end cuts: after it, or else before it."""
    after = columns.fitted(x, half, half)
    return after if after + half <= stage.end else columns.band_of(stage.end) * columns.room - 10 - half


def within(ruler: Ruler, start: float, end: float) -> BandRuler:
    """The part of it in a band."""
    y, told, untold = hand.number(RULER), "", ""
    for stage in ruler.stages:
        if stage.start < end and stage.end >= start:
            ticks = f"M{hand.at(stage.start, RULER - 4)}v8M{hand.at(stage.end, RULER - 4)}v8"
            told += ticks + (_solid(stage) if stage.told else "")
            untold += "" if stage.told else f"M{hand.number(stage.start)} {y}H{hand.number(stage.end)}"
    lengths = (each for each in ruler.lengths if each.box.x < end and each.box.right > start)
    return BandRuler(told, untold, tuple(lengths))


def _solid(stage: Stage) -> str:
    y, end = hand.number(RULER), hand.number(stage.end)
    line = f"M{hand.number(stage.start)} {y}H"
    if not stage.broken:
        return line + end
    middle = (stage.start + stage.end) / 2
    cut = f"M{hand.at(middle - SLASH, RULER + 6)}l6-12m2 12l6-12"
    return f"{line}{hand.number(middle - SLASH)}{cut}M{hand.number(middle + SLASH)} {y}H{end}"
