"""Coming in with a card: once, and nobody learns anything by guessing."""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from betterstory.people import limits, verbs
from betterstory.people.codes import LETTERS, spaced
from betterstory.people.models import Circle, Invitation, Person, Role, Tries
from betterstory.people.tests.conftest import MakeCard
from conftest import AT, TODAY

pytestmark = pytest.mark.django_db
PAGE = "/people/come-in/"
UNKNOWN = "We do not know this code."


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages read the clock once; here it stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def press(client: Client, code: str, form: str = "", **more: str) -> Any:
    return client.post(PAGE, {"code": code, "once": form or str(uuid.uuid4()), **more})


def who_is_in(client: Client) -> str | None:
    return client.session.get(SESSION_KEY)


def test_a_good_code_lets_you_in_with_the_name_on_the_card(client: Client, card: MakeCard) -> None:
    _row, code = card("Sam")
    answer = press(client, spaced(code).lower())
    assert (answer.status_code, answer["Location"]) == (302, "/")
    person = Person.objects.get()
    assert (person.name, sorted(person.roles)) == ("Sam", ["resident"])
    assert who_is_in(client) == str(person.pk)


def test_a_card_may_bring_you_into_a_circle(client: Client, card: MakeCard, circle: Circle) -> None:
    _row, code = card("Sam", circle=circle)
    press(client, code)
    assert circle.includes(Person.objects.get(name="Sam"))


def test_a_code_works_once(client: Client, card: MakeCard) -> None:
    _row, code = card()
    press(client, code)
    second = Client()
    answer = press(second, code)
    assert answer.status_code == 422
    assert UNKNOWN in answer.text
    assert who_is_in(second) is None
    assert Person.objects.count() == 1


def test_pressing_twice_lets_you_in_twice_and_makes_one_person(card: MakeCard) -> None:
    """The browser may have dropped the first answer, and with it the only card."""
    _row, code = card()
    form = str(uuid.uuid4())
    browsers = [Client(), Client()]
    assert [press(browser, code, form).status_code for browser in browsers] == [302, 302]
    assert who_is_in(browsers[0]) == who_is_in(browsers[1]) is not None
    assert Person.objects.count() == 1


def test_the_same_form_is_too_old_after_two_minutes(card: MakeCard, monkeypatch: pytest.MonkeyPatch) -> None:
    _row, code = card()
    form = str(uuid.uuid4())
    press(Client(), code, form)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + verbs.SECOND_PRESS)
    late = Client()
    assert press(late, code, form).status_code == 422
    assert who_is_in(late) is None


@pytest.mark.parametrize("spoil", ["mistyped", "unknown", "used", "past", "withdrawn"])
def test_whatever_is_wrong_with_a_code_the_answer_is_the_same(
    client: Client, card: MakeCard, steward: Person, spoil: str
) -> None:
    row, code = card()
    if spoil == "mistyped":
        code = code[:-1] + next(letter for letter in LETTERS if letter != code[-1])
    elif spoil == "unknown":
        Invitation.objects.all().delete()
    elif spoil == "used":
        press(Client(), code)
    elif spoil == "past":
        Invitation.objects.update(expires_at=AT)
    else:
        verbs.withdraw_card(row, by=steward, at=AT)
    answer = press(client, code)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"code": [str(verbs.CodeUnknown.words)]}
    assert f'value="{code}"' in answer.text  # what was typed is kept
    assert who_is_in(client) is None


