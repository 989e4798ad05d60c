"""A wall with a promise in every state and an ask with every answer, and how its words are read."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Ask, Promise, Verdict

SignIn = Callable[[Person], Client]
NOW = timezone.localdate()


def text(response: Any) -> str:
    return str(response.content.decode())


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


def words_on(url: str, client: Client | None = None) -> set[str]:
    return set(re.findall(r"“([^”]+)”</a></p>", text((client or Client()).get(url))))
