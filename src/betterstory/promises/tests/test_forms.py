"""Asking, answering, promising and judging on pages; bad input gets a sentence, and nothing is half saved."""

import html
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.conversations.models import Insight
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Neighbourhood, Round
from betterstory.promises.models import Again, Answer, Ask, Judgement, Promise, State
from betterstory.promises.tests.conftest import say_yes
from betterstory.stories.models import Audience, Gap, Version

SignIn = Callable[[Person], Client]
SOON = (timezone.localdate() + timedelta(days=30)).isoformat()
PAST = (timezone.localdate() - timedelta(days=1)).isoformat()


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def text(response: Any) -> str:
    return html.unescape(response.content.decode())


@pytest.fixture
def nasreen(organiser: Person, signed_in_client: SignIn) -> Client:
    return signed_in_client(organiser)


@pytest.fixture
def her(helen: Person, signed_in_client: SignIn) -> Client:
    """The browser of the head of the service."""
    return signed_in_client(helen)


@pytest.fixture
def lyn(lynda: Person, signed_in_client: SignIn) -> Client:
    return signed_in_client(lynda)


def test_residents_ask_the_head_of_service_answers_and_it_is_not_kept(
    nasreen: Client, her: Client, lyn: Client, round_: Round, room: Circle, service: Body, head: Post
) -> None:
    url = f"/promises/ask/{round_.pk}/"
    assert url in text(nasreen.get("/promises/ask/"))
    assert nasreen.get(url).status_code == 200
    asked = post(
        nasreen, url, words="Keep our place.", of=service.pk, asked_by=room.pk, asked_by_words="the room"
    )
    ask = Ask.objects.get()
    assert asked["Location"] == f"/promises/asks/{ask.pk}/"
    assert f"/promises/asks/{ask.pk}/yes/" in text(her.get(asked["Location"]))
    said = post(her, f"/promises/asks/{ask.pk}/yes/", post=head.pk, words="You keep it.", due_on=SOON)
    promise = Promise.objects.get()
    assert said["Location"] == f"/promises/{promise.pk}/"
    assert (promise.ask, promise.to_circle, promise.state) == (ask, room, State.MADE)
    judged = post(lyn, f"/promises/{promise.pk}/judge/", verdict="not_kept", note="Two were put back.")
    assert judged["Location"] == f"/promises/{promise.pk}/"
    wall = text(Client().get("/promises/?state=not_kept"))
    assert "You keep it." in wall
    assert "Two were put back." in wall
    assert "Helen" not in wall


def test_the_form_sent_twice_makes_one_promise(her: Client, ask: Ask, head: Post) -> None:
    form = {"once": str(uuid.uuid4()), "post": head.pk, "words": "We will.", "due_on": SOON}
    first, second = (her.post(f"/promises/asks/{ask.pk}/yes/", form) for _press in range(2))
    assert first["Location"] == second["Location"]
    assert Promise.objects.count() == 1
    third = post(her, f"/promises/asks/{ask.pk}/yes/", post=head.pk, words="Again.", due_on=SOON)
    assert third.status_code == 422
    assert "This was answered already." in text(third)
    assert Promise.objects.count() == 1


def test_an_unasked_promise_sent_twice_is_one(her: Client, round_: Round, room: Circle, head: Post) -> None:
    form = {
        "once": str(uuid.uuid4()),
        "post": head.pk,
        "words": "We will.",
        "due_on": SOON,
        "to": room.pk,
        "to_words": "all",
    }
    first, second = (her.post(f"/promises/promise/{round_.pk}/", form) for _press in range(2))
    assert first["Location"] == second["Location"] == f"/promises/{Promise.objects.get().pk}/"


WRONG = [
    ("due_on", "30 February", "This is no day we know."),
    ("due_on", "", "Say by when: choose a day, or “when we next meet”."),
    ("due_on", PAST, "This day has gone by."),
    ("words", "word " * 20_000, "This is too long for the wall. Say it in 300 letters."),
    ("words", "  ", "Write a few words."),
    ("post", "999999", "Choose one from the list."),
]


@pytest.mark.parametrize(("name", "typed", "sentence"), WRONG)
def test_bad_input_gets_a_sentence_beside_the_field_and_nothing_is_half_saved(
    name: str, typed: str, sentence: str, her: Client, ask: Ask, head: Post
) -> None:
    good = {"post": head.pk, "words": "You keep it.", "due_on": SOON, "note": "Gladly."}
    answer = post(her, f"/promises/asks/{ask.pk}/yes/", **{**good, name: typed})
    page = text(answer)
    assert answer.status_code == 422
    assert f'href="#id_{name}"' in page
    assert sentence in page
    assert "Gladly." in page, "what was typed is kept"
    if name != "post":
        assert typed.strip()[:500] in page
    assert not Promise.objects.exists()
    assert not Answer.objects.exists()


