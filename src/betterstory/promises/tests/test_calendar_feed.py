"""Calendars: a body's open to all, a person's at an address nobody can guess; folded, escaped, and stable."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Ask, CalendarAddress, Promise, Verdict
from betterstory.promises.pages.reminders import SIGNER, calendar_url
from betterstory.promises.tests.conftest import SEPTEMBER, WORDS
from conftest import AT, TODAY

SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, place: object) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def lines_of(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def of_body(body: Body) -> str:
    answer = Client().get(f"/promises/calendar/body/{body.pk}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.text


def path_of(person: Person) -> str:
    address = CalendarAddress.objects.get(person=person)
    return "/promises/" + calendar_url(address).split("/promises/")[1]


def test_a_bodys_calendar_has_what_it_owes_on_its_days(
    promise: Promise, service: Body, lyndas_ask: Ask
) -> None:
    lines = lines_of(of_body(service))
    assert f"UID:promise-{promise.uuid}@better-story" in lines
    assert "DTSTART;VALUE=DATE:20260901" in lines
    assert "DTEND;VALUE=DATE:20260902" in lines
    assert f"UID:ask-{lyndas_ask.uuid}@better-story" in lines
    assert lyndas_ask.answer_by is not None
    assert f"DTSTART;VALUE=DATE:{lyndas_ask.answer_by:%Y%m%d}" in lines
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2


def test_the_same_uid_when_the_day_moves_and_none_once_it_is_judged(
    promise: Promise, service: Body, helen: Person, lynda: Person
) -> None:
    before = re.findall(r"UID:.*", of_body(service))
    again = verbs.ask_for_time(
        promise, by=helen, on=TODAY, due_on=SEPTEMBER + timedelta(days=30), because="Late."
    )
    verbs.make_again(again, by=lynda, on=TODAY)
    now = of_body(service)
    assert re.findall(r"UID:.*", now) == before
    assert "DTSTART;VALUE=DATE:20261001" in now
    verbs.judge(promise, by=lynda, on=TODAY, verdict=Verdict.KEPT)
    assert "BEGIN:VEVENT" not in of_body(service)


def test_long_words_and_their_marks_are_folded_and_escaped(
    round_: Round, room: Circle, head: Post, helen: Person, service: Body
) -> None:
    words = ("Tea, cake; and a “chair” by the back\\door for każdego, 每个人 " * 5)[:290].strip()
    verbs.make(
        round=round_, words=words, by=helen, on=TODAY, due_on=SEPTEMBER, to=room, to_words="all", post=head
    )
    raw = of_body(service)
    assert all(len(line.encode()) <= 75 for line in raw.split("\r\n"))
    assert "\n" not in raw.replace("\r\n", "")
    [summary] = [line for line in lines_of(raw) if line.startswith("SUMMARY:")]
    plain = summary.replace("\\\\", "\0").replace("\\,", ",").replace("\\;", ";").replace("\0", "\\")
    assert words in plain


def test_no_name_beyond_the_walls(promise: Promise, service: Body, helen: Person, lynda: Person) -> None:
    verbs.renew_calendar(helen)
    for text in (of_body(service), Client().get(path_of(helen)).text):
        assert any(WORDS in line for line in lines_of(text))
        for name in ("Helen", "Lynda", "Nasreen"):
            assert name not in text


def test_a_person_sees_both_what_they_owe_and_what_they_are_owed(
    promise: Promise, helen: Person, lynda: Person, femi: Person
) -> None:
    for person in (helen, lynda, femi):
        verbs.renew_calendar(person)
    assert f"promise-{promise.uuid}" in Client().get(path_of(helen)).text
    assert f"promise-{promise.uuid}" in Client().get(path_of(lynda)).text
    assert f"promise-{promise.uuid}" not in Client().get(path_of(femi)).text


def test_an_address_that_was_renewed_taken_away_or_guessed_opens_nothing(
    promise: Promise, helen: Person, lynda: Person
) -> None:
    verbs.renew_calendar(helen)
    old = path_of(helen)
    assert Client().get(old).status_code == 200
    verbs.renew_calendar(helen)
    assert Client().get(old).status_code == 404
    new = path_of(helen)
    assert Client().get(new).status_code == 200
    verbs.renew_calendar(helen, is_on=False)
    assert Client().get(new).status_code == 404
    verbs.renew_calendar(helen)
    assert Client().get(path_of(helen)).status_code == 200, "there is something to guess"
    verbs.renew_calendar(lynda)
    mine = path_of(lynda)
    token = mine.removeprefix("/promises/calendar/").removesuffix(".ics")
    stolen = token.replace(f"{lynda.pk}.1", f"{helen.pk}.4")
    assert stolen != token
    for guess in (stolen, "1.1", f"{helen.pk}.4:x", SIGNER.sign("x"), SIGNER.sign("x.y.z")):
        assert Client().get(f"/promises/calendar/{guess}.ics").status_code == 404


def test_who_is_not_here_any_more_has_no_calendar(promise: Promise, helen: Person) -> None:
    verbs.renew_calendar(helen)
    Person.objects.filter(pk=helen.pk).update(is_active=False)
    assert Client().get(path_of(helen)).status_code == 404


def test_i_make_and_renew_my_own_address_on_my_page(helen: Person, signed_in_client: SignIn) -> None:
    browser = signed_in_client(helen)
    assert "Make an address for it" in browser.get("/promises/reminded/").text
    browser.post("/promises/reminded/calendar/", {"once": str(uuid.uuid4())})
    page = browser.get("/promises/reminded/").text
    assert path_of(helen) in page
    browser.post("/promises/reminded/calendar/", {"once": str(uuid.uuid4()), "off": "1"})
    assert "Make an address for it" in browser.get("/promises/reminded/").text
