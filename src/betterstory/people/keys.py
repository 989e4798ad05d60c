"""Keys and sealed words: AES-256-GCM under one key per story or circle, the keys apart from the database.

`keys.sqlite3` holds each data key wrapped under the site key (AES key wrap, RFC 3394); `site.key` holds the
site key. A sealed value is: format byte, key id (16 bytes), nonce (12 bytes), ciphertext with tag. What it is
bound to (a fixed name, the row's own id, the key id) is authenticated, so a value moved to another row or
field does not open. Destroying a key makes everything sealed under it unreadable, in old backups too.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from betterstory.ui.refusal import Refusal

FORMAT = b"\x01"
HEAD = 1 + 16 + 12
SITE_KEY = 32


class Sealed(Refusal):
    """These words cannot be opened."""

    code, status = "sealed", 503
    words = _("These words cannot be opened just now. Tell whoever looks after this place.")


class KeyGone(Sealed):
    """The key was destroyed: nobody can read these words any more."""


class Locked(Sealed):
    """The site key is missing or wrong: nothing can be read until it is put back."""


class Spoilt(Sealed):
    """The bytes were changed or moved from another place."""


class Keyring:
    """The keys of one installation, in a folder of their own. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "keys.sqlite3"
        self.site_file = folder / "site.key"
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return "<Keyring>"

    def make(self) -> UUID:
        """A new data key; returns its id."""
        key_id = uuid4()
        wrapped = aes_key_wrap(self._site_key(), AESGCM.generate_key(bit_length=256))
        with self._open() as book:
            other = book.execute("select wrapped from data_key limit 1").fetchone()
            if other is not None:
                _unwrap(other[0], self._site_key())  # under a wrong site key nothing new begins either
            book.execute("insert into data_key (id, wrapped) values (?, ?)", (key_id.bytes, wrapped))
        return key_id

    def seal(self, words: str, *, key: UUID, name: str, row: UUID) -> bytes:
        """Words as sealed bytes, bound to a fixed name and the id of their row."""
        nonce = os.urandom(12)
        plain = words.encode("utf-8", "surrogatepass")
        sealed = AESGCM(self._data_keys({key})[key]).encrypt(nonce, plain, _bound(name, row, key))
        return FORMAT + key.bytes + nonce + sealed

    def open(self, sealed: bytes | memoryview, *, name: str, row: UUID) -> str:
        """The words again. Raises KeyGone, Locked or Spoilt."""
        return self.open_all([(sealed, name, row)])[0]

    def open_all(self, values: Sequence[tuple[bytes | memoryview, str, UUID]]) -> list[str]:
        """Many sealed values, as (bytes, name, row), each key fetched once. Raises as `open` does."""
        sealed = [(bytes(stored), name, row) for stored, name, row in values]
        if any(len(each) < HEAD or each[:1] != FORMAT for each, _name, _row in sealed):
            raise Spoilt
        asked = {raw: UUID(bytes=raw) for raw in {each[1:17] for each, _name, _row in sealed}}
        opened = {key: AESGCM(value) for key, value in self._data_keys(set(asked.values())).items()}
        words = []
        for each, name, row in sealed:
            key = asked[each[1:17]]
            try:
                plain = opened[key].decrypt(each[17:HEAD], each[HEAD:], _bound(name, row, key))
            except InvalidTag as error:
                raise Spoilt from error
            words.append(plain.decode("utf-8", "surrogatepass"))
        return words

    def destroy(self, key: UUID) -> None:
        """Forget a key for good, in the file and in its free pages."""
        with self._open() as book:
            book.execute("delete from data_key where id = ?", (key.bytes,))
        with self._open() as book:
            book.execute("vacuum")

    def holds(self, key: UUID) -> bool:
        if not self.file.exists():
            return False
        with self._open() as book:
            return book.execute("select 1 from data_key where id = ?", (key.bytes,)).fetchone() is not None

    def derive(self, purpose: bytes, *, length: int = 32) -> bytes:
        """A key for one purpose, made from the site key; never kept. Raises Locked."""
        return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose).derive(self._site_key())

    def _data_keys(self, keys: set[UUID]) -> dict[UUID, bytes]:
        """All of these in one look at the key file. Raises KeyGone where one is not in it."""
        if not keys:
            return {}
        if not self.file.exists():
            raise Locked  # the key file is not where it should be; nothing was destroyed
        with self._open() as book:
            found = "select wrapped from data_key where id = ?"
            rows = {key: book.execute(found, (key.bytes,)).fetchone() for key in keys}
        if None in rows.values():
            raise KeyGone
        site_key = self._site_key()
        return {key: _unwrap(row[0], site_key) for key, row in rows.items()}

    def _site_key(self) -> bytes:
        with self._lock:
            if not self.site_file.exists():
                if self.file.exists() and not self.site_file.exists():
                    raise Locked
                self._make_site_key()
            for _look in range(20):
                key = self.site_file.read_bytes()
                if len(key) == SITE_KEY:
                    return key
                time.sleep(0.05)  # another process has only begun to write it
            raise Locked

    def _make_site_key(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # another process may be first, and then the key is theirs
        with suppress(FileExistsError):
            handle = os.open(self.site_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(os.urandom(SITE_KEY))
                out.flush()
                os.fsync(out.fileno())

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = not self.file.exists()
        book = sqlite3.connect(self.file, timeout=20, isolation_level=None)
        try:
            book.execute("pragma secure_delete = on")
            book.execute("pragma temp_store = memory")
            book.execute("pragma synchronous = full")
            book.execute("create table if not exists data_key (id blob primary key, wrapped blob not null)")
            if fresh:
                self.file.chmod(0o600)
            yield book
        finally:
            book.close()


def _unwrap(wrapped: bytes, site_key: bytes) -> bytes:
    try:
        return aes_key_unwrap(site_key, wrapped)
    except InvalidUnwrap as error:
        raise Locked from error


def _bound(name: str, row: UUID, key: UUID) -> bytes:
    return f"{name}:{row}:{key}".encode()


@cache
def keyring() -> Keyring:
    """The keys of this installation: in their own folder, backed up apart from the database."""
    return Keyring(settings.HOME / "keys")
