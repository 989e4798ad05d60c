"""A long picture cut into bands, one below the other: each holds the marks that touch it."""

from collections.abc import Callable, Iterable
from math import ceil

from betterstory.stories.picture import curve, ruler
from betterstory.stories.picture.lanes import LEADER_BEND, RULER
from betterstory.stories.picture.marks import Leader
from betterstory.stories.picture.whole import Band, Picture
from betterstory.ui import hand

type Reach[T] = Callable[[T], tuple[float, float]]
LEAST = 120.0  # the last band, however little is in it


def cut(picture: Picture, heights: Iterable[float]) -> tuple[Band, ...]:
    """The bands of a picture; `heights` are those of its guides. A picture that is not wide is one band."""
    many, guides = max(1, ceil((picture.width - 0.05) / picture.room)), tuple(heights)
    return tuple(_band(picture, at, many, guides) for at in range(many))


def _band(picture: Picture, at: int, many: int, heights: tuple[float, ...]) -> Band:
    start = at * picture.room
    wide = picture.room if at < many - 1 else max(LEAST, picture.width - start)
    end = start + wide

    def here[T](marks: Iterable[T], reach: Reach[T]) -> tuple[T, ...]:
        return tuple(mark for mark in marks if reach(mark)[0] < end and reach(mark)[1] > start)

    guides = (f"M{hand.number(start)} {hand.number(y)}H{hand.number(end)}" for y in heights)
    return Band(
        x=round(start, 1),
        width=round(wide, 1),
        guides="".join(guides),
        leaders="".join(drawn(leader) for leader in here(picture.leaders, _ends_of_leader)),
        curves=tuple(filter(None, (curve.drawn(here(line.bends, _ends)) for line in picture.curves))),
        points=here(picture.points, lambda point: (point.box.x, point.box.right)),
        steps=here(picture.steps, lambda step: (step.box.x, step.box.right)),
        gaps=here(picture.gaps, lambda gap: (gap.box.x, gap.box.right)),
        dropped=here(picture.dropped, lambda end: (end.start, max(end.box.right, end.cross.right))),
        bubbles=here(picture.bubbles, lambda bubble: (bubble.box.x, bubble.box.right)),
        loops=here(picture.loops, lambda loop: (loop.start, loop.end)),
        not_said=here(picture.not_said, lambda place: (place.box.x, place.box.right)),
        lanes="".join(
            f"M{hand.at(start, lane.y)}h{hand.number(wide)}v{hand.number(lane.height)}h{hand.number(-wide)}z"
            for lane in picture.lanes
        ),
        ruler=ruler.within(picture.ruler, start, end) if picture.ruler else None,
    )


def _ends(bend: curve.Bezier) -> tuple[float, float]:
    return bend[0][0], bend[3][0]


def _ends_of_leader(leader: Leader) -> tuple[float, float]:
    low, high = sorted((leader.x, leader.true))
    return low - 1, high + 1


def drawn(leader: Leader) -> str:
    """Straight down; where a mark was pushed aside, through the place on the ruler where it truly stands."""
    x, start, end = (hand.number(value) for value in (leader.x, leader.start, leader.end))
    if abs(leader.x - leader.true) < 0.5:
        return f"M{x} {start}V{end}"
    above, below = hand.number(RULER - LEADER_BEND), hand.number(RULER + LEADER_BEND)
    return f"M{x} {start}V{above}L{hand.at(leader.true, RULER)}L{x} {below}V{end}"
