"""The wall: open to anyone, everything in the same ink, nothing about anyone by name."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Round
from betterstory.promises import verbs, working_days
from betterstory.promises.models import Ask, Promise, Verdict
from conftest import TODAY

SignIn = Callable[[Person], Client]
NOW = timezone.localdate()


def text(response: Any) -> str:
    return str(response.content.decode())


def spoken(response: Any) -> str:
    """The words of a page on one line, as they are read."""
    return " ".join(re.sub(r"<[^>]+>", " ", text(response)).split())


def entry(page: str, words: str) -> str:
    """The one entry of the ruled page that holds these words."""
    return next(part for part in entries(page) if words in part)


def entries(page: str) -> list[str]:
    return [part for part in re.findall(r"<li>(.*?)</li>", page, re.DOTALL) if "ruled-words" in part]


@pytest.fixture
def full(
    round_: Round, room: Circle, service: Body, council: Body, head: Post, helen: Person, lynda: Person
) -> dict[str, Promise]:
    """A promise in every state."""
    ago = NOW - timedelta(days=40)

    def make(words: str, due_in: int) -> Promise:
        return verbs.make(
            round=round_,
            words=words,
            by=helen,
            on=ago,
            due_on=NOW + timedelta(days=due_in),
            to=room,
            to_words="the people of 14 July",
            post=head,
        )

    made = {"to_come": make("Coming.", 30), "late": make("Overdue.", -26), "made_again": make("Again.", -2)}
    asked = verbs.ask_for_time(
        made["made_again"], by=helen, on=ago, due_on=NOW + timedelta(days=9), because="Later."
    )
    verbs.make_again(asked, by=lynda, on=ago)
    for verdict in Verdict:
        made[verdict.value] = make(f"{verdict.label} it was.", -20)
        verbs.judge(made[verdict.value], by=lynda, on=ago, verdict=verdict, note="We went to look.")
    return made


@pytest.fixture
def answered(
    round_: Round, room: Circle, service: Body, council: Body, head: Post, helen: Person, organiser: Person
) -> dict[str, Ask]:
    """An ask with each of the four answers."""
    asked_on = NOW - timedelta(days=12)

    def ask(words: str) -> Ask:
        return verbs.ask(
            round=round_,
            words=words,
            of=service,
            by=organiser,
            on=asked_on,
            asked_by=room,
            asked_by_words="the people of 14 July",
        )

    asks = {name: ask(f"{name}?") for name in ("yes", "no_because", "not_ours", "none_yet")}
    verbs.answer_yes(asks["yes"], by=helen, on=NOW, post=head, words="Gladly we will.", due_on=NOW)
    verbs.answer_no(asks["no_because"], by=helen, on=NOW, reason="The law says otherwise.")
    verbs.answer_not_ours(asks["not_ours"], by=helen, on=NOW, whose=council)
    return asks


MARKS = {
    "to_come": "Still to come",
    "late": "Late",
    "made_again": "Made again",
    "kept": "Kept",
    "partly": "Partly",
    "not_kept": "Not kept",
    "released": "Let go",
}


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


def words_on(url: str, client: Client | None = None) -> set[str]:
    return set(re.findall(r"“([^”]+)”</a></p>", text((client or Client()).get(url))))


@pytest.mark.parametrize("state", list(MARKS))
def test_one_state_alone(state: str, full: dict[str, Promise], answered: dict[str, Ask]) -> None:
    expected = {full[state].words} | ({"Gladly we will."} if state == "to_come" else set())
    assert words_on(f"/promises/?state={state}") == expected


@pytest.mark.parametrize("answer", ["yes", "no_because", "not_ours", "none_yet"])
def test_one_answer_alone(answer: str, full: dict[str, Promise], answered: dict[str, Ask]) -> None:
    assert words_on(f"/promises/?state={answer}") == {f"{answer}?"}


def test_the_newest_answer_says_where_an_ask_stands(answered: dict[str, Ask], femi: Person) -> None:
    verbs.answer_no(answered["not_ours"], by=femi, on=NOW, reason="No money.")
    assert words_on("/promises/?state=not_ours") == set()
    assert words_on("/promises/?state=no_because") == {"no_because?", "not_ours?"}
    assert [ask.words for ask in Ask.objects.waiting()] == ["none_yet?"]


def test_what_was_asked_and_promised_for_oneself_is_mine(
    lyndas_ask: Ask, head: Post, helen: Person, lynda: Person, teller: Person, signed_in_client: SignIn
) -> None:
    due_on = NOW + timedelta(days=9)
    verbs.answer_yes(lyndas_ask, by=helen, on=NOW, post=head, words="The same day.", due_on=due_on)
    mine = {"Ring me back the same day.", "The same day."}
    assert words_on("/promises/?mine=to", signed_in_client(lynda)) == mine
    assert words_on("/promises/?mine=to", signed_in_client(teller)) == set()
    assert words_on("/promises/?mine=to") == mine, "nobody in particular sees all of it"


def test_one_body_alone_keeps_what_it_passed_on(
    full: dict[str, Promise], answered: dict[str, Ask], council: Body
) -> None:
    assert words_on(f"/promises/?body={council.pk}") == {"not_ours?"}
    service = answered["yes"].of
    assert service is not None
    assert {"not_ours?", "Overdue."} <= words_on(f"/promises/?body={service.pk}")


def test_one_neighbourhood_and_one_round_alone(
    full: dict[str, Promise],
    neighbourhood: Neighbourhood,
    room: Circle,
    head: Post,
    helen: Person,
    organiser: Person,
) -> None:
    def elsewhere(round_: Round, words: str) -> None:
        verbs.make(
            round=round_, words=words, by=helen, on=NOW, due_on=NOW, to=room, to_words="all", post=head
        )

    second = places.begin_round(neighbourhood=neighbourhood, by=organiser, on=TODAY)
    lock = places.name_neighbourhood(name="Lock Side", by=organiser)
    elsewhere(second, "In the second round.")
    elsewhere(places.begin_round(neighbourhood=lock, by=organiser, on=TODAY), "At the lock.")
    assert words_on("/promises/?neighbourhood=lock-side") == {"At the lock."}
    assert "At the lock." not in words_on("/promises/?neighbourhood=tanners-row")
    assert words_on("/promises/?neighbourhood=tanners-row&round=2") == {"In the second round."}


def test_mine_alone(
    full: dict[str, Promise],
    answered: dict[str, Ask],
    signed_in_client: SignIn,
    lynda: Person,
    helen: Person,
    femi: Person,
) -> None:
    assert "Coming." in words_on("/promises/?mine=to", signed_in_client(lynda))
    assert words_on("/promises/?mine=by", signed_in_client(lynda)) == set()
    assert "Coming." in words_on("/promises/?mine=by", signed_in_client(helen))
    assert words_on("/promises/?mine=by", signed_in_client(femi)) == {"not_ours?"}


@pytest.mark.parametrize(
    "query",
    [
        "state=failed",
        "neighbourhood=nowhere",
        "body=0",
        "body=abc",
        "body=99999999999999999999",
        "body=²",
        "round=7&neighbourhood=tanners-row",
        "page=99999999999999999999",
    ],
)
def test_what_names_nothing_is_no_page(query: str, full: dict[str, Promise]) -> None:
    assert Client().get(f"/promises/?{query}").status_code == 404


def test_the_links_of_a_filter_keep_the_others(full: dict[str, Promise], service: Body) -> None:
    page = text(Client().get(f"/promises/?neighbourhood=tanners-row&body={service.pk}"))
    assert f"?neighbourhood=tanners-row&amp;body={service.pk}&amp;state=late" in page
    assert f'href="?body={service.pk}"' in page, "everywhere takes the neighbourhood away alone"


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
