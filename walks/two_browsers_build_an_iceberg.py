"""Two people build the iceberg at once: each sees the other's card within seconds, and nothing is lost."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from walks.an_organiser_builds_the_iceberg import ICEBERG, add_card
from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
HERS = "The last chemist shuts at five."
OURS = "Prescriptions are signed at four."


def card_of(page: Page, words: str) -> str:
    """The address of a card in the list."""
    return page.locator("#beneath-now a", has_text=words).first.get_attribute("href") or ""


def test_two_browsers_build_an_iceberg(open_browser: Callable[..., Page], town: Running) -> None:
    desk, phone = open_browser(town.url), open_browser(town.url, width=360, height=740)
    look_as(desk, "organiser")
    look_as(phone, "neighbour")
    desk.goto(ICEBERG)
    here = desk.locator(".berg-list a").first
    here.focus()

    add_card(phone, "structure", HERS)
    sent = time.monotonic()
    expect(desk.locator("#beneath-now a", has_text=HERS)).to_be_visible(timeout=5_000)
    assert time.monotonic() - sent < 5
    expect(here).to_be_focused()  # what somebody is at stays theirs while the page is renewed

    phone.goto(ICEBERG)
    desk.locator("#beneath-now li", has_text=HERS).get_by_role("button", name="Keep it").press("Enter")
    expect(phone.locator(".berg-list a", has_text=HERS)).to_be_visible(timeout=6_000)

    # two at one card: the second is told, sees both, and keeps theirs after hers
    address = card_of(phone, HERS)
    for page, words in ((desk, "The last chemist shuts at six."), (phone, "The only chemist shuts at five.")):
        page.goto(f"{address}reword/")
        page.get_by_label("What the card says").fill(words)
    phone.get_by_role("button", name="Change it").press("Enter")
    expect(phone.get_by_text("The only chemist shuts at five.").first).to_be_visible()
    desk.get_by_role("button", name="Change it").press("Enter")
    expect(desk.get_by_text("Somebody was quicker")).to_be_visible()
    expect(desk.get_by_text("The only chemist shuts at five.")).to_be_visible()
    expect(desk.get_by_label("What the card says")).to_have_value("The last chemist shuts at six.")
    assert find_faults(desk) == []
    take_picture(desk, "card-two-at-once")
    desk.get_by_role("button", name="Keep mine").press("Enter")
    desk.get_by_text("What was changed, and by whom").click()
    expect(desk.get_by_text("The only chemist shuts at five.")).to_be_visible()

    # without a mouse: a second card, tied to the first as seen differently, and asked of a room
    add_card(desk, "structure", OURS)
    desk.goto(address)
    desk.get_by_label("This card").select_option("seen_differently")
    desk.get_by_label("this one", exact=True).select_option(
        label=desk.locator("option", has_text=OURS).inner_text()
    )
    desk.get_by_role("button", name="Tie them").press("Enter")
    desk.goto(f"{ICEBERG}lines/")
    expect(desk.locator("#pairs")).to_be_visible()
    desk.locator("li", has_text=OURS).get_by_role("button", name="Ask it at").first.press("Enter")
    expect(desk.locator("li", has_text=OURS).get_by_role("link", name="sentence").first).to_be_visible()

    desk.goto(ICEBERG)
    note = desk.locator("svg a", has_text="Prescriptions").first
    note.focus()
    note.press("Enter")
    expect(desk.locator(".berg-list li:target")).to_contain_text(OURS)
    desk.locator(".berg-list a").first.focus()
    desk.keyboard.press("ArrowDown")
    expect(desk.locator(".berg-list a").nth(1)).to_be_focused()
    assert find_faults(desk) == []
    for page, name in ((desk, "iceberg-desk"), (phone, "iceberg-phone")):
        page.goto(ICEBERG)
        take_picture(page, name)
    assert find_faults(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    for page in (desk, phone):
        page.goto("about:blank")  # an open iceberg goes on asking, and the town is about to shut
