"""The wall: open to anyone, everything in the same ink, nothing about anyone by name."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Neighbourhood, Round
from betterstory.promises import verbs, working_days
from betterstory.promises.models import Ask, Promise
from betterstory.promises.tests._wall import MARKS, NOW, SignIn, answered, full, text, words_on

__all__ = ["answered", "full"]  # fixtures that tests ask for by name


def spoken(response: Any) -> str:
    """The words of a page on one line, as they are read."""
    return " ".join(re.sub(r"<[^>]+>", " ", text(response)).split())


def entry(page: str, words: str) -> str:
    """The one entry of the ruled page that holds these words."""
    return next(part for part in entries(page) if words in part)


def entries(page: str) -> list[str]:
    return [part for part in re.findall(r"<li>(.*?)</li>", page, re.DOTALL) if "ruled-words" in part]


def test_anyone_reads_every_promise_as_it_stands(full: dict[str, Promise]) -> None:
    page = text(Client().get("/promises/"))
    for state, promise in full.items():
        here = entry(page, promise.words)
        assert f"<span>{MARKS[state]}</span>" in here
        assert f'href="/promises/{promise.pk}/"' in here
        assert f'href="/thread/promise/{promise.pk}/"' in here
        assert "Head of the service, The Talking Service, to the people of 14 July" in here


def test_late_says_how_late_in_words(full: dict[str, Promise]) -> None:
    late = working_days.between(NOW - timedelta(days=26), NOW)
    assert f"Late: {late} working days." in entry(text(Client().get("/promises/")), "Overdue.")


def test_anyone_reads_all_four_answers(answered: dict[str, Ask]) -> None:
    page = text(Client().get("/promises/"))
    assert "<span>Yes, a promise</span>" in entry(page, "yes?")
    assert "Said by The Talking Service: “The law says otherwise.”" in entry(page, "no_because?")
    passed = entry(page, "not_ours?")
    assert "The people of 14 July asked The Talking Service on" in passed
    assert "Passed on to Aldermouth Council." in passed
    assert "No answer for 12 days." in passed
    assert "No answer for 12 days." in entry(page, "none_yet?")
    assert "No answer" not in entry(page, "yes?").replace("No answer yet", "")


def test_every_state_has_the_same_ink(full: dict[str, Promise], answered: dict[str, Ask]) -> None:
    """No class, colour or order sets kept and not kept, or any answer, apart."""
    page = text(Client().get("/promises/"))
    assert len(entries(page)) == 12
    shapes = {
        tuple(re.findall(r'<(?:p|div|span|strong)[^>]*class="([^"]+)"', re.sub(r"<svg.*?</svg>", "", part)))
        for part in entries(page)
    }
    known = {"turned-out", "ruled-words", "said", "about", "ink", "visually-hidden"}
    assert {name for shape in shapes for name in shape} <= known


def test_no_worker_stands_on_the_wall(
    full: dict[str, Promise], answered: dict[str, Ask], signed_in_client: SignIn, lynda: Person
) -> None:
    for client in (Client(), signed_in_client(lynda)):
        for url in ("/promises/", "/promises/print/", "/promises/?state=not_kept"):
            main = text(client.get(url)).split("<main")[1]
            assert "The Talking Service" in main
            for name in ("Helen", "Nasreen", "Lynda"):
                assert name not in main


def test_promises_stand_in_the_order_they_fall_due(full: dict[str, Promise]) -> None:
    page = text(Client().get("/promises/"))
    places = [page.index(words) for words in ("Overdue.", "Again.", "Coming.")]
    assert places == sorted(places)


def test_bodies_are_listed_by_name_never_by_how_they_did(
    full: dict[str, Promise], answered: dict[str, Ask]
) -> None:
    page = spoken(Client().get("/promises/"))
    assert re.search(r"Whose everybody’s , Aldermouth Council , The Talking Service", page)


def test_the_printed_wall_holds_the_same_and_no_links(
    full: dict[str, Promise], answered: dict[str, Ask]
) -> None:
    page = text(Client().get("/promises/print/"))
    for promise in full.values():
        assert promise.words in page
    for name in answered:
        assert f"{name}?" in page
    assert "Why we promised it" not in page
    assert "Coming." not in text(Client().get("/promises/print/?state=late"))


@pytest.fixture
def many(round_: Round, room: Circle, head: Post, helen: Person, organiser: Person, service: Body) -> None:
    """40 promises and 40 asks of a usual length."""
    sentence = "We will ring everybody who has waited more than ten weeks, and say when it is their turn."
    for number in range(40):
        verbs.make(
            round=round_,
            words=f"{sentence} {number}",
            by=helen,
            on=NOW,
            due_on=NOW + timedelta(days=number),
            to=room,
            to_words="the people of 14 July",
            post=head,
        )
        ask = verbs.ask(
            round=round_,
            words=f"{sentence} {number}",
            of=service,
            by=organiser,
            on=NOW,
            asked_by=room,
            asked_by_words="the people of 14 July",
        )
        if number % 2:
            verbs.answer_no(ask, by=helen, on=NOW, reason="There is no money for it this year, and we asked.")


def test_forty_of_each_ask_the_database_little(
    many: None, lynda: Person, signed_in_client: SignIn, django_assert_max_num_queries: Any
) -> None:
    queries = ["", "?neighbourhood=tanners-row", "?mine=to", "?mine=by&state=late", "?page=2", "print/"]
    for query in queries:
        client = signed_in_client(lynda)
        with django_assert_max_num_queries(12, info=query):
            assert client.get(f"/promises/{query}").status_code == 200, query


def test_the_page_stays_light_and_the_earlier_ones_are_a_page_further(many: None) -> None:
    page = Client().get("/promises/")
    assert len(page.content) < 60_000
    first, second = words_on("/promises/"), words_on("/promises/?page=2")
    assert "Earlier ones" in text(page)
    assert len(first | second) == 40
    assert any(words.endswith(" 39") for words in first), "the newest stand on the first page"


def test_hostile_words_stand_as_words(round_: Round, room: Circle, head: Post, helen: Person) -> None:
    words = "<script>alert(1)</script> & “ok” \u202eeht\u202c 🫖"
    verbs.make(
        round=round_, words=words, by=helen, on=NOW, due_on=NOW, to=room, to_words="<b>all</b>", post=head
    )
    for url in ("/promises/", "/promises/print/", f"/promises/{Promise.objects.get().pk}/"):
        page = text(Client().get(url))
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page
        assert "&lt;b&gt;all&lt;/b&gt;" in page
        assert "<script>alert" not in page
        assert "<b>all" not in page


def test_an_empty_wall_says_so(neighbourhood: Neighbourhood) -> None:
    assert "Nothing stands here." in spoken(Client().get("/promises/"))


def test_the_longest_waiting_stand_first_for_the_neighbourhoods_home(
    answered: dict[str, Ask], full: dict[str, Promise], round_: Round
) -> None:
    Ask.objects.filter(words="none_yet?").update(asked_on=NOW - timedelta(days=90))
    assert [ask.words for ask in Ask.objects.waiting_in(round_)] == ["none_yet?", "not_ours?"]
    assert next(promise.words for promise in Promise.objects.owed_in(round_)) == "Overdue."
