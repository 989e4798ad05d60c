"""An analyst's browser, and a small log to bring."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from betterstory.people.models import Person
from betterstory.places.models import Place

type Browser = Callable[[Person], Client]
LOG = b"who,what,when\nP1,Letter,2026-02-01\nP2,Referral,2026-02-03\n"
BRING = "/behind/logs/bring/"


@pytest.fixture
def ade(analyst: Person, own_log: Place, signed_in_client: Browser) -> Client:
    return signed_in_client(analyst)


@pytest.fixture(autouse=True)
def _nothing_is_left_on_its_way(settings: Any) -> Iterator[None]:
    yield
    waiting = Path(settings.HOME) / "arriving"
    assert not waiting.exists() or not list(waiting.rglob("*"))


def sent(log: bytes | None = LOG, people: bytes | None = None, **more: str) -> dict[str, Any]:
    files = {"log": log, "people": people}
    given = {
        name: SimpleUploadedFile(f"{name}.csv", content)
        for name, content in files.items()
        if content is not None
    }
    return {"once": str(uuid.uuid4()), **more, **given}


def kept(settings: Any) -> list[Path]:
    return [path for path in (Path(settings.HOME) / "logs").rglob("*") if path.is_file()]
