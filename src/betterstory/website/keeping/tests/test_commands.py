"""The commands: what they say, what they do in which order, and when they say no."""

import argparse
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from betterstory.people.models import Person
from betterstory.stories import leaves, verbs
from betterstory.stories.models import Leaf, Story
from betterstory.website import alone, keeping_commands, start
from betterstory.website.keeping import commands, copying, doctor, restoring
from betterstory.website.keeping.finding import Finding, Level
from betterstory.website.keeping.trouble import CannotKeep
from conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)
Tell = Callable[[str], Story]
BACKUP = Namespace(make_identity=False, recipient=None, to=None)


def restore_options(**more: object) -> Namespace:
    return Namespace(
        **{"file": None, "keys": None, "identity": None, "drill": False, "take_out": None, **more}
    )


def test_from_the_first_key_to_a_drill_and_back(
    home: Path, tell: Tell, capsys: pytest.CaptureFixture[str]
) -> None:
    tell("first")
    with pytest.raises(CannotKeep, match="--make-identity"):
        commands.backup(BACKUP)
    assert commands.backup(Namespace(make_identity=True, recipient=None, to=None)) == 0
    private = next(line for line in capsys.readouterr().out.split() if line.startswith("AGE-SECRET-KEY-1"))
    (home / "paper").write_text(f"the key of copies\n{private}\n")
    assert commands.backup(BACKUP) == 0
    assert "rows, checked" in capsys.readouterr().out
    assert commands.restore(restore_options(drill=True, identity=home / "paper")) == 0
    said = capsys.readouterr().out
    assert "Tried: 1. Open: 1." in said
    assert "Nothing here was changed" in said
    assert not (home / "story.sqlite3").exists()
    story = restoring.newest(copying.STORY)
    assert commands.restore(restore_options(file=story, identity=home / "paper")) == 0
    assert "It is put back" in capsys.readouterr().out
    assert (home / "story.sqlite3").exists()


def test_copies_may_go_to_a_folder_of_ones_choice(home: Path, identity: Any, tell: Tell) -> None:
    tell("first")
    usb = home / "usb"
    assert commands.backup(Namespace(make_identity=False, recipient=None, to=usb)) == 0
    assert len(list(usb.glob("story-*.age"))) == len(list((usb / "keys").glob("keys-*.age"))) == 1


def test_a_restore_of_nothing_says_what_to_name() -> None:
    with pytest.raises(CannotKeep, match="Name the copy"):
        commands.restore(restore_options())


def test_a_drill_where_there_is_no_copy(home: Path, identity: Any) -> None:
    (home / "paper").write_text(str(identity))
    with pytest.raises(CannotKeep, match="no copy"):
        commands.restore(restore_options(drill=True, identity=home / "paper"))


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """In which order an upgrade does things."""
    done: list[str] = []
    copy = copying.make_copies

    def make_copies(**about: Any) -> copying.Copy:
        done.append("copy")
        return copy(**about)

    monkeypatch.setattr(copying, "make_copies", make_copies)
    monkeypatch.setattr(commands, "call_command", lambda name, **_more: done.append(name))
    return done


@pytest.mark.parametrize("well", [True, False])
def test_an_upgrade_copies_then_migrates_then_looks(
    well: bool, order: list[str], identity: Any, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell("first")
    found = [Finding("tables", Level.FINE if well else Level.FAULT, "Some words.")]

    def look(**_at: object) -> list[Finding]:
        order.append("look")
        return found

    monkeypatch.setattr(doctor, "look_at_everything", look)
    assert commands.upgrade(Namespace(without_copy=False)) == (0 if well else 1)
    assert order == ["copy", "migrate", "createcachetable", "look"]


def test_an_upgrade_without_a_copy_does_not_begin_unless_asked_to(order: list[str], tell: Tell) -> None:
    tell("first")
    with pytest.raises(CannotKeep, match="--make-identity"):
        commands.upgrade(Namespace(without_copy=False))
    assert order == ["copy"], "nothing was migrated"
    commands.upgrade(Namespace(without_copy=True))
    assert order == ["copy", "migrate", "createcachetable"]


def test_an_upgrade_lays_what_older_places_have_not(order: list[str], tell: Tell, teller: Person) -> None:
    told = tell("first")
    verbs.agree(told, by=teller, at=AT)
    leaves.throw_away(told)
    commands.upgrade(Namespace(without_copy=True))
    assert Leaf.objects.get().version.story == told


def test_while_it_runs_nothing_is_upgraded_and_no_second_one_starts(home: Path, order: list[str]) -> None:
    with alone.holding(home, alone.RUNNING):
        with pytest.raises(CannotKeep, match="Stop it first"):
            commands.upgrade(Namespace(without_copy=True))
        with pytest.raises(start.CannotStart, match="already"):
            start.hold(home)
    assert order == []
    start.hold(home)
    with pytest.raises(alone.Taken):
        alone.hold(home, alone.RUNNING)


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    for arguments in (["doctor"], ["backup"], ["keys", "paper"]):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "betterstory.website.command",
                *arguments,
                "--data",
                str(tmp_path / "none"),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert done.stderr == "There is no data folder here. Name one with --data FOLDER.\n"
        assert not (tmp_path / "none").exists()


def test_which_folder_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BETTER_STORY_HOME", raising=False)
    assert keeping_commands.find_home(None) is None
    (tmp_path / "data" / "demo").mkdir(parents=True)
    assert keeping_commands.find_home(None) == tmp_path / "data" / "demo"
    (tmp_path / "data" / "mine").mkdir()
    assert keeping_commands.find_home(None) == tmp_path / "data" / "mine"
    monkeypatch.setenv("BETTER_STORY_HOME", str(tmp_path))
    assert keeping_commands.find_home(None) == tmp_path
    assert keeping_commands.find_home(Path("other")) == tmp_path / "other"


def test_every_command_has_something_that_runs_it() -> None:
    from betterstory.website.keeping import key_commands  # noqa: PLC0415 - this test alone asks

    parser = argparse.ArgumentParser()
    keeping_commands.add_to(parser.add_subparsers())
    for name in ("backup", "restore", "upgrade", "doctor"):
        assert callable(getattr(commands, name))
    for name in ("rotate", "show_paper", "verify_paper", "put_back"):
        assert callable(getattr(key_commands, name))
        assert not hasattr(commands, name)
