"""A gap is heard; a card says “me too”, with a way to be reached; the next telling begins from it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.the_room_votes_by_card import make_cards
from walks.town import Running

pytestmark = pytest.mark.browser
PLANNING = "/conversations/3/"
GAP = "I missed one visit, and the wait began again."


@pytest.mark.parametrize("javascript", [False])
def test_a_me_too_becomes_the_next_telling(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    desk = open_browser(town.url)
    look_as(desk, "organiser")
    desk.goto(f"{PLANNING}me-too/")
    desk.get_by_label("Back of the queue").check()
    desk.get_by_label("Say it so that it could be anybody’s").fill(GAP)
    desk.get_by_role("button", name="Ask the room").click()
    expect(desk.locator("main")).to_contain_text("The count is shown once answers are closed.")
    (code,) = make_cards(desk, 1)

    phone = open_browser(town.url, javascript=javascript, width=360, height=740)
    phone.goto("/v/3/")
    phone.get_by_role("textbox").fill(code)
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_role("button", name="Did what we heard happen to you too?").click()
    expect(phone.get_by_role("heading", name=GAP)).to_be_visible()
    phone.get_by_text("Add a few words, or let us ask you to tell your story").click()
    expect(phone.locator("main")).to_contain_text("If you tell us that someone is in danger")
    phone.get_by_label("A few words of yours").fill("Twice, in the same spring.")
    phone.get_by_label("May we ask you to tell your story?").fill("At the kettle, on Mondays")
    take_picture(phone, "me-too-phone")
    phone.get_by_role("button", name="This happened to me too").click()
    expect(phone.locator("main")).to_contain_text("Your card says: this happened to me too.")
    assert phone.context.cookies() == []

    desk.goto(f"{PLANNING}me-too/")
    expect(desk.locator("main")).to_contain_text("At the kettle, on Mondays")
    take_picture(desk, "me-too-desk")
    assert find_faults(desk) == []
    desk.get_by_role("button", name="They said yes: begin their story").click()
    expect(desk.get_by_role("heading", name="Before you start")).to_be_visible()
    desk.goto(f"{PLANNING}me-too/")
    expect(desk.locator("main")).to_contain_text("Twice, in the same spring.")
    expect(desk.locator("main")).not_to_contain_text("At the kettle, on Mondays")
    desk.goto(PLANNING)
    desk.get_by_role("button", name="Close them, and look").click()
    expect(desk.locator("main")).to_contain_text("One card said: this happened to me too.")
    desk.goto("/behind/releases/1/")
    expect(desk.locator("main")).to_contain_text(GAP)
