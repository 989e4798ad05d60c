"""A clock that stands, and a code typed on the page."""

import uuid
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from conftest import AT

PAGE = "/people/come-in/"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages read the clock once; here it stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def press(client: Client, code: str, form: str = "", **more: str) -> Any:
    return client.post(PAGE, {"code": code, "once": form or str(uuid.uuid4()), **more})


def who_is_in(client: Client) -> str | None:
    return client.session.get(SESSION_KEY)
