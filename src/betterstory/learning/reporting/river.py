"""The picture of a round's months: five lanes over a river. A layout only; the template draws it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from betterstory.learning.reporting.timeline import ASKED, MET, PROMISED, ROUND_US, WENT, Moment

LANES = (MET, ASKED, PROMISED, WENT, ROUND_US)
LEFT, RIGHT, LANE, TOP = 148, 690, 44, 14
WIDTH = 704
FEWEST_MONTHS = 3


@dataclass(frozen=True)
class Mark:
    """What happened in one lane in one half of a month; a number where it is more than one."""

    x: float
    y: float
    many: int
    month: str  # the heading in the list that it leads to
    words: str


@dataclass(frozen=True)
class Lane:
    name: str
    words: str
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Month:
    x: float
    words: str
    year: str


@dataclass(frozen=True)
class River:
    """Everything the template needs."""

    width: int
    height: float
    months: tuple[Month, ...]
    lanes: tuple[Lane, ...]
    waves: tuple[str, ...]
    water: float
    left: int
    right: int


def lay_out(moments: Iterable[Moment], *, began_on: date, on: date) -> River:
    """Months from the first thing that happened to today, however many. What is announced is in the list."""
    moments = [each for each in moments if each.lane in LANES and each.on <= on]
    first = min([began_on, *(each.on for each in moments)]).replace(day=1)
    many = max(_months(first, on) + 1, FEWEST_MONTHS)
    wide = (RIGHT - LEFT) / many
    lanes = tuple(_lane(number, name, moments, first, wide) for number, name in enumerate(LANES))
    water = TOP + LANE * (len(LANES) - 1)
    return River(
        width=WIDTH,
        height=water + LANE + 42,
        months=_names(first, many, wide),
        lanes=lanes,
        waves=tuple(_wave(water + offset) for offset in (6, LANE - 2)),
        water=water,
        left=LEFT,
        right=RIGHT,
    )


def _lane(number: int, name: str, moments: Iterable[Moment], first: date, wide: float) -> Lane:
    y = TOP + LANE * number + LANE / 2
    halves: dict[tuple[int, int], list[Moment]] = {}
    for each in moments:
        if each.lane == name:
            halves.setdefault((_months(first, each.on), int(each.on.day > 15)), []).append(each)
    marks = [
        Mark(
            x=round(LEFT + wide * (month + 0.25 + half / 2), 1),
            y=y,
            many=len(several),
            month=f"{several[0].on:%Y-%m}",
            words=f"{date_format(several[0].on, 'F Y')}: {_lane_words(name)}, {len(several)}",
        )
        for (month, half), several in sorted(halves.items())
    ]
    return Lane(name, _lane_words(name), y, tuple(marks))


def _lane_words(name: str) -> str:
    return {
        MET: _("We met"),
        ASKED: _("Asks and answers"),
        PROMISED: _("Promises"),
        WENT: _("Absent, or left"),
        ROUND_US: _("Around us"),
    }[name]


def _names(first: date, many: int, wide: float) -> tuple[Month, ...]:
    """As many names as there is room for; the year under its first."""
    step = max(1, -(-many * 34 // (RIGHT - LEFT)))
    made, year = [], 0
    for number in range(0, many, step):
        month = _after(first, number)
        said = str(month.year) if month.year != year else ""
        year = month.year
        made.append(Month(round(LEFT + wide * (number + 0.5), 1), date_format(month, "M"), said))
    return tuple(made)


def _wave(y: float) -> str:
    """A line of water."""
    steps = (RIGHT - LEFT) // 36
    return f"M{LEFT} {y}" + "".join(f"q9 {-5 if turn % 2 else 5} 18 0t18 0" for turn in range(int(steps)))


def _months(first: date, then: date) -> int:
    return max(0, (then.year - first.year) * 12 + then.month - first.month)


def _after(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)
