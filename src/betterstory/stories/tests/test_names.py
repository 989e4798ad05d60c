"""Under which name: a yes says so, and the most careful of several holds."""

from datetime import timedelta
from typing import Any

import pytest

from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post, Ring, Role
from betterstory.stories import consenting, rules, showing, verbs
from betterstory.stories.models import Audience, Form, Piece, Story, Use, Version
from betterstory.stories.rules import ANYONE
from conftest import AT, read_every_line

MONTH = AT + timedelta(days=30)


def pieces_of(version: Version) -> list[Piece]:
    return list(Piece.objects.filter(version=version).select_related("version__story"))


@pytest.mark.parametrize(
    ("form", "name"), [(Form.NO_NAME, None), (Form.CHOSEN_NAME, "Robin"), (Form.OWN_NAME, "Sam")]
)
def test_a_story_is_told_under_the_name_its_teller_said_yes_to(
    form: Form, name: str | None, version: Version, teller: Person, circle: Circle
) -> None:
    for use in (Use.READ, Use.QUOTE):
        consenting.say_yes(version, by=teller, use=use, circle=circle, form=form, at=AT, until=MONTH)
    shown = showing.show_whole(version, viewer=circle, use=Use.READ, at=AT)
    assert shown is not None
    assert shown.name == name
    quoted = showing.show_each(pieces_of(version), viewer=circle, use=Use.QUOTE, at=AT)
    assert {each.name for each in quoted.values()} == {name}


def test_of_two_yeses_the_more_careful_name_is_shown(
    version: Version, teller: Person, circle: Circle
) -> None:
    for form in (Form.OWN_NAME, Form.NO_NAME, Form.CHOSEN_NAME):
        consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, form=form, at=AT, until=MONTH)
    shown = showing.show_whole(version, viewer=circle, use=Use.READ, at=AT)
    assert shown is not None
    assert shown.name is None
    assert shown.title == "The long way round"


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.PARTNER, Role.ANALYST, Role.STEWARD, Role.RESIDENT])
def test_each_part_of_the_partnership_sees_what_is_for_it_and_no_other(
    role: Role, version: Version, teller: Person
) -> None:
    somebody = people.welcome(name="Jo", role=role, on=AT.date())
    hospital = Body.objects.create(name="the hospital")
    Post.objects.create(body=hospital, title="Matron", holder=somebody)
    yes = Audience.PARTNERSHIP
    consenting.say_yes(version, by=teller, use=Use.READ, audience=yes, at=AT, until=MONTH)
    assert rules.may(somebody, Use.READ, version, AT) is (role != Role.RESIDENT)


def test_a_room_is_not_the_partnership_and_sees_what_anyone_sees(
    version: Version, teller: Person, circle: Circle
) -> None:
    consenting.say_yes(version, by=teller, use=Use.READ, audience=Audience.PARTNERSHIP, at=AT, until=MONTH)
    assert not rules.may(circle, Use.READ, version, AT)
    read_every_line(version)
    consenting.say_yes(version, by=teller, use=Use.PICTURE, audience=Audience.PUBLIC, at=AT, until=MONTH)
    later = AT + timedelta(days=2)
    assert rules.may(circle, Use.PICTURE, version, later)
    assert rules.may(ANYONE, Use.PICTURE, version, later)


def test_a_person_in_a_circle_that_ended_sees_nothing(
    version: Version, teller: Person, organiser: Person
) -> None:
    room = people.open_circle(name="last night", kind=Circle.Kind.GATHERING, ends_on=AT.date())
    people.join(circle=room, person=organiser, at=AT)
    consenting.say_yes(version, by=teller, use=Use.READ, circle=room, at=AT, until=MONTH)
    assert rules.may(organiser, Use.READ, version, AT)
    assert not rules.may(organiser, Use.READ, version, AT + timedelta(days=1))


def test_counting_is_its_own_question_for_the_teller_too(version: Version, teller: Person) -> None:
    assert not rules.may(teller, Use.COUNT, version, AT)
    assert rules.may_each(teller, Use.COUNT, pieces_of(version), AT) == set()
    consenting.say_yes(version, by=teller, use=Use.COUNT, audience=Audience.PARTNERSHIP, at=AT, until=MONTH)
    assert rules.may(rules.PARTNERS, Use.COUNT, version, AT)


def test_nobody_opens_a_destroyed_story_not_even_its_teller(
    version: Version, story: Story, teller: Person
) -> None:
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    gone = Version.objects.select_related("story").get(pk=version.pk)
    assert not rules.may(teller, Use.READ, gone, AT)
    assert rules.may_each(teller, Use.READ, pieces_of(version), AT) == set()


