"""The pages of judging by card: one tap on a phone without a cookie, cards and doors typed in, the count."""

import html
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.conversations import verbs as conversations
from betterstory.conversations.models import Voice
from betterstory.people.models import Person
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Round
from betterstory.promises import verbs
from betterstory.promises.models import Judging, Opinion, Promise, State, Turned
from betterstory.promises.tests.conftest import NOW
from conftest import TODAY

SignIn = Callable[[Person], Client]
Cards = list[tuple[Voice, str]]


def text(response: Any) -> str:
    return html.unescape(response.content.decode())


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def slip_of(response: Any) -> str:
    return text(response).split('name="slip" value="')[1].split('"')[0]


@pytest.fixture
def cards(round_: Round, organiser: Person) -> Cards:
    return conversations.make_voices(round_, residents=8, services=1, by=organiser, at=timezone.now())


@pytest.fixture
def judging(tied: Promise, organiser: Person) -> Judging:
    return verbs.ask_residents(tied, by=organiser, on=NOW, until=NOW + timedelta(days=14))


@pytest.fixture
def phone() -> Client:
    """A phone that checks forms as a browser would, and came in with nothing."""
    return Client(enforce_csrf_checks=True)


def test_one_tap_by_phone_and_no_cookie(judging: Judging, cards: Cards, phone: Client) -> None:
    url = f"/v/promises/{judging.pk}/"
    assert "You keep your place." in text(phone.get(url))
    buttons = phone.post(url, {"code": cards[0][1]})
    said = phone.post(url, {"slip": slip_of(buttons), "said": "no"})
    assert "Thank you. You said: No, it is not kept." in text(said)
    again = phone.post(url, {"slip": slip_of(said), "said": "half"})
    assert "You said: Half." in text(again)
    assert [each.said for each in Opinion.objects.all()] == ["half"]
    assert not phone.cookies


def test_what_others_said_is_nobodys_to_see_before_the_last_day_is_over(
    judging: Judging, cards: Cards, organiser: Person, signed_in_client: SignIn
) -> None:
    for voice, _code in cards[:6]:
        verbs.give_opinion(judging, voice=voice, said=Turned.NO, at=timezone.now(), on=NOW)
    nasreen = signed_in_client(organiser)
    counting = text(nasreen.get(f"/promises/residents/{judging.pk}/"))
    assert "6 have answered so far." in counting
    pages = [counting, text(nasreen.get(f"/promises/{judging.promise_id}/")), text(nasreen.get("/promises/"))]
    assert not any("it is not kept: 6" in page or "6 answered" in page for page in pages)


REFUSED = {
    "service": "Only those who live here say how it turned out.",
    "elsewhere": "This was not promised there.",
    "unknown": "We do not know this code.",
    "mistyped": "Codes have no “O” in them.",
}


@pytest.mark.parametrize("which", list(REFUSED))
def test_a_card_that_may_not_say_gets_a_sentence(
    which: str, judging: Judging, cards: Cards, neighbourhood: Neighbourhood, organiser: Person, phone: Client
) -> None:
    second = places.begin_round(neighbourhood=neighbourhood, by=organiser, on=TODAY)
    [(_voice, other)] = conversations.make_voices(
        second, residents=1, services=0, by=organiser, at=timezone.now()
    )
    code = {"service": cards[-1][1], "elsewhere": other, "unknown": "K7TP4M2X", "mistyped": "OOOO OOOO"}[
        which
    ]
    answer = phone.post(f"/v/promises/{judging.pk}/", {"code": code})
    assert answer.status_code in (403, 422)
    assert REFUSED[which] in text(answer)
    assert "slip" not in text(answer)


def test_a_slip_of_another_promise_or_a_forged_one_says_nothing(
    judging: Judging, cards: Cards, phone: Client, tied: Promise, organiser: Person
) -> None:
    url = f"/v/promises/{judging.pk}/"
    slip = slip_of(phone.post(url, {"code": cards[0][1]}))
    other = Judging.objects.create(
        promise=Promise.objects.create(
            round=tied.round,
            words="Other.",
            post=tied.post,
            to_words="all",
            to_circle=tied.to_circle,
            made_on=NOW,
            due_on=NOW,
        ),
        opened_on=NOW,
        closes_on=NOW,
    )
    for where, what in ((f"/v/promises/{other.pk}/", slip), (url, slip[:-2] + "xx"), (url, "x")):
        answer = phone.post(where, {"slip": what, "said": "kept"})
        assert "Type your code again." in text(answer)
    assert not Opinion.objects.exists()