def test_every_answer_costs_one_hash_so_that_none_is_quicker(
    card: MakeCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    _row, code = card()
    hashed: list[str] = []
    real = verbs.make_password, verbs.check_password

    def make(verifier: str) -> str:
        hashed.append("made")
        return real[0](verifier)

    def check(verifier: str, kept: str) -> bool:
        hashed.append("checked")
        return bool(real[1](verifier, kept))

    monkeypatch.setattr(verbs, "make_password", make)
    monkeypatch.setattr(verbs, "check_password", check)
    for selector in (code[:3], "222" if code[:3] != "222" else "333"):
        with pytest.raises(verbs.CodeUnknown):
            verbs.come_in(selector=selector, verifier="2222222222", at=AT, on=TODAY)
    assert hashed == ["checked", "made"]


def test_only_the_hash_of_a_code_is_kept(card: MakeCard) -> None:
    row, code = card()
    kept = " ".join(str(value) for value in vars(row).values())
    assert code[3:] not in kept
    assert row.selector == code[:3]


@pytest.mark.parametrize(
    ("typed", "says"),
    [("NH7 K7TP4", "You typed 8"), ("NH7 K7TP4 M2XWO", "no “O”"), ("", "Please fill this in")],
)
def test_what_cannot_be_a_code_gets_a_hint_beside_the_field(client: Client, typed: str, says: str) -> None:
    answer = press(client, typed)
    assert answer.status_code == 422
    assert says in answer.text
    assert not Tries.objects.exists()


def test_markup_typed_as_a_code_stays_words(client: Client) -> None:
    answer = press(client, "\"'><svg onload=x>")
    assert answer.status_code == 422
    assert "<svg onload" not in answer.text


def test_guessing_one_card_stops_after_five(client: Client, card: MakeCard) -> None:
    _row, code = card()
    guesses = [press(client, code[:3] + "2" * 9 + letter).status_code for letter in "23456789"]
    assert guesses == [422] * 5 + [429] * 3
    assert press(client, code).status_code == 429  # the right code too, from here, for now
    assert who_is_in(client) is None


def test_wrong_guesses_stay_counted_though_the_page_refused_them(client: Client, card: MakeCard) -> None:
    _row, code = card()
    press(client, code[:3] + "2" * 10)
    assert [tries.count for tries in Tries.objects.all()] == [1, 1]


def test_ten_minutes_later_you_may_try_again(
    client: Client, card: MakeCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    _row, code = card()
    for _n in range(6):
        press(client, code[:3] + "2" * 10)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(minutes=10))
    assert press(client, code).status_code == 302


def test_guessing_everywhere_stops_after_a_hundred_in_an_hour(client: Client, card: MakeCard) -> None:
    _row, code = card()
    answers = [
        press(
            Client(REMOTE_ADDR=f"192.0.2.{n}"), LETTERS[n // 30] + LETTERS[n % 30] + "22222222222"
        ).status_code
        for n in range(110)
    ]
    assert answers == [422] * 100 + [429] * 10
    assert press(client, code).status_code == 429


def test_a_hall_full_of_people_can_all_come_in(card: MakeCard) -> None:
    """Good codes are not counted: 120 people behind one address, within the hour."""
    for n in range(120):
        _row, code = card(f"guest {n}")
        assert press(Client(), code).status_code == 302


def test_an_address_cannot_be_made_up_in_a_header(card: MakeCard) -> None:
    _row, code = card()
    wrong = code[:3] + "2" * 10
    answers = [
        press(Client(headers={"X-Forwarded-For": f"192.0.2.{n}"}), wrong).status_code for n in range(7)
    ]
    assert answers == [422] * 5 + [429] * 2


def test_counts_keep_neither_address_nor_selector(client: Client, card: MakeCard) -> None:
    _row, code = card()
    press(client, code[:3] + "2" * 10)
    kept = " ".join(Tries.objects.values_list("key", flat=True))
    assert "127.0.0.1" not in kept
    assert code[:3] not in kept


def test_nobody_can_choose_the_session_you_come_in_with(client: Client, card: MakeCard) -> None:
    client.get("/people/come-in/?next=/promises/")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key or ""
    _row, code = card()
    client.cookies["story"] = before
    press(client, code)
    assert client.session.session_key != before
    assert "planted" not in client.session
    assert not client.session.exists(before)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil",
        "http:/evil",
    ],
)
def test_coming_in_leads_to_no_other_site(client: Client, card: MakeCard, elsewhere: str) -> None:
    _row, code = card()
    assert press(client, code, next=elsewhere)["Location"] == "/"


def test_coming_in_leads_back_to_where_you_were_going(client: Client, card: MakeCard) -> None:
    shown = client.get(PAGE, {"next": "/stories/?page=2"})
    assert 'name="next" value="/stories/?page=2"' in shown.text
    _row, code = card()
    assert press(client, code, next="/stories/?page=2")["Location"] == "/stories/?page=2"


def test_a_form_without_its_guard_is_refused(card: MakeCard) -> None:
    _row, code = card()
    strict = Client(enforce_csrf_checks=True)
    assert press(strict, code).status_code == 403
    assert Invitation.objects.get().used_at is None


