"""A yes to the voice is a yes of its own: for one circle, the recording alone, and it stops in the middle."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Circle, Person
from betterstory.people.visit import Visit
from betterstory.stories import consenting, rules, saying_yes, showing, verbs
from betterstory.stories.consenting import AVoiceForACircle
from betterstory.stories.models import Audience, Consent, Piece, Seen, Story, Told, Use
from betterstory.stories.tests._told import WAV, heard, send
from conftest import read_every_line

SignIn = Callable[[Person], Client]
WORDS = ("like snow", "took me off the list", "walk the dog", "long way round", "17 weeks")


@pytest.fixture
def sound(
    story: Story, teller: Person, signed_in_client: SignIn, django_capture_on_commit_callbacks: Any
) -> Told:
    """Sam says it aloud, reads it back and agrees."""
    verbs.begin_version(story, by=teller, at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        send(signed_in_client(teller), f"/stories/{story.uuid}/aloud/", WAV)
    verbs.agree(story, by=teller, at=timezone.now())
    return Told.objects.select_related("version__story__teller").get()


def say(sound: Told, use: Use, circle: Circle) -> Consent:
    at = timezone.now()
    if use == Use.REPORT:
        read_every_line(sound.version)
    return consenting.say_yes(
        sound.version, by=sound.version.story.teller, use=use, circle=circle, at=at, until=at + timedelta(9)
    )


def address(sound: Told) -> str:
    return f"/stories/{sound.version.story.uuid}/told/{sound.pk}/"


def test_the_circle_hears_it_and_nobody_else_does_and_the_teller_sees_who_did(
    sound: Told, circle: Circle, organiser: Person, partner: Person, signed_in_client: SignIn
) -> None:
    say(sound, Use.HEAR, circle)
    assert heard(signed_in_client(organiser).get(address(sound))) == WAV
    assert signed_in_client(partner).get(address(sound)).status_code == 404
    assert Client().get(address(sound)).status_code == 302
    assert [(each.person, each.use) for each in Seen.objects.all()] == [(organiser, Use.HEAR)]


@pytest.mark.parametrize("use", [use for use in Use if use not in (Use.HEAR, Use.WEB)])
def test_no_other_yes_is_a_yes_to_the_voice(use: Use, sound: Told, circle: Circle, organiser: Person) -> None:
    say(sound, use, circle)
    assert not rules.may_hear(organiser, sound, timezone.now())


def test_a_yes_to_the_voice_opens_no_word(
    sound: Told, circle: Circle, organiser: Person, signed_in_client: SignIn
) -> None:
    say(sound, Use.HEAR, circle)
    at = timezone.now()
    seen: dict[str, Any] = {"viewer": organiser, "use": Use.HEAR}
    pieces = list(Piece.objects.filter(version=sound.version).select_related("version__story"))
    assert showing.show_whole(sound.version, at=at, **seen) is None
    assert not any(each.is_shown for each in showing.show_each(pieces, at=at, **seen).values())
    assert showing.show_texts([sound.version], at=at, **seen) == {}
    client = signed_in_client(organiser)
    story = f"/stories/{sound.version.story.uuid}/"
    page = client.get(story, follow=True)
    assert page.redirect_chain == [(f"{story}hear/", 302)]
    assert f'src="{address(sound)}"' in page.content.decode()
    assert not any(words in page.content.decode() for words in WORDS)
    assert client.get(f"{story}print/hear/").status_code == 404


def test_a_photographed_page_stays_with_the_teller(sound: Told, circle: Circle, organiser: Person) -> None:
    say(sound, Use.HEAR, circle)
    sound.kind = Told.Kind.PAGE
    assert not rules.may_hear(organiser, sound, timezone.now())


@pytest.mark.parametrize("how", ["stop", "pause", "take back"])
def test_it_stops_in_the_middle(
    how: str, sound: Told, circle: Circle, organiser: Person, signed_in_client: SignIn
) -> None:
    yes, story, teller = say(sound, Use.HEAR, circle), sound.version.story, sound.version.story.teller
    client = signed_in_client(organiser)
    answer: Any = client.get(address(sound))
    playing = iter(answer.streaming_content)
    first = next(playing)
    assert WAV.startswith(first)
    match how:
        case "stop":
            consenting.stop(yes, by=teller, at=timezone.now())
        case "pause":
            consenting.pause(story, by=teller, at=timezone.now())
        case _:
            consenting.take_back(story, by=teller, at=timezone.now())
    assert b"".join(playing) == b""
    assert client.get(address(sound)).status_code == 404
    assert client.get(f"/stories/{story.uuid}/hear/").status_code == 404


def test_a_voice_is_for_a_circle_and_whole(sound: Told, circle: Circle) -> None:
    at, version = timezone.now(), sound.version
    read_every_line(version)
    line = Piece.objects.filter(version=version)[0]
    for said in (
        {"audience": Audience.PUBLIC},
        {"audience": Audience.PARTNERSHIP},
        {"circle": circle, "piece": line},
    ):
        with pytest.raises(AVoiceForACircle):
            consenting.say_yes(
                version, by=version.story.teller, use=Use.HEAR, at=at, until=at + timedelta(9), **said
            )
    assert not Consent.objects.exists()


def test_it_is_asked_only_where_there_is_a_recording(
    sound: Told, teller: Person, signed_in_client: SignIn
) -> None:
    page = signed_in_client(teller).get(f"/stories/{sound.version.story.uuid}/say-yes/").content.decode()
    assert re.search(r'name="use"[^>]*value="hear"|value="hear"[^>]*name="use"', page)
    Told.objects.all().delete()
    page = signed_in_client(teller).get(f"/stories/{sound.version.story.uuid}/say-yes/").content.decode()
    assert 'value="hear"' not in page


def test_of_what_was_agreed_it_is_asked_whether_it_was_said_aloud(
    sound: Told, story: Story, teller: Person, django_assert_num_queries: Any
) -> None:
    request = cast(Visit, SimpleNamespace(somebody=teller))
    with django_assert_num_queries(1):
        agreed = saying_yes.agreed_of_mine(request, story.uuid)
    assert agreed == saying_yes.Agreed(sound.version, recorded=True)
    Told.objects.update(kind=Told.Kind.PAGE)
    agreed = saying_yes.agreed_of_mine(request, story.uuid)
    assert agreed == saying_yes.Agreed(sound.version, recorded=False), "a photographed page is no voice"


def test_at_a_gathering_a_voice_ends_thirty_days_after_it(sound: Told, circle: Circle) -> None:
    at = timezone.now()
    circle.meets_on = timezone.localtime(at).date() + timedelta(days=2)
    circle.save()
    yes = consenting.say_yes(
        sound.version,
        by=sound.version.story.teller,
        use=Use.HEAR,
        circle=circle,
        at=at,
        until=at + timedelta(days=300),
    )
    assert timezone.localtime(yes.until).date() == circle.meets_on + timedelta(days=31)
