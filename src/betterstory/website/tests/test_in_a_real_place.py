"""In a real place a page asks of everybody whether they need a second factor; it asks little all the same.

A teller's own page and the threads stand here with all that can stand on them at once.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as house
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from betterstory.learning import verbs as learning
from betterstory.learning.tests.conftest import WORDS, lock_side, side
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Membership, Person, Ring
from betterstory.places.models import Round
from betterstory.promises.models import Ask, Promise
from betterstory.stories import care, consenting, echoes, leaving, owing, speaking, verbs
from betterstory.stories.models import (
    Audience,
    Care,
    Consent,
    Leaving,
    Recall,
    Story,
    Use,
    Version,
)
from betterstory.stories.tests._told import WAV, send
from betterstory.website.tests._a_thread import body, let_it_be_counted, promise, say_yes, told_by_another
from betterstory.website.tests.test_every_page import MOST_QUERIES

__all__ = ["lock_side", "promise", "side"]


def came_by_card(person: Person) -> Client:
    """Somebody who came in by card alone: no second factor."""
    client = Client()
    client.force_login(person, backend="betterstory.people.coming_in.CardBackend")
    return client


def asked_by(client: Client, url: str) -> tuple[str, int]:
    """The page, and how often it asked the database."""
    assert not house.DEMO
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.status_code == 200
    return body(answer), len(queries)


def say_and_have_it_said(version: Version, teller: Person, other: Person, **what: Any) -> Consent:
    """A yes of both who told it."""
    at = timezone.now()
    yes = consenting.say_yes(version, by=teller, at=at, until=at + timedelta(days=9), **what)
    consenting.say_yes_too(yes, by=other, at=at)
    return yes


@pytest.fixture
def full(
    story: Story,
    teller: Person,
    resident: Person,
    organiser: Person,
    steward: Person,
    partner: Person,
    circle: Circle,
    django_capture_on_commit_callbacks: Any,
) -> Story:
    """Sam told it with Lynda and said it aloud, somebody writes with them, and everything came of it."""
    at = timezone.now()
    story.helpers = Circle.objects.create(name="helpers", kind=Circle.Kind.HELPERS)
    story.save()
    Membership.objects.create(circle=story.helpers, person=organiser, joined_at=at)
    care.owe_after_telling(story, at=at)
    care.take_on(Care.objects.filter(story=story)[0], by=organiser, words="I walk the dog", due_on=None)
    care.agree_thanks(story, by=organiser, words="Bus fares", at=at)
    verbs.begin_version(story, by=teller, at=at)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(came_by_card(teller), f"/stories/{story.uuid}/aloud/", WAV).status_code == 302
    version = verbs.agree(story, by=teller, at=at)
    consenting.tell_together(story, by=teller, other=resident, at=at)
    version = Version.objects.select_related("story__teller", "story__second_teller").get(pk=version.pk)
    say_and_have_it_said(version, teller, resident, use=Use.HEAR, circle=circle)
    quoted = say_and_have_it_said(
        version, teller, resident, use=Use.QUOTE, circle=circle, piece=version.pieces.all()[0]
    )
    people.name_body(name="Harbour Trust", ring=Ring.COMMUNITY, by=organiser)
    partnership = {"use": Use.COUNT, "audience": Audience.PARTNERSHIP}
    say_and_have_it_said(version, teller, resident, **partnership)
    read = say_and_have_it_said(version, teller, resident, use=Use.READ, circle=circle)
    for person in (organiser, partner):
        consenting.note_seen(version, use=Use.READ, on=timezone.localdate(), person=person)
    owing.tell(quoted, by=organiser, words="It was read out", at=at)
    at = timezone.now()
    leaving.take_out(version, by=organiser, use=Use.READ, how=Leaving.How.PRINT, at=at, viewer=circle)
    leaving.take_out(version.pieces.all()[0], by=organiser, use=Use.QUOTE, how=Leaving.How.EXPORT, at=at)
    consenting.stop(read, by=resident, at=at)
    recall = Recall.objects.get()
    leaving.answer(recall, by=organiser, answer=Recall.Answer.DESTROYED, at=at)
    consenting.say_yes(version, by=resident, use=Use.READ, circle=circle, at=at, until=at + timedelta(days=9))
    speaking.choose(story, by=teller, speaker=partner, at=at)
    echoes.say_not_theirs(story.pk, where="card", by=partner, at=at)
    return story


@pytest.mark.parametrize("who", ["teller", "resident"])
def test_my_story_asks_little_with_everything_on_it(
    who: str, full: Story, teller: Person, resident: Person, steward: Person, organiser: Person
) -> None:
    told = {"teller": teller, "resident": resident}
    client, url = came_by_card(told[who]), f"/stories/{full.uuid}/mine/"
    page, asked = asked_by(client, url)
    for words in ("Harbour Trust", "I walk the dog", "Bus fares", "It was read out", "Nasreen", "Helen"):
        assert words in page
    assert "I destroyed it" in page
    assert page.count("Number ") == 2, "what left the building"
    assert ("I say yes too" in page) == (who == "teller"), "a yes waits for one of them"
    assert asked <= MOST_QUERIES
    consenting.pause_for(teller, by=steward, at=timezone.now())
    consenting.pause(full, by=resident, at=timezone.now())
    page, asked = asked_by(client, url)
    assert ("Bea paused it for you" in page) == (who == "teller")
    assert asked <= MOST_QUERIES
    consenting.take_back(full, by=told[who], at=timezone.now())
    page, asked = asked_by(client, url)
    assert "You took this story back" in page
    assert asked <= MOST_QUERIES


def test_a_thread_asks_little_where_its_figures_rest_on_two_stories(
    promise: Promise,
    version: Version,
    circle: Circle,
    organiser: Person,
    resident: Person,
    round_: Round,
    side: Round,
) -> None:
    """With a lesson that went elsewhere: what else a thread can hold."""
    on = timezone.localdate()
    lesson = learning.write(WORDS, round=round_, by=organiser, on=on, reach="anyone", points=[promise])
    learning.offer(lesson, by=organiser, on=on)
    learning.say_how(lesson, round=side, standing="tried", reason="a", by=organiser, on=on)
    other = told_by_another(version, resident)
    for use in (Use.READ, Use.QUOTE):
        say_yes(version, circle, use)
    let_it_be_counted(version)
    let_it_be_counted(other)
    Ask.objects.update(piece=other.pieces.all()[0])
    reader = version.story.teller
    people.join(circle=circle, person=resident, at=timezone.now())
    for person in (reader, resident):
        client = came_by_card(person)
        for url in (f"/thread/story/{version.story.uuid}/", f"/thread/promise/{promise.pk}/"):
            page, asked = asked_by(client, url)
            assert "About 120 people" in page
            assert "Lock Side" in page
            assert asked <= MOST_QUERIES, url
