"""Somebody asked to a gathering, what the form of its preparation sends, and a turn of its run sheet."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Guest, RunSheet, Side, Turn
from betterstory.conversations.verbs import TurnAs
from betterstory.people.models import Person, Ring

Send = Callable[..., Any]
Browser = Callable[[Person], Client]


def ask(gathering: Gathering, by: Person, name: str = "Ivy", **more: Any) -> Guest:
    told = {"side": Side.RESIDENT, "ring": Ring.COMMUNITY} | more
    return verbs.ask_guest(gathering, first_name=name, by=by, **told)


def form_of(gathering: Gathering, **more: Any) -> dict[str, Any]:
    edition = RunSheet.objects.get(gathering=gathering).edition
    told = {"day": "2026-07-14", "time": "13:00", "where": "St Brannoc’s hall", "edition": edition}
    return told | more


def turn_as(words: str = "", *, kind: Turn.Kind = Turn.Kind.ROUND, minutes: int = 10) -> TurnAs:
    return TurnAs(kind=kind, words=words, minutes=minutes)
