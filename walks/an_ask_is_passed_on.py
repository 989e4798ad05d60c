"""One ask is refused with its reason; another is passed on, and the right body answers it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
REFUSED, PASSED_ON = "Open the surgery on Sundays.", "Put a bench by the lock."


def ask(page: Page, words: str, body: str) -> str:
    page.goto("/promises/ask/1/")
    page.get_by_label("What do you ask?").fill(words)
    page.get_by_label("Whom do you ask?").select_option(label=body)
    page.get_by_label("Who asks?", exact=True).select_option(label="I do, for myself")
    page.get_by_label("How shall we say who asks?").fill("somebody from the Row")
    page.get_by_label("Yes: anyone may read this on the wall, under these words").check()
    page.get_by_role("button", name="Ask this").click()
    return page.url


@pytest.mark.parametrize("javascript", [True, False])
def test_one_is_refused_and_one_is_passed_on(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    page = open_browser(town.url, javascript=javascript)
    look_as(page, "organiser")
    refused = ask(page, REFUSED, "Weir Road Surgery")
    page.get_by_role("link", name="Say no, and why").click()
    page.get_by_label("Why not?").fill("Nobody pays for Sundays.")
    page.get_by_role("button", name="Say no").click()
    expect(page.locator("main")).to_contain_text("Weir Road Surgery said no, because:")

    passed_on = ask(page, PASSED_ON, "Aldermouth Council")
    page.get_by_role("link", name="It is not ours").click()
    page.get_by_label("Whose is it?").select_option(label="The Talking Service")
    page.get_by_role("button", name="Pass it on").click()
    expect(page.locator("main")).to_contain_text("Passed on to The Talking Service.")
    if javascript:
        assert find_faults(page) == []

    look_as(page, "service")
    page.goto(passed_on)
    page.get_by_role("link", name="Say yes, and promise").click()
    page.get_by_label("What do you promise?").fill("We will put a bench there.")
    page.get_by_label("By when?").fill((date.today() + timedelta(days=40)).isoformat())
    page.get_by_role("button", name="Make this promise").click()
    expect(page.locator("main")).to_contain_text("We will put a bench there.")

    anyone = open_browser(town.url, javascript=javascript, width=360)
    anyone.goto(refused)
    expect(anyone.locator("main")).to_contain_text("Nobody pays for Sundays.")
    anyone.goto(passed_on)
    expect(anyone.locator("main")).to_contain_text("passed it on to The Talking Service")
    expect(anyone.locator("main")).to_contain_text("The Talking Service said yes.")
    take_picture(anyone, f"ask-passed-on-{'js' if javascript else 'plain'}")
    anyone.goto("/promises/")
    here = anyone.locator("li", has_text=REFUSED)
    expect(here).to_contain_text("No, because")
    anyone.goto("/promises/bodies/")
    anyone.get_by_role("link", name="The Talking Service").click()
    expect(anyone.locator("main")).to_contain_text(PASSED_ON)
