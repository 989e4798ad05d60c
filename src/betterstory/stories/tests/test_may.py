"""The one question: who may see which piece, for what, and until when."""

from datetime import timedelta

import pytest

from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.stories import consenting, rules
from betterstory.stories.models import Audience, Piece, Use, Version
from betterstory.stories.rules import ANYONE, PARTNERS
from conftest import AT, read_every_line

MONTH = AT + timedelta(days=30)


def pieces_of(version: Version) -> list[Piece]:
    return list(Piece.objects.filter(version=version).select_related("version__story"))


def again(version: Version) -> Version:
    return Version.objects.select_related("story").get(pk=version.pk)


def test_nobody_may_see_anything_until_the_teller_says_so(
    version: Version, organiser: Person, partner: Person, circle: Circle
) -> None:
    for viewer in (organiser, partner, circle, ANYONE):
        for use in Use:
            assert not rules.may(viewer, use, version, AT)
            assert rules.may_each(viewer, use, pieces_of(version), AT) == set()


def test_the_teller_always_sees_their_own_story(version: Version, teller: Person) -> None:
    assert rules.may(teller, Use.READ, version, AT)
    assert len(rules.may_each(teller, Use.READ, pieces_of(version), AT)) == 5


def test_a_yes_is_for_one_use(version: Version, teller: Person, circle: Circle) -> None:
    consenting.say_yes(version, by=teller, use=Use.PICTURE, circle=circle, at=AT, until=MONTH)
    assert rules.may(circle, Use.PICTURE, version, AT)
    assert [use for use in Use if rules.may(circle, use, version, AT)] == [Use.PICTURE]


def test_a_yes_is_for_one_audience(
    version: Version, teller: Person, circle: Circle, organiser: Person, partner: Person
) -> None:
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    assert rules.may(organiser, Use.READ, version, AT), "the organiser is in the circle"
    assert not rules.may(partner, Use.READ, version, AT), "the head of service is not"
    other = people.open_circle(name="another room", kind=Circle.Kind.GATHERING)
    assert not rules.may(other, Use.READ, version, AT)
    assert not rules.may(ANYONE, Use.READ, version, AT)


def test_a_yes_to_one_line_shows_that_line_alone(version: Version, teller: Person, circle: Circle) -> None:
    line, *_others = pieces_of(version)
    consenting.say_yes(version, by=teller, use=Use.QUOTE, circle=circle, piece=line, at=AT, until=MONTH)
    assert rules.may_each(circle, Use.QUOTE, pieces_of(version), AT) == {line.pk}
    assert not rules.may(circle, Use.QUOTE, version, AT), "one line is not the whole"


def test_a_yes_ends_on_its_day(version: Version, teller: Person, circle: Circle) -> None:
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    assert rules.may(circle, Use.READ, version, MONTH - timedelta(seconds=1))
    assert not rules.may(circle, Use.READ, version, MONTH)


def test_a_yes_to_anyone_begins_after_two_days(version: Version, teller: Person) -> None:
    read_every_line(version)
    consenting.say_yes(version, by=teller, use=Use.QUOTE, audience=Audience.PUBLIC, at=AT, until=MONTH)
    assert not rules.may(ANYONE, Use.QUOTE, version, AT + timedelta(hours=47))
    assert rules.may(ANYONE, Use.QUOTE, version, AT + timedelta(hours=48))


def test_the_partnership_is_people_with_a_part_in_it(
    version: Version, teller: Person, partner: Person, resident: Person
) -> None:
    Post.objects.create(body=Body.objects.create(name="the hospital"), title="Matron", holder=partner)
    yes = Audience.PARTNERSHIP
    consenting.say_yes(version, by=teller, use=Use.READ, audience=yes, at=AT, until=MONTH)
    assert rules.may(partner, Use.READ, version, AT)
    assert not rules.may(resident, Use.READ, version, AT)


