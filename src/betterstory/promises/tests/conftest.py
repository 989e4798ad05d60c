"""A service with a head, a council, a room of people, an ask and a promise."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post, Ring
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Ask, Promise
from conftest import AT, TODAY

SEPTEMBER = date(2026, 9, 1)
WORDS = "One missed visit will not start the wait again."
ASKED = "Let people keep their place."


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.fixture
def service(organiser: Person) -> Body:
    return people.name_body(name="The Talking Service", ring=Ring.LOCAL_SERVICES, by=organiser)


@pytest.fixture
def council(organiser: Person) -> Body:
    return people.name_body(name="Aldermouth Council", ring=Ring.LOCAL_SERVICES, by=organiser)


@pytest.fixture
def helen(partner: Person) -> Person:
    """The head of the service."""
    return partner


@pytest.fixture
def head(service: Body, helen: Person, organiser: Person) -> Post:
    return people.name_post(body=service, title="Head of the service", by=organiser, holder=helen)


@pytest.fixture
def femi(council: Body, welcome: Callable[..., Person], organiser: Person) -> Person:
    """The councillor."""
    person = welcome("Femi", "partner")
    people.name_post(body=council, title="Councillor for the Row", by=organiser, holder=person)
    return person


@pytest.fixture
def lynda(resident: Person) -> Person:
    return resident


@pytest.fixture
def room(circle: Circle, organiser: Person, lynda: Person, helen: Person) -> Circle:
    """Everybody who was there: the organiser, Lynda, and Helen too."""
    people.join(circle=circle, person=lynda, at=AT)
    people.join(circle=circle, person=helen, at=AT)
    return circle


@pytest.fixture
def ask(round_: Round, room: Circle, service: Body, head: Post, organiser: Person) -> Ask:
    return verbs.ask(
        round=round_,
        words=ASKED,
        of=service,
        by=organiser,
        on=TODAY,
        asked_by=room,
        asked_by_words="the people of 14 July",
    )


@pytest.fixture
def promise(ask: Ask, head: Post, helen: Person) -> Promise:
    return verbs.answer_yes(ask, by=helen, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)


@pytest.fixture
def lyndas_ask(round_: Round, service: Body, head: Post, lynda: Person) -> Ask:
    """What Lynda asks for herself, under a name she chose."""
    return verbs.ask(
        round=round_,
        words="Ring me back the same day.",
        of=service,
        by=lynda,
        on=TODAY,
        asked_by_words="Lyn from the lock",
        own_yes=True,
    )
