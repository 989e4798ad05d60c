"""A promise that is written down as it is said in the room."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations.models import Gathering
from betterstory.people.models import Person, Post
from betterstory.places.models import Round
from betterstory.promises.models import Promise
from betterstory.promises.tests._meeting import meet
from betterstory.promises.tests.conftest import WORDS
from conftest import TODAY

SignIn = Callable[[Person], Client]


@pytest.fixture
def gathering(round_: Round, organiser: Person) -> Gathering:
    return meet(round_, organiser, TODAY)


@pytest.fixture
def at_the_gathering(
    gathering: Gathering,
    organiser: Person,
    head: Post,
    signed_in_client: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> Client:
    monkeypatch.setattr("django.utils.timezone.now", lambda: gathering.at)
    return signed_in_client(organiser)


def send(browser: Client, path: str, **told: object) -> Any:
    return browser.post(path, {"once": str(uuid.uuid4()), **told})


def test_a_promise_in_the_room_takes_a_post_and_words(
    at_the_gathering: Client, round_: Round, gathering: Gathering, head: Post
) -> None:
    page = f"/promises/room/{round_.pk}/"
    assert at_the_gathering.get(page).text.count("<textarea") == 1
    there = send(at_the_gathering, page, post=head.pk, words=WORDS)["Location"]
    promise = Promise.objects.get()
    assert there == f"/promises/{promise.pk}/"
    assert (promise.to_circle, promise.witness) == (gathering.circle, "the room")
    assert (promise.when_we_meet, promise.in_the_room, promise.waits_to_be_confirmed) == (True, True, True)


@pytest.mark.parametrize(("when", "days"), [("7", 7), ("28", 28), ("day", 3)])
def test_by_when_is_one_tap(
    when: str, days: int, at_the_gathering: Client, round_: Round, gathering: Gathering, head: Post
) -> None:
    on = gathering.at.date()
    told = {"post": head.pk, "words": WORDS, "when": when, "due_on": on + timedelta(days=3)}
    send(at_the_gathering, f"/promises/room/{round_.pk}/", **told)
    assert Promise.objects.get().due_on == on + timedelta(days=days)


WRONG = [
    ({"words": ""}, "Write a few words."),
    ({"words": "word " * 20_000}, "This is too long for the wall."),
    ({"when": "day"}, "Say by when"),
    ({"when": "day", "due_on": "2020-01-01"}, "This day has gone by."),
    ({"post": "999999"}, "Choose one from the list."),
]


@pytest.mark.parametrize(("typed", "sentence"), WRONG)
def test_what_is_wrong_in_the_room_gets_a_sentence(
    typed: dict[str, str], sentence: str, at_the_gathering: Client, round_: Round, head: Post
) -> None:
    answer = send(
        at_the_gathering, f"/promises/room/{round_.pk}/", **{"post": head.pk, "words": WORDS, **typed}
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Promise.objects.exists()
