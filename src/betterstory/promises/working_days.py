"""Working days in England: Monday to Friday, without its bank holidays, as the `holidays` library keeps them.

`without` are spans of days, first and last included, in which the clock stands still (before an election).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

# by its own module, at the start: it takes a second, which is not to be the first reader's of the wall
from holidays.countries.united_kingdom import UnitedKingdom

Spans = Sequence[tuple[date, date]]
DAY = timedelta(days=1)
SATURDAY = 5
MOST = 4000  # days looked at, so that a hold of many years still ends


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England that fall in this year, substitute days included."""
    return frozenset(UnitedKingdom(subdiv="ENG", years=year))


def is_working(day: date, without: Spans = ()) -> bool:
    """People are at work, and no clock stands still."""
    if day.weekday() >= SATURDAY or day in bank_holidays(day.year):
        return False
    return not any(first <= day <= last for first, last in without)


def after(day: date, many: int, without: Spans = ()) -> date:
    """The last of so many working days after this day; the day itself does not count."""
    for _looked in range(MOST):
        if many <= 0 or day >= date.max - DAY:
            break
        day += DAY
        many -= is_working(day, without)
    return day


def between(first: date, last: date, without: Spans = ()) -> int:
    """How many working days came after `first`, `last` included; none where `last` is not later."""
    weeks, rest = divmod(max(0, (last - first).days), 7)
    many = weeks * 5 + sum((last - DAY * back).weekday() < SATURDAY for back in range(rest))
    years = range(first.year, last.year + 1)
    many -= sum(
        first < day <= last and day.weekday() < SATURDAY for year in years for day in bank_holidays(year)
    )
    return many - _standing_still(first, last, without)


def _standing_still(first: date, last: date, without: Spans) -> int:
    """Working days in these spans; a day that is in two of them counts once."""
    still = {
        max(begins, first + DAY) + DAY * number
        for begins, ends in without
        for number in range((min(ends, last) - max(begins, first + DAY)).days + 1)
    }
    return sum(is_working(day) for day in still)