def test_a_browser_cuts_nothing_off_and_all_is_said_at_once(her: Client, ask: Ask, head: Post) -> None:
    url = f"/promises/asks/{ask.pk}/yes/"
    assert "maxlength" not in text(her.get(url))
    page = text(post(her, url, post=head.pk, words="word " * 100, due_on=PAST))
    assert "This is too long for the wall." in page
    assert "This day has gone by." in page


def test_a_no_without_a_reason_and_a_not_ours_without_a_body(her: Client, ask: Ask, service: Body) -> None:
    no = post(her, f"/promises/asks/{ask.pk}/no/", reason=" ")
    assert (no.status_code, "Write a few words." in text(no)) == (422, True)
    for whose in ("", service.pk):
        passed = post(her, f"/promises/asks/{ask.pk}/not-ours/", whose=whose, note="Not us.")
        assert passed.status_code == 422
        assert "Not us." in text(passed)
    assert not Answer.objects.exists()


def test_no_because_and_not_ours_on_pages(her: Client, nasreen: Client, ask: Ask, council: Body) -> None:
    passed = post(her, f"/promises/asks/{ask.pk}/not-ours/", whose=council.pk, note="Ask them.")
    assert passed["Location"] == f"/promises/asks/{ask.pk}/"
    assert her.get(f"/promises/asks/{ask.pk}/no/").status_code == 403, "it is the council’s now"
    assert post(nasreen, f"/promises/asks/{ask.pk}/no/", reason="No money.").status_code == 302
    assert [each.in_the_room for each in ask.answers.all()] == [False, True]


def test_judging_your_own_promise(her: Client, promise: Promise) -> None:
    for answer in (
        her.get(f"/promises/{promise.pk}/judge/"),
        post(her, f"/promises/{promise.pk}/judge/", verdict="kept"),
    ):
        assert answer.status_code == 403
        assert "never whoever promised it" in text(answer)
    assert Promise.objects.get().state == State.MADE
    assert not Judgement.objects.exists()


def test_judging_with_a_workers_name(lyn: Client, promise: Promise) -> None:
    answer = post(lyn, f"/promises/{promise.pk}/judge/", verdict="not_kept", note="Helen forgot us.")
    assert answer.status_code == 422
    assert "Leave out the name" in text(answer)
    assert "Helen forgot us." in text(answer)
    assert not Judgement.objects.exists()
    assert post(lyn, f"/promises/{promise.pk}/judge/", note="Well.").status_code == 422


PAGES = ["asks/{ask}/yes/", "asks/{ask}/no/", "asks/{ask}/not-ours/", "asks/{ask}/name/"]
PAGES += ["{promise}/judge/", "{promise}/more-time/", "{promise}/name/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_asked_in_and_a_neighbour_is_told_whose_it_is(
    page: str, ask: Ask, promise: Promise, femi: Person, signed_in_client: SignIn
) -> None:
    url = "/promises/" + page.format(ask=ask.pk, promise=promise.pk)
    assert Client().get(url)["Location"].startswith("/people/come-in/")
    other = signed_in_client(femi)
    data = {"verdict": "kept", "words": "x", "due_on": SOON, "because": "x", "reason": "x"}
    assert other.get(url).status_code == 403
    assert post(other, url, **data).status_code == 403
    assert Promise.objects.get().state == State.MADE
    assert Answer.objects.count() == 1
    assert not Again.objects.exists()


def test_more_time_is_asked_and_given_on_pages(her: Client, lyn: Client, promise: Promise) -> None:
    url = f"/promises/{promise.pk}/"
    form = {"due_on": SOON, "because": "The rule is not written.", "words": promise.words}
    assert post(her, f"{url}more-time/", **{**form, "due_on": PAST}).status_code == 422
    assert post(her, f"{url}more-time/", **form)["Location"] == url
    agree = f"/promises/again/{Again.objects.get().pk}/"
    assert agree in text(lyn.get(url))
    assert agree not in text(her.get(url))
    assert post(her, agree).status_code == 403
    assert post(lyn, agree)["Location"] == url
    assert Promise.objects.get().state == State.MADE_AGAIN
    assert lyn.get(agree).status_code == 405


def test_a_resident_asks_for_themselves(lyn: Client, round_: Round, service: Body, lynda: Person) -> None:
    url = f"/promises/ask/{round_.pk}/"
    assert "people of 14 July" not in text(lyn.get(url)), "no circle to ask for"
    form = {"words": "Ring me back.", "of": service.pk, "asked_by_words": "Lyn"}
    shy = post(lyn, url, **form)
    assert shy.status_code == 422
    assert "Say yes to that first." in text(shy)
    assert not Ask.objects.exists()
    post(lyn, url, **form, own_yes="on")
    ask = Ask.objects.get()
    assert (ask.asker, ask.asked_by) == (lynda, None)
    post(lyn, f"/promises/asks/{ask.pk}/name/", words="")
    assert "Lyn" not in text(Client().get("/promises/")).split("<main")[1]


