"""The page on which a teller says yes: of what was read back, to whoever is there to be told."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person
from betterstory.stories import consenting
from betterstory.stories.models import Consent, Use, Version
from betterstory.stories.tests._doors import SignIn, may_read, url
from betterstory.stories.tests.conftest import again
from betterstory.stories.tests.test_pages import open_for, post, text
from conftest import AT

__all__ = ["url"]


def test_the_second_of_two_says_yes_on_the_page(
    version: Version, teller: Person, resident: Person, circle: Circle, url: str, signed_in_client: SignIn
) -> None:
    consenting.tell_together(version.story, by=teller, other=resident, at=AT)
    open_for(again(version), circle, Use.READ)
    yes, ana = Consent.objects.get(), signed_in_client(resident)
    assert not may_read(circle, version)
    assert f"{url}say-yes/{yes.pk}/too/" in text(ana.get(f"{url}mine/"))
    post(ana, f"{url}say-yes/{yes.pk}/too/")
    assert may_read(circle, version)


def test_a_yes_that_cannot_be_is_refused_with_its_sentence_and_nothing_is_kept(
    version: Version, sam: Client, url: str
) -> None:
    until = timezone.localdate() + timedelta(days=9)
    data = {
        "use": "web",
        "audience": "neighbours",
        "form": "no_name",
        "small_place": "on",
        "until": str(until),
    }
    answer = post(sam, f"{url}say-yes/", **data)
    assert answer.status_code == 422
    assert not version.consents.exists()


def test_a_yes_is_asked_of_what_was_read_back_and_of_nothing_quiet(
    version: Version, sam: Client, url: str, organiser: Person, signed_in_client: SignIn, teller: Person
) -> None:
    assert signed_in_client(organiser).get(f"{url}say-yes/").status_code == 404
    consenting.pause(version.story, by=teller, at=AT)
    assert sam.get(f"{url}say-yes/")["Location"] == f"{url}mine/"
    Version.objects.update(agreed_at=None)
    assert sam.get(f"{url}say-yes/")["Location"] == f"{url}read-back/"
    assert signed_in_client(organiser).get(f"{url}say-yes/").status_code == 404


def test_which_bodies_are_in_a_room_stands_beside_it(
    version: Version, circle: Circle, sam: Client, url: str, partner: Person, hospital: Any
) -> None:
    people.join(circle=circle, person=partner, at=AT)
    assert "Weir Road Hospital" in text(sam.get(f"{url}say-yes/"))
