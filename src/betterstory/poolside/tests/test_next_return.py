"""What a home page may ask: the soonest day to come back, for somebody who sits round that table."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.poolside import verbs
from betterstory.poolside.models import Agreement, Poolside
from betterstory.poolside.verbs import NotRoundThisTable
from conftest import AT, TODAY

LATER = TODAY + timedelta(days=28)


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_the_soonest_is_next(agreement: Agreement, organiser: Person) -> None:
    second = verbs.open_poolside(name="the moorings", by=organiser, at=AT, on=TODAY)
    sooner = verbs.agree(
        second, words="We try.", come_back_on=TODAY + timedelta(days=3), by=organiser, on=TODAY
    )
    assert Agreement.objects.next_return(fresh(organiser), on=TODAY) == sooner


def test_only_the_newest_version_counts(agreement: Agreement, organiser: Person) -> None:
    newer = verbs.agree(
        agreement.poolside,
        words="We try again.",
        come_back_on=LATER + timedelta(days=5),
        by=organiser,
        on=TODAY,
        after=1,
    )
    assert Agreement.objects.next_return(fresh(organiser), on=TODAY) == newer


def test_nobody_outside_learns_of_it(agreement: Agreement, resident: Person, steward: Person) -> None:
    for outsider in (resident, steward):
        assert Agreement.objects.next_return(fresh(outsider), on=TODAY) is None


def test_a_circle_that_is_over_owes_nothing(agreement: Agreement, organiser: Person) -> None:
    circle = agreement.poolside.circle
    circle.ends_on = TODAY
    circle.save()
    assert Agreement.objects.next_return(fresh(organiser), on=TODAY) == agreement
    assert Agreement.objects.next_return(fresh(organiser), on=TODAY + timedelta(days=1)) is None


def test_of_one_round(
    agreement: Agreement, poolside: Poolside, organiser: Person, teller: Person, round_: Round
) -> None:
    assert Agreement.objects.next_return(fresh(organiser), on=TODAY, round_=round_) is None
    verbs.belong(poolside, round_=round_, by=teller, on=TODAY)
    assert Agreement.objects.next_return(fresh(organiser), on=TODAY, round_=round_) == agreement


def test_nobody_outside_says_where_we_belong(poolside: Poolside, resident: Person, round_: Round) -> None:
    with pytest.raises(NotRoundThisTable):
        verbs.belong(poolside, round_=round_, by=resident, on=TODAY)
    assert Poolside.objects.get().round is None


def test_it_costs_one_query(
    agreement: Agreement, organiser: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = fresh(organiser)
    with django_assert_num_queries(1):
        found = Agreement.objects.next_return(person, on=TODAY)
        assert found is not None
        assert found.poolside.circle.name
