"""Sam tells what happened on a small phone, reads it back, looks at the picture and prints it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from betterstory.people.models import Person
from betterstory.places.models import Neighbourhood
from betterstory.stories.models import Gap, Step, Story
from walks.conftest import find_faults, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def add_step(page: Page, words: str, ring: str, feeling: str, moment: str) -> None:
    page.get_by_label("What happened?").fill(words)
    page.get_by_label(ring, exact=True).check()
    page.get_by_label(feeling, exact=True).check()
    page.get_by_label(moment, exact=True).check()
    page.get_by_role("button", name="Carry on").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_sam_tells_and_prints_his_journey(
    javascript: bool,
    open_browser: Callable[..., Page],
    sign_in: Callable[[Page, Person], None],
    teller: Person,
    neighbourhood: Neighbourhood,
    tmp_path: Path,
    live_server: Any,
) -> None:
    page = open_browser(live_server.url, javascript=javascript, width=360, height=740)
    sign_in(page, teller)
    page.goto("/stories/")
    page.get_by_role("link", name="Tell a story").click()
    expect(page.get_by_text("we may have to tell Grace")).to_be_visible()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Tick this once you have read").first).to_be_visible()
    page.get_by_label("I have read this").check()
    page.get_by_label("What shall we call you in it?").fill("Robin")
    page.get_by_label("What shall we call the story?").fill("The long way round")
    page.get_by_role("button", name="Start").click()

    page.get_by_label("In your own words").fill(
        "It came on slowly.\n\nAnd then <b>all</b> at once & twice 🐕."
    )
    page.get_by_role("button", name="Carry on").click()
    add_step(page, "I went to the doctor & said it out loud", "local services", "hard", "it just happened")
    add_step(page, "I rang to change the day", "me", "very hard", "I was sent back")
    expect(page.get_by_text("“I rang to change the day”")).to_be_visible()
    page.get_by_label("What was missing?").fill("Back of the queue, 17 weeks")
    page.get_by_role("button", name="Carry on").click()
    add_step(page, "The postman kept knocking", "community", "getting by", "somebody was kind")
    if javascript:
        assert find_faults(page) == []
    page.get_by_role("link", name="That is all that happened").click()
    page.get_by_label("what would keep me well").check()
    page.get_by_label("In your words").fill("Somebody to walk the dog")
    page.get_by_role("button", name="Add this").click()
    page.get_by_role("link", name="Read it back").click()
    expect(page.get_by_text("And then <b>all</b> at once & twice 🐕.")).to_be_visible()
    take_picture(page, f"read-back-{'js' if javascript else 'plain'}")
    page.get_by_role("button", name="Yes, so it is").click()
    expect(page.get_by_role("heading", name="My story")).to_be_visible()

    story = Story.objects.get()
    assert story.newest().agreed_at is not None
    assert (Step.objects.count(), Gap.objects.count()) == (3, 1)
    page.get_by_role("link", name="Print it, or keep a copy").click()
    expect(page.get_by_text("It is its teller’s own")).to_be_visible()
    expect(page.get_by_role("img").first).to_be_visible()
    if javascript:
        assert find_faults(page) == []
        sheet = page.pdf(path=tmp_path / "journey.pdf", format="A4")
        assert sheet.startswith(b"%PDF")
