"""A town with a story in it, and every place where somebody types beside it."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.conversations import verbs as conversations
from betterstory.conversations.models import BetterStory, Change, Gathering, Insight, Level, Statement
from betterstory.immersion.models import Act, Notice
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person, Ring
from betterstory.places.models import Round
from betterstory.promises import verbs as promises
from betterstory.promises.models import Again, Answer, Ask, Judgement, Promise
from betterstory.stories.models import Version
from conftest import TODAY

THEIRS = "I rang to change the time, and they took me off the list."
OWN = "One missed visit and people lose their place."
SignIn = Callable[[Person], Client]


@pytest.fixture
def town(
    version: Version, round_: Round, organiser: Person, steward: Person, circle: Circle, partner: Person
) -> dict[str, Any]:
    """Something to type beside: a gathering, a card, a rule, an ask, a promise."""
    at = timezone.now()
    Version.objects.filter(pk=version.pk).update(agreed_at=at)
    gathering = conversations.call_gathering(
        round=round_,
        kind=Gathering.Kind.HEARING,
        title="The first evening",
        when=at + timedelta(days=1),
        where="the hall",
        by=organiser,
        at=at,
    )
    people.join(circle=gathering.circle, person=organiser, at=at)
    organiser.read_again()
    body = people.name_body(name="The Talking Service", ring=Ring.LOCAL_SERVICES, by=organiser)
    post = people.name_post(body=body, title="Head", by=organiser, holder=partner)
    card = conversations.add_card(
        round_, level=Level.STRUCTURE, words="A rule", by=organiser, at=at, owner=body
    )
    ask = promises.ask(
        round=round_,
        words="Ring first",
        of=body,
        by=organiser,
        on=TODAY,
        asked_by=circle,
        asked_by_words="us",
    )
    due = date.today() + timedelta(days=30)
    promise = promises.make(
        round=round_, words="We ring", by=organiser, on=TODAY, due_on=due, to=circle, to_words="us", post=post
    )
    return {
        "round": round_,
        "gathering": gathering,
        "body": body,
        "post": post,
        "card": card,
        "waiting": Insight.objects.create(
            round=round_, level="event", number=7, words="A bus", added_at=at, standing="suggested"
        ),
        "ask": ask,
        "promise": promise,
        "circle": circle,
        "due": due.isoformat(),
        "day": timezone.localdate().isoformat(),
    }


# page, the field words are typed in, what else is sent, and where what is written can be counted
PLACES: dict[str, tuple[str, str, dict[str, str], type]] = {
    "a card": (
        "/conversations/rounds/{round.pk}/iceberg/add/",
        "words",
        {"level": "event", "basis": "room"},
        Insight,
    ),
    "a card turned over": ("/conversations/cards/{card.pk}/", "words", {"seen": "1"}, Insight),
    "a statement": ("/conversations/{gathering.pk}/statements/", "words", {}, Statement),
    "the better story": (
        "/conversations/rounds/{round.pk}/better-story/write/",
        "text",
        {"seen": "0"},
        BetterStory,
    ),
    "all cards turned over": (
        "/conversations/rounds/{round.pk}/better-story/pairs/",
        "words",
        {"card": "{card.pk}", "seen": "1"},
        Insight,
    ),
    "a card in other words": (
        "/conversations/cards/{card.pk}/reword/",
        "words",
        {"seen": "1", "owner": "{body.pk}"},
        Change,
    ),
    "why a card is not kept": ("/conversations/cards/{waiting.pk}/not-keep/", "because", {}, Change),
    "an ask": (
        "/promises/ask/{round.pk}/",
        "words",
        {"of": "{body.pk}", "asked_by": "{circle.pk}", "asked_by_words": "us"},
        Ask,
    ),
    "a yes": ("/promises/asks/{ask.pk}/yes/", "words", {"post": "{post.pk}", "due_on": "{due}"}, Promise),
    "a no": ("/promises/asks/{ask.pk}/no/", "reason", {}, Answer),
    "a promise": (
        "/promises/promise/{round.pk}/",
        "words",
        {"post": "{post.pk}", "to": "{circle.pk}", "to_words": "us", "due_on": "{due}"},
        Promise,
    ),
    "a verdict": ("/promises/{promise.pk}/judge/", "note", {"verdict": "partly"}, Judgement),
    "more time": (
        "/promises/{promise.pk}/more-time/",
        "because",
        {"due_on": "{due}", "words": "We ring"},
        Again,
    ),
    "something noticed": (
        "/immersion/{round.neighbourhood.slug}/noticed/",
        "words",
        {"where": "the bridge", "on": "{day}"},
        Notice,
    ),
    "a useful act": (
        "/immersion/{round.neighbourhood.slug}/note/",
        "what",
        {"where": "the bridge", "on": "{day}", "who": "{organiser.pk}"},
        Act,
    ),
}


def send(client: Client, town: dict[str, Any], there: str, words: str, **more: str) -> tuple[Any, int]:
    """Send the form of a place; the answer, and how many rows there are then."""
    url, field, rest, model = PLACES[there]
    data = {name: value.format(**town) for name, value in rest.items()}
    answer = client.post(url.format(**town), {"once": str(uuid.uuid4()), field: words, **data, **more})
    return answer, count(model)


def count(model: Any) -> int:
    if model is Insight:
        return int(Insight.objects.count() + Insight.objects.exclude(turned_over="").count())
    return int(model.objects.count())
