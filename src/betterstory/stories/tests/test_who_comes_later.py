"""Who comes to a circle or a body after a yes was given: whom it reaches, and what the teller was told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.stories import consenting, rules, speaking
from betterstory.stories.models import Audience, Story, Use, Version
from betterstory.stories.tests.conftest import MONTH
from betterstory.stories.tests.test_yes_for import say
from conftest import AT

SignIn = Callable[[Person], Client]
TOLD = "Others may join a circle later. Then they see it too."


def anew(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_a_circle_is_who_is_in_it_at_the_time(
    version: Version, circle: Circle, teller: Person, resident: Person, partner: Person
) -> None:
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    assert not rules.may(anew(resident), Use.READ, version, AT)
    people.join(circle=circle, person=resident, at=AT)
    assert rules.may(anew(resident), Use.READ, version, AT)
    people.leave(circle=circle, person=resident, at=AT)
    assert not rules.may(anew(resident), Use.READ, version, AT)
    assert not rules.may(partner, Use.READ, version, AT), "nor does it reach whoever was never there"


def test_the_teller_is_told_so_before_a_yes_to_a_circle(
    version: Version, teller: Person, signed_in_client: SignIn
) -> None:
    Version.objects.filter(pk=version.pk).update(agreed_at=timezone.now())
    page = signed_in_client(teller).get(f"/stories/{version.story.uuid}/say-yes/").content.decode()
    assert TOLD in page


def test_so_is_a_teller_for_whom_somebody_says_it_and_to_whom_it_is_read_back(
    version: Version,
    circle: Circle,
    teller: Person,
    resident: Person,
    organiser: Person,
    signed_in_client: SignIn,
) -> None:
    Version.objects.filter(pk=version.pk).update(agreed_at=timezone.now())
    speaker = speaking.choose(version.story, by=teller, speaker=resident, at=timezone.now())
    client, page = signed_in_client(resident), f"/stories/standing-by/say-yes/{speaker.pk}/"
    assert TOLD in client.get(page).content.decode()
    client.post(page, say(circle))
    assert TOLD in signed_in_client(organiser).get("/stories/standing-by/").content.decode()


def test_so_is_the_other_teller_before_they_say_yes_too(
    version: Version, circle: Circle, teller: Person, resident: Person, signed_in_client: SignIn
) -> None:
    at = timezone.now()
    Version.objects.filter(pk=version.pk).update(agreed_at=at)
    Story.objects.update(second_teller=resident)
    both = Version.objects.select_related("story").get(pk=version.pk)
    for use in (Use.READ, Use.READ_ALOUD):
        consenting.say_yes(both, by=teller, use=use, circle=circle, at=at, until=at + timedelta(days=9))
    page = signed_in_client(resident).get(f"/stories/{version.story.uuid}/mine/").content.decode()
    assert page.count("I say yes too") == 2
    assert page.count(TOLD) == 1, "once for each circle"


@pytest.mark.parametrize("named", ["whoever holds a post later", "a body that follows it"])
def test_a_yes_that_names_bodies_is_for_who_holds_a_post_there(
    named: str, version: Version, teller: Person, hospital: Body, welcome: Callable[..., Person]
) -> None:
    consenting.say_yes(version, by=teller, use=Use.READ, audience=Audience.PARTNERSHIP, at=AT, until=MONTH)
    later = welcome("Piotr", "partner")
    follows = Body.objects.create(name="The new hospital")
    body = hospital
    if named == "a body that follows it":
        Body.objects.filter(pk=hospital.pk).update(followed_by=follows)
        body = follows
    Post.objects.create(body=body, title="Clerk", holder=later)
    assert rules.may(anew(later), Use.READ, version, AT) == (body == hospital)
    if body == follows:
        assert not rules.may(rules.PARTNERS, Use.READ, version, AT), "it was never named to the teller"


def test_a_body_that_joins_shuts_what_is_shown_to_all_of_them_until_it_is_named(
    version: Version, teller: Person, hospital: Body
) -> None:
    until = AT + timedelta(days=30)
    for use in (Use.QUOTE, Use.COUNT):
        consenting.say_yes(version, by=teller, use=use, audience=Audience.PARTNERSHIP, at=AT, until=until)
    assert rules.may(rules.PARTNERS, Use.QUOTE, version, AT)
    Body.objects.create(name="The late council")
    assert not rules.may(rules.PARTNERS, Use.QUOTE, version, AT)
    assert rules.may(rules.PARTNERS, Use.COUNT, version, AT), "a count hands nothing of a story to anybody"
