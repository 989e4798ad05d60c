"""The cards of a neighbourhood judge a promise, its own view stands beside it; then a talk is asked for."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.the_room_votes_by_card import make_cards
from walks.town import Running

pytestmark = pytest.mark.browser
WORDS = "You keep your place. One missed visit will not start the wait again."


def let_the_last_day_pass(town: Running) -> None:
    """Some days go by: what was asked was asked a month ago, and its last day was yesterday."""
    with closing(sqlite3.connect(next(town.home.glob("*.sqlite3")), timeout=20)) as base, base:
        base.execute(
            "update promises_judging"
            " set opened_on = date('now', '-30 days'), closes_on = date('now', '-1 day')"
        )


@pytest.mark.parametrize("javascript", [True, False])
def test_the_cards_say_that_it_was_not_kept(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    desk = open_browser(town.url, javascript=javascript)
    look_as(desk, "organiser")
    by_phone, *handed_in = make_cards(desk, 4)
    desk.goto("/promises/")
    desk.get_by_role("link", name=WORDS).first.click()
    promise = desk.url
    desk.get_by_role("link", name="Ask the residents how it turned out").click()
    desk.get_by_role("button", name="Begin to ask").click()
    expect(desk.locator("main")).to_contain_text("0 have answered so far.")
    counting = desk.url

    phone = open_browser(town.url, javascript=javascript, width=360, height=740)
    phone.goto("/v/promises/")
    phone.get_by_role("link", name=WORDS).click()
    phone.get_by_role("textbox").fill(by_phone.lower())
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_role("button", name="Yes, it is kept").click()
    expect(phone.locator("main")).to_contain_text("You said: Yes, it is kept.")
    phone.get_by_role("button", name="No, it is not kept").click()
    expect(phone.locator("main")).to_contain_text("You said: No, it is not kept.")
    assert phone.context.cookies() == []
    take_picture(phone, f"judged-by-phone-{'js' if javascript else 'plain'}")
    if javascript:
        assert find_faults(phone) == []

    desk.get_by_label("No, it is not kept").first.check()
    desk.get_by_label("Their codes").fill("\n".join(handed_in))
    desk.get_by_role("button", name="Count them").click()
    desk.get_by_label("Which door?").fill("7 Tanners Row")
    desk.locator("#door ~ form").get_by_label("No, it is not kept").fill("2")
    desk.get_by_role("button", name="Count this door").click()
    expect(desk.locator("main")).to_contain_text("6 have answered so far.")
    if javascript:
        assert find_faults(desk) == []

    look_as(desk, "service")
    desk.goto(promise)
    desk.get_by_role("link", name="Say how you see it yourselves").click()
    desk.get_by_label("We think it is half kept").check()
    desk.get_by_label("A few words about it").fill("The letters say so now, the desk does not yet.")
    desk.get_by_role("button", name="Say so").click()

    let_the_last_day_pass(town)
    look_as(desk, "organiser")
    desk.goto(counting)
    desk.get_by_role("button", name="Close it, and let the count stand").click()
    main = desk.locator("main")
    expect(main).to_contain_text("6 answered. Yes, it is kept: 0. Half: 0. No, it is not kept: 6.")
    expect(main).to_contain_text("The letters say so now, the desk does not yet.")
    take_picture(desk, f"judged-{'js' if javascript else 'plain'}")
    if javascript:
        assert find_faults(desk) == []
    desk.goto("/promises/?state=not_kept")
    expect(desk.locator("li", has_text=WORDS)).to_contain_text("Residents: 6 answered.")

    look_as(desk, "service")
    desk.goto(promise)
    desk.get_by_role("link", name="Ask for a repair talk").click()
    expect(desk.locator("h1")).to_contain_text("talk")
