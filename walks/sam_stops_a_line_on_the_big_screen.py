"""Sam takes one use back while it stands on the big screen: the slide changes, as slides do."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
FROM_A_STORY = "From a story, with its teller’s yes"


@pytest.mark.parametrize("javascript", [True, False])
def test_the_slide_changes_and_the_story_stays_where_it_may_be(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    screen = open_browser(town.url, javascript=javascript)
    look_as(screen, "organiser")
    for gathering in range(1, 6):
        screen.goto(f"/conversations/{gathering}/screen/")
        for _slide in range(30):
            if FROM_A_STORY in screen.content() or not screen.get_by_role("link", name="Next").count():
                break
            before = screen.url
            screen.get_by_role("link", name="Next").click()
            expect(screen).not_to_have_url(before)  # the slide may be on its way still
        if FROM_A_STORY in screen.content():
            break
    expect(screen.get_by_text(FROM_A_STORY)).to_be_visible()
    words, number = screen.get_by_role("heading", level=1).inner_text(), screen.url
    take_picture(screen, f"screen-before-{'js' if javascript else 'plain'}")

    sam = open_browser(town.url, javascript=javascript, width=360, height=740)
    look_as(sam, "teller")
    sam.goto("/stories/")
    sam.locator("main").get_by_role("link", name="The long way round").click()
    quotes = sam.locator("li", has=sam.get_by_role("heading", name="Quote a line of it"))
    stops = quotes.get_by_role("link", name="Stop this")
    expect(stops.first).to_be_visible()  # the page may be on its way still
    mine = sam.url
    links = [str(link.get_attribute("href")) for link in stops.all()]
    assert links
    for link in links:
        sam.goto(link)
        sam.get_by_role("button", name="Stop it now").click()

    if javascript:
        expect(screen.get_by_role("heading", level=1)).not_to_have_text(words, timeout=9_000)
    else:
        screen.reload()
    assert screen.url != number
    assert words not in screen.content()
    assert not re.search("took it back|stopped", screen.content()), "nobody in the hall is told"
    take_picture(screen, f"screen-after-{'js' if javascript else 'plain'}")
    screen.goto(mine.replace("/mine/", "/"))
    assert "The long way round" in screen.content(), "they may still read it"
