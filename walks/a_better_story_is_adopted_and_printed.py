"""The better story: opposites, a text that two write at once, said to be ours, printed; then the plan."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.the_room_votes_by_card import make_cards
from walks.town import Running

pytestmark = pytest.mark.browser
STORY = "/conversations/rounds/1/better-story/"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_better_story_is_adopted_and_printed(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    desk, phone = (
        open_browser(town.url, javascript=javascript),
        open_browser(town.url, javascript=javascript, width=360, height=740),
    )
    look_as(desk, "organiser")
    desk.goto(f"{STORY}pairs/")
    field = desk.get_by_label("Those with one steady place stay well longer.")
    field.fill("Everybody has a place to come back to.")
    desk.get_by_role("button", name="Turn them over").press("Enter")
    expect(desk.locator("#pairs + dl")).to_contain_text("Everybody has a place to come back to.")

    look_as(phone, "neighbour")
    for page in (desk, phone):
        page.goto(f"{STORY}write/")
    told = desk.get_by_label("The better story", exact=True).input_value()
    phone.get_by_label("The better story", exact=True).fill(f"{told}\n\nThe bus waits for us.")
    phone.get_by_role("button", name="Keep it").click()
    desk.get_by_label("The better story", exact=True).fill(f"{told}\n\nThe door is open.")
    desk.get_by_role("button", name="Keep it").click()
    expect(desk.get_by_text("Somebody was quicker")).to_be_visible()
    expect(desk.locator("#meanwhile ~ blockquote")).to_contain_text("The bus waits for us.")
    desk.get_by_label("The better story", exact=True).fill(
        f"{told}\n\nThe bus waits for us. The door is open."
    )
    desk.get_by_role("button", name="Keep it").click()
    desk.get_by_role("link", name="What changed in it").click()
    expect(desk.locator("ins")).to_contain_text("The door is open.")
    if javascript:
        assert find_faults(desk) == []

    phone.goto(STORY)
    phone.get_by_role("button", name="This is our better story").click()
    expect(phone.get_by_text("You are one of them.")).to_be_visible()
    [code] = make_cards(desk, 1)
    by_card = open_browser(town.url, javascript=javascript, width=360, height=740)
    by_card.goto("/v/3/")
    by_card.get_by_role("textbox").fill(code)
    by_card.get_by_role("button").first.click()
    by_card.get_by_role("button", name="Read our better story").click()
    by_card.get_by_role("button", name="This is our better story").click()
    expect(by_card.get_by_text("Your card said: this is our better story.")).to_be_visible()
    assert by_card.context.cookies() == []
    desk.goto(STORY)
    expect(desk.get_by_text("2 of us say: this is our better story.")).to_be_visible()
    expect(desk.get_by_text("One of them with a voice card.")).to_be_visible()

    desk.goto(f"{STORY}read/?readers=3")
    expect(desk.locator(".turn").nth(2)).to_contain_text("3")
    if javascript:
        assert find_faults(desk) == []
        desk.emulate_media(media="print")
        take_picture(desk, "better-story-read-in-print")
        assert desk.pdf(format="A4").startswith(b"%PDF")
        desk.emulate_media(media="screen")
    desk.goto(STORY)
    desk.get_by_role("link", name="The plan: what we ask for").click()
    expect(desk.get_by_text("The plan is whole")).to_be_visible()
    if javascript:
        assert find_faults(desk) == []
        take_picture(desk, "plan")
