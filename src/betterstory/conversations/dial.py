"""The quiet clock of a turn: a dial that fills, and about how long is left. It changes once a minute."""

from dataclasses import dataclass
from datetime import datetime
from math import cos, pi, sin

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from betterstory.ui.hand import at as point

MIDDLE, RADIUS, HAND = 50.0, 41.0, 36.0
BY_FIVES = 10  # above so many minutes left they are said by fives


@dataclass(frozen=True)
class Dial:
    """What is drawn: the part that is gone, the hand, and the words that say the same."""

    words: str
    gone: str
    hand: str
    marks: str
    left: int


def minutes_left(minutes: int, began_at: datetime | None, now: datetime) -> int:
    """Whole minutes left of a turn, counted up; all of it before it began. A clock that jumps gives no more
    than all and no less than none.
    """
    if began_at is None:
        return minutes
    seconds = minutes * 60 - (now - began_at).total_seconds()
    return min(max(int(-(-seconds // 60)), 0), minutes)


def draw(minutes: int, left: int) -> Dial:
    """The dial with so many minutes left of all."""
    share = 1 - left / minutes if minutes else 1.0
    return Dial(say(left), _wedge(share), _line(share, 0, HAND), _marks(), left)


def say(left: int) -> str:
    """ "about 4 minutes": by fives while there are many."""
    if left <= 0:
        return _("when we are ready")
    said = left if left <= BY_FIVES else 5 * round(left / 5)
    return ngettext("about a minute", "about %(minutes)s minutes", said) % {"minutes": said}


def _at(share: float, far: float) -> tuple[float, float]:
    angle = 2 * pi * share - pi / 2
    return MIDDLE + far * cos(angle), MIDDLE + far * sin(angle)


def _wedge(share: float) -> str:
    """From the top round to where the hand is; nothing at first, all of it at the end."""
    if share <= 0:
        return ""
    if share >= 1:
        top, bottom = _at(0, HAND), _at(0.5, HAND)
        return f"M{point(*top)}A36 36 0 1 1 {point(*bottom)}A36 36 0 1 1 {point(*top)}Z"
    large = int(share > 0.5)
    return f"M{point(MIDDLE, MIDDLE)}L{point(*_at(0, HAND))}A36 36 0 {large} 1 {point(*_at(share, HAND))}Z"


def _line(share: float, near: float, far: float) -> str:
    return f"M{point(*_at(share, near))}L{point(*_at(share, far))}"


def _marks() -> str:
    return "".join(_line(hour / 12, RADIUS, RADIUS - (5 if hour % 3 == 0 else 3)) for hour in range(12))
