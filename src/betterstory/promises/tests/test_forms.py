"""Asking, answering, promising and judging on pages; bad input gets a sentence, and nothing is half saved."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.conversations.models import Insight
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Neighbourhood, Round
from betterstory.promises.models import Again, Answer, Ask, Judgement, Promise, State
from betterstory.promises.tests._forms import SOON, SignIn, her, lyn, nasreen, post, text
from betterstory.promises.tests.conftest import say_yes
from betterstory.stories.models import Audience, Gap, Version

__all__ = ["her", "lyn", "nasreen"]  # fixtures that tests ask for by name

PAST = (timezone.localdate() - timedelta(days=1)).isoformat()


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
