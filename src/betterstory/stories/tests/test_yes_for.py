"""A yes said by somebody the teller chose: no word is shown, and nothing opens until it was read back."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Circle, Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import consenting, rules, speaking, verbs
from betterstory.stories.models import Act, Consent, Speaker, Use, Version

SignIn = Callable[[Person], Client]
WORDS = ("like snow", "took me off the list", "walk the dog", "long way round", "17 weeks")


@pytest.fixture
def speaker(version: Version, teller: Person, resident: Person) -> Speaker:
    Version.objects.filter(pk=version.pk).update(agreed_at=timezone.now())
    return speaking.choose(version.story, by=teller, speaker=resident, at=timezone.now())


def say(circle: Circle, **more: str) -> dict[str, str]:
    until = timezone.localdate() + timedelta(9)
    told = {"use": "read", "audience": f"circle:{circle.pk}", "form": "no_name", "until": str(until)}
    return told | {"how": "phone", "once": str(uuid.uuid4())} | more


def test_it_opens_once_it_was_read_back(
    speaker: Speaker,
    version: Version,
    circle: Circle,
    organiser: Person,
    resident: Person,
    signed_in_client: SignIn,
) -> None:
    client, page = signed_in_client(resident), f"/stories/standing-by/say-yes/{speaker.pk}/"
    assert page in client.get("/stories/standing-by/").content.decode()
    shown = client.get(page).content.decode()
    assert not any(words in shown for words in WORDS)
    assert client.post(page, say(circle)).status_code == 302
    yes, act = Consent.objects.get(), Act.objects.get()
    assert (act.by, act.yes, act.how) == (resident, yes, "phone")
    assert not rules.may(circle, Use.READ, version, timezone.now())
    team = signed_in_client(organiser)
    assert circle.name in team.get("/stories/standing-by/").content.decode(), "what is to be read back"
    team.post(f"/stories/standing-by/read-back/{act.pk}/", {"right": "yes", "once": str(uuid.uuid4())})
    assert rules.may(circle, Use.READ, version, timezone.now())


def test_nobody_else_can_say_it_and_a_quiet_story_takes_none(
    speaker: Speaker,
    version: Version,
    circle: Circle,
    teller: Person,
    partner: Person,
    resident: Person,
    signed_in_client: SignIn,
) -> None:
    page = f"/stories/standing-by/say-yes/{speaker.pk}/"
    assert signed_in_client(partner).post(page, say(circle)).status_code == 404
    consenting.pause(version.story, by=teller, at=timezone.now())
    assert signed_in_client(resident).post(page, say(circle)).status_code == 404
    assert not Consent.objects.exists()


def test_what_cannot_be_is_said_and_nothing_is_half_written(
    speaker: Speaker, circle: Circle, resident: Person, signed_in_client: SignIn
) -> None:
    page = f"/stories/standing-by/say-yes/{speaker.pk}/"
    client = signed_in_client(resident)
    for wrong in (
        {"audience": "public", "until": str(timezone.localdate() + timedelta(30))},
        {"how": "smoke"},
        {"use": "web", "small_place": "on"},
    ):
        assert client.post(page, say(circle, **wrong)).status_code == 422
    assert not Consent.objects.exists()
    assert not Act.objects.exists()


def test_the_page_speaks_of_the_teller_and_asks_for_no_line(
    speaker: Speaker, circle: Circle, resident: Person, signed_in_client: SignIn
) -> None:
    client, page = signed_in_client(resident), f"/stories/standing-by/say-yes/{speaker.pk}/"
    shown = client.get(page).content.decode()
    for words in ("What did they say yes to?", "their own name", "Somebody on their road"):
        assert words in shown
    for words in ("What are you saying yes to?", "the name I chose", "on my road", 'name="piece"'):
        assert words not in shown
    assert client.post(page, say(circle, piece="1")).status_code == 302
    assert Consent.objects.get().piece is None


def test_it_is_for_the_story_they_were_chosen_for_and_no_newer_one(
    speaker: Speaker,
    version: Version,
    circle: Circle,
    teller: Person,
    resident: Person,
    neighbourhood: Neighbourhood,
    signed_in_client: SignIn,
) -> None:
    at = timezone.now()
    other = verbs.begin(by=teller, teller=teller, neighbourhood=neighbourhood, limits_heard=True, at=at)
    verbs.agree(other, by=teller, at=at)
    verbs.begin_version(other, by=teller, at=at)
    newer = verbs.agree(other, by=teller, at=at)
    assert newer.number > version.number
    client = signed_in_client(resident)
    assert client.post(f"/stories/standing-by/say-yes/{speaker.pk}/", say(circle)).status_code == 302
    assert Consent.objects.get().version == version


def test_the_next_gathering_is_offered_first_and_those_that_were_last(
    version: Version, teller: Person, signed_in_client: SignIn
) -> None:
    Version.objects.filter(pk=version.pk).update(agreed_at=timezone.now())
    today = timezone.localdate()
    Circle.objects.all().delete()
    for name, days in (("Aged", -40), ("Zest", 3), ("Bees", 30), ("Last week", -7), ("Xylophone", None)):
        meets_on = None if days is None else today + timedelta(days)
        kind = Circle.Kind.POOLSIDE if days is None else Circle.Kind.GATHERING
        Circle.objects.create(name=name, kind=kind, meets_on=meets_on)
    page = signed_in_client(teller).get(f"/stories/{version.story.uuid}/say-yes/").content.decode()
    names = ["Zest", "Bees", "Xylophone", "Last week", "Aged"]
    assert sorted(names, key=lambda name: page.index(f">{name}<")) == names
