"""Nobody is led elsewhere on the way in, and going out ends what was open."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from betterstory.people import limits, verbs
from betterstory.people.codes import spaced
from betterstory.people.models import Invitation, Person, Role, Tries
from betterstory.people.tests._come_in import PAGE, _now, press, who_is_in
from betterstory.people.tests.conftest import MakeCard
from conftest import AT

__all__ = ["_now"]  # fixtures that tests ask for by name

pytestmark = pytest.mark.django_db


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
