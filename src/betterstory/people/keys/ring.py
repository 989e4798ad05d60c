"""The keys of one installation: AES-256-GCM under one key per story or circle, apart from the database.

`keys.sqlite3` holds each data key wrapped under the site key (AES key wrap, RFC 3394), and says under which.
A sealed value is: format byte, key id (16 bytes), nonce (12 bytes), ciphertext with tag. What it is
bound to (a fixed name, the row's own id, the key id) is authenticated, so a value moved to another row or
field does not open. Destroying a key makes everything sealed under it unreadable, in old backups too.
"""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import batched
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from betterstory.people.keys import book as key_book
from betterstory.people.keys.refusals import KeyGone, Locked, Spoilt
from betterstory.people.keys.site_key import SiteKey, SiteKeyFiles

FORMAT = b"\x01"
NONCE = 12
HEAD = 1 + 16 + NONCE
MANY = 1000


class Opener:
    """Some keys, ready to open what is sealed under them."""

    def __init__(self, known: Mapping[bytes, bytes]) -> None:
        self._ciphers = {
            key: (AESGCM(value).decrypt, f":{_with_lines(key.hex())}") for key, value in known.items()
        }

    def __repr__(self) -> str:
        return "<Opener>"

    def __contains__(self, key: bytes) -> bool:
        return key in self._ciphers

    def open(self, sealed: bytes, name: str, row: UUID | str) -> bytes:
        """One value. Raises Spoilt, and KeyGone where its key is not among them."""
        return self.open_each([(sealed, name, row)])[0]

    def open_each(self, values: Iterable[tuple[bytes | memoryview, str, UUID | str]]) -> list[bytes]:
        """Many values, in one go: there may be tens of thousands. Raises as `open` does.

        A row's id may come as a database has it, in letters with its lines or without.
        """
        opened, ciphers = [], self._ciphers
        try:
            for sealed, name, row in values:
                decrypt, key_said = ciphers[bytes(sealed[1:17])]
                if isinstance(row, str) and len(row) == 32:
                    row = _with_lines(row)
                said = f"{name}:{row}{key_said}"
                opened.append(decrypt(sealed[17:HEAD], sealed[HEAD:], said.encode()))
        except KeyError as error:
            raise KeyGone from error
        except (InvalidTag, ValueError) as error:  # a value cut too short for its nonce is a ValueError
            raise Spoilt from error
        return opened


