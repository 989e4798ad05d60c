"""A lesson of Tanners Row: offered, tried at Lock Side with a change, not for Upper Wharf, and begun from."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.town import Running

pytestmark = pytest.mark.browser
NOW = "Now we will bring the forms to the tea table, and fill them in together."


@pytest.mark.parametrize("javascript", [True, False])
def test_a_lesson_is_carried_to_the_next_neighbourhood(
    javascript: bool, open_browser: Callable[..., Page], town: Running
) -> None:
    page = open_browser(town.url, javascript=javascript)
    write_and_offer(page)
    lesson = page.url
    look_as(page, "organiser")
    take_up(page, lesson, "Lock Side", "we tried it with a change", "It fits.", "We took the bench.")
    take_up(page, lesson, "Hollow Brook", "not for here", "There is no tea table here.", "")
    expect(page.get_by_text("Lock Side, round 2: we tried it with a change.")).to_be_visible()
    expect(page.get_by_text("We took the bench.")).to_be_visible()
    expect(page.get_by_text("Hollow Brook, round 1: not for here.")).to_be_visible()
    faults = find_faults(page) if javascript else []
    begin_from_it(page)
    page.goto(lesson)
    expect(page.get_by_text("Upper Wharf, round 2: we are trying it.")).to_be_visible()
    page.get_by_role("link", name="Print it as a card").click()
    expect(page.get_by_text(NOW)).to_be_visible()
    page.goto("/learning/neighbourhoods/")
    expect(page.get_by_role("heading", name="From Tanners Row to Upper Wharf")).to_be_visible()
    if javascript:
        assert faults + find_faults(page) == []
        take_picture(page, "all-neighbourhoods")


def write_and_offer(page: Page) -> None:
    """Lynda, who was in the rooms of the Row, writes it down; it is walked to a promise and back."""
    look_as(page, "neighbour")
    page.goto("/neighbourhoods/tanners-row/")
    page.get_by_role("link", name="Write down a lesson").click()
    page.get_by_role("link", name="Tanners Row, round 1").click()
    page.get_by_label("What did we try?").fill("We helped with the forms one by one.")
    page.get_by_label("What did we see?").fill("It took all morning, and six people went home.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Say what got worse, or who was left out").first).to_be_visible()
    expect(page.get_by_label("What did we try?")).to_have_value("We helped with the forms one by one.")
    page.get_by_label("What got worse, or who was left out?").fill("Nothing that we know of.")
    page.get_by_label("What do we do now?").fill(NOW)
    page.get_by_label("Promise: Every letter will say who to ring").check()
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("It is not offered to others yet.")).to_be_visible()
    page.get_by_role("button", name="Offer it to other neighbourhoods").click()
    page.get_by_role("link", name="Every letter will say who to ring").click()
    page.get_by_role("link", name=NOW).click()


def take_up(page: Page, lesson: str, where: str, how: str, why: str, changed: str) -> None:
    """Somebody of that round says how it stands there."""
    page.goto(lesson)
    page.get_by_role("link", name="Take it up in another round").click()
    page.get_by_role("link", name=where).click()
    page.get_by_label(how).check()
    page.get_by_label("Why?").fill(why)
    page.get_by_label("What did you do another way?").fill(changed)
    page.get_by_role("button", name="Say so").click()


def begin_from_it(page: Page) -> None:
    """The next round begins from it, and says what it does differently."""
    page.goto("/places/neighbourhoods/upper-wharf/")
    page.get_by_role("link", name="Begin the next round").click()
    page.get_by_label(NOW).check()
    page.get_by_role("button", name="Go on with these").click()
    page.get_by_label(NOW).fill("Our forms are the same forms.")
    page.get_by_role("button", name="Begin the round").click()
    expect(page.get_by_text("Else nothing was learned").first).to_be_visible()
    expect(page.get_by_label(NOW)).to_have_value("Our forms are the same forms.")
    page.get_by_label("What do we do differently this time?").fill("We begin at the school gate.")
    page.get_by_role("button", name="Begin the round").click()
    expect(page.get_by_text("We begin at the school gate.")).to_be_visible()
    expect(page.get_by_role("link", name=NOW)).to_be_visible()
