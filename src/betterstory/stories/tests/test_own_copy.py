"""My own copy: all that I told and what came of it, my voice and my pages; and where I hear myself."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from PIL import Image

from betterstory.people.models import Circle, Person
from betterstory.stories import (
    beside,
    consenting,
    describing,
    owing,
    recordings,
    sealed_files,
    tongues,
    verbs,
)
from betterstory.stories.arriving import ComingSound
from betterstory.stories.models import Size, Step, Story, Told, Tongue, Use, Version
from betterstory.stories.tests.conftest import MONTH, again
from betterstory.stories.tests.test_pages import text
from conftest import AT

SignIn = Callable[[Person], Client]
WAV = b"RIFF\x00\x00\x10\x00WAVEfmt " + bytes(range(256)) * 2_500  # over two parts


def record(story: Story, teller: Person, sound: bytes = WAV) -> None:
    coming = ComingSound(HttpRequest(), story)
    for begins in range(0, len(sound), 64 * 1024):
        coming.receive_data_chunk(sound[begins : begins + 64 * 1024], begins)
    coming.file_complete(len(sound))
    recordings.keep_sound(story, by=teller, coming=coming, at=AT)


@pytest.fixture
def told(story: Story, teller: Person) -> Version:
    """A second version with everything a telling can hold, agreed; and a third that is open."""
    verbs.begin_version(story, by=teller, at=AT)
    record(story, teller)
    page = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(page, "PNG")
    recordings.keep_page(story, by=teller, came=page.getvalue(), at=AT)
    tongues.say_language(
        story,
        by=teller,
        language="Welsh",
        interpreter="Nia",
        role=Tongue.Role.FRIEND,
        other_language="English",
    )
    tongues.write_beside(story, by=teller, words="Stopiais agor y post.")
    step = Step.objects.select_related("version__story").filter(version=story.newest())[0]
    describing.describe(step, by=teller, feeling_words="hollow", helped="The bench", size=Size.BIG)
    version = again(verbs.agree(story, by=teller, at=AT))
    verbs.begin_version(story, by=teller, at=AT)
    return version


def packed(client: Client, story: Story) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(client.get(f"/stories/{story.uuid}/my-copy/").getvalue()))


def test_it_holds_all_that_was_told_and_what_came_of_it(
    told: Version, story: Story, teller: Person, organiser: Person, circle: Circle, signed_in_client: SignIn
) -> None:
    yes = consenting.say_yes(told, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    owing.tell(yes, by=organiser, words="They keep your place now.", at=AT)
    step = Step.objects.select_related("version__story").filter(version=told)[0]
    beside.stand_beside(step, by=organiser, words="From my desk", at=AT)
    copy = packed(signed_in_client(teller), story).read("my-story.html").decode()
    for words in (
        "sat on the mat like snow",
        "took me off the list",
        "Who was there",
        "How it felt",
        "hollow",
        "The bench",
        "A big moment",
        "Told in Welsh",
        "Nia",
        "Stopiais agor y post.",
        "They keep your place now.",
        "From my desk",
        "Read my story, people of 14 July",
    ):
        assert words in copy, words


def test_it_reads_well_on_a_phone_by_itself(
    told: Version, story: Story, teller: Person, signed_in_client: SignIn
) -> None:
    copy = packed(signed_in_client(teller), story).read("my-story.html").decode()
    assert "width=device-width" in copy
    assert "A. Back of the queue" in copy
    assert not re.search(r"A\. (?:<\w+>)?A\. ", copy), "a gap has its letter once"
    assert not re.search(r"<link|url\(|https?://", copy), "it asks nobody for anything"


def test_it_holds_each_recording_and_page_once_as_it_was_said(
    told: Version, story: Story, teller: Person, signed_in_client: SignIn
) -> None:
    assert Told.objects.count() == 4, "two versions hold them"
    copy = packed(signed_in_client(teller), story)
    assert copy.namelist() == ["my-story.html", "sound-1.wav", "page-2.jpg"]
    assert copy.testzip() is None
    assert copy.read("sound-1.wav") == WAV
    assert Image.open(io.BytesIO(copy.read("page-2.jpg"))).size == (40, 30)
    assert 'href="sound-1.wav"' in copy.read("my-story.html").decode()


def test_it_goes_out_part_by_part_and_nothing_lies_in_the_clear(
    told: Version, story: Story, teller: Person, signed_in_client: SignIn, tmp_path: Path
) -> None:
    answer: Any = signed_in_client(teller).get(f"/stories/{story.uuid}/my-copy/")
    assert answer.streaming
    largest = max(len(part) for part in answer.streaming_content)
    assert largest < sealed_files.PART + 4096, "no more than a part at a time"
    marks = WAV[300:340]
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and marks in path.read_bytes()]


def test_one_that_does_not_open_keeps_nothing_else_from_its_teller(
    told: Version, story: Story, teller: Person, signed_in_client: SignIn
) -> None:
    sound = Told.objects.filter(kind=Told.Kind.SOUND)[0]
    sealed_files.place_of(story, sound.file).unlink()
    copy = packed(signed_in_client(teller), story)
    assert copy.testzip() is None
    assert copy.read("page-2.jpg")
    assert "snow" in copy.read("my-story.html").decode()


@pytest.mark.parametrize("who", ["organiser", "held", "destroyed"])
def test_nobody_else_has_it(
    who: str, told: Version, story: Story, teller: Person, organiser: Person, signed_in_client: SignIn
) -> None:
    if who == "held":
        Story.objects.update(held_at=AT)
    if who == "destroyed":
        Story.objects.update(destroyed_at=AT)
    client = signed_in_client(organiser if who == "organiser" else teller)
    assert client.get(f"/stories/{story.uuid}/my-copy/").status_code == 404


def test_the_teller_hears_themselves_again_on_their_own_page_and_a_reader_does_not(
    told: Version, story: Story, teller: Person, organiser: Person, circle: Circle, signed_in_client: SignIn
) -> None:
    sound = Told.objects.filter(version=told, kind=Told.Kind.SOUND).get()
    newest = story.newest()
    newest.delete()
    player = f"/stories/{story.uuid}/told/{sound.pk}/"
    sam = signed_in_client(teller)
    page = text(sam.get(f"/stories/{story.uuid}/"))
    assert f'src="{player}"' in page
    assert "Take out" not in page, "what was agreed stays"
    assert sam.get(player).getvalue() == WAV
    consenting.say_yes(
        told, by=teller, use=Use.READ, circle=circle, at=timezone.now(), until=timezone.now() + (MONTH - AT)
    )
    reader = text(signed_in_client(organiser).get(f"/stories/{story.uuid}/"))
    assert "sat on the mat like snow" in reader
    assert player not in reader
