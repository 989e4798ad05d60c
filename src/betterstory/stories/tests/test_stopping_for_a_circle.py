"""Stopping one story before one circle, and a gathering that moves: others keep what they have."""

from datetime import timedelta
from typing import Any

import pytest

from betterstory.people import meeting as circles
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person
from betterstory.people.verbs import NotYours
from betterstory.stories import consenting, ended, meeting
from betterstory.stories.models import Consent, Use, Version
from betterstory.stories.refusals import NotYourStory
from conftest import AT, TODAY

UNTIL = AT + timedelta(days=60)


@pytest.fixture
def other(db: None) -> Circle:
    return people.open_circle(name="the other room", kind=Circle.Kind.GATHERING, meets_on=TODAY)


def say(version: Version, teller: Person, use: Use, circle: Circle) -> Consent:
    return consenting.say_yes(version, by=teller, use=use, circle=circle, at=AT, until=UNTIL)


def test_every_yes_for_the_circle_ends_and_is_written_down_outside(
    version: Version,
    teller: Person,
    circle: Circle,
    other: Circle,
    django_capture_on_commit_callbacks: Any,
) -> None:
    here = [say(version, teller, use, circle) for use in (Use.READ, Use.QUOTE, Use.IN_ROOM)]
    there = say(version, teller, Use.QUOTE, other)
    with django_capture_on_commit_callbacks(execute=True):
        assert consenting.stop_for_circle(version.story, circle=circle, by=teller, at=AT) == 3
    assert list(Consent.objects.filter(ended_at=None)) == [there]
    written = str(ended.read())
    assert [yes for yes in here if str(yes.uuid) not in written] == []
    assert consenting.stop_for_circle(version.story, circle=circle, by=teller, at=AT) == 0, (
        "safe to say again"
    )


def test_nobody_else_stops_it(version: Version, teller: Person, organiser: Person, circle: Circle) -> None:
    yes = say(version, teller, Use.READ, circle)
    with pytest.raises(NotYourStory):
        consenting.stop_for_circle(version.story, circle=circle, by=organiser, at=AT)
    yes.refresh_from_db()
    assert yes.ended_at is None


def test_a_day_that_comes_sooner_shortens_what_is_for_the_evening(
    version: Version, teller: Person, organiser: Person, other: Circle
) -> None:
    other.meets_on = TODAY + timedelta(days=20)
    other.save()
    aloud, quote = (say(version, teller, use, other) for use in (Use.READ_ALOUD, Use.QUOTE))
    circles.meet_on(other, day=TODAY, name="sooner", ends_on=TODAY + timedelta(days=365), by=organiser)
    assert meeting.day_moved(other) == 1
    before = aloud.until
    aloud.refresh_from_db()
    quote.refresh_from_db()
    assert (aloud.until, quote.until) == (consenting.midnight_after(TODAY + timedelta(days=30)), UNTIL)
    assert aloud.until < before


def test_a_resident_moves_no_circle(other: Circle, resident: Person) -> None:
    with pytest.raises(NotYours):
        circles.meet_on(other, day=TODAY, name="x", ends_on=TODAY, by=resident)
    other.refresh_from_db()
    assert other.name == "the other room"
