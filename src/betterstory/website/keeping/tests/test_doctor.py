"""The doctor says in words what is wrong, and that something is."""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from betterstory.people.keys import copied, keyring
from betterstory.people.keys.rotating import rotate
from betterstory.people.models import Person
from betterstory.stories import consenting, ended
from betterstory.stories.models import Story
from betterstory.website.keeping import (
    commands,
    copying,
    doctor,
    doctor_of_copies,
    doctor_of_keys,
    doctor_of_machine,
    record,
)
from betterstory.website.keeping.finding import Finding, Level
from betterstory.website.keeping.tests._findings import faults, notes
from conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
Tell = Callable[[str], Story]


def test_a_place_in_good_order_has_no_fault(home: Path, identity: Any, tell: Tell) -> None:
    tell("first")
    copying.make_copies(at=AT)
    record.write(record.DRILLED, at=AT, open=1, tried=1)
    findings = doctor.look_at_everything(at=AT)
    # a test's database lives in memory, so it has no log of its own
    found = [each for each in findings if each.level == Level.FAULT and "wal" not in each.words]
    assert found == []
    assert {each.about for each in findings} >= {
        *["site key", "keys", "ended", "SQLite", "database", "disk", "tables", "copies", "drill", "paper"],
        *["room", "clock", "address"],
    }


@pytest.mark.parametrize("trouble", ["missing", "wrong", "no book", "spoilt key", "lost key"])
def test_what_may_be_wrong_with_the_keys(trouble: str, tell: Tell) -> None:
    story = tell("first")
    ring = keyring()
    match trouble:
        case "missing":
            ring.site_file.unlink()
            words = "site key is not there"
        case "wrong":
            ring.site_file.write_bytes(bytes(32))
            words = "not the one the keys are wrapped under"
        case "no book":
            ring.file.unlink()
            words = "The keys are not in"
        case "spoilt key":
            with ring.opened() as book:
                book.execute("update data_key set wrapped = ?", (bytes(40),))
            words = "1 of 1 keys do not open"
        case _:
            ring.destroy(story.key)
            words = "1 stories have no key"
    assert words in faults(doctor_of_keys.look(AT))


def test_a_new_site_key_that_waits_is_said(tmp_path: Path, settings: Any) -> None:
    named = tmp_path / "credentials"
    named.write_bytes(b"k" * 32)
    settings.SITE_KEY_FILE = named
    keyring.cache_clear()
    keyring().make()
    rotate(keyring(), at=AT, retire_for=DAY)
    found = list(doctor_of_keys.look(AT))
    assert "waits in" in notes(found)
    assert "site.key.next" in notes(found)


@pytest.mark.parametrize("which", ["folder", "book", "site key", "ended"])
def test_what_others_can_read_is_a_fault_with_what_to_type(which: str, tell: Tell, teller: Person) -> None:
    consenting.pause(tell("first"), by=teller, at=AT)
    ring = keyring()
    file = {"folder": ring.folder, "book": ring.file, "site key": ring.site_file, "ended": ended.file()}[
        which
    ]
    assert faults(doctor_of_keys.look(AT)) == ""
    file.chmod(0o755 if which == "folder" else 0o644)
    assert f"chmod {700 if which == 'folder' else 600} '{file}'" in faults(doctor_of_keys.look(AT))


def test_a_destroyed_key_that_came_back_is_a_fault_and_a_cut_line_a_note(tell: Tell, teller: Person) -> None:
    story, ring = tell("first"), keyring()
    older = ring.file.read_bytes()
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    with ended.file().open("a") as out:
        out.write('{"format": 1, "kind": "des')
    assert faults(doctor_of_keys.look(AT)) == ""
    assert "1 lines of what was ended were cut short" in notes(doctor_of_keys.look(AT))
    ring.file.write_bytes(older)
    assert "1 destroyed keys came back" in faults(doctor_of_keys.look(AT))


def test_before_anything_was_told_there_is_nothing_to_say_of_keys() -> None:
    assert faults(doctor_of_keys.look(AT)) == ""


@pytest.mark.parametrize(
    ("days", "level"),
    [(0, Level.FINE), (7, Level.FINE), (8, Level.NOTE), (30, Level.NOTE), (31, Level.FAULT)],
)
def test_how_old_the_last_copy_and_drill_may_be(
    days: int, level: Level, home: Path, identity: Any, tell: Tell
) -> None:
    tell("first")
    copying.make_copies(at=AT)
    record.write(record.DRILLED, at=AT, open=1, tried=1)
    found = list(doctor_of_copies.look(AT + days * DAY))
    said = [
        each for each in found if "The last copy was made" in each.words or "The last drill" in each.words
    ]
    assert [each.level for each in said] == [level, level]


