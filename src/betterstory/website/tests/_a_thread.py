"""A thread from a promise down to a step and a gap of one story, or of two."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from betterstory.behind.models import Pattern, Release
from betterstory.conversations.models import Insight, Level
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Promise
from betterstory.stories import consenting
from betterstory.stories.models import Audience, Consent, Gap, Piece, Step, Use, Version
from betterstory.stories.tests.conftest import tell_another

STEP, GAP = "They took me off the list", "Back of the queue"


@pytest.fixture
def promise(version: Version, round_: Round, organiser: Person, circle: Circle) -> Promise:
    """A promise that answers an ask, that rests on a card, that points at a step, a gap and a release."""
    at = timezone.now()
    talking = Body.objects.create(name="The Talking Service")
    pattern = Pattern.objects.create(
        name="Back of the queue", toml="", made_from=version, from_a_story=True, made_at=at
    )
    release = Release.objects.create(
        number=3,
        pattern=pattern,
        figures={"headline": "About 120 people went this way."},
        source="Visits kept by the Talking Service.",
        cannot_see="Who never asked.",
        data_mark="x",
        released_at=at,
    )
    card = Insight.objects.create(
        round=round_,
        level=Level.STRUCTURE,
        number=8,
        words="Miss one visit and the wait starts again.",
        owner=talking,
        release=release,
        added_at=at,
    )
    card.pieces.set([Step.objects.get(version=version, position=2).pk, Gap.objects.get(version=version).pk])
    pattern.pieces.set([Gap.objects.get(version=version).pk])
    today = timezone.localdate()
    ask = verbs.ask(
        round=round_,
        words="Keep our place.",
        of=talking,
        by=organiser,
        on=today,
        asked_by=circle,
        asked_by_words="The room",
        insight=card,
    )
    post = Post.objects.create(body=talking, title="Head of the service", holder=None)
    due = today + timedelta(days=30)
    return verbs.answer_yes(ask, by=organiser, on=today, post=post, words="You keep your place.", due_on=due)


def body(answer: Any) -> str:
    return str(answer.content.decode())


def say_yes(version: Version, circle: Circle, use: Use = Use.QUOTE) -> None:
    at = timezone.now()
    consenting.say_yes(
        version, by=version.story.teller, use=use, circle=circle, at=at, until=at + timedelta(days=9)
    )


def let_it_be_counted(version: Version) -> Consent:
    at = timezone.now()
    return consenting.say_yes(
        version,
        by=version.story.teller,
        use=Use.COUNT,
        audience=Audience.PARTNERSHIP,
        at=at,
        until=at + timedelta(days=9),
    )


def told_by_another(version: Version, resident: Person) -> Version:
    """The story of somebody else, agreed, whose step the same figures rest on."""
    other = tell_another(version, resident, at=timezone.now())
    Pattern.objects.get().pieces.add(*Piece.objects.filter(version=other))
    return other
