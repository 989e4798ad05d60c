"""Sam puts a name on the list, reads every line on a small phone, and agrees to the version without it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from betterstory.people.models import Person
from betterstory.stories.models import Story, Version
from walks.conftest import find_faults, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tick_all(page: Page) -> None:
    page.wait_for_load_state()  # all of them, not those that have come so far
    for box in page.get_by_label("I have read this line").all():
        box.check()


@pytest.mark.parametrize("javascript", [True, False])
def test_sam_takes_names_out_before_it_leaves_the_house(
    javascript: bool,
    open_browser: Callable[..., Page],
    sign_in: Callable[[Page, Person], None],
    teller: Person,
    story: Story,
    live_server: Any,
) -> None:
    page = open_browser(live_server.url, javascript=javascript, width=360, height=740)
    sign_in(page, teller)
    page.goto(f"/stories/{story.uuid}/mine/")
    page.get_by_role("link", name="Before it leaves the house").click()
    page.get_by_role("link", name="Who is in this?").first.click()
    page.get_by_label("Who or where is it?").fill("the postman")
    page.get_by_label("Who or what are they?").select_option("worker")
    page.get_by_label("What shall we call them?").fill("a neighbour")
    page.get_by_role("button", name="Put on the list").click()
    expect(page.get_by_text("will be “a neighbour”")).to_be_visible()
    if javascript:
        assert find_faults(page) == []
    take_picture(page, f"names-{'js' if javascript else 'plain'}")
    page.get_by_role("link", name="Read every line").click()
    box = page.get_by_label("As it will read (7)")
    expect(box).to_have_value("A neighbour kept knocking.")
    page.get_by_label("As it will read (1)").fill("The way round")
    page.get_by_role("button", name="Keep these, and go on").click()
    expect(page.get_by_text("You changed this line. Tick it once you have read it.")).to_be_visible()
    expect(page.get_by_label("As it will read (1)")).to_have_value("The way round")
    tick_all(page)
    take_picture(page, f"lines-{'js' if javascript else 'plain'}")
    if javascript:
        assert find_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Keep these, and go on").click()
    page.wait_for_load_state()
    while page.get_by_role("button", name="Keep these, and go on").count():
        tick_all(page)
        page.get_by_role("button", name="Keep these, and go on").click()
        page.wait_for_load_state()
    expect(page.get_by_text("lines are read.")).to_be_visible()
    take_picture(page, f"all-read-{'js' if javascript else 'plain'}")
    if javascript:
        assert find_faults(page) == []
    page.get_by_role("button", name="Make the new version").click()
    expect(page.get_by_text("A neighbour kept knocking.").first).to_be_visible()
    page.get_by_role("button", name="Yes, so it is").click()
    expect(page.get_by_role("heading", name="My story")).to_be_visible()
    assert [version.agreed_at is None for version in Version.objects.filter(story=story)] == [False, False]
