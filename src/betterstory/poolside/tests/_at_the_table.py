"""Helen and Sam at their browsers, round one poolside."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Person
from betterstory.poolside.models import Poolside

SignIn = Callable[[Person], Client]
SOON = timezone.localdate() + timedelta(days=28)


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def here(poolside: Poolside) -> str:
    return f"/poolside/{poolside.pk}/"


@pytest.fixture
def helen(partner: Person, poolside: Poolside, signed_in_client: SignIn) -> Client:
    return signed_in_client(partner)


@pytest.fixture
def sam(teller: Person, poolside: Poolside, signed_in_client: SignIn) -> Client:
    return signed_in_client(teller)
