"""A sheet with a story on it, its teller’s yes, and what the screen shows of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, RunSheet
from betterstory.conversations.slides import lay_slides
from betterstory.people.models import Person
from betterstory.stories import consenting
from betterstory.stories.models import Consent, Story, Use, Version
from conftest import AT

Send = Callable[..., Any]
Browser = Callable[[Person], Client]
LINE = "I rang to change the time. They took me off the list."


def read(gathering: Gathering) -> RunSheet:
    return RunSheet.objects.with_the_word().select_related("gathering__circle").get(gathering=gathering)


def said(gathering: Gathering) -> list[str]:
    """Every heading the screen can show now, in order."""
    slides = lay_slides(gathering, read(gathering), at=AT)
    return [slide.heading for turn in slides.turns for slide in slides.of(turn)]


def on_screen(browser: Client, gathering: Gathering) -> str:
    return browser.get(f"/conversations/{gathering.pk}/projector/").content.decode()


@pytest.fixture
def yes(version: Version, teller: Person, gathering: Gathering) -> Callable[..., Consent]:
    """The teller says yes to one use for the room."""

    def say(use: Use, **more: Any) -> Consent:
        told = {"circle": gathering.circle} | more
        return consenting.say_yes(version, by=teller, use=use, at=AT, until=AT + timedelta(days=30), **told)

    return say


@pytest.fixture
def sheet(gathering: Gathering, story: Story, organiser: Person) -> RunSheet:
    """The sheet with the story on it: edition 2, which nobody approved yet."""
    prepared = verbs.Prepared(when=gathering.at, where=gathering.where, story=story)
    verbs.prepare(gathering, prepared, by=organiser, at=AT, edition=1)
    return read(gathering)


@pytest.fixture
def ready(sheet: RunSheet, yes: Callable[..., Consent], teller: Person) -> RunSheet:
    """Approved, with a yes to the room, and the screen at the story's turn."""
    yes(Use.IN_ROOM)
    yes(Use.READ_ALOUD)
    verbs.approve(sheet, by=teller, at=AT, edition=2)
    return sheet


def go_to(gathering: Gathering, kind: str, organiser: Person, step: int = 0) -> None:
    sheet = read(gathering)
    turn = gathering.turns.get(kind=kind)
    verbs.show(sheet, turn=turn, step=step, seen=sheet.moves, by=organiser, at=AT)
