"""Pages about safety in the browsers of those who answer for it."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Person
from betterstory.stories.models import Concern

SignIn = Callable[[Person], Client]

SAFETY = "/stories/safety/"

MISSED = "They took me off the list"


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture
def lead(grace: Person, signed_in_client: SignIn) -> Client:
    return signed_in_client(grace)


@pytest.fixture
def bea(steward: Person, signed_in_client: SignIn) -> Client:
    return signed_in_client(steward)


def page(concern: Concern, more: str = "") -> str:
    return f"{SAFETY}concerns/{concern.uuid}/{more}"
