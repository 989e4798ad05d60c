"""A recording or a page that is sent, what came of it, and what then lies on the disk."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as place_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from betterstory.people.models import Person
from betterstory.stories import verbs
from betterstory.stories.models import Story, Told
from conftest import AT

SignIn = Callable[[Person], Client]

MARK = b"my own voice, saying so"

WAV = b"RIFF\x00\x00\x10\x00WAVEfmt " + MARK * 40_000  # over three parts


def send(client: Client, url: str, came: bytes, name: str = "sound.wav") -> Any:
    file = SimpleUploadedFile(name, came, content_type="application/octet-stream")
    return client.post(url, {"once": str(uuid.uuid4()), "file": file})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def heard(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def on_disk() -> list[Path]:
    return [path for path in (Path(place_settings.HOME) / "sealed").rglob("*") if path.is_file()]


@pytest.fixture
def open_story(story: Story, teller: Person) -> Story:
    verbs.begin_version(story, by=teller, at=AT)
    return story


@pytest.fixture
def recording(sam: Client, open_story: Story, django_capture_on_commit_callbacks: Any) -> Told:
    with django_capture_on_commit_callbacks(execute=True):
        assert send(sam, f"/stories/{open_story.uuid}/aloud/", WAV).status_code == 302
    return Told.objects.select_related("version__story").get()
