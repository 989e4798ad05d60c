"""The room votes: cards are made, a phone answers, a sheet is typed in, and the results stand."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
PLANNING = "/conversations/3/"
CODE = re.compile(r"\b[2-9A-HJ-KM-NP-TV-Z]{4} [2-9A-HJ-KM-NP-TV-Z]{4}\b")


def make_cards(page: Page, most: int) -> list[str]:
    """New voice cards; their codes are on the page that is printed, and nowhere else."""
    page.goto("/conversations/rounds/1/voices/")
    page.get_by_label("For people who live here").fill(str(most))
    page.get_by_label("For people from services").fill("0")
    page.get_by_role("button", name="Make the cards").click()
    codes = list(dict.fromkeys(CODE.findall(page.locator("main").inner_text())))
    assert len(codes) == most
    return codes


def press(phone: Page, answer: str, sentence: str) -> None:
    """Press one of three; without a connection the page stays or says so, and nothing is lost."""
    expect(phone.locator("h1")).to_have_text(sentence)
    phone.get_by_role("button", name=answer, exact=False).last.click(no_wait_after=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_room_votes_by_card(javascript: bool, open_browser: Callable[..., Page], town: Running) -> None:
    desk = open_browser(town.url, javascript=javascript)
    look_as(desk, "organiser")
    for words in ("We should meet on a Thursday.", "Tea should be paid for."):
        desk.goto(f"{PLANNING}statements/")
        desk.get_by_label("The sentence", exact=True).fill(words)
        desk.get_by_role("button", name="Add it").click()
    by_phone, on_paper = make_cards(desk, 2)

    phone = open_browser(town.url, javascript=javascript, width=360, height=740)
    phone.goto("/v/3/")
    phone.get_by_role("textbox").fill("KKKK KKKK")
    phone.get_by_role("button").first.click()
    expect(phone.locator("main")).not_to_contain_text("We should meet on a Thursday")
    phone.goto("/v/3/")
    phone.get_by_role("textbox").fill(by_phone.lower().replace(" ", "-"))
    phone.get_by_role("button").first.click()
    expect(phone.locator("h1")).to_have_text(re.compile("Thursday|Tea"))
    take_picture(phone, f"voting-{'js' if javascript else 'plain'}")
    if javascript:
        assert find_faults(phone) == []
    first = phone.locator("h1").inner_text()  # from home the order is drawn for each card
    phone.context.set_offline(True)
    with phone.expect_event("requestfailed"):  # else the line may be back before the answer leaves
        press(phone, "I do not agree", first)
    phone.context.set_offline(False)
    phone.goto("/v/3/")  # nothing was sent, so the card begins again where it was
    phone.get_by_role("textbox").fill(by_phone)
    phone.get_by_role("button").first.click()
    expect(phone.locator("h1")).to_have_text(first)
    press(phone, "I do not agree" if "Tea" in first else "I agree", first)
    expect(phone.locator("h1")).not_to_have_text(first)
    second = phone.locator("h1").inner_text()
    phone.reload()  # the same answer is sent again
    expect(phone.locator("h1")).to_have_text(second)
    press(phone, "I do not agree" if "Tea" in second else "I agree", second)
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    assert phone.context.cookies() == [], "a card needs no cookie"

    desk.goto(f"{PLANNING}type-in/")
    desk.get_by_label("Card code, row 1").fill(on_paper)
    desk.get_by_label("Card code, row 2").fill("QQQQ QQQQ")
    desk.get_by_label("Sentence 1, row 1").fill("d")
    desk.get_by_label("Sentence 2, row 1").fill("a")
    desk.get_by_label("Sentence 1, row 2").fill("a")
    desk.get_by_role("button", name="Keep these").click()
    expect(desk.get_by_label("Card code, row 1")).to_have_value(on_paper)
    expect(desk.locator("tr.wrong, .put-right").first).to_be_visible()
    if javascript:
        assert find_faults(desk) == []
    desk.get_by_label("Card code, row 2").fill("")
    desk.get_by_label("Sentence 1, row 2").fill("")
    desk.get_by_role("button", name="Keep these").click()
    desk.goto(PLANNING)
    desk.get_by_role("button", name="Close them, and look").click()
    desk.goto(f"{PLANNING}results/")
    expect(desk.locator("main")).to_contain_text("1 of 2 agree")