def test_stopping_one_yes_leaves_the_others(version: Version, teller: Person, circle: Circle) -> None:
    read = consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    consenting.say_yes(version, by=teller, use=Use.PICTURE, circle=circle, at=AT, until=MONTH)
    consenting.stop(read, by=teller, at=AT)
    consenting.stop(read, by=teller, at=MONTH)
    read.refresh_from_db()
    assert read.ended_at == AT, "the first end stays"
    assert not rules.may(circle, Use.READ, version, AT)
    assert rules.may(circle, Use.PICTURE, version, AT)


def test_a_bad_day_pauses_nobody_else(
    version: Version, story: Story, organiser: Person, resident: Person
) -> None:
    consenting.pause_for(resident, by=organiser, at=AT)
    story.refresh_from_db()
    assert story.paused_at is None
    consenting.pause_for(story.teller, by=organiser, at=AT)
    consenting.pause_for(story.teller, by=organiser, at=MONTH)
    story.refresh_from_db()
    assert story.paused_at == AT
    assert story.paused_by == organiser


def test_taking_back_twice_does_not_start_the_week_again(story: Story, teller: Person) -> None:
    consenting.take_back(story, by=teller, at=AT)
    consenting.take_back(story, by=teller, at=AT + timedelta(days=5))
    assert consenting.destroy_those_due(at=AT + timedelta(days=7)) == 1


def test_no_yes_to_a_story_taken_back_or_to_a_line_of_another_version(
    version: Version, story: Story, teller: Person, circle: Circle
) -> None:
    verbs.begin_version(story, by=teller, at=AT)
    newer = verbs.agree(story, by=teller, at=AT)
    old_line = pieces_of(version)[0]
    with pytest.raises(consenting.ReadBackFirst):
        consenting.say_yes(newer, by=teller, use=Use.QUOTE, piece=old_line, circle=circle, at=AT, until=MONTH)
    consenting.take_back(story, by=teller, at=AT)
    with pytest.raises(verbs.TakenBack):
        consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)


def test_a_helper_cannot_open_an_agreed_story_by_beginning_a_new_version(
    teller: Person, organiser: Person, story: Story
) -> None:
    room = people.open_circle(name="helpers", kind=Circle.Kind.HELPERS)
    people.join(circle=room, person=organiser, at=AT)
    Story.objects.filter(pk=story.pk).update(helpers=room)
    story.refresh_from_db()
    with pytest.raises(verbs.NotYourStory):
        verbs.begin_version(story, by=organiser, at=AT)
    assert story.versions.count() == 1
    verbs.begin_version(story, by=teller, at=AT)
    newest = Version.objects.select_related("story").get(story=story, number=2)
    assert rules.may(organiser, Use.READ, newest, AT), "once the teller opens it, they write together again"
    consenting.let_helpers_go(story, by=teller, at=AT)
    organiser.read_again()
    assert not rules.may(organiser, Use.READ, newest, AT)


def test_what_was_read_is_what_is_agreed(teller: Person, story: Story) -> None:
    version = verbs.begin_version(story, by=teller, at=AT)
    read = verbs.mark_of(version, version.pieces.all())
    verbs.add_step(story, by=teller, words="put in meanwhile")
    with pytest.raises(verbs.ChangedSince):
        verbs.agree(story, by=teller, at=AT, as_read=read)
    assert story.newest().agreed_at is None


def test_nobody_begins_a_story_in_somebody_elses_name(partner: Person, teller: Person, story: Story) -> None:
    with pytest.raises(verbs.NotYourStory):
        verbs.begin(
            by=partner,
            teller=teller,
            neighbourhood=story.neighbourhood,
            title="mine",
            chosen_name="x",
            limits_heard=True,
            at=AT,
        )
    assert Story.objects.count() == 1


def test_what_is_for_all_of_the_partnership_was_said_to_each_of_them(
    version: Version, teller: Person, organiser: Person
) -> None:
    """A copy for the partnership is read by all of it; a yes that names one body is for that one alone."""
    council, hospital = (
        people.name_body(name=name, ring=Ring.LOCAL_SERVICES, by=organiser)
        for name in ("The Council", "The Hospital")
    )
    said: dict[str, Any] = {
        "by": teller,
        "use": Use.REPORT,
        "audience": Audience.PARTNERSHIP,
        "at": AT,
        "until": MONTH,
    }
    read_every_line(version)
    consenting.say_yes(version, **said, bodies=[council])
    assert not rules.may(rules.PARTNERS, Use.REPORT, version, AT)
    consenting.say_yes(version, **said, bodies=[council, hospital])
    assert rules.may(rules.PARTNERS, Use.REPORT, version, AT)
    people.name_body(name="A newcomer", ring=Ring.LOCAL_SERVICES, by=organiser)
    assert not rules.may(rules.PARTNERS, Use.REPORT, version, AT), "it joined after the yes"
