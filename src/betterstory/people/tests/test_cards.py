"""Cards to hand out: who may make them, what is printed, what is kept."""

import re
import uuid
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from betterstory.people import cards, verbs
from betterstory.people.forms import plain_name
from betterstory.people.models import Circle, Invitation, Person, Role
from betterstory.people.tests._cards import CODE, PAGE, Open
from conftest import AT

pytestmark = pytest.mark.django_db


def make(browser: Client, names: str, role: str = "resident", **more: Any) -> Any:
    return browser.post(PAGE, {"names": names, "role": role, "once": str(uuid.uuid4()), **more})


def test_a_sheet_has_a_card_for_each_with_a_code_that_works(
    signed_in_client: Open, organiser: Person, place: Any
) -> None:
    place.organiser_phone = "01632 960 147"
    place.save()
    answer = make(
        signed_in_client(organiser),
        "Sam\n  Joyce <b>\n\nTomasz",
        when="Tuesday 14 July, 6 o’clock",
        where="St Brannoc’s hall",
    )
    assert answer.status_code == 200
    text = answer.text
    codes = CODE.findall(re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL))
    assert len(set(codes)) == text.count('class="card"') == text.count('fill="#fff"') == 3
    for said in ("For Sam.", "Joyce &lt;b&gt;", "Tuesday 14 July", "St Brannoc’s hall", "01632 960 147"):
        assert said in text
    assert "story.example.org" in text
    assert Client().post("/people/come-in/", {"code": codes[0], "once": ""}).status_code == 302


def test_the_qr_leads_to_the_page_with_the_code_behind_the_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    real = cards.draw_qr

    def draw(text: str) -> Any:
        drawn.append(text)
        return real(text)

    monkeypatch.setattr(cards, "draw_qr", draw)
    card = cards.printed("Sam", "NH7K7TP4M2XW9")
    assert drawn == ["https://story.example.org/people/come-in/#NH7K7TP4M2XW9"]
    assert (card.code, card.at) == ("NH7 K7TP4 M2XW9", "story.example.org")


def test_the_drawing_is_dark_on_white_with_nothing_inline_in_it() -> None:
    svg = cards.draw_qr("https://story.example.org/#X")
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    assert root.get("aria-hidden") == "true"
    assert [path.get("fill") or path.get("stroke") for path in root] == ["#fff", "#000"]
    assert "style" not in svg
    assert "data:" not in svg


def test_codes_are_shown_once_and_kept_nowhere(
    signed_in_client: Open, organiser: Person, place: object
) -> None:
    browser = signed_in_client(organiser)
    answer = make(browser, "Sam")
    [code] = CODE.findall(re.sub(r"<svg.*?</svg>", "", answer.text, flags=re.DOTALL))
    assert answer["Cache-Control"] == "no-store"
    listed = browser.get(PAGE).text
    assert "Sam" in listed
    secret = code.replace(" ", "")[3:]
    assert secret not in listed.replace(" ", "")
    row = Invitation.objects.get()
    assert secret not in " ".join(str(value) for value in vars(row).values())
    assert secret not in str(dict(browser.session))


def test_a_second_press_makes_no_second_sheet(
    signed_in_client: Open, organiser: Person, place: object
) -> None:
    browser = signed_in_client(organiser)
    key = str(uuid.uuid4())
    assert make(browser, "Sam", once=key).status_code == 200
    assert make(browser, "Sam", once=key)["Location"] == PAGE
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://localhost:8000", "this computer alone"),
        ("http://127.0.0.1:8000", "this computer alone"),
        ("http://127.8.8.8", "this computer alone"),
        ("http://[::1]:8000", "this computer alone"),
        ("http://0.0.0.0:8000", "this computer alone"),
        ("https://story.localhost", "this computer alone"),
        ("http://192.168.1.20:8001", "begins with https"),
    ],
)
def test_no_card_is_printed_that_leads_nowhere(
    signed_in_client: Open, organiser: Person, place: object, settings: Any, url: str, says: str
) -> None:
    settings.URL = url
    browser = signed_in_client(organiser)
    assert says in browser.get(PAGE).text
    answer = make(browser, "Sam")
    assert answer.status_code == 422
    assert says in answer.text
    assert "--url" in answer.text
    assert "Sam" in answer.text  # what was typed is kept
    assert not Invitation.objects.exists()


def test_a_hall_address_is_printable_though_not_for_coming_in(settings: Any) -> None:
    settings.URL = "http://192.168.1.20:8001/"
    assert cards.printable_address() == "http://192.168.1.20:8001"
    with pytest.raises(cards.PlainAddress):
        cards.come_in_address()


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ("", "Please fill this in"),
        ("  \n \n", "Please fill this in"),
        ("x" * 81, "A name may hold 80 letters"),
        ("\n".join(f"guest {n}" for n in range(41)), "at most 40 cards"),
        ("x" * 4001, "too long"),
    ],
)
def test_what_cannot_be_printed_is_said_beside_the_field(
    signed_in_client: Open, organiser: Person, place: object, names: str, says: str
) -> None:
    answer = make(signed_in_client(organiser), names)
    assert answer.status_code == 422
    assert says in answer.text
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("by", "role", "allowed"),
    [
        ("organiser", "resident", True),
        ("organiser", "partner", True),
        ("organiser", "organiser", False),
        ("organiser", "analyst", False),
        ("organiser", "steward", False),
        ("steward", "steward", True),
        ("steward", "analyst", True),
        ("partner", "resident", False),
        ("analyst", "resident", False),
        ("resident", "resident", False),
    ],
)
def test_who_may_invite_whom(welcome: Callable[..., Person], by: str, role: str, allowed: bool) -> None:
    person = welcome("Nasreen", by)
    if allowed:
        verbs.invite(greeting="Sam", role=Role(role), by=person, at=AT)
    else:
        with pytest.raises(verbs.NotYours):
            verbs.invite(greeting="Sam", role=Role(role), by=person, at=AT)
    assert Invitation.objects.exists() is allowed


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Zo\u0065\u0301", "Zo\u00e9"),
        ("\u202eevil\u2066 Sam", "evil Sam"),
        ("Sam\x07\x1b[31m", "Sam[31m"),
        ("שרה", "שרה"),
        ("👩\u200d👧 & co", "👩\u200d👧 & co"),
    ],
)
def test_a_name_cannot_turn_the_words_around_it(typed: str, name: str) -> None:
    assert plain_name(typed) == name


def test_a_role_smuggled_into_the_form_is_refused(
    signed_in_client: Open, organiser: Person, place: object
) -> None:
    answer = make(signed_in_client(organiser), "Sam", role="steward")
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_several_cards_are_made_all_or_none(organiser: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    real = verbs.codes.make_code

    def sometimes() -> str:
        made.append("one")
        if len(made) == 3:
            raise OSError
        return real()

    monkeypatch.setattr(verbs.codes, "make_code", sometimes)
    with pytest.raises(OSError):  # noqa: PT011 - whatever it is
        verbs.invite_several(greetings=["a", "b", "c"], role=Role.RESIDENT, by=organiser, at=AT)
    assert not Invitation.objects.exists()


def test_a_card_cannot_bring_anybody_among_a_tellers_helpers(organiser: Person) -> None:
    helpers = verbs.open_circle(name="Robin’s helpers", kind=Circle.Kind.HELPERS)
    with pytest.raises(verbs.NotYours):
        verbs.invite(greeting="Sam", role=Role.RESIDENT, by=organiser, at=AT, circle=helpers)
    assert not Invitation.objects.exists()