def test_a_resident_cannot_choose_a_room_by_hand(
    lyn: Client, round_: Round, service: Body, room: Circle
) -> None:
    data = {"words": "Ours.", "of": service.pk, "asked_by": room.pk, "asked_by_words": "us", "own_yes": "on"}
    post(lyn, f"/promises/ask/{round_.pk}/", **data)
    assert Ask.objects.get().asked_by is None


def test_only_moments_one_may_quote_are_offered(
    nasreen: Client, round_: Round, service: Body, room: Circle, version: Version
) -> None:
    url = f"/promises/ask/{round_.pk}/"
    assert "postman" not in text(nasreen.get(url))
    hidden = version.pieces.all()[0]
    data = {"words": "x", "of": service.pk, "asked_by": room.pk, "asked_by_words": "us", "piece": hidden.pk}
    post(nasreen, url, **data)
    assert not Ask.objects.filter(piece__isnull=False).exists()


def test_a_promise_for_oneself_needs_a_name_and_a_yes(lyn: Client, round_: Round, room: Circle) -> None:
    url = f"/promises/promise/{round_.pk}/"
    form = {"post": "me", "words": "A chair.", "due_on": SOON, "to": room.pk, "to_words": "all"}
    assert post(lyn, url, **form, own_yes="on").status_code == 422
    assert post(lyn, url, **form, by_words="Lyn").status_code == 422
    assert not Promise.objects.exists()
    assert post(lyn, url, **form, by_words="Lyn", own_yes="on").status_code == 302
    assert Promise.objects.get().who == "Lyn"


def test_circles_of_others_are_not_offered(
    her: Client, nasreen: Client, round_: Round, room: Circle, head: Post
) -> None:
    Circle.objects.create(name="those who lost a child", kind=Circle.Kind.NAMED)
    Circle.objects.create(name="Sam’s helpers", kind=Circle.Kind.HELPERS)
    hers, mine = (text(each.get(f"/promises/promise/{round_.pk}/")) for each in (her, nasreen))
    asks = text(nasreen.get(f"/promises/ask/{round_.pk}/"))
    assert "lost a child" in asks
    assert "people of 14 July" in hers
    assert "lost a child" not in hers
    assert "lost a child" in mine
    for page in (hers, mine, asks):
        assert "Sam’s helpers" not in page


@pytest.mark.parametrize(
    "url",
    [
        "/promises/99/",
        "/promises/asks/99/",
        "/promises/99/judge/",
        "/promises/ask/99/",
        "/promises/again/99/",
    ],
)
def test_what_is_not_there_is_not_there(url: str, nasreen: Client, neighbourhood: Neighbourhood) -> None:
    assert (post(nasreen, url) if "again" in url else nasreen.get(url)).status_code == 404


@pytest.mark.parametrize(
    "page",
    ["ask/", "ask/{round}/", "promise/{round}/", "asks/{ask}/yes/", "asks/{ask}/no/", "asks/{ask}/not-ours/"],
)
def test_form_pages_ask_the_database_little(
    page: str,
    nasreen: Client,
    ask: Ask,
    card: Insight,
    gap: Gap,
    version: Version,
    django_assert_max_num_queries: Any,
) -> None:
    say_yes(version, gap, gap.after, audience=Audience.PARTNERSHIP)
    url = "/promises/" + page.format(round=ask.round_id, ask=ask.pk)
    with django_assert_max_num_queries(12):
        answer = nasreen.get(url)
    assert answer.status_code == 200
    if page == "ask/{round}/":
        assert "8. Miss one visit, begin again." in text(answer)
        assert "Robin: Back of the queue, 17 weeks" in text(answer)


def test_judging_asks_the_database_little(
    lyn: Client, promise: Promise, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        assert lyn.get(f"/promises/{promise.pk}/judge/").status_code == 200


def test_a_resident_promises_for_herself_and_cannot_choose_a_post_by_hand(
    lyn: Client, round_: Round, room: Circle, head: Post, lynda: Person
) -> None:
    url = f"/promises/promise/{round_.pk}/"
    assert "The Talking Service" not in text(lyn.get(url)), "no post is hers"
    form = {"post": head.pk, "words": "A chair.", "due_on": SOON, "to": room.pk, "to_words": "all"}
    assert post(lyn, url, **form).status_code == 422
    post(lyn, url, **form, by_words="Lyn", own_yes="on")
    promise = Promise.objects.get()
    assert (promise.person, promise.post) == (lynda, None)
