"""An organiser puts cards on the iceberg, ties them, and tells the better story, which a neighbour adopts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
ICEBERG = "/conversations/rounds/1/iceberg/"


def add_card(page: Page, level: str, words: str, **chosen: str) -> None:
    page.goto(f"{ICEBERG}add/?level={level}")
    page.get_by_label("What the card says").fill(words)
    for label, option in chosen.items():
        page.get_by_label(label.replace("_", " ")).select_option(label=option)
    if level == "mental_model":
        page.get_by_label("Who").first.fill("one of us")
    page.locator("main form button").last.click()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_organiser_builds_the_iceberg(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    page = open_browser(town.url, javascript=javascript)
    look_as(page, "organiser")
    page.goto(ICEBERG)
    expect(page.get_by_role("group", name="What lies beneath")).to_be_visible()
    add_card(page, "structure", "The bus stops at ten to six.", Who_could_change_it="Aldermouth Buses")
    add_card(page, "mental_model", "Somebody else will do it.")
    expect(page.get_by_label("What the card says")).to_have_value("Somebody else will do it.")
    page.get_by_label("What the card says").fill("I have acted as if somebody else would do it.")
    page.locator("main form button").last.click()
    page.goto(ICEBERG)
    for words in ("The bus stops at ten to six.", "I have acted as if somebody else would do it."):
        expect(page.locator("main li", has_text=words).first).to_be_visible()
    take_picture(page, f"iceberg-{'js' if javascript else 'plain'}")
    if javascript:
        assert find_faults(page) == []
    page.goto("/conversations/rounds/1/better-story/write/")
    page.get_by_role("textbox").first.fill("The bus waits for us. Somebody is us.")
    page.locator("main form button").last.click()
    look_as(page, "neighbour")
    page.goto("/conversations/rounds/1/better-story/")
    expect(page.get_by_text("The bus waits for us. Somebody is us.")).to_be_visible()
    page.get_by_role("button", name="This is our better story").click()
    expect(page.get_by_role("button", name="This is our better story")).to_have_count(0)
    if javascript:
        assert find_faults(page) == []
