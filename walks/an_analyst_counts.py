"""An analyst asks who stands behind the story, and sees rounded figures only."""

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
