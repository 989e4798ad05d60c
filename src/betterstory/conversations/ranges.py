"""A line from "none agree" to "all agree", with a mark and a range on it, as parts of a hundred."""

from dataclasses import dataclass

from betterstory.conversations.results import Result, Tally


@dataclass(frozen=True)
class Mark:
    """Where a mark stands and how far its range reaches, in hundredths of the line, as SVG writes them."""

    shape: str  # "whole", "residents" or "services"
    at: str
    start: str
    end: str
    y: int


@dataclass(frozen=True)
class Range:
    """The marks of one sentence: the whole room, or the two sides above and below the line."""

    marks: tuple[Mark, ...]
    height: int
    line: int


def draw_range(result: Result) -> Range:
    """The drawing of one sentence. Sides are drawn only where the result holds them."""
    halves = result.sides
    if halves is None or halves.one is None or halves.other is None:
        return Range((_mark("whole", result.whole, 20),), height=40, line=20)
    marks = (
        _mark("residents", halves.one, 14),
        _mark("services", halves.other, 50),
    )
    return Range(marks, height=64, line=32)


def _mark(shape: str, tally: Tally, y: int) -> Mark:
    low, high = tally.range
    return Mark(shape, _hundredths(tally.share), _hundredths(low), _hundredths(high), y)


def _hundredths(share: float) -> str:
    return f"{round(100 * share)}%"
