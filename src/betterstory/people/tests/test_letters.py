"""Coming in with a code by e-mail, and giving an address to come in with."""

import logging
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client
from django.utils import timezone

from betterstory.people import verbs
from betterstory.people.models import Person

pytestmark = pytest.mark.django_db
ASK, TYPE = "/account/login/code/", "/account/login/code/confirm/"


@pytest.fixture
def helen(welcome: Callable[..., Person]) -> Person:
    return welcome("Helen", "partner", email="Helen.Marsh@Example.org")


def letter_code() -> str:
    found = re.search(r"^    (\S.*)$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None
    return found[1]


def test_a_code_by_e_mail_arrives_and_lets_you_in(client: Client, helen: Person, place: object) -> None:
    answer = client.post(ASK, {"email": "helen.marsh@example.ORG", "next": "/promises/"})
    assert answer["Location"] == f"{TYPE}?next=%2Fpromises%2F"
    assert mail.outbox[0].to == ["helen.marsh@example.org"]
    assert "Aldermouth" in str(mail.outbox[0].body)
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert "/promises/" in page.text
    answer = client.post(TYPE, {"code": letter_code(), "next": "/promises/"})
    assert answer["Location"] == "/promises/"
    assert client.session[SESSION_KEY] == str(helen.pk)
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil"]
)
def test_a_code_by_e_mail_leads_to_no_other_site(client: Client, helen: Person, elsewhere: str) -> None:
    asked = client.post(ASK, {"email": helen.email, "next": elsewhere})
    assert asked["Location"] == TYPE
    answer = client.post(TYPE, {"code": letter_code(), "next": elsewhere})
    assert answer["Location"] == "/"
    assert SESSION_KEY in client.session


def test_the_letter_holds_no_address_of_the_page_that_a_forger_could_choose(helen: Person) -> None:
    Client(headers={"Host": "evil.example"}).post(ASK, {"email": helen.email})
    assert "evil" not in str(mail.outbox[0].body) + mail.outbox[0].subject


def test_an_unknown_address_gets_the_same_answer_and_no_code(client: Client, helen: Person) -> None:
    answers = []
    for email in (helen.email, "nobody@example.org"):
        browser = Client()
        asked = browser.post(ASK, {"email": email})
        shown = browser.get(TYPE).text.replace(email, "ADDRESS")
        shown = re.sub(r'(csrfmiddlewaretoken|once)" value="[^"]+"', "", shown)
        answers.append((asked.status_code, asked["Location"], shown))
    assert answers[0] == answers[1]
    assert len(mail.outbox) == 2
    assert "there is no code" in str(mail.outbox[1].body)
    assert not re.search(r"^    \S", str(mail.outbox[1].body), re.MULTILINE)
    assert not Person.objects.filter(email="nobody@example.org").exists()


def test_a_wrong_code_says_so_and_three_end_it(client: Client, helen: Person) -> None:
    client.post(ASK, {"email": helen.email})
    code = letter_code()
    answer = client.post(TYPE, {"code": "WRNG-CODE"})
    assert "This code is not right" in answer.text
    for _n in range(2):
        client.post(TYPE, {"code": "WRNG-CODE"})
    client.post(TYPE, {"code": code})
    assert SESSION_KEY not in client.session


def test_asking_again_and_again_stops(client: Client, helen: Person) -> None:
    for _n in range(6):
        answer = client.post(ASK, {"email": helen.email})
        client.cookies.clear()
    assert "tried too often" in answer.text
    assert len(mail.outbox) == 3


def test_staff_are_asked_for_their_second_factor_after_a_letter_too(
    client: Client, welcome: Callable[..., Person]
) -> None:
    organiser = welcome("Nasreen", "organiser", email="nasreen@example.org")
    client.post(ASK, {"email": organiser.email})
    client.post(TYPE, {"code": letter_code()})
    assert client.get("/people/everybody/")["Location"].startswith("/people/second-factor/")


