"""A circle of three at the poolside: Nasreen who opened it, Helen and Sam. Lynda is not in it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person
from betterstory.poolside import verbs
from betterstory.poolside.models import Agreement, Poolside, Question
from conftest import AT, TODAY

IN_A_MONTH = TODAY + timedelta(days=28)
Sits = Callable[[Person], Person]


@pytest.fixture
def poolside(organiser: Person, partner: Person, teller: Person) -> Poolside:
    begun = verbs.open_poolside(name="the Tanners Row partners", by=organiser, at=AT, on=TODAY)
    for person in (partner, teller):
        people.join(circle=begun.circle, person=person, at=AT, by=organiser)
    return begun


@pytest.fixture
def question(poolside: Poolside) -> Question:
    return poolside.questions.get(position=1)


@pytest.fixture
def agreement(poolside: Poolside, organiser: Person) -> Agreement:
    return verbs.agree(
        poolside, words="We say it to each other first.", come_back_on=IN_A_MONTH, by=organiser, on=TODAY
    )


@pytest.fixture
def other_table(steward: Person) -> Poolside:
    """A circle of somebody else's, with nobody of ours in it."""
    circle = people.open_circle(name="the other side", kind=Circle.Kind.POOLSIDE)
    people.join(circle=circle, person=steward, at=AT)
    return verbs.begin(circle=circle, by=steward, on=TODAY)
