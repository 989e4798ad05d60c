"""Putting a copy back, or only trying that it would work.

What was ended since the copy was made is ended again in it before it takes the place of what is here; the
file of ended things only ever grows; and no key that was destroyed comes back.
"""

import logging
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from betterstory.people.keys import keyring
from betterstory.people.keys.site_key import settle
from betterstory.stories import ended
from betterstory.website import alone
from betterstory.website.keeping import copying, opening, record, sealed_copies, snapshot, staging
from betterstory.website.keeping.staging import Tried
from betterstory.website.keeping.trouble import CannotKeep

log = logging.getLogger(__name__)
BEFORE = "before-restore"
KEEP_BEFORE = 30


def drill(*, at: datetime, identity: Any, story: Path | None = None, keys: Path | None = None) -> Tried:
    """Try the newest copy aside, with the copied keys, and write down what came of it. Raises CannotKeep."""
    try:
        story = story or newest(copying.STORY)
        keys = keys or newest(copying.KEYS)
        with staging.aside() as folder:
            tried = staging.try_out(folder, story, keys=keys, identity=identity, only_copied_keys=True)
    except CannotKeep as why:
        record.write(record.DRILL_FAILED, at=at, why=str(why))
        raise
    kind = record.DRILLED if tried.all_open else record.DRILL_FAILED
    record.write(kind, at=at, copied_at=tried.opened.at.isoformat(), **tried.told)
    log.info("restore tried opened=%s of=%s", tried.told["open"], tried.told["tried"])
    return tried


def newest(kind: str) -> Path:
    """The newest copy of a kind where copies are kept. Raises CannotKeep."""
    story_folder, key_folder = copying.folders()
    folder = story_folder if kind == copying.STORY else key_folder
    files = copying.found(folder, kind)
    if not files:
        raise CannotKeep(f"There is no copy in {folder} yet. Make one with “better-story backup”.")
    return files[-1]


def restore(story: Path, *, at: datetime, identity: Any, keys: Path | None = None) -> Tried:
    """Put a copy in the place of what is here, which stays in a folder beside it. Raises CannotKeep."""
    home = Path(settings.HOME)
    try:
        with alone.holding(home, alone.RUNNING), staging.aside() as folder:
            tried = staging.try_out(folder, story, keys=keys, identity=identity, only_copied_keys=False)
            before = home / f"{BEFORE}-{at:{copying.STAMP}}"
            _put_in_place(tried.home, home, before, with_keys=keys is not None)
            sealed_copies.bring_back(story.parent)
    except alone.Taken:
        raise CannotKeep("Better Story runs on this folder. Stop it first, then try again.") from None
    record.write(record.RESTORED, at=at, copied_at=tried.opened.at.isoformat(), **tried.told)
    log.info("copy restored opened=%s of=%s", tried.told["open"], tried.told["tried"])
    return tried


def _put_in_place(tried: Path, home: Path, before: Path, *, with_keys: bool) -> None:
    """Ended things first and the database last: whatever is cut short, nothing that was ended opens."""
    before.mkdir(mode=0o700)
    _grow_ended(tried / "ended" / "ended.jsonl")
    if with_keys or not keyring().file.exists():
        _swap(tried / "keys" / "keys.sqlite3", keyring().file, before=None)
    keyring().begun.touch(0o600)
    _swap(tried / copying.KEPT, Path(settings.MEDIA_ROOT), before=before)
    if not (home / copying.PLACE).exists():
        _swap(tried / copying.PLACE, home / copying.PLACE, before=None)
    database = home / snapshot.SQLITE_FILE
    for file in (tried / snapshot.SQLITE_FILE, database):
        _gather(file)
    _swap(tried / snapshot.SQLITE_FILE, database, before=before)
    settle(home)


def _grow_ended(known: Path) -> None:
    """Every line that is here stays; what only the copies knew is added."""
    to = ended.file()
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    begun = to.with_name(".ended.begun")
    with os.fdopen(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(known.read_text())
        out.flush()
        os.fsync(out.fileno())
    begun.replace(to)
    settle(to.parent)


def _gather(database: Path) -> None:
    """Everything into the one file, so that no log of the old is taken for the new one's."""
    if not database.exists():
        return
    with closing(sqlite3.connect(database, timeout=20)) as book:
        book.execute("pragma wal_checkpoint(truncate)")
        book.execute("pragma journal_mode = delete")
    with database.open("rb") as written:
        os.fsync(written.fileno())


def _swap(new: Path, place: Path, *, before: Path | None) -> None:
    """The new one in its place; what was there is kept, where it is to be."""
    if not new.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if place.is_file() and before is not None:
        shutil.copy2(place, before / place.name)
    elif place.is_dir() and before is not None:
        place.rename(before / place.name)
    new.replace(place)
    settle(place.parent)


def take_out(story: Path, *, identity: Any, to: Path) -> Path:
    """Only take the database out of a copy, into an empty folder: for PostgreSQL. Raises CannotKeep."""
    if to.exists() and any(to.iterdir()):
        raise CannotKeep(f"{to} is not empty. Choose a new folder.")
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    opened = opening.open_copy(story, identity=identity, folder=to, kind=copying.STORY)
    return opening.check_database(opened)


def throw_away_before(*, at: datetime) -> None:
    """What a restore put aside goes after as many days as copies of keys do."""
    for folder in Path(settings.HOME).glob(f"{BEFORE}-*"):
        if copying.made_at(Path(folder.name.removeprefix("before-"))) + timedelta(days=KEEP_BEFORE) <= at:
            shutil.rmtree(folder, ignore_errors=True)
