"""Sam takes his story back, and every place it showed goes quiet at once, the Back button included."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
WORDS = ("took me off the list", "Back of the queue, 17 weeks", "The long way round")
QUOTED = ("I could not get down the stairs", "Tea at the hall at ten", "Back of the queue")


@pytest.mark.parametrize("javascript", [True, False])
def test_sam_takes_it_back_and_every_place_goes_quiet(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    sam = open_browser(town.url, javascript=javascript, width=360, height=740)
    look_as(sam, "teller")
    sam.goto("/stories/")
    sam.locator("main").get_by_role("link", name="The long way round").click()
    mine = sam.url
    story = mine.replace("/mine/", "/")
    places = [
        story,
        f"{story}print/",
        story.replace("/stories/", "/thread/story/"),
        "/stories/",
        "/conversations/rounds/1/iceberg/",
        "/conversations/rounds/1/iceberg/print/",
        "/conversations/2/screen/",
    ]
    reader = open_browser(town.url, javascript=javascript)
    look_as(reader, "organiser")
    reader.goto("/promises/?neighbourhood=tanners-row")
    promised = [link.get_attribute("href") or "" for link in reader.locator("a[href^='/promises/']").all()]
    numbers = {href.split("/")[2] for href in promised if href.split("/")[2].isdecimal()}
    places += [f"{part}/{number}/" for number in sorted(numbers) for part in ("/promises", "/thread/promise")]
    stranger = open_browser(town.url, javascript=javascript)
    holding = [place for place in places if any(words in ask(reader, place) for words in (*WORDS, *QUOTED))]
    # opened in the browser too, so that whatever it keeps of a page is what it would show afterwards
    shown = [place for place in holding if any(words in read(reader, place) for words in (*WORDS, *QUOTED))]
    assert len(shown) >= 6, shown
    promise = next(place for place in shown if "/thread/promise/" in place)
    assert QUOTED[0] in read(stranger, promise), "anyone may read the line Sam opened to anyone"
    reader.goto(story)
    reader.goto("/promises/")  # and away again, so that Back would lead to it

    sam.get_by_role("link", name="Take it back").click()
    take_picture(sam, f"take-back-{'js' if javascript else 'plain'}")
    if javascript:
        assert find_faults(sam) == []
    sam.get_by_role("button", name="Take it back", exact=True).click()
    expect(sam.get_by_text("You took this story back")).to_be_visible()

    reader.go_back()
    assert not any(words in reader.content() for words in (*WORDS, *QUOTED)), "Back shows nothing of it"
    for place in places:
        for somebody, opened in ((reader, shown), (stranger, [promise])):
            text = read(somebody, place) if place in opened else ask(somebody, place)
            left = [text[max(0, text.index(w) - 60) :][:160] for w in (*WORDS, *QUOTED) if w in text]
            assert not left, f"{place}: {left}"
    assert "You keep your place" in read(stranger, promise.replace("/thread/promise/", "/promises/")) or (
        "promise" in read(stranger, promise)
    ), "the promise stands"
    expect(sam.get_by_role("button", name="I want it back")).to_be_visible()


def read(page: Page, place: str) -> str:
    """Everything a page holds, whatever it answers."""
    page.goto(place)
    return page.content()


def ask(page: Page, place: str) -> str:
    """What the house answers, without drawing it: for places that this browser has kept nothing of."""
    return page.request.get(place).text()
