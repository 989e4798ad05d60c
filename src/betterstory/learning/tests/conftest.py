"""A round in Tanners Row with a room, one in Lock Side with another, and a lesson of the first."""

from collections.abc import Callable

import pytest

from betterstory.conversations.models import Gathering
from betterstory.learning import verbs
from betterstory.learning.models import Lesson
from betterstory.learning.verbs import Words
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Round
from betterstory.poolside import verbs as poolside
from betterstory.promises.tests.conftest import (
    ask,
    card,
    gap,
    head,
    helen,
    lynda,
    promise,
    release,
    room,
    service,
)
from conftest import AT, TODAY

__all__ = ["ask", "card", "gap", "head", "helen", "lynda", "promise", "release", "room", "service"]

WORDS = Words(
    tried="We rang everybody who had missed a visit.",
    saw="Most of them came to the next one.",
    surprised="Half had never had the letter.",
    worse="Whoever has no phone was left out.",
    now="Now we will knock where there is no phone.",
)
OTHER_WORDS = Words(
    tried="We knocked on the doors.",
    saw="They opened.",
    worse="Nothing that we know of.",
    now="Now we will knock twice.",
)


def gather(round_: Round, name: str, *members: Person) -> Gathering:
    """A room of this round with these people in it."""
    circle = people.open_circle(name=name, kind=Circle.Kind.GATHERING)
    for person in members:
        people.join(circle=circle, person=person, at=AT)
        person.read_again()
    return Gathering.objects.create(round=round_, title=name, at=AT, where="the hall", circle=circle)


@pytest.fixture
def tomasz(welcome: Callable[..., Person], round_: Round) -> Person:
    """Lives in the Row, and was in its room."""
    person = welcome("Tomasz", "resident")
    gather(round_, "an evening in the Row", person)
    return person


@pytest.fixture
def lock_side(place: object, organiser: Person) -> Neighbourhood:
    return places.name_neighbourhood(name="Lock Side", by=organiser)


@pytest.fixture
def side(lock_side: Neighbourhood, organiser: Person) -> Round:
    """The round in Lock Side."""
    return places.begin_round(neighbourhood=lock_side, by=organiser, on=TODAY)


@pytest.fixture
def mo(welcome: Callable[..., Person], side: Round) -> Person:
    """Lives in Lock Side, and was in its room."""
    person = welcome("Mo", "resident")
    gather(side, "an evening at Lock Side", person)
    return person


@pytest.fixture
def swimmer(welcome: Callable[..., Person], organiser: Person, round_: Round) -> Person:
    """A partner who sits at the poolside of the Row's round."""
    table = poolside.open_poolside(name="our poolside", by=organiser, at=AT, on=TODAY, round_=round_)
    person = welcome("Sol", "partner")
    people.join(circle=table.circle, person=person, at=AT)
    person.read_again()
    return person


@pytest.fixture
def lesson(round_: Round, tomasz: Person) -> Lesson:
    """Written by Tomasz for the round; not offered yet."""
    return verbs.write(WORDS, round=round_, by=tomasz, on=TODAY)


@pytest.fixture
def offered(lesson: Lesson, tomasz: Person) -> Lesson:
    return verbs.offer(lesson, by=tomasz, on=TODAY)
