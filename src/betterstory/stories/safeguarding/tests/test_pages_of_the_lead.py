"""Pages of the lead and the deputy: what they read, open, hold and answer, and that others find none."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Person
from betterstory.places.models import Place
from betterstory.stories.models import Asked, Concern, Entry, Hold, Lead, Opening, Step, Story
from betterstory.stories.safeguarding.tests._pages import (
    MISSED,
    SAFETY,
    SignIn,
    bea,
    in_days,
    lead,
    page,
    post,
)
from betterstory.stories.safeguarding.tests.conftest import HEARD, REASON

__all__ = ["bea", "lead"]
pytestmark = pytest.mark.django_db


def test_the_lead_needs_the_second_step(seen: Concern, grace: Person) -> None:
    phone = Client()
    phone.force_login(grace, backend="betterstory.people.coming_in.CardBackend")
    for address in (page(seen), f"{SAFETY}concerns/", page(seen, "open/"), f"{SAFETY}requests/"):
        answer = phone.get(address)
        assert answer.status_code == 302
        assert HEARD not in answer.text


@pytest.mark.parametrize("who", ["teller", "organiser", "steward", "partner", "analyst"])
def test_others_find_no_page_of_the_lead(
    who: str, seen: Concern, signed_in_client: SignIn, request: pytest.FixtureRequest
) -> None:
    browser = signed_in_client(request.getfixturevalue(who))
    for address in (f"{SAFETY}concerns/", page(seen), page(seen, "open/"), page(seen, "hold/")):
        answer = browser.get(address)
        assert answer.status_code == 403
        assert HEARD not in answer.text
    assert HEARD not in browser.get(f"{SAFETY}raised/{seen.uuid}/").text


def test_the_part_without_the_post_finds_nothing(
    seen: Concern, welcome: Callable[..., Person], signed_in_client: SignIn
) -> None:
    browser = signed_in_client(welcome("Jo", "safety"))
    for address in (f"{SAFETY}concerns/", page(seen), f"{SAFETY}requests/"):
        assert browser.get(address).status_code == 404


def test_the_lead_reads_opens_tells_and_closes(
    concern: Concern, step: Step, story: Story, teller: Person, lead: Client, signed_in_client: SignIn
) -> None:
    assert HEARD not in lead.get(page(concern)).text, "not before it is written down that she reads it"
    post(lead, page(concern, "seen/"))
    post(lead, page(concern, "seen/"))
    assert Entry.objects.filter(kind="seen").count() == 1
    assert HEARD in lead.get(page(concern)).text
    assert MISSED not in lead.get(page(concern, "open/")).text
    told = {"which": f"piece:{step.pk}", "reason": REASON, "safe_to_tell": "yes"}
    assert post(lead, page(concern, "open/"), **told | {"reason": "short"}).status_code == 422
    key = str(uuid.uuid4())
    opened = lead.post(page(concern, "open/"), {"once": key, **told})
    assert MISSED in opened.text
    assert "The postman" not in opened.text, "one step, and no other"
    again = lead.post(page(concern, "open/"), {"once": key, **told})
    assert again["Location"] == page(concern), "a second press opens nothing twice"
    assert Opening.objects.count() == 1
    assert MISSED not in lead.get(page(concern)).text
    assert "to keep somebody safe" in signed_in_client(teller).get(f"/stories/{story.uuid}/mine/").text
    assert REASON in signed_in_client(teller).get(f"{SAFETY}of/{story.uuid}/").text
    assert post(lead, page(concern, "write/"), kind="passed_on", words="").status_code == 422
    assert post(lead, page(concern, "write/"), kind="closed", words="").status_code == 422
    post(lead, page(concern, "write/"), kind="passed_on", words="To adult social care")
    assert "when the teller was told" in post(lead, page(concern, "write/"), kind="closed").text
    assert post(lead, page(concern, "write/"), kind="not_told", words="x").status_code == 422
    post(lead, page(concern, "write/"), kind="told", words="By phone")
    post(lead, page(concern, "write/"), kind="closed")
    text = lead.get(page(concern)).text
    assert "Kept until" in text
    assert lead.get(page(concern, "open/")).status_code == 200
    assert post(lead, page(concern, "open/"), **told).status_code == 404, "closed: nothing opens"
    assert "Closed" in lead.get(f"{SAFETY}concerns/").text


def test_what_is_not_safe_to_tell_is_asked_for_with_its_day(
    seen: Concern, step: Step, story: Story, teller: Person, lead: Client, signed_in_client: SignIn
) -> None:
    told = {"which": f"piece:{step.pk}", "reason": REASON, "safe_to_tell": "no"}
    assert post(lead, page(seen, "open/"), **told).status_code == 422
    late = told | {"why_not": "he reads it", "review_on": in_days(93)}
    assert post(lead, page(seen, "open/"), **late).status_code == 422
    assert post(lead, page(seen, "open/"), **told | {"review_on": "soon"}).status_code == 422
    answer = post(lead, page(seen, "open/"), **late | {"review_on": in_days(5)})
    assert MISSED in answer.text
    sam = signed_in_client(teller)
    assert "to keep somebody safe" not in sam.get(f"/stories/{story.uuid}/mine/").text
    assert "Nothing was opened" in sam.get(f"{SAFETY}of/{story.uuid}/").text
    Entry.objects.filter(kind="not_told").wipe(review_on=timezone.localdate())
    assert "Ask again today" in lead.get(f"{SAFETY}concerns/").text


def test_a_hold_is_named_told_and_ended(
    seen: Concern, story: Story, teller: Person, lead: Client, signed_in_client: SignIn
) -> None:
    for bad in (
        {"until": in_days(0)},
        {"until": in_days(200)},
        {"until": "soon"},
        {"until": in_days(9), "reason": "x"},
    ):
        assert post(lead, page(seen, "hold/"), **{"reason": REASON} | bad).status_code == 422
    post(lead, page(seen, "hold/"), reason=REASON, until=in_days(9))
    named = Hold.objects.get()
    sam = signed_in_client(teller)
    assert "not destroyed before" in sam.get(f"/stories/{story.uuid}/mine/").text
    post(sam, f"/stories/{story.uuid}/take-back/", how="now")
    story.refresh_from_db()
    assert story.taken_back_at
    assert story.destroyed_at is None
    assert REASON in lead.get(page(seen)).text
    post(lead, page(seen, f"hold/{named.uuid}/end/"))
    story.refresh_from_db()
    assert story.destroyed_at
    assert "This story is gone" in sam.get(f"/stories/{story.uuid}/mine/").text
    assert post(lead, page(seen, "hold/"), reason=REASON, until=in_days(9)).status_code == 404
    assert lead.get(page(seen, "open/")).status_code == 404


def test_a_steward_names_the_posts_and_sets_the_routes(
    bea: Client, grace: Person, resident: Person, place: Place, organiser: Person, signed_in_client: SignIn
) -> None:
    assert "Grace" in bea.get(f"{SAFETY}posts/").text
    assert post(bea, f"{SAFETY}posts/", post="deputy", person=resident.pk, phone="").status_code == 422
    post(bea, f"{SAFETY}posts/", post="deputy", person=resident.pk, phone="01632 960 177", said_as="")
    lead = Lead.objects.get(person=grace, until_at=None)
    post(bea, f"{SAFETY}posts/{lead.pk}/let-go/")
    assert "Before" in bea.get(f"{SAFETY}posts/").text
    last = Lead.objects.get(until_at=None)
    assert post(bea, f"{SAFETY}posts/{last.pk}/let-go/").status_code == 409
    assert bea.get(f"{SAFETY}routes/").status_code == 200
    post(bea, f"{SAFETY}routes/", telling_controller="The Open Kettle", children_phone="Ring 01632 960 130")
    assert "The Open Kettle" in bea.get(f"{SAFETY}who/").text
    assert post(bea, f"{SAFETY}routes/", telling_controller="x" * 121).status_code == 422
    nasreen = signed_in_client(organiser)
    assert nasreen.get(f"{SAFETY}posts/").status_code == 403
    assert post(nasreen, f"{SAFETY}routes/", telling_controller="Mine").status_code == 403


def test_a_request_is_taken_down_and_answered(
    bea: Client, lead: Client, organiser: Person, signed_in_client: SignIn
) -> None:
    assert (
        post(bea, f"{SAFETY}requests/", kind="in_a_story", who="Jo", asked_on=in_days(1)).status_code == 422
    )
    post(bea, f"{SAFETY}requests/", kind="in_a_story", who="Jo Marlow", asked_on=in_days(-40))
    asked = Asked.objects.get()
    address = f"{SAFETY}requests/{asked.uuid}/"
    listed = bea.get(f"{SAFETY}requests/").text
    assert "Past its day" in listed
    assert "Marlow" not in listed, "no name where somebody looks over a shoulder"
    assert "Marlow" in bea.get(address).text
    assert post(bea, address, how="neither", checked="").status_code == 422
    post(bea, address, how="neither", checked="Every list")
    assert post(lead, address, how="given", checked="Again").status_code == 422
    assert "Every list" in lead.get(address).text
    assert "Answered" in bea.get(f"{SAFETY}requests/").text
    assert signed_in_client(organiser).get(address).status_code == 403
