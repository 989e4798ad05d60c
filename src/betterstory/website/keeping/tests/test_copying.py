"""Copies are whole or not there, encrypted, and kept apart."""

import os
import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from betterstory.people.keys import keyring
from betterstory.stories.models import Story
from betterstory.website import alone, daily
from betterstory.website.keeping import copying, recipients, record, snapshot
from betterstory.website.keeping.tests._copies import Tell, files
from betterstory.website.keeping.trouble import CannotKeep
from conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def test_the_database_and_the_keys_are_two_files_in_two_folders(
    home: Path, identity: Any, tell: Tell
) -> None:
    story = tell("first")
    made = copying.make_copies(at=AT)
    assert files(home / "copies") == ["story-20260706T120000Z.age"]
    assert files(home / "copies" / "keys") == ["keys-20260706T120000Z.age"]
    for file in (made.story, made.keys):
        assert file.stat().st_mode & 0o077 == 0
        assert file.read_bytes().startswith(b"age-encryption.org/v1")
    assert story.key.bytes not in made.story.read_bytes()
    assert not (home / ".copying-aside").exists()


def test_with_nobody_named_it_says_what_to_do(home: Path, tell: Tell) -> None:
    with pytest.raises(CannotKeep, match="--make-identity"):
        copying.make_copies(at=AT)
    assert not (home / "copies").exists()
    failed = record.last(record.FAILED)
    assert failed is not None
    assert "nobody is named" in str(failed.about["why"])


def test_the_private_key_is_not_kept(home: Path, identity: Any) -> None:
    everything = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert b"AGE-SECRET-KEY" not in everything
    assert str(identity.to_public()).encode() in everything


@pytest.mark.parametrize("public", ["", "age1nobody", "ssh-ed25519 AAAA", "AGE-SECRET-KEY-1X"])
def test_what_is_no_public_key_is_not_named(public: str) -> None:
    with pytest.raises(CannotKeep, match="no public key"):
        recipients.add(public)
    assert recipients.read() == []


def test_somebody_is_named_once(identity: Any) -> None:
    recipients.add(str(identity.to_public()))
    assert len(recipients.read()) == 1


@pytest.mark.parametrize("words", [None, "", "a shopping list", "AGE-SECRET-KEY-1NOTREALLY"])
def test_a_file_that_holds_no_private_key(words: str | None, home: Path) -> None:
    file = home / "identity"
    if words is not None:
        file.write_text(words)
    with pytest.raises(CannotKeep, match=r"private key"):
        recipients.read_identity(file)