def test_who_left_the_circle_sees_it_no_more(
    version: Version, teller: Person, circle: Circle, organiser: Person
) -> None:
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    people.leave(circle=circle, person=organiser, at=AT)
    assert not rules.may(Person.objects.get(pk=organiser.pk), Use.READ, version, AT)


def test_a_circle_that_ended_sees_nothing(version: Version, teller: Person) -> None:
    room = people.open_circle(name="last night", kind=Circle.Kind.GATHERING, ends_on=AT.date())
    consenting.say_yes(version, by=teller, use=Use.READ, circle=room, at=AT, until=MONTH)
    assert rules.may(room, Use.READ, version, AT)
    assert not rules.may(room, Use.READ, version, AT + timedelta(days=1))


def test_a_card_made_of_two_stories_needs_both_yeses(
    version: Version, teller: Person, circle: Circle, resident: Person, another: Version
) -> None:
    both = [pieces_of(version)[0], pieces_of(another)[0]]
    consenting.say_yes(version, by=teller, use=Use.QUOTE, circle=circle, at=AT, until=MONTH)
    assert not rules.may_all(circle, Use.QUOTE, both, AT)
    yes = consenting.say_yes(again(another), by=resident, use=Use.QUOTE, circle=circle, at=AT, until=MONTH)
    assert rules.may_all(circle, Use.QUOTE, both, AT)
    consenting.stop(yes, by=resident, at=AT)
    assert not rules.may_all(circle, Use.QUOTE, both, AT)


@pytest.mark.parametrize("how", ["stop", "stop everything", "pause", "take back"])
def test_whatever_the_teller_shuts_is_shut_at_once(
    how: str, version: Version, teller: Person, circle: Circle, organiser: Person
) -> None:
    yes = consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    assert rules.may(organiser, Use.READ, again(version), AT)
    match how:
        case "stop":
            consenting.stop(yes, by=teller, at=AT)
        case "stop everything":
            consenting.stop_everything(version.story, by=teller, at=AT)
        case "pause":
            consenting.pause(version.story, by=teller, at=AT)
        case _:
            consenting.take_back(version.story, by=teller, at=AT)
    assert not rules.may(organiser, Use.READ, again(version), AT)
    assert not rules.may(circle, Use.READ, again(version), AT)
    assert rules.may_each(circle, Use.READ, pieces_of(version), AT) == set()


def test_a_thousand_pieces_are_asked_about_in_one_query(
    version: Version, circle: Circle, teller: Person, django_assert_num_queries: object
) -> None:
    consenting.say_yes(version, by=teller, use=Use.QUOTE, circle=circle, at=AT, until=MONTH)
    some = [
        Piece(version=version, kind=Piece.Kind.STEP, position=n, words_sealed=b"x") for n in range(4, 999)
    ]
    Piece.objects.bulk_create(some)
    pieces = pieces_of(version)
    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture is a context manager maker
        assert len(rules.may_each(circle, Use.QUOTE, pieces, AT)) == 1000


def test_a_yes_for_the_partnership_holds_for_it_as_a_whole_and_no_other_yes_does(
    version: Version, teller: Person, circle: Circle
) -> None:
    consenting.say_yes(version, by=teller, use=Use.COUNT, circle=circle, at=AT, until=MONTH)
    assert not rules.may(PARTNERS, Use.COUNT, version, AT), "a yes for one room is not for all of them"
    consenting.say_yes(version, by=teller, use=Use.COUNT, audience=Audience.PARTNERSHIP, at=AT, until=MONTH)
    assert rules.may(PARTNERS, Use.COUNT, version, AT)
    assert not rules.may(PARTNERS, Use.READ, version, AT)
    assert not rules.may(PARTNERS, Use.COUNT, version, MONTH)
    consenting.pause(version.story, by=teller, at=AT)
    assert not rules.may(PARTNERS, Use.COUNT, again(version), AT)
