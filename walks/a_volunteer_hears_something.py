"""A volunteer hears something that must be passed on: raised on a phone, read by the lead, told."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from betterstory.people.models import Person
from betterstory.stories.models import Lead, Opening, Step, Story
from walks.conftest import find_faults, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEARD = "Said on the way out: he locks me in the shed."
MISSED = "They took me off the list"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_volunteer_hears_something_that_must_be_passed_on(
    javascript: bool,
    open_browser: Callable[..., Page],
    sign_in: Callable[[Page, Person], None],
    story: Story,
    teller: Person,
    resident: Person,
    live_server: Any,
) -> None:
    kind = "js" if javascript else "plain"

    def check(page: Page, name: str) -> None:
        take_picture(page, f"{name}-{kind}")
        if javascript:
            assert find_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") if javascript else True

    volunteer = open_browser(live_server.url, javascript=javascript, width=360, height=740)
    sign_in(volunteer, resident)
    volunteer.goto("/stories/")
    volunteer.get_by_role("link", name="Is somebody in danger?").click()
    expect(volunteer.get_by_text("Nobody reads these pages then")).to_be_visible()
    check(volunteer, "safety-now")
    volunteer.get_by_role("link", name="Write it down now").click()
    check(volunteer, "safety-raise")
    volunteer.get_by_label("a grown-up is in danger").check()
    volunteer.get_by_label("What was said").fill(HEARD)
    volunteer.get_by_role("button", name="Write it down").click()
    expect(volunteer.get_by_role("link", name="01632 960 100")).to_be_visible()
    assert HEARD not in volunteer.content()
    check(volunteer, "safety-raised")

    sam = open_browser(live_server.url, javascript=javascript, width=360, height=740)
    sign_in(sam, teller)
    sam.goto(f"/stories/{story.uuid}/mine/")
    sam.get_by_role("link", name="Is somebody in danger?").click()
    sam.get_by_role("link", name="Write it down now").click()
    sam.get_by_label("somebody may hurt").check()
    sam.get_by_label("What was said").fill("I do not feel safe with myself tonight.")
    sam.get_by_label("Which part of the story").select_option(index=2)
    sam.get_by_role("button", name="Write it down").click()
    expect(sam.get_by_role("heading", name="Now ring")).to_be_visible()

    grace = open_browser(live_server.url, javascript=javascript)
    sign_in(grace, Lead.objects.get(post=Lead.Post.LEAD).person)
    grace.goto("/stories/safety/")
    grace.get_by_role("link", name="What was raised").click()
    check(grace, "safety-concerns")
    grace.get_by_role("link", name="Somebody may hurt").click()
    assert "safe with myself" not in grace.content()
    grace.get_by_role("button", name="Read it").click()
    expect(grace.get_by_text("safe with myself")).to_be_visible()
    check(grace, "safety-concern")
    grace.get_by_role("link", name="Open one piece of the story").click()
    grace.get_by_label("Why do you need to read it?").fill("To know what was said before I ring Sam.")
    check(grace, "safety-open")
    grace.get_by_role("button", name="Open this piece").click()
    expect(grace.get_by_text(MISSED)).to_be_visible()
    assert "The postman kept knocking" not in grace.content(), "one step alone"
    check(grace, "safety-opened")
    assert Opening.objects.get().piece_id == Step.objects.get(version__story=story, position=2).pk
    grace.get_by_role("link", name="Write down what happens now").click()
    grace.get_by_label("the teller was told").check()
    grace.get_by_label("In a few words").fill("Rang Sam at six.")
    grace.get_by_role("button", name="Add this line").click()
    expect(grace.get_by_text("Rang Sam at six.")).to_be_visible()

    sam.goto(f"/stories/{story.uuid}/mine/")
    sam.get_by_role("link", name="Read what, by whom, and why").click()
    expect(sam.get_by_text("To know what was said before I ring Sam.")).to_be_visible()
    check(sam, "safety-beside")
    sam.emulate_media(color_scheme="dark")
    sam.goto("/stories/safety/")
    take_picture(sam, f"safety-now-dark-{kind}")
    sam.emulate_media(media="print")
    sam.set_viewport_size({"width": 794, "height": 1123})
    sam.goto("/stories/safety/print/")
    take_picture(sam, f"safety-paper-{kind}")
    sam.goto("/stories/safety/who/")
    take_picture(sam, f"safety-who-{kind}")
