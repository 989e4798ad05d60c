"""What tests of safety stand on: a lead, a deputy, and a concern about the story."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from betterstory.people.models import Person
from betterstory.places.models import Place
from betterstory.stories.models import Concern, Entry, Lead, Piece, Step, Story, Worry
from betterstory.stories.safeguarding import concerns, leads
from conftest import AT

LATER = AT + timedelta(hours=1)
HEARD = "She said he locks her in the shed."
REASON = "To know what was said before I ring."


@pytest.fixture
def grace(place: Place) -> Person:
    """The lead, whom every place of these tests has."""
    return Lead.objects.select_related("person").get(post=Lead.Post.LEAD, until_at=None).person


@pytest.fixture
def pat(place: Place, steward: Person, welcome: Callable[..., Person]) -> Person:
    """The deputy."""
    person = welcome("Pat", "resident")
    leads.name(person, post=Lead.Post.DEPUTY, phone="01632 960 101", by=steward, at=AT)
    return person


@pytest.fixture
def step(story: Story) -> Step:
    """The second thing that happened."""
    return Step.objects.get(version__story=story, position=2)


@pytest.fixture
def concern(story: Story, organiser: Person, step: Step, grace: Person) -> Concern:
    """Raised by Nasreen about the second step of Sam's story; nobody has read it."""
    piece = Piece.objects.select_related("version").get(pk=step.pk)
    return concerns.raise_concern(
        by=organiser, kind=Worry.ADULT, words=HEARD, at=AT, story=story, piece=piece
    )


@pytest.fixture
def seen(concern: Concern, grace: Person) -> Concern:
    """The same, read by Grace."""
    concerns.write(concern, kind=Entry.Kind.SEEN, by=grace, at=LATER)
    return concern
