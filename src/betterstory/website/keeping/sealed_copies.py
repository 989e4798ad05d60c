"""Recordings and photographed pages in copies: each sealed file once, in a folder beside the others.

They are sealed under their stories' keys already and never change, so each is copied as it is, and once: a
copy of the day is made in the time of what is new. Without their keys nobody opens them.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from betterstory.people.keys.site_key import settle
from betterstory.stories import ended, sealed_files
from betterstory.stories.models import Told

FOLDER = "sealed"
THERE = """
select distinct story.uuid, told.file, told.size from stories_told told
join stories_version version on version.id = told.version_id
join stories_story story on story.id = version.story_id where story.destroyed_at is null
"""


def copy(to: Path) -> int:
    """Copy what is not there yet, as it is; says how many. After the database: so it has all it speaks of."""
    new = 0
    for file in sorted(sealed_files.folder().glob("*/*.sealed")):
        place = to / FOLDER / file.parent.name / file.name
        if not place.exists() or place.stat().st_size != file.stat().st_size:
            new += _copied(file, place)
    for place in _known(to):
        os.utime(place)  # known still on this day
    return new


def throw_away(to: Path, *, at: datetime) -> int:
    """Throw away what no story here has known for as long as copies of the database are kept."""
    before = (at - timedelta(days=settings.COPY_DAYS)).timestamp()
    old = [place for place in (to / FOLDER).glob("*/*.sealed") if place.stat().st_mtime <= before]
    for place in old:
        place.unlink(missing_ok=True)
    return len(old)


def bring_back(copies: Path) -> int:
    """Put back what is not here; says how many. Of a story that was destroyed nothing comes back."""
    destroyed = {str(line["id"]) for line in ended.read() if line["kind"] == ended.DESTROYED}
    back = 0
    for file in sorted((copies / FOLDER).glob("*/*.sealed")):
        place = sealed_files.folder() / file.parent.name / file.name
        if file.parent.name not in destroyed and not place.exists():
            back += _copied(file, place)
    return back


def missing(database: Path, copies: Path) -> int:
    """How many files that a copied database speaks of are not in the copies, whole."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as book:
        rows = book.execute(THERE).fetchall()
    return sum(not _is_whole(copies / FOLDER, *row) for row in rows)


def _is_whole(folder: Path, story: str, file: str, size: int) -> bool:
    place = folder / _lines(story) / f"{_lines(file)}.sealed"
    return place.exists() and place.stat().st_size == sealed_files.sealed_size(size)


def _lines(row: str) -> str:
    """An id as files are named by it; SQLite keeps it without its lines."""
    return f"{row[:8]}-{row[8:12]}-{row[12:16]}-{row[16:20]}-{row[20:]}"


def _known(to: Path) -> Iterator[Path]:
    for story, file in Told.objects.values_list("version__story__uuid", "file").distinct():
        place = to / FOLDER / str(story) / f"{file}.sealed"
        if place.exists():
            yield place


def _copied(file: Path, place: Path) -> int:
    """Whole and on the disk before it has its name; 0 where it was taken away meanwhile."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    begun = place.with_name(f".{place.name}.begun")
    try:
        shutil.copyfile(file, begun)
        begun.chmod(0o600)
        with begun.open("rb") as written:
            os.fsync(written.fileno())
        begun.replace(place)
        settle(place.parent)
    except FileNotFoundError:
        return 0
    finally:
        begun.unlink(missing_ok=True)
    return 1
