"""Copies of a live PostgreSQL: put back they open every story but the one that was taken back.

`test_on_postgresql` runs these beside a server of their own.
"""

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from betterstory.people import keys
from betterstory.people.keys import KeyGone, Keyring
from betterstory.people.models import Person
from betterstory.stories import consenting, ended
from betterstory.stories.finding import find
from betterstory.stories.models import Story
from betterstory.stories.sealing import TEXT
from betterstory.website.keeping import copying, restoring, snapshot
from conftest import AT

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(snapshot.is_sqlite(), reason="the database of this run is SQLite"),
]
Tell = Callable[[str], Story]
ASIDE = "put_back_aside"


def put_back(dump: Path) -> list[tuple[bytes, UUID]]:
    """The copy as a database of its own; the sealed words in it."""
    about = settings.DATABASES["default"]
    where = ["-h", str(about["HOST"]), "-p", str(about["PORT"]), "-U", str(about["USER"])]
    subprocess.run(["dropdb", *where, "--if-exists", ASIDE], check=True)
    subprocess.run(["createdb", *where, ASIDE], check=True)
    subprocess.run(["pg_restore", *where, "--no-owner", "-d", ASIDE, str(dump)], check=True)
    import psycopg  # noqa: PLC0415 - only where there is a PostgreSQL

    told: dict[str, Any] = {
        "host": about["HOST"],
        "port": about["PORT"],
        "user": about["USER"],
        "dbname": ASIDE,
    }
    with psycopg.connect(**told) as book:
        return book.execute("select text_sealed, uuid from stories_version order by story_id").fetchall()


def opened(ring: Keyring, rows: list[tuple[bytes, UUID]]) -> list[str]:
    became = []
    for sealed, row in rows:
        try:
            became.append(ring.open(sealed, name=TEXT, row=row))
        except KeyGone:
            became.append("gone")
    return became


def test_he_takes_it_back_and_the_old_copy_no_longer_opens_it(
    home: Path, identity: Any, tell: Tell, teller: Person
) -> None:
    stories = [tell(f"words {n}") for n in range(5)]
    made = copying.make_copies(at=AT)
    rows = put_back(restoring.take_out(made.story, identity=identity, to=home / "looked into"))
    everything = [f"words {n}" for n in range(5)]
    assert opened(keys.keyring(), rows) == everything, "a drill: the copy opens whole"
    consenting.take_back(stories[2], by=teller, at=AT, for_good_now=True)
    everything[2] = "gone"
    assert opened(keys.keyring(), rows) == everything
    assert not find("words 2", viewer=teller, at=AT).found
    assert find("words 3", viewer=teller, at=AT).found


def test_what_an_old_copy_brings_back_is_ended_and_wiped_again(
    home: Path, identity: Any, tell: Tell, teller: Person
) -> None:
    story = tell("like snow")
    words = bytes(story.newest().text_sealed)
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    # as though an old dump had been put back over it
    Story.objects.filter(pk=story.pk).update(destroyed_at=None, taken_back_at=None, title_sealed=words)
    story.versions.update(text_sealed=words)
    assert ended.replay()
    consenting.wipe_again(at=AT + timedelta(days=1))
    story.refresh_from_db()
    assert story.destroyed_at is not None
    assert bytes(story.newest().text_sealed) == b""
    assert connection.vendor == "postgresql"