@pytest.mark.parametrize("trouble", ["database", "full disk", "rename"])
def test_a_copy_that_cannot_be_finished_leaves_nothing_and_says_so(
    trouble: str, home: Path, identity: Any, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell("first")
    copying.make_copies(at=AT)

    def fail(*_about: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    match trouble:
        case "database":
            monkeypatch.setattr(
                snapshot, "_take_sqlite", lambda to: to.write_bytes(b"SQLite format 3") and to
            )
        case "full disk":
            monkeypatch.setattr(copying.pyrage, "encrypt_io", fail)
        case _:
            monkeypatch.setattr(copying, "settle", fail)
    with pytest.raises(CannotKeep) as why:
        copying.make_copies(at=AT + DAY)
    assert str(why.value).endswith(".")
    if trouble != "rename":
        assert files(home / "copies") == ["story-20260706T120000Z.age"]
    assert not (home / ".copying-aside").exists()
    failed = record.last(record.COPIED, record.FAILED)
    assert failed is not None
    assert failed.kind == record.FAILED


def test_a_database_whose_rows_point_nowhere_is_not_copied(home: Path) -> None:
    file = home / "story.sqlite3"
    with closing(sqlite3.connect(file)) as book:
        book.execute("create table a (id integer primary key)")
        book.execute("create table b (a integer references a (id))")
        book.execute("insert into b values (7)")
        book.commit()
    with pytest.raises(CannotKeep, match="not there"):
        snapshot.check(file)


def test_two_at_once_wait_for_nobody(home: Path, identity: Any) -> None:
    with alone.holding(home, alone.COPYING), pytest.raises(CannotKeep, match="just now"):
        copying.make_copies(at=AT)


def test_once_a_day_the_round_makes_a_copy_where_somebody_is_named(
    home: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell("first")

    def round_at(hours: int) -> int:
        monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(hours=hours))
        daily.make_round()
        return len(files(home / "copies")) if (home / "copies").exists() else 0

    assert round_at(0) == 0
    assert record.last(record.FAILED) is None, "a place where nobody is named is not told every hour"
    recipients.make_identity()
    assert [round_at(hours) for hours in (1, 2, 23, 24, 25, 47)] == [1, 1, 1, 2, 2, 3]


def test_a_round_goes_on_where_no_copy_can_be_made(
    home: Path, identity: Any, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell("first")
    (home / "copies").write_text("a file where the folder should be")
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    daily.make_round()
    assert record.last(record.FAILED) is not None


def test_nothing_acknowledged_before_the_copy_began_is_missing_from_it(home: Path) -> None:
    """Writers go on all the while, on a real file; `cp` would lose what stands in the log."""
    file = home / "busy.sqlite3"
    with closing(sqlite3.connect(file)) as book:
        book.execute("pragma journal_mode = wal")
        book.execute("create table said (id integer primary key, words text)")
        book.commit()
    over, done = threading.Event(), list[int]()

    def write() -> None:
        with closing(sqlite3.connect(file, timeout=20, isolation_level=None)) as book:
            book.execute("pragma synchronous = full")
            while not over.is_set():
                done.append(book.execute("insert into said (words) values ('x') returning id").fetchone()[0])

    writers = [threading.Thread(target=write) for _n in range(6)]
    for writer in writers:
        writer.start()
    try:
        for turn in range(5):
            while len(done) < (turn + 1) * 100:
                over.wait(0.005)
            acknowledged, to = set(done), home / f"copy-{turn}.sqlite3"
            with closing(sqlite3.connect(file, timeout=20)) as book:
                book.execute("VACUUM INTO ?", (str(to),))
            assert snapshot.check(to)["said"] >= len(acknowledged)
            with closing(sqlite3.connect(to)) as copy:
                assert acknowledged <= {row[0] for row in copy.execute("select id from said")}
    finally:
        over.set()
        for writer in writers:
            writer.join()
    assert len(set(done)) == len(done)


def test_the_copy_is_taken_in_just_that_way(home: Path) -> None:
    with CaptureQueriesContext(connection) as asked:
        snapshot.take(home)
    assert [query["sql"][:11] for query in asked] == ["VACUUM INTO"]


def test_on_postgresql_without_its_tools_it_says_what_to_install(
    home: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    monkeypatch.setenv("PATH", str(home))
    with pytest.raises(CannotKeep, match="postgresql-client"):
        snapshot.take(home)
    with pytest.raises(CannotKeep, match="pg_restore"):
        snapshot.check(home / snapshot.POSTGRES_FILE)


def test_a_half_written_line_of_the_record_is_left_out(home: Path) -> None:
    record.write(record.COPIED, at=AT)
    with record.file().open("a") as out:
        out.write('{"format": 1, "kind": "drilled", "at"')
    record.write(record.DRILLED, at=AT + DAY)
    assert [entry.kind for entry in record.read()] == [record.COPIED, record.DRILLED]
    assert os.stat(record.file()).st_mode & 0o077 == 0


def test_the_copied_keys_open_what_the_copied_database_holds(
    home: Path, identity: Any, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A story told while a copy is being made: its key is in the copy where its words are."""
    tell("first")
    taken = snapshot.take
    meanwhile: list[Story] = []

    def tell_and_take(folder: Path) -> Path:
        meanwhile.append(tell("told just before"))
        return taken(folder)

    monkeypatch.setattr(snapshot, "take", tell_and_take)
    made = copying.make_copies(at=AT)
    from betterstory.website.keeping import restoring  # noqa: PLC0415 - this test alone tries it

    tried = restoring.drill(at=AT, identity=identity, story=made.story, keys=made.keys)
    assert (tried.told["tried"], tried.told["open"]) == (2, 2)
    assert keyring().holds(meanwhile[0].key)
