"""The room from above: a chair each in a circle round the kettle, dashed ones for who answered elsewhere.

Every chair is alike, and none is anybody's: only how many there are is drawn, never who sits where.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import atan2, cos, degrees, hypot, pi, sin

from betterstory.ui.hand import number

APART = 27.0  # from chair to chair, in px
FLAT = 0.42  # how much lower the circle is than wide: it is seen a little from the side
SMALLEST, WIDEST = 120.0, 330.0
MOST_IN_A_RING = 58
RINGS = ((MOST_IN_A_RING, 0.0), (49, 46.0), (38, 92.0))  # chairs, and how much further in
BESIDE, NEXT_ARC, EDGE = 62.0, 44.0, 26.0
IN_AN_ARC, MOST_ARCS = 8, 3
OPENING = pi / 5  # how far an arc beside the circle bends
STEPS = 720


@dataclass(frozen=True)
class Chair:
    """Where a chair stands, its back to the outside, and whether whoever answered was elsewhere."""

    place: str
    away: bool = False


@dataclass(frozen=True)
class Chairs:
    """The picture, around its middle."""

    width: float
    height: float
    each: tuple[Chair, ...]

    @property
    def box(self) -> str:
        return " ".join(map(number, (-self.width / 2, -self.height / 2, self.width, self.height)))

    @property
    def width_rem(self) -> float:
        return round(self.width / 18, 3)

    @property
    def height_rem(self) -> float:
        return round(self.height / 18, 3)


def draw(here: int, away: int = 0) -> Chairs | None:
    """So many chairs in the room and so many elsewhere; None where it would be a crowd and no picture."""
    if here < 1 or here > sum(most for most, _in in RINGS) or away > 2 * IN_AN_ARC * MOST_ARCS:
        return None
    wide = min(max(SMALLEST, _wide_enough(min(here, MOST_IN_A_RING))), WIDEST)
    places = [*_in_rings(here, wide)]
    outside = [*_beside(away, wide)]
    across = max(abs(x) for x, _y in [*places, *outside]) + EDGE
    high = max(abs(y) for _x, y in [*places, *outside]) + EDGE
    chairs = [Chair(_set_down(*place)) for place in places]
    chairs += [Chair(_set_down(*place), away=True) for place in outside]
    return Chairs(round(2 * across, 1), round(2 * high, 1), tuple(chairs))


def _wide_enough(chairs: int) -> float:
    """Half the width of a circle that so many chairs stand around."""
    return APART * chairs / (2 * pi * ((1 + FLAT**2) / 2) ** 0.5)


def _in_rings(chairs: int, wide: float) -> list[tuple[float, float]]:
    places: list[tuple[float, float]] = []
    for most, inward in RINGS:
        now = min(chairs - len(places), most)
        if now > 0:
            places += _around(now, wide - inward, wide * FLAT - inward * 0.9)
    return places


def _around(chairs: int, across: float, high: float) -> list[tuple[float, float]]:
    """Evenly along an ellipse, from the top."""
    line = [
        (across * cos(turn), high * sin(turn))
        for turn in (2 * pi * step / STEPS - pi / 2 for step in range(STEPS + 1))
    ]
    gone = [0.0, *accumulate(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line))]
    wanted = [gone[-1] * (at + 0.5) / chairs for at in range(chairs)]
    return [line[min(range(len(gone)), key=lambda step: abs(gone[step] - far))] for far in wanted]


def _beside(chairs: int, wide: float) -> list[tuple[float, float]]:
    """Left and right of the circle, in arcs around it."""
    places: list[tuple[float, float]] = []
    for side, many in ((-1, chairs // 2), (1, chairs - chairs // 2)):
        for arc, begin in enumerate(range(0, many, IN_AN_ARC)):
            here = min(many - begin, IN_AN_ARC)
            across, high = (wide + BESIDE + arc * NEXT_ARC, wide * FLAT + BESIDE + arc * NEXT_ARC / 2)
            places += [
                (side * across * cos(turn), high * 1.25 * sin(turn))
                for turn in _spread(here, OPENING * min(1, here / IN_AN_ARC + 0.25))
            ]
    return places


def _spread(many: int, opening: float) -> Sequence[float]:
    if many == 1:
        return (0.0,)
    return [opening * (2 * at / (many - 1) - 1) for at in range(many)]


def _set_down(x: float, y: float) -> str:
    turned = degrees(atan2(y, x)) + 90
    return f"translate({number(x)} {number(y)}) rotate({number(turned)})"
