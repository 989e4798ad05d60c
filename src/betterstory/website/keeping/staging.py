"""Trying a copy in a folder aside: what was ended is ended again there, before anything of it is used."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from betterstory.people.keys import Keyring, Locked, keyring, taking_in
from betterstory.stories import ended
from betterstory.website.keeping import copying, opening, sealed_copies, snapshot
from betterstory.website.keeping.opening import Opened
from betterstory.website.keeping.trouble import CannotKeep


@dataclass(frozen=True)
class Tried:
    """A copy in its folder aside, and what came of trying it."""

    home: Path
    opened: Opened
    told: dict[str, int]

    @property
    def all_open(self) -> bool:
        """Every story that was tried, with each recording and page it speaks of."""
        all_words = self.told["open"] == self.told["tried"] and not self.told["keys_back"]
        return all_words and not self.told["not_copied"]


@contextmanager
def aside() -> Iterator[Path]:
    """A folder of its own within the data folder, gone afterwards."""
    folder = Path(settings.HOME) / ".opening"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def try_out(folder: Path, story: Path, *, keys: Path | None, identity: Any, only_copied_keys: bool) -> Tried:
    """Open, check, and lay out a copy as a data folder of its own; then try it there. Raises CannotKeep."""
    home, opened_at, keys_at = folder / "home", folder / "story", folder / "keys"
    for each in (home, opened_at, keys_at):
        each.mkdir(mode=0o700)
    opened = opening.open_copy(story, identity=identity, folder=opened_at, kind=copying.STORY)
    database = opening.check_database(opened)
    if database.name == snapshot.POSTGRES_FILE:
        raise CannotKeep(
            "This is a copy of a PostgreSQL database. Take it out with"
            f" “better-story restore {story} --take-out FOLDER”, and give it to pg_restore."
        )
    copies, copied_keys = [opened], None
    if keys:
        copied_keys = opening.open_copy(keys, identity=identity, folder=keys_at, kind=copying.KEYS)
        copies.append(copied_keys)
    lay_out_ended(home, copies, identity)
    lay_out_keys(home, copied_keys, only_copied=only_copied_keys)
    shutil.move(database, home / snapshot.SQLITE_FILE)
    if place := opened.part(copying.PLACE):
        shutil.move(place, home / copying.PLACE)
    if (opened_at / copying.KEPT).exists():
        shutil.move(opened_at / copying.KEPT, home / copying.KEPT)
    told = _run_trial(home)
    told["not_copied"] = sealed_copies.missing(home / snapshot.SQLITE_FILE, story.parent)
    return Tried(home, opened, told)


def lay_out_ended(home: Path, copies: list[Opened], identity: Any) -> None:
    """What was ended, by the file that is here and by every copy of it: no line of any is lost."""
    lines = ended.file().read_text() if ended.file().exists() else ""
    latest = copying.folders()[0] / copying.ENDED_COPY
    if latest.exists():
        to = home / "latest.jsonl"
        try:
            opening.decrypt(latest, identity, to)
            lines = ended.together(lines, to.read_text())
            to.unlink()
        except CannotKeep:
            pass  # encrypted for somebody else since: the copies below tell what they know
    for copy in sorted(copies, key=lambda each: each.at, reverse=True):
        lines = ended.together(lines, copy.ended)
    (home / "ended").mkdir(mode=0o700)
    (home / "ended" / "ended.jsonl").write_text(lines)


def lay_out_keys(home: Path, copied: Opened | None, *, only_copied: bool) -> None:
    """The keys that are here, with those of a copy beside them; never one that was destroyed."""
    ring, there = keyring(), Keyring(home / "keys", settings.SITE_KEY_FILE)
    there.folder.mkdir(mode=0o700)
    for file in (ring.files.own, ring.files.next):
        if file.exists():
            shutil.copy2(file, there.folder / file.name)
    if ring.file.exists() and not (only_copied and copied):
        with ring.opened() as book:
            book.execute("vacuum into ?", (str(there.file),))
        there.file.chmod(0o600)
    there.begun.touch(0o600)
    if copied is None:
        return
    gone = ended.destroyed_keys(home / "ended" / "ended.jsonl")
    try:
        taking_in.take_in(there, copied.folder / copying.KEY_BOOK, destroyed=gone)
    except Locked:
        raise CannotKeep(
            f"The copy of the keys needs the site key {copied.about['site_key']}, and that is not here."
            " In a new, empty data folder, put it back from its paper with “better-story keys put-back”,"
            " then try again."
        ) from None


def _run_trial(home: Path) -> dict[str, int]:
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "BETTER_STORY_HALL"}
    }
    done = subprocess.run(
        [sys.executable, "-m", "betterstory.website.keeping.trial"],
        env=environment
        | {
            "BETTER_STORY_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "betterstory.website.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CannotKeep("The copy could not be brought up to date. Is it from this place?")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if told.get("newer"):
        raise CannotKeep("The copy was made by a newer Better Story. Install that first, then try again.")
    return told
