"""What several tests of stories stand on: rooms, bodies, and a moment a month away."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from betterstory.people.models import Body, Circle, Person, Post
from betterstory.stories import consenting, verbs
from betterstory.stories.models import Audience, Consent, Piece, Use, Version
from conftest import AT, read_every_line

MONTH = AT + timedelta(days=30)
SignIn = Callable[[Person], Client]


def again(version: Version) -> Version:
    """The version as it stands now."""
    return Version.objects.select_related("story__teller", "story__second_teller").get(pk=version.pk)


def pieces_of(version: Version) -> list[Piece]:
    return list(Piece.objects.filter(version=version).select_related("version__story"))


def tell_another(version: Version, resident: Person, *, at: datetime) -> Version:
    """What Lynda told in the same neighbourhood, agreed: one step."""
    second = verbs.begin(
        by=resident,
        teller=resident,
        neighbourhood=version.story.neighbourhood,
        title="Two",
        chosen_name="Lark",
        limits_heard=True,
        at=at,
    )
    verbs.add_step(second, by=resident, words="Nobody rang.")
    return verbs.agree(second, by=resident, at=at)


@pytest.fixture
def another(version: Version, resident: Person) -> Version:
    """The story of somebody else."""
    return tell_another(version, resident, at=AT)


@pytest.fixture
def sam(teller: Person, signed_in_client: SignIn) -> Client:
    """The teller's own browser."""
    return signed_in_client(teller)


@pytest.fixture
def other_steward(welcome: Callable[..., Person]) -> Person:
    return welcome("Ivy", "steward")


@pytest.fixture
def hospital(partner: Person) -> Body:
    """A body of the partnership, with Helen at a post in it."""
    made = Body.objects.create(name="Weir Road Hospital")
    Post.objects.create(body=made, title="Matron", holder=partner)
    return made


@pytest.fixture
def read_yes(version: Version, teller: Person, circle: Circle) -> Consent:
    """Sam says yes: the room may read it, for a month."""
    return consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)


@pytest.fixture
def quote_for_anyone(version: Version, teller: Person) -> Consent:
    """Sam says yes: anyone may see a line, from two days on."""
    read_every_line(version)
    line = version.pieces.all()[0]
    return consenting.say_yes(
        version, by=teller, use=Use.QUOTE, audience=Audience.PUBLIC, piece=line, at=AT, until=MONTH
    )