def test_after_the_last_day_the_phone_reads_what_was_counted(
    judging: Judging, cards: Cards, phone: Client
) -> None:
    url = f"/v/promises/{judging.pk}/"
    slip = slip_of(phone.post(url, {"code": cards[0][1]}))
    Judging.objects.update(opened_on=NOW - timedelta(days=9), closes_on=NOW - timedelta(days=1))
    answer = phone.post(url, {"slip": slip, "said": "kept"})
    assert "Answers are no longer taken" in text(answer)
    assert not Opinion.objects.exists()


def test_opened_typed_and_closed_on_pages(
    tied: Promise, cards: Cards, organiser: Person, signed_in_client: SignIn
) -> None:
    nasreen = signed_in_client(organiser)
    assert f"/promises/{tied.pk}/residents/" in text(nasreen.get(f"/promises/{tied.pk}/"))
    until = (NOW + timedelta(days=14)).isoformat()
    opened = post(nasreen, f"/promises/{tied.pk}/residents/", due_on=until)
    judging = Judging.objects.get()
    assert opened["Location"] == f"/promises/residents/{judging.pk}/"
    codes = "\n".join(code for _voice, code in cards[:4])
    typed = post(nasreen, f"/promises/residents/{judging.pk}/cards/", said="no", codes=codes)
    assert typed.status_code == 302
    door = {"door": "12 Lime Walk", "no": "1", "kept": "1"}
    assert post(nasreen, f"/promises/residents/{judging.pk}/door/", **door).status_code == 302
    twice = post(nasreen, f"/promises/residents/{judging.pk}/door/", **door)
    assert (twice.status_code, "This door is typed in already." in text(twice)) == (422, True)
    early = post(nasreen, f"/promises/residents/{judging.pk}/close/")
    assert (early.status_code, "Its last day is not over yet." in text(early)) == (409, True)
    Judging.objects.update(opened_on=NOW - timedelta(days=9), closes_on=NOW - timedelta(days=1))
    assert post(nasreen, f"/promises/residents/{judging.pk}/close/").status_code == 302
    tied.refresh_from_db()
    assert tied.state == State.NOT_KEPT
    wall = text(Client().get("/promises/?state=not_kept"))
    assert "6 answered. Yes, it is kept: 1. Half: 0. No, it is not kept: 5. I don’t know: 0." in wall
    assert "Nasreen" not in wall.split("<main")[1]


def test_wrong_codes_are_named_and_none_is_taken(
    judging: Judging, cards: Cards, organiser: Person, signed_in_client: SignIn
) -> None:
    codes = f"{cards[0][1]}\n{cards[-1][1]}\nK7TP4M2X"
    answer = post(
        signed_in_client(organiser), f"/promises/residents/{judging.pk}/cards/", said="kept", codes=codes
    )
    assert answer.status_code == 422
    assert f"{cards[-1][1]}: This card was given to somebody from a service." in text(answer)
    assert "K7TP4M2X: We do not know this code." in text(answer)
    assert not Opinion.objects.exists()


@pytest.mark.parametrize(
    "what", ["residents/{judging}/close/", "{promise}/residents/", "{promise}/four-weeks/"]
)
def test_the_promiser_forges_no_post(
    what: str, judging: Judging, helen: Person, signed_in_client: SignIn
) -> None:
    url = "/promises/" + what.format(judging=judging.pk, promise=judging.promise_id)
    Judging.objects.update(opened_on=NOW - timedelta(days=9), closes_on=NOW - timedelta(days=1))
    answer = post(signed_in_client(helen), url, due_on=NOW.isoformat())
    assert answer.status_code == 403
    assert "Never whoever promised it." in text(answer)
    assert Judging.objects.get().closed_on is None


def test_it_hangs_in_the_hall_with_lines_for_doors(
    judging: Judging, organiser: Person, signed_in_client: SignIn
) -> None:
    page = text(signed_in_client(organiser).get(f"/promises/residents/{judging.pk}/print/"))
    assert "You keep your place." in page
    assert page.count("<tr>") > 10


def test_what_is_asked_just_now_is_open_to_anyone(judging: Judging) -> None:
    page = text(Client().get("/v/promises/"))
    assert f'href="/v/promises/{judging.pk}/"' in page
    assert "/v/promises/" in text(Client().get("/promises/"))
