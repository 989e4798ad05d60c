"""The site key: thirty-two bytes in a file of their own, under which every data key is wrapped.

The file is `site.key` beside the key book, or one that a setting names (as systemd's LoadCredential gives
it); that one is never written to. While the site key is being changed, the new one lies in `site.key.next`.
"""

import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from betterstory.people.codes import LETTERS
from betterstory.people.keys.refusals import Locked

LENGTH = 32
NAME = 5


@dataclass(frozen=True)
class SiteKey:
    """One site key. It never shows its bytes; its name is five letters that give nothing away."""

    value: bytes = field(repr=False)

    def __repr__(self) -> str:
        return f"<SiteKey {self.name}>"

    @classmethod
    def make(cls) -> "SiteKey":
        return cls(os.urandom(LENGTH))

    @cached_property
    def name(self) -> str:
        """Which key this is, for papers and the key book."""
        told = HKDF(algorithm=SHA256(), length=8, salt=None, info=b"better-story site key name 1")
        number = int.from_bytes(told.derive(self.value))
        return "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(NAME))

    def wrap(self, key: bytes) -> bytes:
        return aes_key_wrap(self.value, key)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Raises Locked where it was wrapped under another."""
        try:
            return aes_key_unwrap(self.value, wrapped)
        except InvalidUnwrap as error:
            raise Locked from error


class SiteKeyFiles:
    """Where the site key lies, and the next one while it is being changed."""

    def __init__(self, folder: Path, named: Path | None = None) -> None:
        self.own = folder / "site.key"
        self.next = folder / "site.key.next"
        self.named = named

    @property
    def file(self) -> Path:
        return self.named or self.own

    def read(self) -> SiteKey | None:
        return _read(self.file)

    def read_next(self) -> SiteKey | None:
        return _read(self.next)

    def called(self, name: str) -> SiteKey:
        """The one of this name: the one in use, or the next. Raises Locked."""
        for key in (self.read(), self.read_next()):
            if key is not None and key.name == name:
                return key
        raise Locked

    def make(self) -> bool:
        """Make the first one; False where it is there already. Raises Locked where a setting names a file."""
        if self.file.exists():
            return False
        if self.named is not None:
            raise Locked
        # another process may be first, and then the key is theirs
        with suppress(FileExistsError):
            handle = os.open(self.own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            _fill(handle, SiteKey.make())
            return True
        return False

    def make_next(self) -> SiteKey:
        """A new one beside the one in use, whole or not at all."""
        key = SiteKey.make()
        self.write(self.next, key)
        return key

    def write(self, file: Path, key: SiteKey) -> None:
        """Whole or not at all, and on the disk when this returns."""
        begun = file.with_name(f".{file.name}.begun")
        _fill(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), key)
        begun.replace(file)
        settle(file.parent)

    def swap(self) -> None:
        """The next one takes the place of the one in use; a file that a setting names is not ours."""
        if self.named is not None:
            used, coming = self.read(), self.read_next()
            if used is not None and coming is not None and used.name == coming.name:
                self.next.unlink(missing_ok=True)
            return
        # another process may have been first
        with suppress(FileNotFoundError):
            self.next.replace(self.own)
            settle(self.own.parent)


def _read(file: Path) -> SiteKey | None:
    for _look in range(20):
        try:
            value = file.read_bytes()
        except OSError:
            return None
        if len(value) == LENGTH:
            return SiteKey(value)
        time.sleep(0.05)  # another process has only begun to write it
    return None


def _fill(handle: int, key: SiteKey) -> None:
    with os.fdopen(handle, "wb") as out:
        out.write(key.value)
        out.flush()
        os.fsync(out.fileno())


def settle(folder: Path) -> None:
    """Have the disk keep what was renamed in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
