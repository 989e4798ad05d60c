"""Old copies are thrown away in time, wherever they lie, and nothing else is."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from betterstory.people.keys import copied
from betterstory.website.keeping import copying
from betterstory.website.keeping.tests._copies import Tell, files
from conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)


def test_keys_are_thrown_away_after_thirty_days_and_the_database_after_a_year(
    home: Path, identity: Any, tell: Tell
) -> None:
    tell("first")
    for days in (0, 10, 400):
        copying.make_copies(at=AT + timedelta(days=days))
    assert files(home / "copies" / "keys") == [f"keys-{AT + timedelta(days=400):%Y%m%d}T120000Z.age"]
    assert files(home / "copies") == [f"story-{AT + timedelta(days=400):%Y%m%d}T120000Z.age"]


@pytest.mark.parametrize(("days", "stay"), [(29, 1), (30, 0)])
def test_to_the_day(days: int, stay: int, home: Path, identity: Any, tell: Tell) -> None:
    tell("first")
    copying.make_copies(at=AT)
    copying.throw_away_old(at=AT + timedelta(days=days))
    assert len(files(home / "copies" / "keys")) == stay
    assert len(files(home / "copies")) == 1
    copying.throw_away_old(at=AT + timedelta(days=4000))
    assert len(files(home / "copies")) == 1, "the newest copy of the database always stays"


def test_keys_that_were_copied_to_a_folder_of_choice_are_thrown_away_there_too(
    home: Path, identity: Any, tell: Tell
) -> None:
    tell("first")
    copying.make_copies(at=AT, to=home / "usb")
    assert len(files(home / "usb" / "keys")) == 1
    copying.throw_away_old(at=AT + timedelta(days=29))
    assert len(files(home / "usb" / "keys")) == 1
    copying.throw_away_old(at=AT + timedelta(days=30))
    assert files(home / "usb" / "keys") == []
    assert len(files(home / "usb")) == 1


def test_files_of_other_people_stay(home: Path, identity: Any, tell: Tell) -> None:
    tell("first")
    copying.make_copies(at=AT)
    for name in ("keys-of-the-shed.age", "keys-2020.txt", "letters.age"):
        (home / "copies" / "keys" / name).write_text("mine")
    copying.throw_away_old(at=AT + timedelta(days=4000))
    assert files(home / "copies" / "keys") == ["keys-2020.txt", "keys-of-the-shed.age", "letters.age"]


def test_when_a_copy_of_the_keys_was_made_is_written_down_before_it_is(
    home: Path, identity: Any, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell("first")
    known: list[int] = []
    encrypt = copying.pyrage.encrypt_io

    def look_and_encrypt(*files: Any) -> None:
        known.append(len(copied.read()))
        encrypt(*files)

    monkeypatch.setattr(copying.pyrage, "encrypt_io", look_and_encrypt)
    copying.make_copies(at=AT)
    assert known == [0, 1]
    assert copied.read() == [copied.KeyCopy(AT, AT + timedelta(days=30))]
