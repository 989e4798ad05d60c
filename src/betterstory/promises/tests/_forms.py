"""Three people at their browsers, and forms sent as they send them."""

import html
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Person

SignIn = Callable[[Person], Client]
SOON = (timezone.localdate() + timedelta(days=30)).isoformat()


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
