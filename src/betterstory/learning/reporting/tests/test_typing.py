"""Hours, money and outside events: read as people write them, never below zero, never changed in silence."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from betterstory.learning.models import OutsideEvent, Spent
from betterstory.learning.reporting.amounts import as_amount, said_amount, said_hours
from betterstory.learning.reporting.figures import Counted
from betterstory.learning.verbs import typing_in as verbs
from betterstory.people.models import Body, Person
from betterstory.places.models import Round
from betterstory.promises.tests.conftest import days
from betterstory.promises.verbs.wording import NothingSaid, TooLong

Spend = Callable[..., Spent]

# typed: as it is read, or no amount that we can be sure of
AMOUNTS = """
    1,200.50     1200.50
    £1,200.50    1200.50
    £ 300        300
    1200.5       1200.5
    1,000,000    1000000
    0            0
    12.345       -
    1.200,50     -
    3,5          -
    1,20         -
    ten          -
    1e5          -
    NaN          -
    ١٢           -
    12 hours     -
    --5          -
"""


@pytest.mark.parametrize("line", AMOUNTS.strip().splitlines(), ids=lambda line: line.split()[0])
def test_amounts_as_people_write_them(line: str) -> None:
    typed, _space, wanted = line.strip().rpartition("  ")
    found = as_amount(typed.strip())
    assert found == (None if wanted.strip() == "-" else Decimal(wanted.strip()))


def test_nothing_typed_is_nothing() -> None:
    assert as_amount("  ") == 0


@pytest.mark.parametrize(
    ("amount", "money", "hours"),
    [
        ("1200.50", "1,200.50", "1,200.5"),
        ("12.00", "12", "12"),
        ("100", "100", "100"),
        ("0.25", "0.25", "0.25"),
    ],
)
def test_amounts_as_they_are_read(amount: str, money: str, hours: str) -> None:
    assert (said_amount(Decimal(amount)), said_hours(Decimal(amount))) == (money, hours)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"hours": "-2"}, verbs.BelowZero),
        ({"pounds": "-0.01", "hours": "3"}, verbs.BelowZero),
        ({}, verbs.HoursOrPounds),
        ({"hours": "100000.01"}, verbs.TooMuch),
        ({"pounds": "100000000.01"}, verbs.TooMuch),
        ({"hours": "1", "when": days(11)}, verbs.NotYet),
        ({"hours": "1", "when": days(-2000)}, verbs.LongBefore),
        ({"hours": "1", "what_for": "  "}, NothingSaid),
        ({"hours": "1", "what_for": "x" * 201}, TooLong),
        ({"hours": "1", "what_for": "word " * 20_000}, TooLong),
    ],
)
def test_what_cannot_be_spent_is_refused(
    told: dict[str, Any], refusal: type[Exception], spend: Spend
) -> None:
    with pytest.raises(refusal):
        spend(**told)
    assert not Spent.objects.exists()


def test_the_database_holds_it_too(spend: Spend) -> None:
    row = spend(hours="2")
    for change in ({"hours": -1}, {"hours": 0, "pounds": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Spent.objects.filter(pk=row.pk).update(**change)


def test_a_month_is_its_first_day(spend: Spend) -> None:
    row = spend(hours="2", is_month=True)
    assert (row.on.day, row.is_month) == (1, True)


def test_put_right_by_a_new_row_and_the_earlier_stays(spend: Spend, counted: Callable[..., Counted]) -> None:
    first = spend(pounds="85")
    second = spend(pounds="110", on=days(12), puts_right=first, because="One evening was left out.")
    first.refresh_from_db()
    assert (first.pounds, second.puts_right_id) == (Decimal(85), first.pk)
    assert counted(on=days(11)).figures["pounds-all"].number == "85", "as it was known that day"
    assert counted(on=days(12)).figures["pounds-all"].number == "110"


def test_taken_out_counts_nothing_and_can_be_read(
    spend: Spend, counted: Callable[..., Counted], organiser: Person
) -> None:
    row = spend(hours="8")
    verbs.take_out(row, by=organiser, on=days(12), because="It was another round.")
    assert counted().figures["hours-all"].rows == ()
    assert Spent.objects.count() == 2
    assert counted(on=days(11)).figures["hours-all"].number == "8"


def test_putting_right_says_why(spend: Spend) -> None:
    first = spend(hours="1")
    with pytest.raises(verbs.SayWhy):
        spend(hours="2", puts_right=first, because=" ")
    assert Spent.objects.count() == 1


def test_a_row_is_put_right_once(spend: Spend, organiser: Person) -> None:
    first = spend(hours="1")
    spend(hours="2", puts_right=first, because="Two.")
    with pytest.raises(verbs.PutRightAlready):
        spend(hours="3", puts_right=first, because="Three.")
    with pytest.raises(verbs.PutRightAlready):
        verbs.take_out(first, by=organiser, on=days(12), because="No.")
    assert Spent.objects.count() == 2


@pytest.mark.parametrize(
    ("who", "may"), [("resident", False), ("analyst", False), ("partner", True), ("steward", True)]
)
def test_who_may_type(who: str, may: bool, spend: Spend, request: pytest.FixtureRequest) -> None:
    by = request.getfixturevalue(who)
    if may:
        assert spend(hours="1", by=by).written_as == who
    else:
        with pytest.raises(verbs.NotYoursToType):
            spend(hours="1", by=by)
        assert not Spent.objects.exists()


def test_a_partner_puts_right_their_own_row_alone(spend: Spend, partner: Person) -> None:
    theirs, ours = spend(hours="1", by=partner), spend(hours="5")
    spend(hours="2", by=partner, puts_right=theirs, because="Two.")
    with pytest.raises(verbs.NotYoursToType):
        spend(hours="2", by=partner, puts_right=ours, because="Two.")
    assert not hasattr(Spent.objects.get(pk=ours.pk), "put_right_by")


def test_an_outside_event_names_the_bodies_it_touched(
    round_: Round, organiser: Person, service: Body, council: Body, counted: Callable[..., Counted]
) -> None:
    told: dict[str, Any] = {"round": round_, "by": organiser, "on": days(5)}
    event = verbs.write_outside(
        **told, when=days(4), words="Two trusts became one.", bodies=[service, council]
    )
    row = counted().figures["outside"].rows[0]
    assert "Aldermouth Council, The Talking Service" in row.about
    assert "an organiser" in row.about
    assert "not checked" in row.about
    verbs.write_outside(
        **told, when=days(4), words="Three trusts.", puts_right=event, because="It was three."
    )
    assert [row.words for row in counted().figures["outside"].rows] == ["Three trusts."]
    assert OutsideEvent.objects.count() == 2


AHEAD = days(5 + 3 * 366)


def test_what_is_announced_lies_ahead_and_is_marked_until_somebody_says_it_came(
    round_: Round, organiser: Person, council: Body, counted: Callable[..., Counted]
) -> None:
    told: dict[str, Any] = {"round": round_, "by": organiser, "bodies": [council]}
    event = verbs.write_outside(**told, on=days(5), when=days(60), words="The library closes.")
    assert event.is_announced
    row = counted().figures["outside"].rows[0]
    assert row.words == "Announced: The library closes."
    assert "It touches Aldermouth Council." in row.about
    came = verbs.write_outside(
        **told, on=days(70), when=days(65), words="The library closed.", puts_right=event, because="It came."
    )
    assert not came.is_announced
    assert [row.words for row in counted().figures["outside"].rows] == ["The library closed."]


def test_what_is_announced_can_be_taken_out_before_its_day(round_: Round, organiser: Person) -> None:
    event = verbs.write_outside(
        round=round_, by=organiser, on=days(5), when=days(60), words="The library closes."
    )
    out = verbs.take_out(event, by=organiser, on=days(6), because="They changed their mind.")
    assert out.is_out


def test_years_ahead_is_a_slip_of_the_hand(round_: Round, organiser: Person) -> None:
    told: dict[str, Any] = {"round": round_, "by": organiser, "on": days(5), "words": "An election."}
    with pytest.raises(verbs.LongAhead):
        verbs.write_outside(**told, when=AHEAD + timedelta(days=1))
    with pytest.raises(verbs.LongBefore):
        verbs.write_outside(**told, when=days(-2000))
    assert not OutsideEvent.objects.exists()
    assert verbs.write_outside(**told, when=AHEAD).on == AHEAD
