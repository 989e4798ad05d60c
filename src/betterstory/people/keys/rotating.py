"""Changing the site key: every data key is wrapped anew, all at once, and no story is touched.

In this order, each of which may be the last thing that happens before the power goes: the new key is written
beside the old one; in one transaction every data key is wrapped under it; it takes the old one's place. The
key book says under which it is wrapped, so both files are tried by name and every story opens at each
moment. Rotating again, or the next start, finishes what was begun.
"""

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from betterstory.people.keys import book as key_book
from betterstory.people.keys.refusals import Locked
from betterstory.people.keys.ring import Keyring
from betterstory.people.keys.site_key import SiteKey

log = logging.getLogger(__name__)
STEPS = ("begun", "new key written", "half wrapped", "all wrapped", "said so", "swapped")


@dataclass(frozen=True)
class Rotated:
    """What came of it: the name of the key in use now, and how many keys it holds."""

    name: str
    keys: int
    waits: bool  # the new key is still beside the old one, which a setting names and we do not write to


def rotate(
    ring: Keyring, *, at: datetime, retire_for: timedelta, step: Callable[[str], None] = lambda _name: None
) -> Rotated:
    """Change the site key, or finish changing it. The old one opens older copies a while. Raises Locked."""
    with ring.opened() as book:
        with key_book.writing(book):
            step("begun")
            old = ring.site_key(book)
            new = ring.files.read_next() or ring.files.make_next()
            step("new key written")
            if new.name != old.name:
                _wrap_anew(book, old, new, step)
                _retire(book, old, new, until=at + retire_for)
                key_book.say(book, key_book.SITE_KEY, new.name.encode())
            many = book.execute("select count(*) from data_key").fetchone()[0]
            step("all wrapped")
        step("said so")
        ring.files.swap()
        step("swapped")
        book.execute("vacuum")
    log.info("site key rotated keys=%s", many)
    return Rotated(new.name, many, waits=ring.files.next.exists())


def finish(ring: Keyring, *, at: datetime, retire_for: timedelta) -> bool:
    """Finish what was begun and cut short; says whether there was anything. Raises Locked."""
    if not ring.files.next.exists():
        return False
    rotate(ring, at=at, retire_for=retire_for)
    return True


def _wrap_anew(book: sqlite3.Connection, old: SiteKey, new: SiteKey, step: Callable[[str], None]) -> None:
    rows = book.execute("select id, wrapped from data_key").fetchall()
    for number, (key_id, wrapped) in enumerate(rows):
        anew = new.wrap(old.unwrap(wrapped))
        book.execute("update data_key set wrapped = ? where id = ?", (anew, key_id))
        if number == len(rows) // 2:
            step("half wrapped")
    root = old.unwrap(key_book.said(book, key_book.ROOT) or b"")
    key_book.say(book, key_book.ROOT, new.wrap(root))
    for name, wrapped in book.execute("select name, wrapped from retired").fetchall():
        anew = new.wrap(old.unwrap(wrapped))
        book.execute("update retired set wrapped = ? where name = ?", (anew, name))


def _retire(book: sqlite3.Connection, old: SiteKey, new: SiteKey, *, until: datetime) -> None:
    """Keep the old key, under the new one, for as long as copies of the key book that need it are kept."""
    book.execute(
        "insert or replace into retired (name, wrapped, until) values (?, ?, ?)",
        (old.name, new.wrap(old.value), until.isoformat()),
    )


def forget_retired(ring: Keyring, *, at: datetime) -> int:
    """Forget the old site keys whose copies are all gone; says how many. It needs no site key."""
    if not ring.file.exists():
        return 0
    with key_book.opened(ring.file) as book:
        gone = book.execute("delete from retired where until <= ?", (at.isoformat(),)).rowcount
        if gone:
            book.execute("vacuum")
    return gone


def retired(book: sqlite3.Connection, now: SiteKey, name: str) -> SiteKey:
    """An old site key by its name. Raises Locked where it was forgotten, or never was."""
    row = book.execute("select wrapped from retired where name = ?", (name,)).fetchone()
    if row is None:
        raise Locked
    return SiteKey(now.unwrap(row[0]))
