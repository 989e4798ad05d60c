"""An afternoon of useful acts: typed in from paper, then two taps from a phone, and a name by its own yes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from betterstory.immersion import unmet
from betterstory.people.models import Person, Ring
from betterstory.places.models import Round
from conftest import AT, TODAY
from walks.conftest import find_faults, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "/immersion/tanners-row/"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def test_an_afternoon_from_paper_and_from_a_phone(
    open_browser: Callable[..., Page],
    sign_in: Callable[[Page, Person], None],
    round_: Round,
    organiser: Person,
    partner: Person,
    resident: Person,
) -> None:
    unmet.look_out_for(
        round_.neighbourhood,
        streets=["Lime Walk", "Lock Court"],
        groups=[("the bowls club", Ring.COMMUNITY)],
        by=organiser,
    )
    nasreen = open_browser()
    sign_in(nasreen, organiser)
    type_the_sheet(nasreen)

    phone = open_browser(width=360, javascript=False, has_touch=True)
    sign_in(phone, partner)
    phone.goto("/neighbourhoods/tanners-row/")
    phone.get_by_role("link", name="Write one up in two taps").click()  # or the square on the wall
    taps = tap(phone, "Carried something heavy", "Lock Court")
    assert taps == 2
    expect(phone.locator("main")).to_contain_text("It is written down. Thank you.")
    expect(phone.locator("main")).to_contain_text("Lock Court")

    lynda = open_browser(width=360)
    sign_in(lynda, resident)
    lynda.goto(HERE)
    lynda.get_by_role("link", name="I was part of it").first.click()
    lynda.get_by_role("button", name="Put my name beside it").click()
    stranger = open_browser()
    stranger.goto(HERE)
    expect(stranger.locator("main")).to_contain_text("and Lynda, by their own yes")
    expect(stranger.locator("main")).not_to_contain_text("Helen")
    assert find_faults(stranger) == []

    nasreen.goto(f"{HERE}not-met/")
    expect(nasreen.locator("main")).to_contain_text("We have been useful in 2 of 2.")
    expect(nasreen.locator("main")).to_contain_text("at night")
    assert find_faults(nasreen) == []
    take_picture(nasreen, "not-met")
    become_an_ask(nasreen)


def type_the_sheet(page: Page) -> None:
    """Two lines, the second on the day of the first; one of them names somebody at first."""
    page.goto(f"{HERE}sheet/")
    first, second = (page.locator("fieldset.sheet-line").nth(number) for number in (0, 1))
    first.get_by_label("What", exact=True).fill("Hung two curtain rails")
    first.get_by_label("Where", exact=True).fill("Lime Walk")
    first.get_by_label("With which groups").fill("the bowls club")
    first.get_by_label("Day").fill((TODAY - timedelta(days=1)).isoformat())
    first.get_by_label("Hours").select_option(label="in the afternoon")
    second.get_by_label("What", exact=True).fill("Tea with Mary Sutton")
    second.get_by_label("Where", exact=True).fill("the hall")
    page.get_by_role("button", name="Write it all down").click()
    expect(page.locator("main")).to_contain_text("“Mary Sutton” looks like a name")
    second = page.locator("fieldset.sheet-line").nth(1)
    second.get_by_label("What", exact=True).fill("Tea with a neighbour")
    page.get_by_role("button", name="Write it all down").click()
    expect(page.locator("main")).to_contain_text("Tea with a neighbour")


def tap(page: Page, *names: str) -> int:
    """Tap on these, one after the other, until it is written down; how many taps that took."""
    for taps, name in enumerate(names, start=1):
        before = page.url
        page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name, exact=True)).tap()
        expect(page).not_to_have_url(before)
        if page.url.endswith(HERE):
            return taps
    pytest.fail(f"not written down after tapping on {names}")


def become_an_ask(page: Page) -> None:
    page.goto(f"{HERE}noticed/")
    page.get_by_label("What did you notice?").fill("The lamp on the bridge is out.")
    page.get_by_label("Where?").fill("the lock")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Make something of it").click()
    page.get_by_role("link", name="Ask somebody to change it").click()
    expect(page.get_by_label("What do you ask?")).to_have_value("The lamp on the bridge is out.")
