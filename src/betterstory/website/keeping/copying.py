"""Making copies: the database and what belongs to it in one file, the keys in another, each encrypted.

A copy is whole or not there: it is made aside in the data folder, checked, encrypted with age, flushed to the
disk and only then given its name. The two kinds lie in folders of their own, and each is thrown away when its
days are over: keys after 30 at most, so that a destroyed story's key is in no copy after that.
"""

import hashlib
import json
import logging
import os
import shutil
import tarfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyrage
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from betterstory.people.keys import book as key_book
from betterstory.people.keys import copied, keyring
from betterstory.people.keys.site_key import settle
from betterstory.stories import ended
from betterstory.website import alone
from betterstory.website.keeping import recipients, record, sealed_copies, snapshot
from betterstory.website.keeping.trouble import CannotKeep

log = logging.getLogger(__name__)
STORY, KEYS = "story", "keys"
MANIFEST, ENDED, KEY_BOOK, KEPT = "manifest.json", "ended.jsonl", "keys.sqlite3", "kept"
PLACE = "place.json"
ENDED_COPY = "ended.age"
STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Copy:
    """Two files that were made together."""

    story: Path
    keys: Path
    rows: int


def make_copies(*, at: datetime, to: Path | None = None) -> Copy:
    """Make both, check them, throw away those whose days are over, and write it down. Raises CannotKeep."""
    try:
        with alone.holding(Path(settings.HOME), alone.COPYING):
            made = _make(at, to)
    except alone.Taken:
        raise CannotKeep("A copy is being made just now. Wait until it is done.") from None
    except (CannotKeep, OSError) as why:
        reason = str(why) if isinstance(why, CannotKeep) else why.strerror or "the disk refused it"
        with suppress(OSError):
            record.write(record.FAILED, at=at, why=reason)
        if isinstance(why, CannotKeep):
            raise
        raise CannotKeep(f"No copy was made: {reason}. What was there before is untouched.") from why
    record.write(record.COPIED, at=at, story=str(made.story), keys=str(made.keys), rows=made.rows)
    throw_away_old(at=at)
    log.info("copies made rows=%s", made.rows)
    return made


def _make(at: datetime, to: Path | None) -> Copy:
    public = recipients.needed()
    story_folder, key_folder = folders(to)
    aside = Path(settings.HOME) / ".copying-aside"
    shutil.rmtree(aside, ignore_errors=True)
    try:
        aside.mkdir(mode=0o700)
        # keys last: whatever the copied database holds has its key in the copied book
        story, rows = _copy_story(aside, story_folder, at, public)
        sealed_copies.copy(story_folder)
        keys = _copy_keys(aside, key_folder, at, public)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Copy(story, keys, rows)


def folders(to: Path | None = None) -> tuple[Path, Path]:
    """Where copies of the database go, and where copies of the keys do."""
    if to is not None:
        return to, to / KEYS
    story = Path(settings.COPIES or Path(settings.HOME) / "copies").resolve()
    return story, Path(settings.KEY_COPIES or story / KEYS).resolve()


def _copy_story(aside: Path, folder: Path, at: datetime, public: list[Any]) -> tuple[Path, int]:
    database = snapshot.take(aside)
    tables = snapshot.check(database)
    parts = {database.name: database}
    place = Path(settings.HOME) / PLACE
    if place.exists():
        parts[PLACE] = place
    if Path(settings.MEDIA_ROOT).exists():
        # after the database, so that what it speaks of is there
        kept = [file for file in sorted(Path(settings.MEDIA_ROOT).rglob("*")) if file.is_file()]
        parts |= {f"{KEPT}/{file.relative_to(settings.MEDIA_ROOT)}": file for file in kept}
    about = {"kind": STORY, "tables": tables, "migrations": migrations()}
    name = f"{STORY}-{at.astimezone(UTC):{STAMP}}.age"
    return _seal(aside, parts, about, folder / name, at, public), sum(tables.values())


