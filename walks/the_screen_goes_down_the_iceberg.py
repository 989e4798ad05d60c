"""Making sense on the big screen: down the iceberg and into the better story, one thing at a time."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from walks.an_organiser_builds_the_iceberg import add_card
from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
SENSE = "/conversations/2/"
LEVELS = ["What happened", "What keeps happening", "Rules and habits", "What we take for granted"]
NEW = "The last bus leaves before the tea."


@pytest.mark.parametrize("javascript", [True, False])
def test_the_screen_goes_down_the_iceberg(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    hall = open_browser(town.url, javascript=javascript, width=1280, height=720)
    phone = open_browser(town.url, width=360, height=740)
    for page in (hall, phone):
        look_as(page, "organiser")
    phone.goto(f"{SENSE}remote/")
    phone.get_by_role("button", name=re.compile("What lies beneath")).first.click()
    hall.goto(f"{SENSE}projector/")
    heading = hall.get_by_role("heading", level=1)
    expect(heading).to_have_text("What lies beneath")

    seen = go_on(hall, until="Our better story", javascript=javascript)
    assert [words for words in seen if words in LEVELS] == LEVELS
    assert seen[seen.index(LEVELS[0]) + 1].startswith("“"), "the teller's word comes first"
    assert seen[seen.index(LEVELS[1]) - 1] == "“That is all it was. One bad day.”", "and last"
    assert seen.index("A missed visit is a sign that somebody may need more.") > seen.index(LEVELS[3])
    take_picture(hall, f"screen-better-story-{'js' if javascript else 'plain'}")
    if javascript:
        assert find_faults(hall) == []

    # a phone goes straight to a level; what somebody adds now is there when the screen comes to it
    phone.goto(f"{SENSE}remote/")
    phone.get_by_role("button", name=LEVELS[2], exact=True).click()
    assert find_faults(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    shows(hall, LEVELS[2], javascript=javascript)
    take_picture(hall, f"screen-level-{'js' if javascript else 'plain'}")
    words = NEW if javascript else f"{NEW} Nobody waits."
    add_card(phone, "structure", words)
    assert words in go_on(hall, until=LEVELS[3], javascript=javascript)

    # its teller takes the quotes back while one of them stands there: the next thing comes, as a slide does
    phone.goto(f"{SENSE}remote/")
    phone.get_by_role("button", name=LEVELS[0], exact=True).click()
    shows(hall, LEVELS[0], javascript=javascript)
    line = go_on(hall, until="“", javascript=javascript)[-1]
    sam = open_browser(town.url, javascript=javascript, width=360, height=740)
    look_as(sam, "teller")
    stop_quoting(sam)
    if javascript:
        expect(heading).not_to_have_text(line, timeout=9_000)
    else:
        hall.reload()
    expect(heading).to_have_text(LEVELS[1])
    assert line not in hall.content()
    assert not re.search("took it back|stopped", hall.content()), "nobody in the hall is told"


def go_on(hall: Page, *, until: str, javascript: bool) -> list[str]:
    """On, thing by thing, until these words are on the screen. Each fits on it."""
    seen: list[str] = []
    for _slide in range(50):
        mark = hall.locator("[data-mark]").get_attribute("data-mark")
        hall.get_by_role("button", name="Next").click()
        expect(hall.locator("[data-mark]")).not_to_have_attribute("data-mark", str(mark))
        seen.append(hall.get_by_role("heading", level=1).inner_text())
        tall = hall.evaluate("document.documentElement.scrollHeight") if javascript else 0
        assert tall <= 720, seen[-1]
        if seen[-1].startswith(until) or hall.get_by_text(until, exact=True).count():
            return seen
    pytest.fail(f"never came to {until}: {seen}")


def shows(hall: Page, words: str, *, javascript: bool) -> None:
    if not javascript:
        hall.reload()
    expect(hall.get_by_role("heading", level=1)).to_have_text(words, timeout=9_000)


def stop_quoting(sam: Page) -> None:
    sam.goto("/stories/")
    sam.locator("main").get_by_role("link", name="The long way round").click()
    quotes = sam.locator("li", has=sam.get_by_role("heading", name="Quote a line of it"))
    expect(quotes.first).to_be_visible()  # the page may be on its way still
    links = [str(link.get_attribute("href")) for link in quotes.get_by_role("link", name="Stop this").all()]
    assert links
    for link in links:
        sam.goto(link)
        sam.get_by_role("button", name="Stop it now").click()
