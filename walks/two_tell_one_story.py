"""Robin and Lynda told it together: a yes needs both, either shuts it, and only who shut it opens it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
WORDS = ("took me off the list", "The long way round", "chair by the radiator")
PLACES = ("", "print/", "print/read_aloud/")


def is_shut_to(reader: Page, story: str) -> None:
    for place in PLACES:
        reader.goto(f"{story}{place}")
        assert not any(words in reader.content() for words in WORDS), place


@pytest.mark.parametrize("javascript", [True, False])
def test_two_tell_one_story(javascript: bool, open_browser: Callable[..., Page], town: Running) -> None:
    robin, lynda = (
        open_browser(town.url, javascript=javascript, width=360, height=740) for _each in range(2)
    )
    organiser = open_browser(town.url, javascript=javascript)
    for page, who in ((robin, "teller"), (lynda, "neighbour"), (organiser, "organiser")):
        look_as(page, who)
    robin.goto("/stories/")
    robin.locator("main").get_by_role("link", name="The long way round").click()
    mine = robin.url
    story = mine.replace("/mine/", "/")
    for place in PLACES:
        organiser.goto(f"{story}{place}")
        assert WORDS[0] in organiser.content(), "as one teller's it is open to her"

    robin.goto(f"{story}settled/")
    together = robin.locator("form", has=robin.get_by_role("button", name="We told it together"))
    together.get_by_role("combobox").select_option(label="Lynda")
    together.get_by_role("button").click()
    expect(robin.get_by_text("Robin and Lynda told it.")).to_be_visible()
    is_shut_to(organiser, story)

    # she says yes too to one thing, and that one thing is open
    lynda.goto(mine)
    check(lynda, "two-before-her-yes", javascript=javascript)
    row = lynda.locator("li", has=lynda.get_by_role("heading", name="Read my story", exact=True)).first
    row.get_by_role("button", name="I say yes too").click()
    organiser.goto(story)
    assert WORDS[0] in organiser.content()
    organiser.goto(f"{story}print/read_aloud/")
    assert WORDS[0] not in organiser.content(), "to that she said nothing yet"

    # she shuts it on a day of her own: he reads it still, and cannot open what she shut
    lynda.goto(f"{story}pause/")
    lynda.get_by_role("button", name="Pause it now").click()
    is_shut_to(organiser, story)
    robin.goto(mine)
    expect(robin.get_by_text("The other one of you shut it. Only they can open it again.")).to_be_visible()
    expect(robin.get_by_role("button", name="Open the doors again")).to_have_count(0)
    check(robin, "two-shut-by-the-other", javascript=javascript)
    robin.goto(story)
    assert WORDS[0] in robin.content(), "it is his as well"

    # he shuts it too; when she opens hers, his holds
    robin.goto(f"{story}pause/")
    robin.get_by_role("button", name="Pause it now").click()
    lynda.goto(mine)
    lynda.get_by_role("button", name="Open the doors again").click()
    is_shut_to(organiser, story)
    robin.goto(mine)
    robin.get_by_role("button", name="Open the doors again").click()
    organiser.goto(story)
    assert WORDS[0] in organiser.content(), "both have opened it"


def check(page: Page, name: str, *, javascript: bool) -> None:
    if javascript:
        assert find_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    take_picture(page, f"{name}-{'js' if javascript else 'plain'}")
