"""Doors before words: the teller sees every kind of door, a reader those open to them and no other."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Membership, Person
from betterstory.stories import consenting, rules, verbs, who_may
from betterstory.stories.models import Audience, Consent, Story, Use, Version
from betterstory.stories.tests.conftest import MONTH, again
from conftest import AT, read_every_line

SignIn = Callable[[Person], Client]
HERE = ZoneInfo("Europe/London")
SECRET = "friends of Weir Road"


@pytest.fixture
def others(resident: Person) -> Circle:
    """A circle that the organiser is not in."""
    made = people.open_circle(name=SECRET, kind=Circle.Kind.NAMED)
    people.join(circle=made, person=resident, at=AT)
    return made


def say(version: Version, use: Use = Use.READ, circle: Circle | None = None, **more: Any) -> Consent:
    told: dict[str, Any] = {"at": AT, "until": MONTH, **more}
    return consenting.say_yes(again(version), by=version.story.teller, use=use, circle=circle, **told)


def open_to(viewer: rules.Viewer, version: Version, at: datetime = AT) -> list[tuple[str, str]]:
    yeses = rules.yeses_open_to(viewer, again(version), at)
    found = who_may.doors_to(yeses, on=timezone.localtime(at).date())
    assert all(door.open for door in found.drawn)
    return [(door.words, door.until) for door in found.drawn]


def of_teller(version: Version, teller: Person, at: datetime = AT) -> dict[str, tuple[bool, str]]:
    found = who_may.doors_of(again(version), teller=teller, at=at)
    return {door.words: (door.open, door.until) for door in found.drawn}


def test_the_teller_sees_a_door_for_each_kind_of_audience(
    version: Version, teller: Person, circle: Circle
) -> None:
    shut = (False, "")
    assert of_teller(version, teller) == {
        "just you": (True, "always"),
        "any circle or gathering": shut,
        "the partnership": shut,
        "people of all our neighbourhoods": shut,
        "anyone": shut,
    }
    say(version, circle=circle)
    say(version, Use.PICTURE, audience=Audience.NEIGHBOURHOODS)
    say(version, Use.READ_ALOUD, audience=Audience.PARTNERSHIP)
    doors = of_teller(version, teller)
    assert doors[circle.name] == (True, f"until {MONTH.day} {MONTH:%B}")
    assert doors["people of all our neighbourhoods"] == (True, f"the picture, until {MONTH.day} {MONTH:%B}")
    assert doors["the partnership"] == (True, f"some of it, until {MONTH.day} {MONTH:%B}")
    assert doors["every other circle"] == shut


def test_one_line_for_anyone_is_an_open_door_and_says_from_when(version: Version, teller: Person) -> None:
    read_every_line(version)
    line = again(version).pieces.all()[0]
    say(version, Use.QUOTE, audience=Audience.PUBLIC, piece=line)
    begins = AT + timedelta(days=2)
    assert of_teller(version, teller)["anyone"] == (False, f"shut until {begins.day} {begins:%B}")
    assert of_teller(version, teller, begins)["anyone"][0]
    assert open_to(rules.ANYONE, version, begins) == [], "a line opens no story"


def test_each_reader_meets_the_doors_that_reach_them(
    version: Version, circle: Circle, partner: Person, resident: Person, organiser: Person, hospital: Body
) -> None:
    read_every_line(version)
    say(version, circle=circle)
    say(version, audience=Audience.PARTNERSHIP, bodies=[hospital])
    say(version, Use.PICTURE, audience=Audience.NEIGHBOURHOODS)
    say(version, Use.PREPARE, audience=Audience.PUBLIC, until=MONTH - timedelta(days=1))
    whole, picture = f"until {MONTH.day} {MONTH:%B}", f"the picture, until {MONTH.day} {MONTH:%B}"
    later = AT + timedelta(days=2)
    anyone = ("anyone", open_to(rules.ANYONE, version, later)[0][1])
    assert anyone[1].startswith("the picture, until"), "two days on"
    assert open_to(rules.ANYONE, version, later) == [anyone]
    neighbours = ("people of all our neighbourhoods", picture)
    assert open_to(resident, version, later) == [neighbours, anyone]
    assert open_to(partner, version, later) == [("the partnership", whole), neighbours, anyone]
    assert open_to(circle, version, later) == [(circle.name, whole), anyone]
    assert {words for words, _until in open_to(organiser, version, later)} == {
        circle.name,
        "the partnership",
        *(words for words, _until in (neighbours, anyone)),
    }


def test_a_count_shows_nothing_and_opens_no_door(version: Version, teller: Person, circle: Circle) -> None:
    say(version, Use.COUNT, circle)
    assert circle.name not in of_teller(version, teller)
    assert open_to(circle, version) == []


def test_of_several_yeses_the_widest_is_drawn_and_the_last_to_shut(
    version: Version, teller: Person, circle: Circle
) -> None:
    day = timedelta(days=1)
    for use, until in ((Use.PICTURE, MONTH + 3 * day), (Use.READ, MONTH - day), (Use.READ, MONTH)):
        say(version, use, circle, until=until)
    said = f"until {MONTH.day} {MONTH:%B}"
    assert of_teller(version, teller)[circle.name] == (True, said)
    assert open_to(circle, version) == [(circle.name, said)]


def test_a_yes_shuts_at_midnight_after_its_last_day(version: Version, teller: Person, circle: Circle) -> None:
    midnight = datetime(2027, 7, 15, tzinfo=HERE)
    say(version, circle=circle, at=midnight - timedelta(days=30), until=midnight)
    before = midnight - timedelta(seconds=1)
    assert open_to(circle, version, before) == [(circle.name, "until 14 July")]
    assert of_teller(version, teller, before)[circle.name] == (True, "until 14 July")
    assert open_to(circle, version, midnight) == []
    assert circle.name not in of_teller(version, teller, midnight)
    new_year = midnight - timedelta(days=250)
    Consent.objects.update(begins_at=new_year)
    assert open_to(circle, version, new_year) == [(circle.name, "until 14 July 2027")]


def test_a_circle_that_ended_shuts_its_door_before_the_yes_does(
    version: Version, teller: Person, circle: Circle
) -> None:
    say(version, circle=circle)
    ends = (AT + timedelta(days=3)).date()
    Circle.objects.filter(pk=circle.pk).update(ends_on=ends)
    until = f"until {ends.day} {ends:%B}"
    assert open_to(circle, version) == [(circle.name, until)]
    assert of_teller(version, teller)[circle.name] == (True, until)
    after = AT + timedelta(days=4)
    assert open_to(circle, version, after) == []
    assert circle.name not in of_teller(version, teller, after)


def test_what_waits_for_the_second_of_two_is_shut(
    version: Version, teller: Person, resident: Person, circle: Circle
) -> None:
    consenting.tell_together(version.story, by=teller, other=resident, at=AT)
    say(version, circle=circle)
    doors = of_teller(version, teller)
    assert doors["the two of you"] == (True, "always")
    assert doors[circle.name] == (False, "shut: it waits for a second yes")
    assert of_teller(version, resident) == doors
    assert open_to(circle, version) == []
    consenting.say_yes_too(Consent.objects.get(), by=resident, at=AT)
    assert of_teller(version, teller)[circle.name][0]


def test_a_paused_story_has_no_door_open_but_its_tellers(
    version: Version, teller: Person, circle: Circle
) -> None:
    say(version, circle=circle)
    consenting.pause(version.story, by=teller, at=AT)
    doors = of_teller(version, teller)
    assert doors[circle.name] == (False, "shut for now")
    assert [words for words, (is_open, _until) in doors.items() if is_open] == ["just you"]
    assert open_to(circle, version) == []


@pytest.mark.parametrize("who", ["organiser", "resident"])
def test_nobody_but_the_teller_is_told_of_every_door(
    who: str, version: Version, circle: Circle, others: Circle, request: pytest.FixtureRequest
) -> None:
    say(version, circle=others)
    person = request.getfixturevalue(who)
    assert who_may.doors_of(again(version), teller=person, at=AT).drawn == []
    assert rules.yeses_standing(person, again(version).story, AT) == []


def test_a_found_card_is_told_of_no_door(version: Version, teller: Person, circle: Circle) -> None:
    say(version, circle=circle)
    Story.objects.filter(pk=version.story_id).update(held_at=AT)
    assert of_teller(version, teller) == {}


def test_what_was_said_yes_to_in_an_earlier_version_says_which(
    version: Version, teller: Person, circle: Circle
) -> None:
    say(version, circle=circle)
    verbs.begin_version(version.story, by=teller, at=AT)
    newest = Version.objects.select_related("story").get(number=2)
    assert of_teller(newest, teller)[circle.name] == (
        True,
        f"version 1, until {MONTH.day} {MONTH:%B}",
    )
    assert open_to(circle, newest) == [], "a yes is for one version"


def test_who_writes_with_the_teller_has_a_door_while_it_is_written(
    version: Version, teller: Person, resident: Person
) -> None:
    helpers = people.open_circle(name="helped by Lynda", kind=Circle.Kind.HELPERS)
    Story.objects.filter(pk=version.story_id).update(helpers=helpers)
    assert not any("write it" in words for words in of_teller(version, teller)), "nobody is there yet"
    Membership.objects.create(circle=helpers, person=resident, joined_at=AT)
    writing = "to write it with you: Lynda"
    assert of_teller(version, teller)[writing] == (False, "")
    verbs.begin_version(again(version).story, by=teller, at=AT)
    newest = Version.objects.select_related("story").get(number=2)
    assert of_teller(newest, teller)[writing] == (True, "until you agree to it")
    say(version, circle=helpers)
    assert of_teller(version, teller)[writing] == (True, f"until {MONTH.day} {MONTH:%B}")
    assert "helped by Lynda" not in of_teller(version, teller), "one door for them"
    resident.read_again()
    assert [words for words, _until in open_to(resident, version)] == ["who helps to write it down"]
    consenting.pause(again(version).story, by=teller, at=AT)
    assert not of_teller(newest, teller)[writing][0]


def test_of_many_circles_so_many_are_drawn_and_the_rest_counted(
    version: Version, teller: Person, welcome: Callable[..., Person]
) -> None:
    circles = [people.open_circle(name=f"circle {number}", kind=Circle.Kind.POOLSIDE) for number in range(8)]
    for circle in circles:
        say(version, circle=circle)
        people.join(circle=circle, person=teller, at=AT)
    found = who_may.doors_of(again(version), teller=teller, at=AT)
    assert (sum("circle" in door.words for door in found.drawn), found.more) == (6, 2)
    reader = welcome("Ivy")
    for circle in circles:
        people.join(circle=circle, person=reader, at=AT)
    shown = who_may.doors_to(rules.yeses_open_to(reader, again(version), AT), on=AT.date())
    assert (len(shown.drawn), shown.more) == (6, 2)
