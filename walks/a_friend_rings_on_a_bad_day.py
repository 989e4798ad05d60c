"""A friend rings on a bad day: the team shuts everything, and a card alone does not open it again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
WORDS = ("took me off the list", "The long way round", "chair by the radiator")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_friend_rings_and_only_sams_second_word_opens_it_again(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    sam = open_browser(town.url, javascript=javascript, width=360, height=740)
    look_as(sam, "teller")
    sam.goto("/stories/")
    sam.locator("main").get_by_role("link", name="The long way round").click()
    story = sam.url.replace("/mine/", "/")
    sam.goto(f"{story}settled/")
    sam.get_by_label("A word only you know").fill("biscuit tin")
    sam.get_by_role("button", name="Keep this word").click()
    expect(sam.get_by_text("It is settled.")).to_be_visible()
    organiser = open_browser(town.url, javascript=javascript)
    look_as(organiser, "organiser")
    organiser.goto(story)
    assert WORDS[0] in organiser.content()

    organiser.goto("/stories/bad-day/")
    organiser.get_by_label("Whose stories?").select_option(label="Robin")
    if javascript:
        assert find_faults(organiser) == []
    take_picture(organiser, "bad-day")
    organiser.get_by_role("button", name="Pause everything they told").click()
    expect(organiser.get_by_text("is paused.")).to_be_visible()
    for place in (story, f"{story}print/", "/stories/", "/conversations/rounds/1/iceberg/"):
        organiser.goto(place)
        assert not any(words in organiser.content() for words in WORDS), place

    sam.goto(f"{story}mine/")
    expect(sam.get_by_text("Everything is paused.")).to_be_visible()
    if javascript:
        assert find_faults(sam) == []
    take_picture(sam, f"paused-by-the-team-{'js' if javascript else 'plain'}")
    sam.get_by_role("button", name="Open the doors again").click()
    expect(sam.get_by_text("A card alone does not open this again.")).to_be_visible()
    organiser.goto("/stories/standing-by/")
    expect(organiser.get_by_role("button", name="I met them today")).to_be_visible()
    if javascript:
        assert find_faults(organiser) == []
    take_picture(organiser, "standing-by")
    sam.goto(f"{story}mine/")
    sam.get_by_label("Your second word").fill("Biscuit Tin")
    sam.get_by_role("button", name="Open the doors again").click()
    organiser.goto(story)
    assert WORDS[0] in organiser.content()
