"""Stories side by side: the page, and the way from a shared gap to who stands behind it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Circle, Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import consenting, verbs
from betterstory.stories.models import Audience, Gap, Seen, Use, Version

type SignIn = Callable[[Person], Client]
PAGE = "/side-by-side/"


@pytest.fixture
def at() -> datetime:
    return timezone.now()


@pytest.fixture
def two(
    neighbourhood: Neighbourhood, welcome: Callable[..., Person], circle: Circle, at: datetime
) -> list[Version]:
    """Two stories that share a wait; the circle may see both pictures, and the first may be counted."""
    made = []
    for name in ("Ann", "Bob"):
        teller = welcome(name)
        told = verbs.begin(
            by=teller,
            teller=teller,
            neighbourhood=neighbourhood,
            title=f"The days of {name}",
            chosen_name=f"Little {name}",
            limits_heard=True,
            at=at,
        )
        step = verbs.add_step(told, by=teller, words=f"{name} rang them.", rings=["local_services"])
        verbs.name_gap(told, by=teller, after=step, words=f"Nobody for {name}", kind=Gap.GapKind.WAIT)
        verbs.agree(told, by=teller, at=at)
        version = Version.objects.select_related("story__teller").get(story=told)
        yes: dict[str, Any] = {"by": teller, "at": at, "until": at + timedelta(days=9)}
        consenting.say_yes(version, use=Use.PICTURE, circle=circle, **yes)
        if name == "Ann":
            consenting.say_yes(version, use=Use.COUNT, audience=Audience.PARTNERSHIP, **yes)
        made.append(version)
    return made


def read(client: Client) -> str:
    return client.get(PAGE).content.decode()


def test_two_stories_are_drawn_without_a_word_and_their_shared_gap_is_counted(
    two: list[Version], organiser: Person, signed_in_client: SignIn
) -> None:
    page = read(signed_in_client(organiser))
    assert "Two stories. One gap stands in two or more of them." in page
    assert "A wait: from local services to local services." in page
    assert "In two stories." in page
    for secret in ("Ann", "Bob", "rang", "Nobody for", "Tanners Row"):
        assert secret not in page.split('id="main"')[1].split("</main>")[0], secret
    assert Seen.objects.filter(use=Use.PICTURE, person=organiser).count() == 2, "their tellers see who looked"


def test_only_a_story_that_may_be_counted_is_asked_about(
    two: list[Version], organiser: Person, signed_in_client: SignIn
) -> None:
    client = signed_in_client(organiser)
    page = read(client)
    assert page.count("/behind/patterns/from/") == 1
    address = page.split('href="/behind/')[1].split('"')[0].replace("&amp;", "&")
    assert address.startswith(f"patterns/from/{two[0].pk}/steps/?piece=")
    form = client.get(f"/behind/{address}").content.decode()
    assert "Nobody for Ann" in form, "the form of a pattern, with that step and gap"


def test_who_may_not_make_a_pattern_is_not_led_to_one(
    two: list[Version], resident: Person, circle: Circle, signed_in_client: SignIn, at: datetime
) -> None:
    from betterstory.people import verbs as people  # noqa: PLC0415 - this test alone

    people.join(circle=circle, person=resident, at=at)
    page = read(signed_in_client(resident))
    assert "In two stories." in page
    assert "/behind/patterns/" not in page


def test_one_story_alone_is_not_drawn(
    two: list[Version], organiser: Person, partner: Person, signed_in_client: SignIn, at: datetime
) -> None:
    for person in (partner,):
        assert "There are not two yet" in read(signed_in_client(person))
    assert "There are not two yet" in read(Client())
    consenting.pause(two[1].story, by=two[1].story.teller, at=at)
    page = read(signed_in_client(organiser))
    assert "There are not two yet" in page
    assert "journey-marks" not in page
