"""The pack of a second laptop: sealed, and gone when the night comes."""

import json
import os
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from betterstory.conversations.inbox.evening import Evening, inbox_of, open_pack
from betterstory.conversations.inbox.pack import read_pack
from betterstory.conversations.inbox.trouble import (
    ClockIsBehind,
    EveningIsOver,
    NotAPack,
)
from betterstory.conversations.tests._evening import (
    CODE,
    NIGHT,
    NOW,
    TWO,
    a_pack,
    answer,
    at_home,
    evening,
    file,
)

__all__ = ["evening", "file"]  # fixtures that tests ask for by name


def test_a_pack_opens_as_it_was_written_and_shows_no_word_without_its_key(file: Path) -> None:
    assert read_pack(file.read_text()) == a_pack()
    assert "Thursday" not in file.read_text()
    told = json.loads(file.read_text()) | {"key": b64encode(b"x" * 32).decode()}
    with pytest.raises(NotAPack):
        read_pack(json.dumps(told))


@pytest.mark.parametrize("name", ["format", "what", "pack", "made_at", "ends_at", "home", "key", "sealed"])
def test_a_pack_that_was_changed_does_not_open(name: str, file: Path) -> None:
    """Also not one whose evening was made longer, or whose home is another."""
    told = json.loads(file.read_text())
    other = {
        "format": 2,
        "pack": str(UUID(int=8)),
        "made_at": "2026-07-13T15:00:00+00:00",
        "ends_at": "2027-07-15T02:00:00+00:00",
        "home": b64encode(b"z" * 32).decode(),
    }
    told[name] = other[name] if name in other else told[name][:-4] + "AAAA"
    with pytest.raises(NotAPack):
        read_pack(json.dumps(told))


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", "7", "not json", '{"format": 1}', "[" * 100_000, '{"format":1,"what":[]}'],
)
def test_anything_else_is_no_pack(text: str) -> None:
    with pytest.raises(NotAPack):
        read_pack(text)


def test_when_the_night_comes_the_key_is_destroyed_and_no_clock_brings_it_back(
    file: Path, evening: Evening
) -> None:
    answer(evening)
    evening.look(NIGHT - timedelta(seconds=1))
    with pytest.raises(EveningIsOver):
        evening.look(NIGHT)
    assert "key" not in json.loads(file.read_text())
    assert "sealed" not in json.loads(file.read_text())
    for at in (NOW, NIGHT):
        with pytest.raises(EveningIsOver):
            evening.look(at)
        with pytest.raises(EveningIsOver):
            Evening(file, at=at)
    with pytest.raises(EveningIsOver):
        evening.slip(CODE)


def test_a_clock_set_back_during_the_evening_does_not_make_it_longer(file: Path, evening: Evening) -> None:
    evening.look(NIGHT - timedelta(minutes=1))
    evening.look(NOW - timedelta(hours=2))
    answer(evening, at=NOW - timedelta(hours=2))
    answer(evening, choice=-1, at=NOW - timedelta(hours=5))
    times = [each.at for each in at_home(inbox_of(file).read_bytes()).said]
    assert times == sorted(times)
    assert times[0] >= NIGHT - timedelta(minutes=1)


def test_a_program_started_after_the_night_destroys_the_key_first(file: Path) -> None:
    with pytest.raises(EveningIsOver):
        open_pack(file, at=NIGHT)
    with pytest.raises(EveningIsOver):
        open_pack(file, at=NOW)


def test_an_inbox_written_later_than_the_clock_says_tells_the_time(file: Path) -> None:
    inbox_of(file).write_text("")
    os.utime(inbox_of(file), (NIGHT.timestamp(), NIGHT.timestamp()))
    with pytest.raises(EveningIsOver):
        open_pack(file, at=NOW)


def test_a_clock_that_is_behind_is_said_and_nothing_is_destroyed(file: Path) -> None:
    with pytest.raises(ClockIsBehind):
        open_pack(file, at=NOW - timedelta(hours=5))
    assert open_pack(file, at=NOW) == a_pack()


def test_a_sentence_that_is_asked_no_more_leaves_memory_and_disk(file: Path, evening: Evening) -> None:
    evening.stop_asking(1, at=NOW)
    assert evening.look(NOW).sentences == (TWO,)
    assert Evening(file, at=NOW).look(NOW).sentences == (TWO,)
    assert read_pack(file.read_text()) == a_pack(sentences=(TWO,))
