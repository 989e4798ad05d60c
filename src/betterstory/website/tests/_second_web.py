"""A second laptop, a phone and the desk beside it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations.inbox import evening as evenings
from betterstory.conversations.inbox.pack import write_pack
from betterstory.conversations.tests._evening import NOW, a_pack
from betterstory.conversations.tests._phone import hidden

GOOD = "K7TP4M2M"
WRONG = GOOD[:-1] + "A"
PHONE = "192.168.8.23"


@pytest.fixture
def file(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of a second laptop. No test here asks for a database, so any question to one fails."""
    from betterstory.website import inbox_settings  # noqa: PLC0415 - it reads the settings of the tests

    written = tmp_path / "evening.pack"
    written.write_text(write_pack(a_pack()))
    for name in ("ROOT_URLCONF", "TEMPLATES", "CACHES", "HALL", "DEMO"):
        setattr(settings, name, getattr(inbox_settings, name))
    settings.MIDDLEWARE = [name for name in inbox_settings.MIDDLEWARE if "whitenoise" not in name]
    settings.INBOX = str(written)
    settings.URL = "http://192.168.8.10:8000"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    evening = evenings.Evening(written, at=NOW)
    monkeypatch.setattr(evenings, "the_evening", lambda _file: evening)
    monkeypatch.setattr("betterstory.conversations.pages.second_laptop.the_evening", lambda _file: evening)
    return written


@pytest.fixture
def phone() -> Client:
    return Client(enforce_csrf_checks=True, REMOTE_ADDR=PHONE)


@pytest.fixture
def at_the_desk() -> Client:
    return Client(enforce_csrf_checks=True)


def send(client: Client, page: str, form: int = 0, **more: str) -> str:
    return str(client.post("/v/", {**hidden(page, form), **more}).content.decode())


def begin(client: Client, code: str = GOOD) -> str:
    return str(client.post("/v/", {"code": code}).content.decode())