def _copy_keys(aside: Path, folder: Path, at: datetime, public: list[Any]) -> Path:
    ring = keyring()
    to = aside / KEY_BOOK
    copied.note(copied.KeyCopy(at, at + timedelta(days=settings.KEY_COPY_DAYS)))
    with ring.opened() as book:
        site_key = ring.site_key(book)
        book.execute("vacuum into ?", (str(to),))
    to.chmod(0o600)
    with key_book.opened(to) as book:
        wrapped = [row[0] for row in book.execute("select wrapped from data_key")]
    for each in wrapped:
        site_key.unwrap(each)
    about = {"kind": KEYS, "keys": len(wrapped), "site_key": site_key.name}
    name = f"{KEYS}-{at.astimezone(UTC):{STAMP}}.age"
    return _seal(aside, {KEY_BOOK: to}, about, folder / name, at, public)


def _seal(
    aside: Path,
    parts: dict[str, Path],
    about: Mapping[str, object],
    to: Path,
    at: datetime,
    public: list[Any],
) -> Path:
    """One encrypted file of these parts, with what was ended so far; whole or not there."""
    if ended.file().exists():
        parts = parts | {ENDED: Path(shutil.copy(ended.file(), aside / ENDED))}
    sums = {name: _sum(file) for name, file in parts.items()}
    told = {"format": 1, "at": at.isoformat(), "version": version("better-story"), "sums": sums, **about}
    (aside / MANIFEST).write_text(json.dumps(told))
    together = aside / "together.tar"
    with tarfile.open(together, "w") as tar:
        for name, file in ({MANIFEST: aside / MANIFEST} | parts).items():
            tar.add(file, name, recursive=False)
    try:
        _encrypt(together, to, public)
    finally:
        together.unlink()
    return to


def _encrypt(file: Path, to: Path, public: list[Any]) -> None:
    """Encrypted and on the disk before it has its name."""
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    begun = to.with_name(f".{to.name}.begun")
    try:
        with (
            file.open("rb") as plain,
            os.fdopen(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as sealed,
        ):
            pyrage.encrypt_io(plain, sealed, public)
            sealed.flush()
            os.fsync(sealed.fileno())
        begun.replace(to)
        settle(to.parent)
    finally:
        begun.unlink(missing_ok=True)


def copy_ended() -> bool:
    """Copy what was ended, where something was: so that little is forgotten with a lost machine."""
    public = recipients.read()
    to = folders()[0] / ENDED_COPY
    if not public or not ended.file().exists():
        return False
    if to.exists() and to.stat().st_mtime > ended.file().stat().st_mtime:
        return False
    _encrypt(ended.file(), to, public)
    return True


def _sum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def migrations() -> list[list[str]]:
    """What the tables were last brought up to."""
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def throw_away_old(*, at: datetime) -> int:
    """Throw away copies whose days are over, the newest of the database excepted; says how many."""
    gone = 0
    for story_folder, key_folder in every_folder():
        keep = {STORY: settings.COPY_DAYS, KEYS: settings.KEY_COPY_DAYS}
        for kind, folder in ((STORY, story_folder), (KEYS, key_folder)):
            files = found(folder, kind)
            for file in files[:-1] if kind == STORY else files:
                if made_at(file) + timedelta(days=keep[kind]) <= at:
                    with suppress(OSError):  # where the disk is away, `doctor` says so
                        file.unlink()
                        gone += 1
        with suppress(OSError):
            sealed_copies.throw_away(story_folder, at=at)
    return gone


def every_folder() -> set[tuple[Path, Path]]:
    """Where copies go, and wherever they went before by somebody's choice."""
    return {folders()} | used_folders()


def used_folders() -> set[tuple[Path, Path]]:
    """Where copies were written to so far."""
    made = [entry.about for entry in record.read() if entry.kind == record.COPIED]
    pairs = [(str(each["story"]), str(each["keys"])) for each in made if "keys" in each]
    return {(Path(story).parent, Path(keys).parent) for story, keys in pairs}


def found(folder: Path, kind: str) -> list[Path]:
    """The copies of a kind in a folder, oldest first."""
    return sorted(
        file for file in folder.glob(f"{kind}-*.age") if made_at(file) > datetime.min.replace(tzinfo=UTC)
    )


def made_at(file: Path) -> datetime:
    """When a copy was made, by its name; long ago where the name does not say."""
    try:
        return datetime.strptime(file.stem.partition("-")[2], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def is_due(*, at: datetime) -> bool:
    """Whether the copy of the day is still to be made: somebody is named, and the last is a day old."""
    if not recipients.read():
        return False
    last = record.last(record.COPIED)
    return last is None or at - last.at >= timedelta(hours=23)
