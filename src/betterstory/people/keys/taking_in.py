"""Taking keys from a copy of the key book, without ever bringing a destroyed one back."""

from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from betterstory.people.keys import book as key_book
from betterstory.people.keys import rotating
from betterstory.people.keys.ring import Keyring
from betterstory.people.keys.site_key import SiteKey


def take_in(ring: Keyring, copy: Path, *, destroyed: Collection[UUID]) -> int:
    """Take what the copy holds and the ring does not, but for what was destroyed; says how many.

    A ring that has no book yet takes the copy's. Raises Locked where the copy is wrapped under a site key
    that is not here any more; its paper opens it.
    """
    with key_book.opened(copy) as other:
        name = (key_book.said(other, key_book.SITE_KEY) or b"").decode()
        rows = other.execute("select id, wrapped from data_key").fetchall()
        root = key_book.said(other, key_book.ROOT) or b""
    gone = {key.bytes for key in destroyed}
    kept = [(key_id, wrapped) for key_id, wrapped in rows if key_id not in gone]
    if not ring.file.exists():
        return _begin_with(ring, name, root, kept)
    with ring.opened() as book, key_book.writing(book):
        now = ring.site_key(book)
        then = now if name == now.name else rotating.retired(book, now, name)
        held = {row[0] for row in book.execute("select id from data_key")}
        new = [(key_id, now.wrap(then.unwrap(wrapped))) for key_id, wrapped in kept if key_id not in held]
        book.executemany("insert into data_key (id, wrapped) values (?, ?)", new)
    return len(new)


def _begin_with(ring: Keyring, name: str, root: bytes, rows: list[tuple[bytes, bytes]]) -> int:
    """The copy's keys as they are, row by row: what was destroyed is not even in the free pages."""
    site_key: SiteKey = ring.files.called(name)
    site_key.unwrap(root)
    with key_book.opened(ring.file) as book, key_book.writing(book):
        key_book.say(book, key_book.SITE_KEY, name.encode())
        key_book.say(book, key_book.ROOT, root)
        book.executemany("insert into data_key (id, wrapped) values (?, ?)", rows)
    return len(rows)
