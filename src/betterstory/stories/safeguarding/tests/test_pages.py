"""Pages about safety, as browsers reach them: who gets what, and what a phone without JavaScript can do."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Person
from betterstory.places.models import Place
from betterstory.stories import consenting
from betterstory.stories.models import Concern, Entry, Lead, Step, Story, Use, Worry
from betterstory.stories.safeguarding import concerns
from betterstory.stories.safeguarding.tests._pages import MISSED, SAFETY, SignIn, bea, lead, page, post
from betterstory.stories.safeguarding.tests.conftest import HEARD, LATER
from conftest import AT

__all__ = ["bea", "lead"]


pytestmark = pytest.mark.django_db


def test_anybody_reads_what_to_do_now(client: Client, place: Place) -> None:
    for address in (SAFETY, f"{SAFETY}print/", f"{SAFETY}who/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "01632 960 100" in answer.text
    assert "Nobody reads these pages then" in client.get(SAFETY).text
    assert 'href="tel:01632960100"' in client.get(SAFETY).text
    Lead.objects.update(until_at=AT)
    assert "Nobody is named yet" in client.get(SAFETY).text


def test_it_is_one_tap_from_every_page_of_telling(
    story: Story, teller: Person, signed_in_client: SignIn
) -> None:
    sam = signed_in_client(teller)
    for address in (
        "/stories/",
        "/stories/begin/",
        f"/stories/{story.uuid}/mine/",
        f"/stories/{story.uuid}/",
    ):
        assert f'href="{SAFETY}' in sam.get(address).text
    assert f'href="{SAFETY}raise/?story={story.uuid}"' in sam.get(f"{SAFETY}?story={story.uuid}").text


def test_the_limits_name_the_lead_or_nothing_begins(
    teller: Person, neighbourhood: Any, signed_in_client: SignIn
) -> None:
    sam = signed_in_client(teller)
    assert "we may have to tell Grace" in sam.get("/stories/begin/").text
    Lead.objects.update(until_at=AT)
    text = sam.get("/stories/begin/").text
    assert "No story can begin here yet" in text
    assert 'name="title"' not in text
    told = {"limits_heard": "on", "chosen_name": "R", "title": "One", "neighbourhood": neighbourhood.pk}
    assert post(sam, "/stories/begin/", **told).status_code == 422
    assert not Story.objects.exists()


def test_a_volunteer_without_any_part_raises_it(
    resident: Person, signed_in_client: SignIn, place: Place
) -> None:
    phone = signed_in_client(resident)
    assert post(phone, f"{SAFETY}raise/", kind="", words="").status_code == 422
    answer = post(phone, f"{SAFETY}raise/", kind="adult", words=HEARD)
    concern = Concern.objects.get()
    assert answer["Location"] == f"{SAFETY}raised/{concern.uuid}/"
    text = phone.get(answer["Location"]).text
    assert "01632 960 100" in text
    assert HEARD not in text
    assert "nobody has read it yet" in phone.get(SAFETY).text


def test_half_way_in_is_far_enough_to_raise_it(organiser: Person, place: Place) -> None:
    """An organiser with a card alone, before the second step: a worry waits for no app."""
    phone = Client()
    phone.force_login(organiser, backend="betterstory.people.coming_in.CardBackend")
    assert phone.get("/stories/").status_code == 302
    assert post(phone, f"{SAFETY}raise/", kind="child", words=HEARD).status_code == 302
    assert Concern.objects.get().raised_by == organiser


def test_an_accusation_says_whom_or_that_it_would_rather_not(
    organiser: Person, grace: Person, signed_in_client: SignIn
) -> None:
    phone = signed_in_client(organiser)
    assert post(phone, f"{SAFETY}raise/", kind="allegation", words=HEARD).status_code == 422
    assert not Concern.objects.exists()
    about = f"person:{grace.pk}"
    answer = post(phone, f"{SAFETY}raise/", kind="allegation", words=HEARD, about=about)
    assert Concern.objects.get().about == grace
    assert "Nobody here can read what you wrote" in phone.get(answer["Location"]).text
    post(phone, f"{SAFETY}raise/", kind="allegation", words=HEARD, about="unsaid")
    assert Concern.objects.filter(outside_only=True).count() == 1
    post(phone, f"{SAFETY}raise/", kind="allegation", words=HEARD, about="else")
    assert Concern.objects.filter(about=None, outside_only=False).count() == 1


def test_the_accused_finds_nothing_on_any_page(
    story: Story, step: Step, organiser: Person, grace: Person, pat: Person, signed_in_client: SignIn
) -> None:
    """Three that accuse Grace, one of them raised by herself, and one that does not: she counts one."""
    for by in (organiser, pat, grace):
        raised = concerns.raise_concern(
            by=by, kind=Worry.ALLEGATION, words=HEARD, at=LATER, about=grace, story=story
        )
    concerns.raise_concern(by=organiser, kind=Worry.CHILD, words="A boy", at=LATER)
    accused = signed_in_client(grace)
    text = accused.get(f"{SAFETY}concerns/").text
    assert text.count(f"{SAFETY}concerns/") == 2, "one row, and the address in the foot"
    assert "who helps here did harm" not in text
    assert "who helps here did harm" in signed_in_client(pat).get(f"{SAFETY}concerns/").text
    for more in ("", "open/", "hold/"):
        assert accused.get(page(raised, more)).status_code == 404
    for more in ("seen/", "write/", "open/", "hold/"):
        assert post(accused, page(raised, more), kind="done", words="x").status_code == 404
    assert accused.get(f"{SAFETY}raised/{raised.uuid}/").status_code == 404
    assert "nobody has read it yet" not in accused.get(SAFETY).text
    assert not Entry.objects.exists()


def test_only_the_teller_reads_what_stands_beside_their_story(
    story: Story, resident: Person, grace: Person, signed_in_client: SignIn
) -> None:
    for somebody in (resident, grace):
        assert signed_in_client(somebody).get(f"{SAFETY}of/{story.uuid}/").status_code == 404


def test_a_story_is_named_only_by_those_who_may_see_it(
    story: Story,
    version: Any,
    step: Step,
    teller: Person,
    resident: Person,
    organiser: Person,
    circle: Any,
    signed_in_client: SignIn,
) -> None:
    address = f"{SAFETY}raise/?story={story.uuid}"
    sam = signed_in_client(teller)
    assert MISSED in sam.get(address).text, "the teller chooses the step by its words"
    post(sam, address, kind="adult", words=HEARD, which=str(step.pk))
    raised = Concern.objects.get(raised_by=teller)
    assert (raised.story, raised.piece_id) == (story, step.pk)
    stranger = signed_in_client(resident)
    assert MISSED not in stranger.get(address).text
    post(stranger, address, kind="adult", words=HEARD)
    assert Concern.objects.get(raised_by=resident).story is None
    consenting.say_yes(
        version,
        by=teller,
        use=Use.READ,
        circle=circle,
        at=timezone.now(),
        until=timezone.now() + timedelta(days=9),
    )
    reader = signed_in_client(organiser)
    assert MISSED not in reader.get(address).text
    post(reader, address, kind="adult", words=HEARD)
    assert Concern.objects.get(raised_by=organiser).story == story
    assert stranger.get(f"{SAFETY}raise/?story=none").status_code == 200


def test_a_helper_is_offered_what_they_write_and_nothing_once_it_is_agreed(
    teller: Person, neighbourhood: Any, organiser: Person, signed_in_client: SignIn
) -> None:
    from betterstory.stories import verbs  # noqa: PLC0415 - this test alone writes for somebody

    told = verbs.begin(
        by=organiser,
        teller=teller,
        neighbourhood=neighbourhood,
        title="One",
        chosen_name="R",
        limits_heard=True,
        at=AT,
    )
    verbs.add_step(told, by=organiser, words="The kettle was thrown.")
    helper = signed_in_client(organiser)
    assert "The kettle was thrown" in helper.get(f"{SAFETY}raise/?story={told.uuid}").text
    verbs.agree(told, by=teller, at=AT)
    assert "The kettle was thrown" not in helper.get(f"{SAFETY}raise/?story={told.uuid}").text
