"""The weave: the seven rings on a circle, and a line between two that met in something we did."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from betterstory.immersion.unmet import HowOften, Tie
from betterstory.people.models import Ring
from betterstory.ui import hand

WIDTH, HEIGHT = 360, 300
MIDDLE_X, MIDDLE_Y = 180.0, 150.0
ACROSS, DOWN = 78.0, 104.0
THICK = {HowOften.ONCE: "once", HowOften.A_FEW_TIMES: "few", HowOften.OFTEN: "often"}


@dataclass(frozen=True)
class Knot:
    """One ring: where it stands, and where its word is written, in one line or two."""

    x: str
    y: str
    words: list[tuple[str, str, str]]
    anchor: str


@dataclass(frozen=True)
class Weave:
    """The whole drawing."""

    knots: list[Knot]
    threads: list[tuple[str, str]]
    width: int = WIDTH
    height: int = HEIGHT


def lay_out(ties: Sequence[Tie]) -> Weave:
    """Rings in their order, the person at the top."""
    places = {ring: _place(number) for number, ring in enumerate(Ring)}
    threads = [
        (THICK[tie.often], hand.line([places[tie.first], places[tie.second]], seed=number, push=1.6))
        for number, tie in enumerate(ties)
    ]
    return Weave([_knot(ring, *places[ring]) for ring in Ring], threads)


def _place(number: int) -> hand.Point:
    turn = 2 * pi * number / len(Ring) - pi / 2
    return round(MIDDLE_X + ACROSS * cos(turn), 1), round(MIDDLE_Y + DOWN * sin(turn), 1)


def _knot(ring: Ring, x: float, y: float) -> Knot:
    lines = _in_lines(str(ring.label))
    if abs(x - MIDDLE_X) < 1:
        return Knot(
            hand.number(x), hand.number(y), [(lines[0], hand.number(x), hand.number(y - 16))], "middle"
        )
    right = x > MIDDLE_X
    at = hand.number(x + (14 if right else -14))
    start = y + 5 - 8 * (len(lines) - 1)
    words = [(line, at, hand.number(start + 16 * row)) for row, line in enumerate(lines)]
    return Knot(hand.number(x), hand.number(y), words, "start" if right else "end")


def _in_lines(words: str) -> list[str]:
    """Long words in two lines, so that they fit beside the circle."""
    if len(words) <= 11 or " " not in words:
        return [words]
    parts = words.split(" ")
    half = min(range(1, len(parts)), key=lambda cut: abs(len(" ".join(parts[:cut])) - len(words) / 2))
    return [" ".join(parts[:half]), " ".join(parts[half:])]
