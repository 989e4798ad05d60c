"""Recordings are in the copies, each once; a lost machine loses none, and what was destroyed stays away."""

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from betterstory.people.models import Person
from betterstory.stories import consenting, sealed_files
from betterstory.stories.models import Story, Told
from betterstory.website.keeping import copying, record, restoring, sealed_copies
from conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)
Tell = Callable[[str], Story]
VOICE = b"my own voice, saying so" * 30_000  # three parts
SIZES = [0, 1, sealed_files.PART - 1, sealed_files.PART, sealed_files.PART + 1, 3 * sealed_files.PART]


def say(story: Story, came: bytes = VOICE) -> Told:
    writing = sealed_files.Writing(story)
    writing.write(came)
    writing.close()
    version = story.newest()
    return Told.objects.create(
        version=version,
        file=writing.file,
        kind=Told.Kind.SOUND,
        media="audio/wav",
        size=len(came),
        position=0,
        told_at=AT,
    )


def heard(told: Told) -> bytes:
    return b"".join(sealed_files.read(told, 0, told.size))


@pytest.mark.parametrize("size", SIZES)
def test_how_long_a_sealed_file_is(size: int, tell: Tell) -> None:
    told = say(tell("words"), b"x" * size)
    place = sealed_files.place_of(told.version.story, told.file)
    assert place.stat().st_size == sealed_files.sealed_size(size)


def test_on_a_new_machine_a_voice_is_heard_again(home: Path, identity: Any, tell: Tell) -> None:
    told = say(tell("words"))
    made = copying.make_copies(at=AT)
    shutil.rmtree(home / "sealed")
    restoring.restore(made.story, at=AT, identity=identity, keys=made.keys)
    assert heard(told) == VOICE
    assert not any(VOICE[:23] in file.read_bytes() for file in (home / "copies").rglob("*") if file.is_file())


def test_the_next_copy_takes_what_is_new_and_nothing_twice(home: Path, identity: Any, tell: Tell) -> None:
    story = tell("words")
    say(story)
    assert sealed_copies.copy(home / "copies") == 1
    assert sealed_copies.copy(home / "copies") == 0
    second = say(story)
    assert sealed_copies.copy(home / "copies") == 1
    place = home / "copies" / "sealed" / str(story.uuid) / f"{second.file}.sealed"
    place.write_bytes(place.read_bytes()[:-1])  # cut short by a full disk
    assert sealed_copies.copy(home / "copies") == 1
    assert place.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("harm", ["gone", "cut"])
def test_a_drill_fails_where_a_recording_is_not_in_the_copies_whole(
    harm: str, home: Path, identity: Any, tell: Tell
) -> None:
    told = say(tell("words"))
    copying.make_copies(at=AT)
    assert restoring.drill(at=AT, identity=identity).all_open
    [copied] = (home / "copies" / "sealed").glob("*/*.sealed")
    if harm == "gone":
        copied.unlink()
    else:
        copied.write_bytes(copied.read_bytes()[:-1])
    tried = restoring.drill(at=AT, identity=identity)
    assert (tried.all_open, tried.told["not_copied"], tried.told["open"]) == (False, 1, 1)
    assert record.last(record.DRILL_FAILED)
    assert heard(told) == VOICE, "a drill changes nothing here"


def test_of_a_story_that_was_destroyed_no_recording_comes_back(
    home: Path, identity: Any, tell: Tell, teller: Person
) -> None:
    told, other = say(tell("words")), say(tell("others"))
    made = copying.make_copies(at=AT)
    gone = told.version.story
    consenting.take_back(gone, by=teller, at=AT, for_good_now=True)
    shutil.rmtree(home / "sealed")
    tried = restoring.restore(made.story, at=AT, identity=identity, keys=made.keys)
    assert tried.told["not_copied"] == 0
    assert not (home / "sealed" / str(gone.uuid)).exists()
    assert heard(other) == VOICE


@pytest.mark.parametrize(("days", "stays"), [(364, True), (365, False)])
def test_what_no_story_knows_goes_with_the_last_copy_that_spoke_of_it(
    days: int, stays: bool, home: Path, identity: Any, tell: Tell
) -> None:
    told = say(tell("words"))
    copying.make_copies(at=AT)
    [copied] = (home / "copies" / "sealed").glob("*/*.sealed")
    os.utime(copied, (AT.timestamp(), AT.timestamp()))
    told.delete()
    sealed_files.place_of(told.version.story, told.file).unlink()
    copying.make_copies(at=AT + timedelta(days=days))
    assert copied.exists() is stays


def test_an_empty_folder_here_empties_no_copy(home: Path, identity: Any, tell: Tell) -> None:
    say(tell("words"))
    copying.make_copies(at=AT)
    shutil.rmtree(home / "sealed")
    copying.make_copies(at=AT + timedelta(days=1))
    assert list((home / "copies" / "sealed").glob("*/*.sealed"))
