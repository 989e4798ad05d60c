"""An analyst asks who stands behind the story; somebody else lets the answer out; all of it is rounded."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
EXACT = ("118", "342", "884", "412", "6093", "6,093", "1800")  # what was planted, and must never be shown


@pytest.mark.parametrize("javascript", [True, False])
def test_an_analyst_counts(javascript: bool, open_browser: Callable[..., Page], town: Running) -> None:
    page = open_browser(town.url, javascript=javascript)
    look_as(page, "analyst")
    page.goto("/behind/")
    page.locator("main a[href*='/behind/releases/']").first.click()
    expect(page.locator("main li", has_text="About 120 people").first).to_be_visible()
    shown = page.content()
    for number in EXACT:
        assert not re.search(rf"(?<![\d#-]){number}(?!\d)", shown), number
    take_picture(page, f"behind-{'js' if javascript else 'plain'}")
    if javascript:
        assert find_faults(page) == []


AGAIN = """format = 1
name = "Asked, waited, taken off the list"

[[step]]
name = "Asked for help"
activity = ["Referral to the Talking Service"]

[[step]]
name = "Taken off the list"
activity = ["Taken off the list after a missed visit"]
within = "2 years"
"""


@pytest.mark.parametrize("javascript", [True, False])
def test_what_the_analyst_counts_is_let_out_by_somebody_of_another_body(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    page = open_browser(town.url, javascript=javascript)
    look_as(page, "analyst")
    page.goto("/behind/patterns/from-a-file/")
    page.locator("textarea[name=toml]").fill(AGAIN)
    page.get_by_role("button", name="Read it out").click()
    page.get_by_role("button", name="Keep this pattern").click()
    page.get_by_role("button", name="Count", exact=True).click()
    expect(page.get_by_text("must look first")).to_be_visible()
    expect(page.get_by_role("button", name="Let it out")).to_have_count(0)
    there = page.url
    stranger = open_browser(town.url, javascript=javascript)
    stranger.goto("/behind/")
    expect(stranger.get_by_text("Asked, waited, taken off the list")).to_have_count(0)
    look_as(page, "service")
    page.goto(there)
    if javascript:
        assert find_faults(page) == []
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Let it out").click()
    expect(page.get_by_text("Head of the service, The Talking Service")).to_be_attached()
    stranger.goto("/behind/")
    expect(stranger.get_by_text("Asked, waited, taken off the list")).to_be_visible()
    shown = page.content()
    for number in EXACT:
        assert not re.search(rf"(?<![\d#-]){number}(?!\d)", shown), number
    take_picture(page, f"behind-let-out-{'js' if javascript else 'plain'}")
