"""An organiser who makes a pattern of a story she may read."""

import html
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from betterstory.behind.tests.conftest import SayYes
from betterstory.people.models import Circle, Person
from betterstory.stories.models import Consent, Piece, Use, Version

type Browser = Callable[[Person], Client]


@pytest.fixture
def readable(counted: Consent, say_yes: SayYes, circle: Circle) -> None:
    """The organiser may read the story, and it may be counted."""
    say_yes(Use.READ, circle=circle)


@pytest.fixture
def nasreen(organiser: Person, signed_in_client: Browser) -> Client:
    return signed_in_client(organiser)


def filled(pieces: list[Piece], **more: str) -> dict[str, Any]:
    """The form of three steps, filled in well."""
    first, second, third = (f"step{piece.pk}" for piece in pieces)
    return {
        "once": str(uuid.uuid4()),
        "name": "Asked, left waiting, seen",
        "whole_within": "1 year",
        f"{first}-name": "Asked for help",
        f"{first}-others": "Referral",
        f"{second}-name": "No visit",
        f"{second}-kind": "silence",
        f"{second}-others": "First visit\nSecond visit",
        f"{second}-silence": "2 weeks",
        f"{third}-name": "Seen",
        f"{third}-kind": "contact",
        f"{third}-others": "First visit",
        f"{third}-within": "20 weeks",
        f"{third}-after": "1 day",
        **more,
    }


def steps_of(version: Version, pieces: list[Piece]) -> str:
    chosen = "&".join(f"piece={piece.pk}" for piece in pieces)
    return f"{reverse('behind:write_steps', args=[version.pk])}?{chosen}"


def heard(page: str) -> str:
    found = re.search(r'name="heard" value="(\w+)"', page)
    assert found, "nothing was read out"
    return found[1]


def plain(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))
