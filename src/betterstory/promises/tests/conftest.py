"""A service with a head, a council, a room of people, an ask and a promise."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from betterstory.behind.models import Pattern, Release
from betterstory.conversations.models import Insight, Level
from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post, Ring
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Ask, Promise
from betterstory.stories import consenting
from betterstory.stories.models import Audience, Consent, Gap, Piece, Use, Version
from conftest import AT, TODAY, read_every_line

NOW = timezone.localdate()
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


@pytest.fixture
def gap(version: Version) -> Gap:
    return Gap.objects.get(version=version)


@pytest.fixture
def card(round_: Round, gap: Gap) -> Insight:
    """A card of the iceberg that stands on the step of the story where they took Robin off the list."""
    made = Insight.objects.create(
        round=round_,
        level=Level.STRUCTURE,
        number=8,
        words="Miss one visit, begin again.",
        added_at=timezone.now(),
    )
    made.pieces.add(gap.after)
    return made


@pytest.fixture
def release(db: None) -> Release:
    pattern = Pattern.objects.create(name="The long way", toml="format = 1", made_at=timezone.now())
    return Release.objects.create(
        number=3,
        pattern=pattern,
        figures={"headline": "About 120 people went the same way."},
        source="An invented log.",
        cannot_see="Whoever never asked.",
        data_mark="x",
        released_at=timezone.now(),
    )


@pytest.fixture
def tied(
    round_: Round,
    room: Circle,
    service: Body,
    head: Post,
    helen: Person,
    organiser: Person,
    gap: Gap,
    card: Insight,
    release: Release,
) -> Promise:
    """A promise that answers an ask, which rests on a gap, a card and a release."""
    ask = verbs.ask(
        round=round_,
        words="Let people keep their place.",
        of=service,
        by=organiser,
        on=NOW - timedelta(days=9),
        asked_by=room,
        asked_by_words="the people of 14 July",
        piece=gap,
        insight=card,
        release=release,
    )
    return verbs.answer_yes(
        ask, by=helen, on=NOW, post=head, words="You keep your place.", due_on=NOW + timedelta(days=50)
    )


def say_yes(
    version: Version,
    *pieces: Piece,
    audience: Audience,
    circle: Circle | None = None,
    use: Use = Use.QUOTE,
) -> Consent:
    """Agreed some days ago, so that what is for anyone holds by now. Without pieces, for all of it.

    Gives the last yes.
    """
    at = timezone.now() - timedelta(days=5)
    Version.objects.filter(pk=version.pk).update(agreed_at=at)
    version.refresh_from_db()
    if audience == Audience.PUBLIC or use == Use.REPORT:
        read_every_line(version)
    for piece in pieces or (None,):
        yes = consenting.say_yes(
            version,
            by=version.story.teller,
            use=use,
            at=at,
            until=at + timedelta(days=60),
            piece=piece,
            audience=audience,
            circle=circle,
        )
    return yes
