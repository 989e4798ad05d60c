"""Lengths of time: told with a step or a gap, sealed, kept in a new version, shown only where words are."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Circle, Person
from betterstory.stories import consenting, showing, verbs
from betterstory.stories.how_long import HowLong
from betterstory.stories.lengths import HowLongField
from betterstory.stories.models import Gap, Step, Story, Use, Version
from conftest import AT

type SignIn = Callable[[Person], Client]
SECRET = "137 weeks"


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("19 weeks", HowLong(19, "weeks")),
        ("  1 Week ", HowLong(1, "weeks")),
        ("a month", HowLong(1, "months")),
        ("an year", HowLong(1, "years")),
        ("0 days", HowLong(0, "days")),
        ("", None),
        ("   ", None),
    ],
)
def test_a_length_is_taken_as_people_write_it(typed: str, length: HowLong | None) -> None:
    assert HowLongField().clean(typed) == length


@pytest.mark.parametrize(
    "typed", ["weeks", "19", "soon", "-3 days", "1000 days", "9 9 weeks", "²  weeks", "2 moons"]
)
def test_what_is_no_length_is_asked_again(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="like 19 weeks"):
        HowLongField().clean(typed)


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


@pytest.fixture
def long_story(story: Story, teller: Person) -> Version:
    """The story, with a length of each kind, agreed again."""
    verbs.begin_version(story, by=teller, at=AT)
    step = verbs.add_step(story, by=teller, words="And then.", when="in May", after=HowLong(137, "weeks"))
    verbs.name_gap(
        story, by=teller, after=step, words="No one", kind=Gap.GapKind.WAIT, lasted=HowLong(8, "days")
    )
    verbs.agree(story, by=teller, at=AT)
    return Version.objects.select_related("story__teller").order_by("-number")[0]


def test_lengths_lie_sealed_and_come_along_into_a_new_version(long_story: Version, teller: Person) -> None:
    lying = repr([*Step.objects.values(), *Gap.objects.values()])
    assert "weeks" not in lying
    assert "days" not in lying
    new = verbs.begin_version(long_story.story, by=teller, at=AT)
    shown = showing.show_whole(new, viewer=teller, use=Use.READ, at=AT)
    assert shown is not None
    assert [told.after for told in shown.steps if told.after] == [HowLong(137, "weeks")]
    assert [gap.opened.lasted for gap, _words in shown.gaps if gap.opened.lasted] == ["8 days"]


def test_a_yes_to_the_picture_shows_neither_when_nor_how_long(
    long_story: Version, teller: Person, organiser: Person, circle: Circle, signed_in_client: SignIn
) -> None:
    at = timezone.now()
    Version.objects.filter(pk=long_story.pk).update(agreed_at=at)
    client, page = signed_in_client(organiser), f"/stories/{long_story.story.uuid}/"
    yes: dict[str, Any] = {"by": teller, "circle": circle, "at": at, "until": at + timedelta(days=9)}
    consenting.say_yes(long_story, use=Use.PICTURE, **yes)
    for address in (page, f"{page}?lengths=true", f"{page}print/?lengths=true&size=a3"):
        drawn = client.get(address).content.decode()
        assert "No one" in drawn, "it is the picture"
        assert SECRET not in drawn
        assert "In May" not in drawn
        assert "how long" not in drawn
    consenting.say_yes(long_story, use=Use.READ, **yes)
    in_order = client.get(page).content.decode()
    assert "In May" in in_order
    assert "Draw it at true lengths of time" in in_order
    assert 'class="j-ruler"' not in in_order, "in order, unless asked"
    assert 'class="j-ruler"' in client.get(f"{page}?lengths=true").content.decode()


def test_the_teller_gives_a_length_when_telling(
    story: Story, teller: Person, signed_in_client: SignIn
) -> None:
    sam = signed_in_client(teller)
    here = f"/stories/{story.uuid}"
    post(sam, f"{here}/change/")
    post(sam, f"{here}/moments/", words="I rang.")
    about = f"{here}/moments/{Step.objects.latest('pk').pk}"
    gap = post(sam, f"{about}/kind/", moment="waiting")["Location"]
    asked = post(sam, gap, words="No one", kind="wait", ring="local_services")["Location"]
    wrong = post(sam, asked, lasted="soonish")
    assert wrong.status_code == 422
    assert "like 19 weeks" in wrong.content.decode()
    assert "soonish" in wrong.content.decode(), "what was typed is kept"
    post(sam, asked, lasted="19 weeks")
    post(sam, f"{about}/when/", when="in spring", after="3 weeks")
    newest = Version.objects.select_related("story").get(pk=story.newest().pk)
    shown = showing.show_whole(newest, viewer=teller, use=Use.READ, at=AT)
    assert shown is not None
    assert shown.steps[-1].after == HowLong(3, "weeks")
    assert shown.gaps[-1][0].opened.lasted == "19 weeks"
