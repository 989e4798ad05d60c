"""One line of an inbox: readable at home alone, and no other than the evening's own.

Each line has a key of its own, made from a fresh key pair, home's public key, and the key of the evening. So
whoever holds the second laptop can add lines while the evening lasts, and read none.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from betterstory.conversations.inbox.pack import Pack

FIELDS = ("format", "pack", "run", "n", "id", "sealed")
ROUND_TO = 256  # bytes: the length of a line does not tell what was answered
PUBLIC, KEY, NONCE = 32, 32, 12


@dataclass(frozen=True)
class Frame:
    """What is in the clear on a line: whose it is, its number in its run, its own id."""

    pack: UUID
    run: str
    n: int
    uuid: UUID

    @property
    def bound(self) -> bytes:
        return f"1|{self.pack}|{self.run}|{self.n}|{self.uuid}".encode()


class Changed(ValueError):
    """The line was changed, damaged, or is of another evening."""


def seal_line(frame: Frame, told: dict[str, Any], *, pack: Pack) -> str:
    """One line, without its end."""
    once = X25519PrivateKey.generate()
    public = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(pack.home))
    key, nonce = _keys(shared, public, pack.home, pack.key)
    plain = json.dumps(told, ensure_ascii=False).encode()
    plain += b" " * (-len(plain) % ROUND_TO)
    sealed = public + AESGCM(key).encrypt(nonce, plain, frame.bound)
    return _dump(frame, b64encode(sealed).decode())


def read_frame(line: str) -> tuple[Frame, bytes]:
    """What is in the clear, and what is sealed. Raises Changed where anything is not as it was written."""
    try:
        told = json.loads(line)
        frame = Frame(UUID(told["pack"]), str(told["run"]), int(told["n"]), UUID(told["id"]))
        sealed = b64decode(told["sealed"], validate=True)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Changed from None
    if _dump(frame, b64encode(sealed).decode()) != line:
        raise Changed
    return frame, sealed


def open_line(frame: Frame, sealed: bytes, *, private: X25519PrivateKey, evening: bytes) -> dict[str, Any]:
    """What was said, at home. Raises Changed."""
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(sealed[:PUBLIC]))
        home = private.public_key().public_bytes_raw()
        key, nonce = _keys(shared, sealed[:PUBLIC], home, evening)
        told = json.loads(AESGCM(key).decrypt(nonce, sealed[PUBLIC:], frame.bound))
    except (ValueError, InvalidTag):
        raise Changed from None
    if not isinstance(told, dict):
        raise Changed
    return told


def _keys(shared: bytes, public: bytes, home: bytes, evening: bytes) -> tuple[bytes, bytes]:
    info = b"betterstory inbox line 1" + public + home
    made = HKDF(SHA256(), KEY + NONCE, evening, info).derive(shared)
    return made[:KEY], made[KEY:]


def _dump(frame: Frame, sealed: str) -> str:
    values = (1, str(frame.pack), frame.run, frame.n, frame.uuid.hex, sealed)
    return json.dumps(dict(zip(FIELDS, values, strict=True)), separators=(",", ":"))
