"""Working days in England, weekends and bank holidays out; and days in which the clock stands still."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betterstory.promises import working_days

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))
SPANS = st.lists(
    st.tuples(DAYS, st.integers(0, 60)).map(lambda each: (each[0], each[0] + timedelta(days=each[1]))),
    max_size=3,
)
AFTER = """
day         many  falls on
2026-07-06  5     2026-07-13   # Monday to Monday
2026-07-10  1     2026-07-13   # Friday to Monday
2026-07-11  1     2026-07-13   # from a Saturday
2026-07-06  0     2026-07-06
2026-04-02  1     2026-04-07   # Good Friday and Easter Monday are out
2026-12-24  1     2026-12-29   # Christmas, and the Monday in place of Boxing Day, a Saturday
2026-08-28  5     2026-09-07   # the August bank holiday
2027-12-24  2     2027-12-30   # Christmas on a Saturday, Boxing Day on a Sunday: Monday and Tuesday are out
"""


def rows(table: str) -> list[list[str]]:
    lines = [line.split("#")[0].split() for line in table.strip().splitlines()[1:]]
    return [line for line in lines if line]


@pytest.mark.parametrize(("day", "many", "falls_on"), rows(AFTER))
def test_so_many_working_days_after(day: str, many: str, falls_on: str) -> None:
    found = working_days.after(date.fromisoformat(day), int(many))
    assert found == date.fromisoformat(falls_on)


def test_scotlands_days_are_not_englands() -> None:
    assert not working_days.is_working(date(2026, 8, 31)), "the August bank holiday of England"
    assert working_days.is_working(date(2026, 1, 2)), "a bank holiday in Scotland alone"
    assert working_days.is_working(date(2026, 3, 17)), "a bank holiday in Northern Ireland alone"


def test_a_clock_stands_still_before_an_election() -> None:
    still = [(date(2026, 7, 7), date(2026, 7, 17))]
    assert working_days.after(date(2026, 7, 6), 5, still) == date(2026, 7, 24)
    assert working_days.between(date(2026, 7, 6), date(2026, 7, 24), still) == 5
    assert working_days.between(date(2026, 7, 6), date(2026, 7, 24), still * 2) == 5, "each day once"


def test_a_hold_that_never_ends_does_not_hang() -> None:
    assert working_days.after(date(2026, 7, 6), 5, [(date(2026, 7, 7), date.max)]) > date(2036, 1, 1)


@given(DAYS, st.integers(0, 900), SPANS)
def test_between_counts_as_one_would_by_hand(
    first: date, many: int, without: list[tuple[date, date]]
) -> None:
    last = first + timedelta(days=many)
    each = [first + timedelta(days=number) for number in range(1, many + 1)]
    by_hand = sum(working_days.is_working(day, without) for day in each)
    assert working_days.between(first, last, without) == by_hand
    assert working_days.between(last, first, without) == 0


@given(DAYS, st.integers(1, 60), SPANS)
def test_after_and_between_agree(day: date, many: int, without: list[tuple[date, date]]) -> None:
    falls_on = working_days.after(day, many, without)
    assert working_days.is_working(falls_on, without)
    assert working_days.between(day, falls_on, without) == many


@given(DAYS, st.integers(0, 30))
def test_a_later_day_is_never_over_earlier(day: date, many: int) -> None:
    assert working_days.after(day, many) <= working_days.after(day + timedelta(days=1), many)
