"""A promise made in the room in under a minute, confirmed by its post, made again with the other side."""

import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
WORDS = "We ring everybody who is moved to another day."
IN_OTHER_WORDS = "We ring everybody whose visit is moved."
A_MINUTE = 60  # seconds
TYPED_IN_A_MINUTE = 150  # letters a slow typist types: 30 words
MOST_TAPS = 4


def promise_in_the_room(page: Page) -> tuple[int, float]:
    """The short form, from the plan on the laptop: how many taps it took, and how long the pages took."""
    page.goto("/promises/plan/1/")
    began, taps = time.monotonic(), 0
    page.get_by_role("link", name="Promise in the room").click()
    taps += 1
    page.get_by_label("Who promises?").select_option(label="Head of the service, The Talking Service")
    taps += 2
    page.get_by_label("What, in their words?").fill(WORDS)
    expect(page.get_by_label("when we next meet")).to_be_checked()
    page.get_by_role("button", name="It is promised").click()
    taps += 1
    expect(page.get_by_text(WORDS).first).to_be_visible()
    return taps, time.monotonic() - began


@pytest.mark.parametrize("javascript", [True, False])
def test_in_the_room_in_under_a_minute(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    page = open_browser(town.url, javascript=javascript)
    look_as(page, "organiser")
    taps, seconds = promise_in_the_room(page)
    assert taps <= MOST_TAPS, taps
    typing = len(WORDS) / TYPED_IN_A_MINUTE * A_MINUTE
    assert seconds + typing + 2 * taps < A_MINUTE, (seconds, typing, taps)
    expect(page.get_by_text("To be confirmed by").first).to_be_visible()
    if javascript:
        assert find_faults(page) == []
        take_picture(page, "promised-in-the-room")


def test_it_is_confirmed_in_other_words_and_made_again(
    open_browser: Callable[..., Page], town: Running
) -> None:
    page = open_browser(town.url, width=390)
    look_as(page, "organiser")
    promise_in_the_room(page)
    promise = page.url

    # the head of the service puts it in other words; the other side agrees
    look_as(page, "service")
    page.goto(promise)
    expect(page.get_by_role("heading", name="Does it stand as it was written down?")).to_be_visible()
    take_picture(page, "does-it-stand")
    page.get_by_role("link", name="Put it in other words").click()
    page.get_by_label("The words, as they would stand").fill(IN_OTHER_WORDS)
    page.get_by_label("Why?").fill("We cannot know of every call.")
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_role("button", name="Yes, these words")).to_have_count(0)
    look_as(page, "neighbour")
    page.goto(promise)
    page.get_by_role("button", name="Yes, these words").click()
    expect(page.get_by_text("Confirmed by the post, in other words.")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text(IN_OTHER_WORDS).first).to_be_visible()

    # later: more time, told face to face
    look_as(page, "service")
    page.goto(promise)
    page.get_by_role("link", name="Ask for more time").click()
    page.get_by_label("Which new day?").fill((date.today() + timedelta(days=90)).isoformat())
    page.get_by_label("Why?").fill("Two of us are off sick.")
    page.get_by_role("radio", name="Yes").check()
    page.get_by_role("button", name="Ask them").click()
    look_as(page, "neighbour")
    page.goto(promise)
    expect(page.get_by_text("Told face to face.")).to_be_visible()
    page.get_by_role("button", name="Yes, make it again").click()
    expect(page.get_by_text("Made again").first).to_be_visible()
    assert find_faults(page) == []
    take_picture(page, "made-again")


def test_a_councillors_promise_waits_until_after_the_election(
    open_browser: Callable[..., Page], town: Running
) -> None:
    page = open_browser(town.url)
    look_as(page, "organiser")
    page.goto("/promises/room/1/")
    page.get_by_label("Who promises?").select_option(label="Parish councillor, Weirside Parish Council")
    page.get_by_label("What, in their words?").fill("A lamp by the steps.")
    page.get_by_role("button", name="It is promised").click()
    expect(page.get_by_text("It waits until after the election").first).to_be_visible()
    take_picture(page, "waits-until-after-the-election")
    page.goto("/promises/")
    expect(page.get_by_text("Weirside Parish Council: an election is near.")).to_be_visible()
    expect(page.get_by_text("A lamp by the steps.")).to_have_count(0)
