"""Helen, who heads a service, comes in with the card she was handed, and then her laptop knows her."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from playwright.sync_api import Page, expect

from betterstory.people import verbs
from betterstory.people.codes import spaced
from betterstory.people.models import Invitation, Person, Role
from betterstory.places.models import Place
from walks.conftest import find_faults, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LAPTOP = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_finger(page: Page) -> None:
    """A laptop that knows its owner's finger, made of software."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": LAPTOP})


def card_for(name: str, role: Role) -> str:
    _card, code = verbs.invite(greeting=name, role=role, by=None, at=timezone.now())
    return code


def look(page: Page, name: str) -> None:
    assert find_faults(page) == []
    take_picture(page, f"people-{name}")


def go_out(page: Page) -> None:
    page.goto("/people/me/")
    page.get_by_role("button", name="Go out", exact=True).click()
    expect(page.get_by_role("link", name="Come in").first).to_be_visible()


def test_a_partner_comes_in_by_card_and_then_by_passkey(
    open_browser: Callable[..., Page], place: Place
) -> None:
    page = open_browser()
    with_finger(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    code = card_for("Helen", Role.PARTNER)

    page.goto(f"/people/come-in/?next=/people/me/#{code}")
    expect(page.get_by_label("The code on your card")).to_have_value(spaced(code))
    assert "#" not in page.url
    look(page, "come-in")
    page.get_by_role("button", name="Come in", exact=True).click()
    expect(page.get_by_role("heading", name="Helen")).to_be_visible()
    assert not any(code in address for address in asked), (
        "no server and no log ever saw the code in an address"
    )
    look(page, "me")

    page.get_by_role("link", name="Set one up").click()
    look(page, "add-passkey")
    page.get_by_label("What you call it").fill("Work laptop")
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_text("This phone or computer knows you now.")).to_be_visible()
    expect(page.get_by_role("list").get_by_text("****")).to_have_count(0)
    page.goto("/account/passkeys/")
    expect(page.get_by_text("Work laptop").first).to_be_visible()
    look(page, "passkeys")

    go_out(page)
    page.goto("/people/come-in/?next=/people/me/")
    page.get_by_role("button", name="Come in with a passkey").click()
    expect(page.get_by_role("heading", name="Helen")).to_be_visible()
    assert page.url.endswith("/people/me/")
    assert Person.objects.filter(name="Helen").count() == 1


def test_a_laptop_that_was_removed_lets_nobody_in(open_browser: Callable[..., Page], place: Place) -> None:
    page = open_browser()
    with_finger(page)
    page.goto(f"/people/come-in/?next=/account/passkeys/add/#{card_for('Helen', Role.PARTNER)}")
    page.get_by_role("button", name="Come in", exact=True).click()
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_text("This phone or computer knows you now.")).to_be_visible()
    Authenticator.objects.all().delete()
    go_out(page)
    page.goto("/people/come-in/")
    page.get_by_role("button", name="Come in with a passkey").click()
    expect(page.get_by_text("This code is not right")).to_be_visible()
    page.goto("/people/me/")
    expect(page.get_by_role("heading", name="Come in", exact=True)).to_be_visible()


def test_an_organiser_shows_a_passkey_after_the_card(open_browser: Callable[..., Page], place: Place) -> None:
    page = open_browser()
    with_finger(page)
    page.goto(f"/people/come-in/?next=/people/everybody/#{card_for('Nasreen', Role.ORGANISER)}")
    page.get_by_role("button", name="Come in", exact=True).click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    look(page, "second-factor")
    page.goto("/people/cards/")
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("link", name="Set up an app").click()
    look(page, "app")
    page.get_by_role("link", name="I would rather use a passkey").click()
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Spare codes")).to_be_visible()
    look(page, "spare-codes")
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("link", name="Cards to invite people with").click()
    expect(page.get_by_role("button", name="Make the cards")).to_be_visible()

    nasreen = Person.objects.get(name="Nasreen")
    _card, code = verbs.make_return_card(nasreen, by=nasreen, at=timezone.now() + timedelta(seconds=1))
    go_out(page)
    page.goto(f"/people/come-in/?next=/people/everybody/#{code}")
    page.get_by_role("button", name="Come in", exact=True).click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    look(page, "step-two")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", name="Everybody")).to_be_visible()
    look(page, "everybody")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_organiser_prints_cards_and_a_guest_types_the_code(
    javascript: bool,
    open_browser: Callable[..., Page],
    sign_in: Callable[[Page, Person], None],
    organiser: Person,
    place: Place,
) -> None:
    page = open_browser(javascript=javascript)
    sign_in(page, organiser)
    page.goto("/people/cards/")
    page.get_by_label("Who are they for?").fill("Sam\nJoyce\nTomasz\nLynda\nFemi")
    page.get_by_label("When to come").fill("Tuesday 14 July, 6 o’clock")
    page.get_by_role("textbox", name="Where (if you like)").fill("St Brannoc’s hall, Tanners Row")
    if javascript:
        look(page, "cards")
    page.get_by_role("button", name="Make the cards").click()
    expect(page.get_by_role("article")).to_have_count(5)
    code = page.locator(".card-code strong").first.inner_text()
    if javascript:
        look(page, "sheet")
        page.emulate_media(media="print")
        take_picture(page, "people-sheet-print")

    guest = open_browser(javascript=javascript, width=320, height=640)
    guest.goto("/people/come-in/")
    expect(guest.get_by_role("button", name="Come in with a passkey")).to_be_visible(visible=javascript)
    guest.get_by_label("The code on your card").fill("nope")
    guest.get_by_role("button", name="Come in", exact=True).click()
    expect(guest.get_by_text("Codes have no “O” in them").first).to_be_visible()
    if javascript:
        look(guest, "come-in-phone")
    guest.get_by_label("The code on your card").fill(code.lower())
    guest.get_by_role("button", name="Come in", exact=True).click()
    guest.goto("/people/me/")
    expect(guest.get_by_role("heading", name="Sam")).to_be_visible()
    if javascript:
        look(guest, "me-phone")
    assert Invitation.objects.filter(used_at=None).count() == 4
