"""The page of all neighbourhoods, and a card on it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations.models import Insight, Level
from betterstory.people.models import Person
from betterstory.places.models import Round
from conftest import AT

SignIn = Callable[[Person], Client]
PAGE = "/learning/neighbourhoods/"


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def structure(round_: Round, number: int, words: str, **more: Any) -> Insight:
    return Insight.objects.create(
        round=round_, level=Level.STRUCTURE, number=number, words=words, added_at=AT, **more
    )