def test_somebody_without_an_address_cannot_be_reached_by_an_empty_one(
    client: Client, teller: Person
) -> None:
    answer = client.post(ASK, {"email": ""})
    assert answer.status_code == 200
    assert not mail.outbox


@pytest.fixture
def sam(signed_in_client: Callable[[Person], Client], teller: Person) -> Client:
    return signed_in_client(teller)


def give(browser: Client, email: str) -> Any:
    return browser.post("/people/me/address/", {"email": email, "once": str(uuid.uuid4())})


def prove(browser: Client, code: str) -> Any:
    return browser.post("/people/me/address/code/", {"code": code, "once": str(uuid.uuid4())})


def test_an_address_counts_once_its_code_comes_back(sam: Client, teller: Person) -> None:
    assert give(sam, "Sam@Example.org")["Location"] == "/people/me/address/code/"
    teller.refresh_from_db()
    assert teller.email == ""
    assert "Sam@example.org" in sam.get("/people/me/address/code/").text.replace("Example", "example")
    assert prove(sam, letter_code().lower())["Location"] == "/people/me/"
    teller.refresh_from_db()
    assert teller.email == "sam@example.org"


def test_a_wrong_code_is_refused_beside_the_field_and_five_are_enough(sam: Client, teller: Person) -> None:
    give(sam, "sam@example.org")
    right = letter_code()
    for _n in range(5):
        answer = prove(sam, "2222 2222")
        assert answer.status_code == 422
        assert "This is not the code we sent" in answer.text
    assert prove(sam, right).status_code == 429
    teller.refresh_from_db()
    assert teller.email == ""


def test_the_code_is_good_for_a_quarter_of_an_hour(
    sam: Client, teller: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(sam, "sam@example.org")
    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert prove(sam, letter_code())["Location"] == "/people/me/address/"
    teller.refresh_from_db()
    assert teller.email == ""


def test_a_code_proves_only_the_address_it_was_sent_to(sam: Client, teller: Person) -> None:
    give(sam, "sam@example.org")
    first = letter_code()
    give(sam, "helen@example.org")
    assert prove(sam, first).status_code == 422
    teller.refresh_from_db()
    assert teller.email == ""


def test_an_address_lets_one_person_in(sam: Client, teller: Person, helen: Person) -> None:
    give(sam, helen.email)
    answer = prove(sam, letter_code())
    assert answer.status_code == 422
    assert "Somebody else here comes in with this address" in answer.text
    with pytest.raises(verbs.AddressTaken):
        verbs.keep_address(teller, email="HELEN.marsh@example.org")
    teller.refresh_from_db()
    assert teller.email == ""


def test_letters_are_not_sent_without_end(sam: Client) -> None:
    answers = [give(sam, f"sam{n}@example.org").status_code for n in range(7)]
    assert answers == [302] * 5 + [429] * 2
    assert len(mail.outbox) == 5


@pytest.mark.parametrize(
    "typed", ["", "sam", "sam@", "sam@example.org\nBcc: x@example.org", "a" * 300 + "@b.org"]
)
def test_what_is_no_address_is_refused_and_kept(sam: Client, typed: str) -> None:
    answer = give(sam, typed)
    assert answer.status_code == 422
    assert not mail.outbox


def test_an_address_can_be_forgotten(helen: Person, signed_in_client: Callable[[Person], Client]) -> None:
    browser = signed_in_client(helen)
    assert helen.email in browser.get("/people/me/").text
    browser.post("/people/me/address/forget/", {"once": str(uuid.uuid4())})
    helen.refresh_from_db()
    assert helen.email == ""


def test_no_address_or_code_is_in_the_log(
    sam: Client, client: Client, helen: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    give(sam, "sam@example.org")
    prove(sam, letter_code())
    client.post(ASK, {"email": helen.email})
    client.post(TYPE, {"code": letter_code()})
    assert "address kept" in caplog.text
    for secret in ("example.org", "sam@", "Helen", letter_code(), letter_code().replace("-", "")):
        assert secret not in caplog.text