class Keyring:
    """In a folder of its own. Safe to share between threads."""

    def __init__(self, folder: Path, site_key_file: Path | None = None) -> None:
        self.folder = folder
        self.file = folder / "keys.sqlite3"
        self.files = SiteKeyFiles(folder, site_key_file)
        # says outside the folder that there was one: a folder that went missing is no first day
        self.begun = folder.with_name(f"{folder.name}.begun")
        self._root: tuple[object, bytes] | None = None

    def __repr__(self) -> str:
        return "<Keyring>"

    @property
    def site_file(self) -> Path:
        return self.files.file

    def make(self) -> UUID:
        """A new data key; returns its id. Raises Locked: under a wrong site key nothing new begins."""
        key_id = uuid4()
        with self.opened() as book, key_book.writing(book):
            wrapped = self.site_key(book).wrap(AESGCM.generate_key(bit_length=256))
            book.execute("insert into data_key (id, wrapped) values (?, ?)", (key_id.bytes, wrapped))
        return key_id

    def seal(self, words: str, *, key: UUID, name: str, row: UUID) -> bytes:
        """Words as sealed bytes, bound to a fixed name and the id of their row."""
        return self.seal_bytes(words.encode("utf-8", "surrogatepass"), key=key, name=name, row=row)

    def seal_bytes(self, plain: bytes, *, key: UUID, name: str, row: UUID) -> bytes:
        """A part of a file as sealed bytes, bound in the same way."""
        nonce = os.urandom(NONCE)
        sealed = AESGCM(self._data_keys({key.bytes})[key.bytes]).encrypt(nonce, plain, _bound(name, row, key))
        return FORMAT + key.bytes + nonce + sealed

    def open(self, sealed: bytes | memoryview, *, name: str, row: UUID) -> str:
        """The words again. Raises KeyGone, Locked or Spoilt."""
        return self.open_all([(sealed, name, row)])[0]

    def open_all(self, values: Sequence[tuple[bytes | memoryview, str, UUID]]) -> list[str]:
        """Many sealed values, as (bytes, name, row), each key fetched once. Raises as `open` does."""
        return [plain.decode("utf-8", "surrogatepass") for plain in self.open_bytes(values)]

    def open_bytes(self, values: Sequence[tuple[bytes | memoryview, str, UUID | str]]) -> list[bytes]:
        """The same for parts of files."""
        sealed = [(bytes(stored), name, row) for stored, name, row in values]
        if any(len(each) < HEAD or each[:1] != FORMAT for each, _name, _row in sealed):
            raise Spoilt
        return Opener(self._data_keys({each[1:17] for each, _name, _row in sealed})).open_each(sealed)

    def opener(self, keys: Collection[bytes]) -> "Opener":
        """What opens many values one by one, each key fetched once; a key that is gone is left out of it.

        `keys`: their ids, sixteen bytes each, as they lie in the book. Keep it no longer than one look: a key
        destroyed meanwhile is still in it. Raises Locked.
        """
        return Opener(self._data_keys(set(keys), some_may_be_gone=True))

    def destroy(self, key: UUID) -> None:
        """Forget a key for good, in the file and in its free pages. It needs no site key."""
        if not self.file.exists():
            return
        with key_book.opened(self.file) as book:
            book.execute("delete from data_key where id = ?", (key.bytes,))
            book.execute("vacuum")

    def holds(self, key: UUID) -> bool:
        if not self.file.exists():
            return False
        with key_book.opened(self.file) as book:
            return book.execute("select 1 from data_key where id = ?", (key.bytes,)).fetchone() is not None

    def derive(self, purpose: bytes, *, length: int = 32) -> bytes:
        """A key for one purpose, the same after the site key was changed; never kept. Raises Locked."""
        return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose).derive(self._read_root())

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """The key book; begun on the first day. Raises Locked where it is gone."""
        made = False
        if not self.file.exists():
            if (
                self.begun.exists() and not self.file.exists()
            ):  # asked again: another process may have begun it
                raise Locked
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            made = self.files.make()
        with key_book.opened(self.file) as book:
            if key_book.said(book, key_book.ROOT) is None:
                self._begin(book, site_key_is_new=made)
            if not self.begun.exists():
                self.begun.touch(0o600)
            yield book

    def _begin(self, book: sqlite3.Connection, *, site_key_is_new: bool) -> None:
        """The first day of a book: what it is wrapped under, and the root of keys for one purpose."""
        with key_book.writing(book):
            site_key = self.files.read()
            if site_key is None:
                raise Locked
            some = book.execute("select wrapped from data_key limit 1").fetchone()
            if some is not None:
                site_key.unwrap(some[0])
            if key_book.said(book, key_book.ROOT) is None:  # asked again: another process may have been first
                # a site key older than its book was itself the root of what is sealed already
                root = SiteKey.make() if site_key_is_new else site_key
                key_book.say(book, key_book.ROOT, site_key.wrap(root.value))
                key_book.say(book, key_book.SITE_KEY, site_key.name.encode())

    def site_key(self, book: sqlite3.Connection) -> SiteKey:
        """The site key that this book is wrapped under. Raises Locked."""
        return self.files.called((key_book.said(book, key_book.SITE_KEY) or b"").decode())

    def _data_keys(self, keys: set[bytes], *, some_may_be_gone: bool = False) -> dict[bytes, bytes]:
        if not self.file.exists():
            raise Locked  # the key book is not where it should be; nothing was destroyed

        def read(book: sqlite3.Connection) -> dict[bytes, bytes]:
            wrapped = _wrapped(book, keys)
            if len(wrapped) < len(keys) and not some_may_be_gone:
                raise KeyGone
            site_key = self.site_key(book)
            return {key: site_key.unwrap(each) for key, each in wrapped.items()}

        return self._patiently(read)

    def _patiently[T](self, read: Callable[[sqlite3.Connection], T]) -> T:
        """Read in one moment of the book; once more where the site key was changed in just that moment."""
        try:
            return self._read(read)
        except Locked:
            return self._read(read)

    def _read[T](self, read: Callable[[sqlite3.Connection], T]) -> T:
        with self.opened() as book:
            book.execute("begin")
            return read(book)

    def _read_root(self) -> bytes:
        """The root of keys for one purpose, remembered while none of its files changes."""
        stamp = tuple(_stamp(file) for file in (self.file, self.site_file, self.files.next))
        remembered = self._root
        if remembered is None or remembered[0] != stamp:
            remembered = self._root = (stamp, self._patiently(self._unwrap_root))
        return remembered[1]

    def _unwrap_root(self, book: sqlite3.Connection) -> bytes:
        return self.site_key(book).unwrap(key_book.said(book, key_book.ROOT) or b"")


def _wrapped(book: sqlite3.Connection, keys: set[bytes]) -> dict[bytes, bytes]:
    """Each key that lies in the book, as it lies there, some hundreds a question."""
    if len(keys) >= MANY:  # to look for that many takes longer than to read them all
        every = book.execute("select id, wrapped from data_key")
        return {found: stored for found, stored in every if found in keys}
    wrapped: dict[bytes, bytes] = {}
    for some in batched(keys, 500, strict=False):
        marks = ",".join("?" * len(some))
        # only question marks are put together here; what is asked for goes beside them
        asked = f"select id, wrapped from data_key where id in ({marks})"  # noqa: S608 - as said above
        wrapped |= dict(book.execute(asked, some))
    return wrapped


def _with_lines(letters: str) -> str:
    """An id of 32 letters with its lines, as everything sealed is bound to it."""
    return f"{letters[:8]}-{letters[8:12]}-{letters[12:16]}-{letters[16:20]}-{letters[20:]}"


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        about = file.stat()
    except OSError:
        return None
    return about.st_ino, about.st_size, about.st_mtime_ns


def _bound(name: str, row: UUID, key: UUID | str) -> bytes:
    return f"{name}:{row}:{key}".encode()
