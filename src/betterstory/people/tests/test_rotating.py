"""Changing the site key: every story opens at each moment, however it is cut short."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from betterstory.people.keys import KeyGone, Keyring, Locked
from betterstory.people.keys.rotating import STEPS, Rotated, finish, forget_retired, rotate
from betterstory.people.keys.taking_in import take_in

NAME = "stories.piece.words"
AT = datetime(2026, 7, 6, 12, 0, tzinfo=UTC)
MONTH = timedelta(days=30)


class Shelf:
    """Stories sealed in a ring, and whether every one of them opens."""

    def __init__(self, folder: Path, *, many: int = 7, site_key_file: Path | None = None) -> None:
        self.ring = Keyring(folder, site_key_file)
        self.row = uuid4()
        self.keys = [self.ring.make() for _n in range(many)]
        self.sealed = [self.seal(f"story {n}", key) for n, key in enumerate(self.keys)]
        self.purpose = self.ring.derive(b"one purpose")

    def seal(self, words: str, key: UUID) -> bytes:
        return self.ring.seal(words, key=key, name=NAME, row=self.row)

    def every_story_opens(self) -> bool:
        again = Keyring(self.ring.folder, self.ring.files.named)  # as another process sees it
        opened = again.open_all([(sealed, NAME, self.row) for sealed in self.sealed])
        return opened == [f"story {n}" for n in range(len(self.sealed))] and (
            again.derive(b"one purpose") == self.purpose
        )

    def rotate(self, at: datetime = AT) -> Rotated:
        return rotate(self.ring, at=at, retire_for=MONTH)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "keys")


def test_every_story_opens_under_the_new_site_key_and_none_under_the_old(shelf: Shelf) -> None:
    old = shelf.ring.site_file.read_bytes()
    done = shelf.rotate()
    assert (done.keys, done.waits) == (7, False)
    new = shelf.ring.site_file.read_bytes()
    assert new != old
    assert shelf.every_story_opens()
    shelf.ring.site_file.write_bytes(old)
    with pytest.raises(Locked):
        shelf.every_story_opens()


def test_nothing_wrapped_under_the_old_site_key_stays_in_the_file(shelf: Shelf) -> None:
    with sqlite3.connect(shelf.ring.file) as book:
        wrapped = [row[0] for row in book.execute("select wrapped from data_key")]
    book.close()
    assert all(each in shelf.ring.file.read_bytes() for each in wrapped)
    shelf.rotate()
    assert not any(each in shelf.ring.file.read_bytes() for each in wrapped)


@pytest.mark.parametrize("how", ["rotated again", "started"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_every_story_opens_and_the_next_one_finishes(
    step: str, how: str, shelf: Shelf
) -> None:
    program = [sys.executable, "-m", "betterstory.people.tests.killed_while_rotating"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "betterstory.website.settings_for_tests"}
    done = subprocess.run(
        [*program, str(shelf.ring.folder), step], env=environment, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert shelf.every_story_opens(), f"killed when {step}"
    written = shelf.ring.make()
    shelf.sealed.append(shelf.seal("story 7", written))  # and a new story can be begun
    if how == "started":
        cut_short = step in {"new key written", "half wrapped", "all wrapped", "said so"}
        assert finish(shelf.ring, at=AT, retire_for=MONTH) is cut_short
    else:
        shelf.rotate()
    assert shelf.every_story_opens()
    assert sorted(file.name for file in shelf.ring.folder.iterdir()) == ["keys.sqlite3", "site.key"]


def test_a_start_with_nothing_to_finish_changes_nothing(shelf: Shelf) -> None:
    before = shelf.ring.site_file.read_bytes()
    assert not finish(shelf.ring, at=AT, retire_for=MONTH)
    assert shelf.ring.site_file.read_bytes() == before


def test_an_error_half_way_leaves_everything_as_it_was(shelf: Shelf) -> None:
    def fail(here: str) -> None:
        if here == "half wrapped":
            raise OSError("the disk is full")

    before = shelf.ring.site_file.read_bytes()
    with pytest.raises(OSError, match="full"):
        rotate(shelf.ring, at=AT, retire_for=MONTH, step=fail)
    assert shelf.ring.site_file.read_bytes() == before
    assert shelf.every_story_opens()


def test_stories_are_told_and_read_while_the_site_key_changes(shelf: Shelf) -> None:
    """Other threads with rings of their own, as other processes have: none is refused, none is lost."""
    over, troubles, told = threading.Event(), list[BaseException](), list[bytes]()

    def tell() -> None:
        ring = Keyring(shelf.ring.folder)
        try:
            while not over.is_set():
                sealed = ring.seal("told meanwhile", key=ring.make(), name=NAME, row=shelf.row)
                assert ring.open(sealed, name=NAME, row=shelf.row) == "told meanwhile"
                told.append(sealed)
        except BaseException as trouble:
            troubles.append(trouble)

    tellers = [threading.Thread(target=tell) for _n in range(3)]
    for teller in tellers:
        teller.start()
    for _n in range(5):
        shelf.rotate()
    over.set()
    for teller in tellers:
        teller.join()
    assert troubles == []
    assert told
    after = Keyring(shelf.ring.folder)
    assert {after.open(sealed, name=NAME, row=shelf.row) for sealed in told} == {"told meanwhile"}
    assert shelf.every_story_opens()


def test_under_a_wrong_site_key_nothing_is_rotated(shelf: Shelf) -> None:
    right = shelf.ring.site_file.read_bytes()
    shelf.ring.site_file.write_bytes(bytes(32))
    with pytest.raises(Locked):
        shelf.rotate()
    shelf.ring.site_file.write_bytes(right)
    assert shelf.every_story_opens()


def test_a_site_key_that_a_setting_names_is_not_written_to(tmp_path: Path) -> None:
    named = tmp_path / "credentials" / "site.key"
    named.parent.mkdir()
    named.write_bytes(b"k" * 32)
    shelf = Shelf(tmp_path / "keys", site_key_file=named)
    assert not (shelf.ring.folder / "site.key").exists()
    assert shelf.rotate().waits
    assert named.read_bytes() == b"k" * 32
    assert shelf.every_story_opens(), "the new one lies beside the key book until somebody moves it"
    again = shelf.rotate()
    assert again.waits, "a second rotation waits until the first is put in its place"
    named.write_bytes(shelf.ring.files.next.read_bytes())
    assert finish(shelf.ring, at=AT, retire_for=MONTH)
    assert not shelf.ring.files.next.exists()
    assert shelf.every_story_opens()


def test_a_named_site_key_that_is_not_there_is_not_made_up(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "keys", tmp_path / "nowhere" / "site.key")
    with pytest.raises(Locked):
        ring.make()
    assert not ring.file.exists()
    assert not (tmp_path / "nowhere").exists()


def test_an_older_copy_of_the_keys_opens_for_thirty_days(shelf: Shelf, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    shutil.copy(shelf.ring.file, copy)
    lost = shelf.keys[3]
    shelf.rotate()
    shelf.rotate()  # retired twice over
    shelf.ring.destroy(lost)
    assert take_in(shelf.ring, copy, destroyed=[]) == 1
    assert shelf.every_story_opens()
    shelf.ring.destroy(lost)
    assert forget_retired(shelf.ring, at=AT + MONTH - timedelta(seconds=1)) == 0
    assert forget_retired(shelf.ring, at=AT + MONTH) == 2
    with pytest.raises(Locked):
        take_in(shelf.ring, copy, destroyed=[])
    assert not shelf.ring.holds(lost)


def test_where_there_is_no_key_book_no_retired_key_is_forgotten(tmp_path: Path) -> None:
    assert forget_retired(Keyring(tmp_path / "keys"), at=AT) == 0
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("fresh", [True, False])
def test_taking_in_a_copy_never_brings_a_destroyed_key_back(
    fresh: bool, shelf: Shelf, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    shutil.copy(shelf.ring.file, copy)
    gone = shelf.keys[3]
    if fresh:  # another machine: only the site key, put back from paper
        ring = Keyring(tmp_path / "elsewhere" / "keys")
        ring.folder.mkdir(parents=True)
        shutil.copy(shelf.ring.site_file, ring.site_file)
    else:
        ring = shelf.ring
        ring.destroy(gone)
    assert take_in(ring, copy, destroyed=[gone]) == (6 if fresh else 0)
    with pytest.raises(KeyGone):
        ring.open(shelf.sealed[3], name=NAME, row=shelf.row)
    assert gone.bytes not in ring.file.read_bytes()
    others = [sealed for n, sealed in enumerate(shelf.sealed) if n != 3]
    assert len(ring.open_all([(sealed, NAME, shelf.row) for sealed in others])) == 6
    assert ring.derive(b"one purpose") == shelf.purpose, "addresses open too"


def test_a_copy_under_an_unknown_site_key_is_not_taken_in(shelf: Shelf, tmp_path: Path) -> None:
    other = Shelf(tmp_path / "other" / "keys")
    with pytest.raises(Locked):
        take_in(shelf.ring, other.ring.file, destroyed=[])
    empty = Keyring(tmp_path / "empty" / "keys")
    with pytest.raises(Locked):
        take_in(empty, other.ring.file, destroyed=[])
    assert not empty.file.exists()


def test_a_folder_of_keys_that_went_missing_is_no_first_day(shelf: Shelf, tmp_path: Path) -> None:
    shutil.move(shelf.ring.folder, tmp_path / "aside")
    for try_it in (shelf.ring.make, lambda: shelf.ring.derive(b"one purpose"), shelf.every_story_opens):
        with pytest.raises(Locked):
            try_it()
    assert not shelf.ring.folder.exists() or not list(shelf.ring.folder.iterdir())
    shutil.rmtree(shelf.ring.folder, ignore_errors=True)
    shutil.move(tmp_path / "aside", shelf.ring.folder)
    assert shelf.every_story_opens()


def test_a_folder_from_before_the_book_said_what_it_is_wrapped_under(tmp_path: Path) -> None:
    """Its site key was itself the root of what was sealed for one purpose, and stays so."""
    shelf = Shelf(tmp_path / "keys")
    with sqlite3.connect(shelf.ring.file) as book:
        book.execute("delete from about")
    book.close()
    shelf.ring.begun.unlink()
    shelf.purpose = Keyring(tmp_path / "keys").derive(b"one purpose")
    site_key = shelf.ring.files.read()
    assert site_key is not None
    with sqlite3.connect(shelf.ring.file) as book:
        [(root,)] = book.execute("select value from about where name = 'root'").fetchall()
    book.close()
    assert site_key.unwrap(root) == site_key.value
    assert shelf.every_story_opens()
    shelf.rotate()
    assert shelf.every_story_opens()


@pytest.mark.parametrize("trouble", ["missing", "wrong"])
def test_such_a_folder_is_not_begun_anew_under_another_site_key(trouble: str, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "keys")
    with sqlite3.connect(shelf.ring.file) as book:
        book.execute("delete from about")
    book.close()
    right = shelf.ring.site_file.read_bytes()
    shelf.ring.site_file.unlink()
    if trouble == "wrong":
        shelf.ring.site_file.write_bytes(bytes(32))
    with pytest.raises(Locked):
        shelf.ring.make()
    shelf.ring.site_file.write_bytes(right)
    shelf.purpose = shelf.ring.derive(b"one purpose")
    assert shelf.every_story_opens()
