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
                self._unwrap(other[0])  # under a wrong site key nothing new begins either
            book.execute("insert into data_key (id, wrapped) values (?, ?)", (key_id.bytes, wrapped))
        return key_id

    def seal(self, words: str, *, key: UUID, name: str, row: UUID) -> bytes:
        """Words as sealed bytes, bound to a fixed name and the id of their row."""
        return self.seal_bytes(words.encode("utf-8", "surrogatepass"), key=key, name=name, row=row)

    def seal_bytes(self, plain: bytes, *, key: UUID, name: str, row: UUID) -> bytes:
        """A part of a file as sealed bytes, bound in the same way."""
        nonce = os.urandom(12)
        sealed = AESGCM(self._data_key(key)).encrypt(nonce, plain, _bound(name, row, key))
        return FORMAT + key.bytes + nonce + sealed

    def open(self, sealed: bytes | memoryview, *, name: str, row: UUID) -> str:
        """The words again. Raises KeyGone, Locked or Spoilt."""
        return self.open_all([(sealed, name, row)])[0]

    def open_all(self, values: Sequence[tuple[bytes | memoryview, str, UUID]]) -> list[str]:
        """Many sealed values, as (bytes, name, row), each key fetched once. Raises as `open` does."""
        return [plain.decode("utf-8", "surrogatepass") for plain in self.open_bytes(values)]

    def open_bytes(self, values: Sequence[tuple[bytes | memoryview, str, UUID]]) -> list[bytes]:
        """The same for parts of files."""
        known: dict[UUID, AESGCM] = {}
        opened = []
        for stored, name, row in values:
            sealed = bytes(stored)
            if len(sealed) < HEAD or sealed[:1] != FORMAT:
                raise Spoilt
            key = UUID(bytes=sealed[1:17])
            if key not in known:
                known[key] = AESGCM(self._data_key(key))
            try:
                opened.append(known[key].decrypt(sealed[17:29], sealed[29:], _bound(name, row, key)))
            except InvalidTag as error:
                raise Spoilt from error
        return opened

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

    def _data_key(self, key: UUID) -> bytes:
        if not self.file.exists():
            raise Locked  # the key file is not where it should be; nothing was destroyed
        with self._open() as book:
            row = book.execute("select wrapped from data_key where id = ?", (key.bytes,)).fetchone()
        if row is None:
            raise KeyGone
        return self._unwrap(row[0])

    def _unwrap(self, wrapped: bytes) -> bytes:
        try:
            return aes_key_unwrap(self._site_key(), wrapped)
        except InvalidUnwrap as error:
            raise Locked from error

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


def _bound(name: str, row: UUID, key: UUID) -> bytes:
    return f"{name}:{row}:{key}".encode()


@cache
def keyring() -> Keyring:
    """The keys of this installation: in their own folder, backed up apart from the database."""
    return Keyring(settings.HOME / "keys")
