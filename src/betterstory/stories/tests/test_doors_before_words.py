"""Doors on the page of a story: a reader's own and nobody else's; all of them for its teller."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Membership, Person
from betterstory.stories import consenting
from betterstory.stories.models import Audience, Consent, Form, Story, Use, Version
from betterstory.stories.tests.conftest import again
from betterstory.stories.tests.test_pages import open_for, text
from conftest import AT, read_every_line

SignIn = Callable[[Person], Client]
SECRET = "friends of Weir Road"


@pytest.fixture
def others(resident: Person) -> Circle:
    """A circle that the organiser is not in."""
    made = people.open_circle(name=SECRET, kind=Circle.Kind.NAMED)
    people.join(circle=made, person=resident, at=AT)
    return made


@pytest.fixture
def url(story: Story) -> str:
    return f"/stories/{story.uuid}/"


def box(page: str) -> str:
    return page.split('id="who-may"')[1].split("</section>")[0]


def test_the_page_shows_a_reader_their_own_doors_and_nobody_elses(
    version: Version,
    circle: Circle,
    others: Circle,
    organiser: Person,
    resident: Person,
    hospital: Body,
    signed_in_client: SignIn,
    url: str,
) -> None:
    helpers = people.open_circle(name="helped by Lynda", kind=Circle.Kind.HELPERS)
    Membership.objects.create(circle=helpers, person=resident, joined_at=AT)
    Story.objects.filter(pk=version.story_id).update(helpers=helpers)
    open_for(version, circle, Use.READ)
    open_for(version, others, Use.READ, Use.PICTURE)
    page = text(signed_in_client(organiser).get(url))
    doors = box(page)
    assert page.index('id="who-may"') < page.index('class="told"'), "doors before words"
    assert circle.name in doors
    assert doors.count("<li>") == 1
    assert "Every other door is Robin’s to open or shut" in doors
    for hidden in (SECRET, "Lynda", "partnership", "anyone", 'href="#door-is-shut"'):
        assert hidden not in doors, hidden
    assert SECRET not in page
    assert "Lynda" not in page
    theirs = box(text(signed_in_client(resident).get(url)))
    assert SECRET in theirs
    assert circle.name not in theirs


def test_whoever_comes_by_sees_the_door_for_anyone_alone(version: Version, circle: Circle, url: str) -> None:
    read_every_line(version)
    open_for(version, circle, Use.READ)
    at = timezone.now() - timedelta(days=3)
    consenting.say_yes(
        again(version),
        by=version.story.teller,
        use=Use.READ,
        audience=Audience.PUBLIC,
        form=Form.NO_NAME,
        at=at,
        until=at + timedelta(days=30),
    )
    doors = box(text(Client().get(url)))
    assert doors.count("<li>") == 1
    assert "anyone" in doors
    assert "Every other door is theirs to open or shut" in doors
    for hidden in (circle.name, "Robin", "Sam", "shut:"):
        assert hidden not in doors, hidden


def test_a_yes_that_waits_for_the_second_of_two_shows_no_reader_its_door(
    version: Version,
    teller: Person,
    resident: Person,
    circle: Circle,
    organiser: Person,
    signed_in_client: SignIn,
    url: str,
) -> None:
    open_for(version, circle, Use.READ)
    second = people.open_circle(name="the late table", kind=Circle.Kind.GATHERING)
    people.join(circle=second, person=organiser, at=AT)
    consenting.tell_together(version.story, by=teller, other=resident, at=AT)
    Consent.objects.update(waits_for=None)
    open_for(again(version), second, Use.READ)
    doors = box(text(signed_in_client(organiser).get(url)))
    assert circle.name in doors
    assert "the late table" not in doors
    mine = box(text(signed_in_client(resident).get(url)))
    assert "the late table" in mine, "either of the two sees that it waits"
    assert "it waits for a second yes" in mine


def test_the_teller_s_page_names_each_door_and_who_writes_with_them(
    version: Version, teller: Person, others: Circle, resident: Person, signed_in_client: SignIn, url: str
) -> None:
    helpers = people.open_circle(name="helpers", kind=Circle.Kind.HELPERS)
    Membership.objects.create(circle=helpers, person=resident, joined_at=AT)
    Story.objects.filter(pk=version.story_id).update(helpers=helpers)
    open_for(version, others, Use.READ)
    doors = box(text(signed_in_client(teller).get(url)))
    for words in ("just you", "to write it with you: Lynda", SECRET, "the partnership", "anyone"):
        assert words in doors
    assert f"{url}mine/" in doors
