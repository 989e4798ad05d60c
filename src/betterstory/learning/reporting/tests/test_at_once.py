"""Two press at the same moment: a row is put right once, and each report has a number of its own."""

from collections.abc import Callable

import pytest

from betterstory.learning.models import Part, Report, Spent
from betterstory.learning.verbs import typing_in
from betterstory.people.tests.conftest import AtOnce, at_once

__all__ = ["at_once"]  # a fixture
pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_at_once_put_a_row_right_once(spend: Callable[..., Spent], at_once: AtOnce) -> None:
    first = spend(hours="1")
    said = at_once(*[lambda: spend(hours="2", puts_right=first, because="At once.")] * 10)
    assert sum(isinstance(each, Spent) for each in said) == 1
    assert sum(isinstance(each, typing_in.PutRightAlready) for each in said) == 9
    assert at_once(Spent.objects.count) == [2]


def test_ten_reports_at_once_get_ten_numbers(make_report: Callable[..., Report], at_once: AtOnce) -> None:
    said = at_once(*[lambda: make_report(Part.DATES)] * 10)
    assert sorted(each.number for each in said if isinstance(each, Report)) == list(range(1, 11))