def test_without_a_copy_and_without_anybody_named_it_is_a_fault(settings: Any) -> None:
    assert "--make-identity" in faults(doctor_of_copies.look(AT))
    assert "No copy was made yet" in faults(doctor_of_copies.look(AT))
    settings.DEMO = True
    assert faults(doctor_of_copies.look(AT)) == ""


def test_a_try_that_failed_is_a_fault_until_one_succeeds(home: Path, identity: Any, tell: Tell) -> None:
    tell("first")
    record.write(record.FAILED, at=AT, why="The disk is full.")
    assert "The disk is full." in faults(doctor_of_copies.look(AT))
    copying.make_copies(at=AT + DAY)
    assert faults(doctor_of_copies.look(AT + DAY)) == ""


def test_copies_of_keys_that_stay_too_long_are_a_fault(home: Path, identity: Any, tell: Tell) -> None:
    tell("first")
    made = copying.make_copies(at=AT)
    record.write(record.COPIED, at=AT + 31 * DAY, story=str(made.story))
    assert "older than they may be" not in faults(doctor_of_copies.look(AT + 30 * DAY))
    assert "1 copies of the keys" in faults(doctor_of_copies.look(AT + 31 * DAY))


def test_a_disk_with_copies_of_keys_that_is_away_is_said(home: Path, identity: Any, tell: Tell) -> None:
    tell("first")
    copying.make_copies(at=AT)
    copying.make_copies(at=AT + DAY, to=home / "usb")
    assert "is away" not in notes(doctor_of_copies.look_for_old_keys(AT))
    (home / "usb").rename(home / "unplugged")
    assert f"{home / 'usb' / 'keys'} is away" in notes(doctor_of_copies.look_for_old_keys(AT))


def test_where_copies_lie(home: Path, identity: Any, tell: Tell) -> None:
    tell("first")
    made = copying.make_copies(at=AT)
    assert "same disk" in notes(doctor_of_copies.look(AT))
    made.story.unlink()
    assert "is not at" in notes(doctor_of_copies.look(AT))


def test_a_spoilt_list_of_who_can_open_copies(home: Path) -> None:
    (home / "recipients").write_text("somebody\n")
    assert "spoilt" in faults(doctor_of_copies.look(AT))


@pytest.mark.parametrize(("days", "asked"), [(0, False), (365, False), (366, True)])
def test_the_paper_is_checked_once_a_year(days: int, asked: bool) -> None:
    record.write(doctor_of_copies.PAPER_RIGHT, at=AT)
    assert ("paper" in notes(doctor_of_copies.look_at_paper(AT + days * DAY))) is asked


@pytest.mark.parametrize(("set_back", "wrong"), [(DAY, True), (timedelta(minutes=9), False), (-DAY, False)])
def test_a_clock_that_was_set_back(
    set_back: timedelta, wrong: bool, tell: Tell, teller: Person, home: Path
) -> None:
    consenting.pause(tell("first"), by=teller, at=AT)
    assert bool(faults(doctor_of_machine.look_at_clock(AT - set_back))) is wrong


def test_a_clock_from_before_there_was_such_a_thing() -> None:
    assert faults(doctor_of_machine.look_at_clock(AT.replace(year=1970)))


def test_one_look_that_fails_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_at: object) -> Any:
        raise PermissionError

    monkeypatch.setattr(doctor_of_keys, "look", fail)
    found = doctor.look_at_everything(at=AT)
    assert "could not be looked at: PermissionError" in faults(found)
    assert "room" in {each.about for each in found}


@pytest.mark.parametrize("well", [True, False])
@pytest.mark.parametrize("as_json", [True, False])
def test_the_exit_code_says_it_too(
    well: bool, as_json: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [
        Finding("keys", Level.FINE if well else Level.FAULT, "Some words."),
        Finding("a", Level.NOTE, "b"),
    ]
    monkeypatch.setattr(doctor, "look_at_everything", lambda at: found)
    assert commands.doctor(SimpleNamespace(json=as_json)) == (0 if well else 1)  # type: ignore[arg-type]
    said = capsys.readouterr().out
    if as_json:
        told = json.loads(said)
        assert (told["format"], told["well"], told["findings"][0]["words"]) == (1, well, "Some words.")
    else:
        assert "Some words." in said
        assert ("FAULT" in said) is not well


def test_no_finding_holds_a_key_or_a_name(home: Path, identity: Any, tell: Tell, teller: Person) -> None:
    tell("the dog kept me going")
    copied.note(copied.KeyCopy(AT, AT))
    said = " ".join(each.words for each in doctor.look_at_everything(at=AT))
    for word in ("dog", "Robin", "Sam", keyring().site_file.read_bytes().hex()):
        assert word not in said
    assert sys.getsizeof(said) > 200
