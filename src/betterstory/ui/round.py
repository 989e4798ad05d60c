"""The path through the seven stages of a round: up, down, walked so far, and back to the poolside."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 700, 216
HIGH, LOW = 91, 116  # where the middles of the stops lie; the stylesheet places them there
TOP = 26
RADIUS = 46


@dataclass(frozen=True)
class Stage:
    """One stop: its word, a line beneath it ("done", "we are here"), a drawing, and where we are."""

    word: str
    note: str
    icon: str
    state: str  # "done", "here" or "ahead"


def drawn(stages: Sequence[Stage]) -> dict[str, object]:
    """The stages with the lines between them, as path data in a box WIDTH by HEIGHT."""
    middles = [_middle(at, len(stages)) for at in range(len(stages))]
    lines = [
        {"d": _line(middles[at], middles[at + 1]), "walked": stages[at + 1].state != "ahead"}
        for at in range(len(stages) - 1)
    ]
    here = next((at for at, stage in enumerate(stages) if stage.state == "here"), 0)
    back, head = _back(middles[here], middles[0]) if here else ("", "")
    return {
        "stages": stages,
        "lines": lines,
        "back": back,
        "head": head,
        "width": WIDTH,
        "height": HEIGHT,
    }


def _middle(at: int, many: int) -> tuple[int, int]:
    return round(WIDTH * (at + 0.5) / many), HIGH if at % 2 else LOW


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    """A line that sags a little, as one drawn by hand does."""
    half = (start[0] + end[0]) // 2
    return f"M{start[0]} {start[1]}Q{half - 8} {(start[1] + end[1]) // 2 - 4} {end[0]} {end[1]}"


def _back(start: tuple[int, int], end: tuple[int, int]) -> tuple[str, str]:
    """From above the stop we are at, over the others, down to the first, with an arrow head."""
    x, y = end[0] + 4, end[1] - RADIUS
    line = f"M{start[0] - 4} {start[1] - RADIUS - 6}C{start[0] - 40} {TOP} {x + 16} {TOP - 8} {x} {y}"
    return line, f"M{x - 9} {y - 9}L{x} {y}L{x + 9} {y - 7}"
