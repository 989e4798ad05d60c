"""The head of a service leaves: what was promised stays with the post, and goes on when bodies merge."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
WORDS = "You keep your place. One missed visit will not start the wait again."
WAS = "Head of the service, The Talking Service"


def hand_over(page: Page, title: str) -> None:
    """From the page of a body to that of its post."""
    page.locator("li", has_text=title).get_by_role("link", name="Hand over").click()


def test_a_promise_outlives_whoever_made_it(open_browser: Callable[..., Page], town: Running) -> None:
    page = open_browser(town.url)
    look_as(page, "service")
    name = page.locator("header a[href='/people/me/'], nav a[href='/people/me/']").first.inner_text()
    page.goto("/promises/?mine=by")
    expect(page.get_by_text(WORDS).first).to_be_visible()

    # an organiser writes down that the head left, and who came
    look_as(page, "organiser")
    page.goto("/people/bodies/")
    page.get_by_role("link", name="The Talking Service").click()
    hand_over(page, "Head of the service")
    expect(page.get_by_text("What was promised stays with the post.")).to_be_visible()
    page.locator("select[name=person]").select_option(label="Nobody just now")
    page.get_by_role("button", name="Hand over").click()
    hand_over(page, "Head of the service")
    expect(page.get_by_role("heading", name="Who held it")).to_be_visible()
    assert find_faults(page) == []
    take_picture(page, "who-held-a-post")

    # whoever left owes nothing any more; the wall has not changed by a word
    look_as(page, "service")
    page.goto("/promises/?mine=by")
    expect(page.get_by_text(WORDS)).to_have_count(0)
    page.goto("/promises/")
    row = page.locator("li", has_text=WORDS).first
    expect(row).to_contain_text(WAS)

    # the service is followed by the hospital, and its post by one there
    look_as(page, "organiser")
    page.goto("/people/bodies/")
    page.get_by_role("link", name="Aldermouth Hospital").click()
    page.get_by_label("The post").fill("Lead for talking")
    page.get_by_role("button", name="Write it down").click()
    page.goto("/people/bodies/")
    page.get_by_role("link", name="The Talking Service").click()
    hand_over(page, "Head of the service")
    page.get_by_role("link", name="Another post took its place").click()
    page.get_by_label("What took its place?").select_option(label="Lead for talking, Aldermouth Hospital")
    page.get_by_role("button", name="Write it down").click()
    page.goto("/people/bodies/")
    page.get_by_role("link", name="Aldermouth Hospital").click()
    hand_over(page, "Lead for talking")
    page.locator("select[name=person]").select_option(label=name)
    page.get_by_label("From which day?").fill(date.today().isoformat())
    page.get_by_role("button", name="Hand over").click()

    look_as(page, "service")
    page.goto("/promises/?mine=by")
    row = page.locator("li", has_text=WORDS).first
    expect(row).to_contain_text(WAS)
    expect(row).to_contain_text("Today kept by Lead for talking, Aldermouth Hospital.")
    assert name not in row.inner_text(), "posts and bodies, never who holds them"
    assert find_faults(page) == []
    take_picture(page, "kept-today-by-another-post")
    row.get_by_role("link", name=WORDS).click()
    expect(page.get_by_role("link", name="Ask for more time")).to_be_visible()
    expect(page.get_by_role("link", name="Say how it turned out")).to_have_count(0)


def test_no_post_goes_round_in_a_circle(open_browser: Callable[..., Page], town: Running) -> None:
    page = open_browser(town.url, javascript=False)
    look_as(page, "organiser")
    page.goto("/people/bodies/")
    page.get_by_role("link", name="Weir Road Surgery").click()
    page.get_by_role("link", name="Another body took its place").click()
    page.get_by_label("What took its place?").select_option(label="Weir Road Clinic")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("This would go round in a circle").first).to_be_visible()
