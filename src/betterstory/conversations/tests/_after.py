"""The night of a gathering, a photograph of its wall, and what is owed afterwards."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Guest, Side
from betterstory.people.models import Person, Ring
from conftest import AT

Send = Callable[..., Any]
Browser = Callable[[Person], Client]
NIGHT = timedelta(days=8, hours=3)  # after the gathering of the fixture, the same evening
GPS = 0x8825


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (80, 60)) -> bytes:
    """A wall with yellow notes; of a JPEG it is written in it where it was taken."""
    out, exif = BytesIO(), Image.Exif()
    exif[GPS] = {1: "N", 2: (51.0, 27.0, 0.0)}
    Image.new("RGB", size, "gold").save(out, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return out.getvalue()


@pytest.fixture
def night(gathering: Gathering, monkeypatch: pytest.MonkeyPatch) -> Gathering:
    """The same evening, when all went home: pages read that clock."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + NIGHT)
    return gathering


def guest_of(gathering: Gathering, by: Person, name: str = "Ivy", *, comes: bool = True) -> Guest:
    guest = verbs.ask_guest(gathering, first_name=name, side=Side.RESIDENT, ring=Ring.COMMUNITY, by=by)
    if comes:
        verbs.reply(guest, reply=Guest.Reply.COMING, by=by, at=AT)
    return guest
