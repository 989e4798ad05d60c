"""Partners at the poolside, and their return a month later: step by step, quietly, and a repair talk."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from betterstory.people import verbs as people
from betterstory.people.models import Person
from betterstory.places.models import Place
from betterstory.poolside import goodwill, verbs
from betterstory.poolside.models import Poolside
from conftest import AT, TODAY
from walks.conftest import find_faults, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONTH = timedelta(days=28)


def test_partners_come_back(
    open_browser: Callable[..., Page],
    sign_in: Callable[[Page, Person], None],
    place: Place,
    organiser: Person,
    partner: Person,
    teller: Person,
    welcome: Callable[..., Person],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = {"now": AT}
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock["now"])
    table = verbs.open_poolside(name="the partners of the Row", by=organiser, at=AT, on=TODAY)
    others = [welcome(name) for name in ("Ann", "Bob")]
    for person in (partner, teller, *others):
        people.join(circle=table.circle, person=person, at=AT, by=organiser)
    here = f"/poolside/{table.pk}/"

    nasreen = open_browser(width=1100)
    sign_in(nasreen, organiser)
    nasreen.goto(here)
    nasreen.get_by_role("link", name="Write what we agree").click()
    nasreen.get_by_label("What we agree").fill("We say it in the room, not afterwards.")
    nasreen.get_by_label("When do we come back to it?").fill((TODAY + MONTH).isoformat())
    nasreen.get_by_role("button", name="These are our words").click()
    nasreen.get_by_role("button", name="Put my name under it").click()
    expect(nasreen.locator("main")).to_contain_text("Signed on Monday 6 July.")

    clock["now"] = AT + MONTH
    sign_in(nasreen, organiser)  # a browser is known for less than a month
    come_back(nasreen, here)
    expect(nasreen).to_have_url(f"{nasreen.url.split('/poolside')[0]}{here}quiet/")
    assert find_faults(nasreen) == []
    say_quietly(nasreen, "mostly")
    phone = open_browser(width=360, javascript=False)
    sign_in(phone, partner)
    phone.goto(here)
    phone.get_by_role("link", name="Answer for yourself").click()
    say_quietly(phone, "not often")
    for person in (teller, *others):
        goodwill.say(_asked(table, person), words=[goodwill.Word.MOSTLY] * 3, by=person, on=TODAY + MONTH)
    phone.goto(f"{here}goodwill/")
    expect(phone.locator("main")).to_contain_text("still open")
    expect(phone.locator(".goodwill-strip")).to_have_count(0)

    clock["now"] = AT + MONTH + timedelta(days=8)
    goodwill.settle_those_due(on=TODAY + MONTH + timedelta(days=8))
    nasreen.goto(f"{here}goodwill/")
    expect(nasreen.locator(".goodwill-strip")).to_have_count(3)
    expect(nasreen.locator("table")).to_contain_text("mostly")
    expect(nasreen.locator("table")).not_to_contain_text("not often")
    assert find_faults(nasreen) == []
    take_picture(nasreen, "goodwill")

    repair(phone, nasreen, here)


def come_back(page: Page, here: str) -> None:
    """Four steps, with one step back in between."""
    page.goto(here)
    page.get_by_role("link", name="We came back to it").first.click()
    page.get_by_label("What held?").fill("We rang each other.")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What did not?").fill("We were late twice.")
    page.get_by_role("button", name="One step back").click()
    expect(page.get_by_label("What held?")).to_have_value("We rang each other.")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("What did not?")).to_have_value("We were late twice.")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("main")).to_contain_text("Step 4 of 4.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("main")).to_contain_text("Please fill this in.")
    page.get_by_label("When do we come back next?").fill((TODAY + 2 * MONTH).isoformat())
    page.get_by_role("button", name="Write it down").click()


def say_quietly(page: Page, word: str) -> None:
    for number in range(3):
        page.locator(f"input[name=quiet_{number}]").nth(
            ["no", "not often", "mostly", "yes"].index(word)
        ).check()
    page.get_by_role("button", name="Put it in").click()
    expect(page.locator("main")).to_contain_text("nobody can tell that it is yours")


def repair(helen: Page, nasreen: Page, here: str) -> None:
    """Helen asks Nasreen, who says yes; both wish it known, and Helen wipes the rest."""
    helen.goto(here)
    helen.get_by_role("link", name="Ask for a repair talk").click()
    helen.get_by_label("Who do you want to talk with?").select_option(label="Nasreen")
    helen.get_by_label("What is it about?").fill("What was said on the stairs.")
    helen.get_by_role("button", name="Ask").click()
    nasreen.goto("/")
    nasreen.get_by_role("link", name="See who").click()
    expect(nasreen.locator("main")).to_contain_text("What was said on the stairs.")
    nasreen.get_by_label("Yes, let us talk").check()
    nasreen.get_by_role("button", name="Say it").click()
    for page in (nasreen, helen):
        page.goto("/poolside/repairs/")
        day = page.locator("input[type=date]")
        if day.count():
            day.fill((TODAY + MONTH + timedelta(days=8)).isoformat())
        page.get_by_role("button", name="I wish it to stand there").click()
    helen.get_by_role("link", name="Wipe it").click()
    helen.get_by_role("button", name="Wipe it").click()
    expect(helen.locator("main")).to_contain_text("It is wiped.")
    nasreen.goto(f"{here}goodwill/")
    expect(nasreen.locator("main")).to_contain_text("A repair talk took place in August 2026.")


def _asked(table: Poolside, person: Person) -> goodwill.Goodwill:
    asked = goodwill.open_for(table, person, on=TODAY + MONTH)
    assert asked is not None
    return asked
