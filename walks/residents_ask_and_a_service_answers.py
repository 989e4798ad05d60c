"""A neighbour asks, the head of a service answers with a promise, and Sam says of another: not kept."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False])
def test_a_neighbour_asks_and_the_head_of_a_service_answers(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    page = open_browser(town.url, javascript=javascript)
    look_as(page, "neighbour")
    page.goto("/promises/ask/1/")
    page.get_by_label("What do you ask?").fill("Ring us the day before a visit.")
    page.get_by_label("Whom do you ask?").select_option(label="The Talking Service")
    asker = page.get_by_label("How shall we say who asks?")
    if asker.count():
        asker.fill("Lynda, for Lime Walk")
    agree = page.get_by_label("Yes: anyone may read this on the wall, under these words")
    if agree.count():
        agree.check()
    page.locator("main form button").last.click()
    expect(page.get_by_text("Ring us the day before a visit.").first).to_be_visible()
    asked = page.url
    look_as(page, "service")
    page.goto(asked)
    page.get_by_role("link", name="Yes").first.click()
    page.get_by_label("What do you promise?").fill("We will ring each person the day before.")
    page.get_by_label("By when?").fill("the day after")
    page.locator("main form button").last.click()
    expect(page.get_by_label("What do you promise?")).to_have_value(
        "We will ring each person the day before."
    )
    page.get_by_label("By when?").fill((date.today() + timedelta(days=40)).isoformat())
    page.locator("main form button").last.click()
    page.goto("/promises/")
    expect(page.get_by_text("We will ring each person the day before.").first).to_be_visible()
    if javascript:
        assert find_faults(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_sam_says_it_was_not_kept(javascript: bool, open_browser: Callable[..., Page], town: Running) -> None:
    page = open_browser(town.url, javascript=javascript)
    words = "Every letter will say who to ring, with a name."
    look_as(page, "service")
    page.goto("/promises/?neighbourhood=tanners-row")
    row = page.locator("li", has_text=words).filter(has_text="Late").first
    expect(row).to_be_visible()
    page.get_by_role("link", name=words).or_(row.get_by_role("link")).first.click()
    expect(page.get_by_role("link", name="Say how it turned out")).to_have_count(0)
    promise = page.url
    look_as(page, "teller")
    page.goto(promise)
    page.get_by_role("link", name="Say how it turned out").click()
    page.get_by_label("No, it is not kept").check()
    page.get_by_label("A few words about it").fill("Mine still says: the team.")
    page.get_by_role("button", name="Say so").click()
    page.goto("/promises/?neighbourhood=tanners-row")
    row = page.locator("li", has_text=words).first
    expect(row).to_contain_text("Not kept")
    expect(row).to_contain_text("Head of the service, The Talking Service")
    assert "Helen" not in page.locator("main").inner_text(), "a post and a body, never a worker's name"
    take_picture(page, f"not-kept-{'js' if javascript else 'plain'}")
