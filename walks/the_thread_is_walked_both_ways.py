"""From a promise down to the moment it answers, and from the story up to what it changed.

With KEEP_PICTURES=1 the picture of the README is taken anew.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as
from walks.town import Running

pytestmark = pytest.mark.browser
README_PICTURE = Path(__file__).parent.parent / "docs" / "pictures" / "thread.png"
DOWN = ["A promise", "An ask", "What lies beneath", "How many", "The gap", "The moment"]


@pytest.mark.parametrize("javascript", [True, False])
def test_the_thread_is_walked_both_ways(
    javascript: bool, open_browser: Callable[..., Page], town_to_look_at: Running
) -> None:
    page = open_browser(town_to_look_at.url, javascript=javascript, width=860)
    look_as(page, "service")
    page.goto("/promises/")
    page.get_by_role("link", name="You keep your place").or_(
        page.locator("li", has_text="You keep your place").get_by_role("link", name="Why we promised it")
    ).first.click()
    if "/thread/" not in page.url:
        page.get_by_role("link", name="Walk the thread").click()
    expect(page.locator("ol.thread h2")).to_have_text(DOWN)
    expect(page.get_by_text("I could not get down the stairs")).to_be_visible()
    if javascript:
        assert find_faults(page) == []
        if os.environ.get("KEEP_PICTURES"):
            README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
            page.locator("main").screenshot(path=README_PICTURE, caret="initial")
    page.get_by_role("link", name="Walk it the other way").click()
    words = page.locator("ol.thread").inner_text()
    order = ["About 120 people", "Miss one visit", "Keep our place in the queue", "You keep your place"]
    places = [words.index(each) for each in order]
    assert places == sorted(places)


@pytest.mark.parametrize("how", ["light", "dark", "forced colours", "narrow", "from right to left"])
def test_axe_finds_nothing_however_it_is_looked_at(
    how: str, open_browser: Callable[..., Page], town_to_look_at: Running
) -> None:
    more: dict[str, dict[str, object]] = {
        "dark": {"color_scheme": "dark"},
        "forced colours": {"forced_colors": "active"},
        "narrow": {"width": 320},
    }
    page = open_browser(town_to_look_at.url, **more.get(how, {}))
    look_as(page, "organiser")
    faults = {}
    for place in (
        "/",
        "/neighbourhoods/tanners-row/",
        "/stories/",
        "/stories/begin/",
        "/promises/",
        "/promises/1/",
        "/promises/asks/1/",
        "/thread/promise/1/",
        "/behind/releases/1/",
        "/conversations/2/",
        "/conversations/2/results/",
        "/conversations/rounds/1/iceberg/",
        "/conversations/rounds/1/better-story/",
        "/immersion/tanners-row/",
        "/poolside/",
        "/people/cards/",
        "/places/neighbourhoods/",
    ):
        page.goto(place)
        if how == "from right to left":
            page.evaluate("document.documentElement.dir = 'rtl'")
        found = find_faults(page)
        if found:
            faults[place] = found
        if how == "narrow":
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            if wide:
                faults[f"{place} (too wide)"] = ["it scrolls sideways"]
    assert faults == {}