def test_looking_at_the_page_changes_nothing(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        assert client.get(PAGE).status_code == 200
    assert "story" not in client.cookies


def test_somebody_who_left_is_not_let_in(client: Client, card: MakeCard, teller: Person) -> None:
    _row, code = verbs.make_return_card(teller, by=teller, at=AT)
    Person.objects.filter(pk=teller.pk).update(is_active=False)
    answer = press(client, code)
    assert answer["Location"] == "/account/inactive/"
    assert who_is_in(client) is None
    assert "You take no part here just now" in client.get("/account/inactive/").text


def test_going_out_forgets_you_and_tells_the_browser_so(
    signed_in_client: Callable[[Person], Client], teller: Person
) -> None:
    browser = signed_in_client(teller)
    answer = browser.post("/people/go-out/")
    assert answer["Location"] == "/"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer["Cache-Control"] == "no-store"
    assert who_is_in(browser) is None
    assert browser.get("/people/me/").status_code == 302


def test_going_out_everywhere_ends_what_is_open_on_a_lost_phone(
    signed_in_client: Callable[[Person], Client], teller: Person, resident: Person
) -> None:
    lost_phone, other, library = (signed_in_client(person) for person in (teller, resident, teller))
    library.post("/people/go-out/", {"everywhere": ""})
    assert lost_phone.get("/people/me/").status_code == 302
    assert other.get("/people/me/").status_code == 200
    assert signed_in_client(Person.objects.get(pk=teller.pk)).get("/people/me/").status_code == 200


def test_going_out_here_leaves_the_phone_at_home_alone(
    signed_in_client: Callable[[Person], Client], teller: Person
) -> None:
    at_home, library = signed_in_client(teller), signed_in_client(teller)
    library.post("/people/go-out/")
    assert at_home.get("/people/me/").status_code == 200


def test_a_link_cannot_throw_you_out(signed_in_client: Callable[[Person], Client], teller: Person) -> None:
    browser = signed_in_client(teller)
    assert browser.get("/people/go-out/").status_code == 405
    assert who_is_in(browser) == str(teller.pk)


def test_no_name_code_or_address_is_in_the_log(
    client: Client, card: MakeCard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _row, code = card("Thomasina Quill")
    press(client, code[:3] + "2" * 10)
    press(client, code)
    press(Client(), code)
    said = caplog.text
    assert "invitation used" in said
    for secret in ("Thomasina", "Quill", code, spaced(code), code[3:], "127.0.0.1"):
        assert secret not in said


def test_the_way_back_for_somebody_whose_letter_has_gone_astray(client: Client, place: object) -> None:
    text = client.get(PAGE).text
    assert "Ask the person who invited you." in text


def test_a_try_that_was_taken_back_leaves_room_for_another(db: None) -> None:
    def count() -> None:
        limits.count_try(what="x", who="y", most=1, within=timedelta(hours=1), at=AT)

    count()
    with pytest.raises(limits.TooManyTries) as refusal:
        count()
    assert "Wait 60 minutes" in refusal.value.sentence
    limits.take_back_try(what="x", who="y")
    count()
    limits.count_try(what="x", who="z", most=1, within=timedelta(hours=1), at=AT)


def test_a_limit_is_asked_for_without_counting(db: None) -> None:
    def ask(at: datetime) -> None:
        limits.check_tries(what="x", who="y", most=1, within=timedelta(hours=1), at=at)

    for _time in range(3):
        ask(AT)
    assert not Tries.objects.exists()
    limits.count_try(what="x", who="y", most=1, within=timedelta(hours=1), at=AT)
    with pytest.raises(limits.TooManyTries) as refusal:
        ask(AT + timedelta(minutes=10))
    assert "Wait 50 minutes" in refusal.value.sentence
    ask(AT + timedelta(hours=1))
    ask(AT - timedelta(days=1))


def test_a_clock_set_back_does_not_lock_anybody_out(db: None) -> None:
    for at in (AT, AT - timedelta(days=1)):
        limits.count_try(what="x", who="y", most=1, within=timedelta(hours=1), at=at)


def test_the_first_steward_comes_in_with_the_code_from_the_terminal(client: Client) -> None:
    _row, code = verbs.invite(greeting="Steward", role=Role.STEWARD, by=None, at=AT)
    assert press(client, code).status_code == 302
    assert Person.objects.get().roles == {Role.STEWARD}
