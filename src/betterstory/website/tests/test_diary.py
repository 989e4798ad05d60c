"""The demo's days are lived through in order, however its tables are written."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from betterstory.promises.models import Verdict
from betterstory.website.demo.asks import ROUND
from betterstory.website.demo.diary import Diary
from betterstory.website.demo.streets import ROUNDS
from betterstory.website.demo.telling import Again, Asked, Judged, Promised, RoundTold, Yes

FIRST = date(2026, 1, 1)


@given(st.lists(st.integers(0, 30)))
def test_days_go_forward_and_a_day_keeps_its_order(days: list[int]) -> None:
    diary, lived = Diary(), []
    for place, day in enumerate(days):
        diary.on(FIRST + timedelta(days=day), lambda day=day, place=place: lived.append((day, place)))  # type: ignore[misc]
    diary.live()
    assert lived == sorted(lived)
    assert len(lived) == len(days)


def afterwards(told: RoundTold) -> list[tuple[int, int, tuple[Judged | Again, ...]]]:
    """Of each promise: the day it was made, the day it is due, and what was said of it later."""
    given: list[tuple[int, int, tuple[Judged | Again, ...]]] = []
    for row in (*told.asks, *told.promises):
        if isinstance(row, Asked):
            given += [(yes.ago, yes.due, yes.then) for yes in row.answers if isinstance(yes, Yes)]
        elif isinstance(row, Promised):
            given.append((row.ago, row.due, row.then))
    return given


def test_nothing_is_answered_before_it_was_asked_or_judged_before_it_was_promised() -> None:
    for told in (ROUND, *ROUNDS):
        for ask in told.asks:
            assert all(answer.ago <= ask.ago for answer in ask.answers), ask.words
            assert ask.ago <= told.began, ask.words
        for made, due, then in afterwards(told):
            assert made >= due
            days = [made, *(row.ago for row in then)]
            assert days == sorted(days, reverse=True)


def test_every_way_a_promise_can_end_is_told_somewhere() -> None:
    said = {
        row.verdict
        for told in (ROUND, *ROUNDS)
        for _made, _due, then in afterwards(told)
        for row in then
        if isinstance(row, Judged)
    }
    assert said == set(Verdict)


def test_nobody_judges_their_own_promise_and_no_name_of_a_worker_stands_beside_not_kept() -> None:
    for told in (ROUND, *ROUNDS):
        for row in told.promises:
            assert all(each.by != row.by for each in row.then)
