"""The file a second laptop is given: the sentences of one evening, sealed, and the key of that evening.

Nothing of a voice card is in it, no hash either: a code of eight letters can be found from its hash by trying
all there are. Answers are sealed to home, whose own key never leaves it.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from betterstory.conversations.inbox.trouble import EveningIsOver, NotAPack

WHAT = "better-story pack for a second laptop"
NONCE = 12


@dataclass(frozen=True)
class Sentence:
    """One sentence as it is asked: its id and number at home."""

    pk: int
    number: int
    words: str

    @property
    def mark(self) -> str:
        """Says which words were answered, should they have been changed at home since."""
        return sha256(self.words.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Pack:
    """What a second laptop needs for one evening."""

    uuid: UUID
    made_at: datetime
    ends_at: datetime
    home: bytes
    """Home's public key: what is sealed with it, only home can open."""
    key: bytes
    """The key of the evening. It opens the sentences, and is gone the next morning."""
    place: str
    gathering: int
    title: str
    at: datetime
    sentences: tuple[Sentence, ...]

    def derive(self, purpose: bytes) -> bytes:
        """A key for one purpose of this evening."""
        return HKDF(SHA256(), 32, None, b"betterstory inbox " + purpose).derive(self.key)

    def without(self, number: int) -> "Pack":
        """The same, and this sentence in it no more."""
        left = tuple(each for each in self.sentences if each.number != number)
        return Pack(**{**self.__dict__, "sentences": left})


def write_pack(pack: Pack) -> str:
    """The pack as a file."""
    nonce = os.urandom(NONCE)
    head = _head(pack)
    inside = {
        "place": pack.place,
        "gathering": pack.gathering,
        "title": pack.title,
        "at": pack.at.isoformat(),
        "sentences": [[each.pk, each.number, each.words] for each in pack.sentences],
    }
    sealed = nonce + AESGCM(pack.key).encrypt(nonce, json.dumps(inside).encode(), _bound(head))
    return json.dumps({**head, "key": _text(pack.key), "sealed": _text(sealed)}, indent=1) + "\n"


def read_pack(text: str) -> Pack:
    """Open a pack. Raises NotAPack where it is none or was changed, EveningIsOver where its key is gone."""
    try:
        told = json.loads(text)
        if told["format"] != 1 or told["what"] != WHAT:
            raise NotAPack
        if told.get("over") is True:
            raise EveningIsOver
        key, sealed = b64decode(told["key"], validate=True), b64decode(told["sealed"], validate=True)
        head = {name: told[name] for name in ("format", "what", "pack", "made_at", "ends_at", "home")}
        inside = json.loads(AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], _bound(head)))
        return Pack(
            uuid=UUID(head["pack"]),
            made_at=datetime.fromisoformat(head["made_at"]),
            ends_at=datetime.fromisoformat(head["ends_at"]),
            home=b64decode(head["home"], validate=True),
            key=key,
            place=inside["place"],
            gathering=inside["gathering"],
            title=inside["title"],
            at=datetime.fromisoformat(inside["at"]),
            sentences=tuple(Sentence(*each) for each in inside["sentences"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, InvalidTag, RecursionError):
        raise NotAPack from None


def put_out(file: Path, pack: UUID) -> None:
    """Destroy the key and the sentences in the file; only its name is left. May be done again."""
    left = json.dumps({"format": 1, "what": WHAT, "pack": str(pack), "over": True}, indent=1) + "\n"
    overwrite(file, left)


def overwrite(file: Path, text: str) -> None:
    """Write over what is there, in the same place of the disk as far as the disk allows."""
    raw = text.encode()
    with file.open("r+b") as there:
        size = there.seek(0, os.SEEK_END)
        there.seek(0)
        there.write(b" " * size)
        there.flush()
        os.fsync(there.fileno())
        there.seek(0)
        there.write(raw)
        there.truncate()
        there.flush()
        os.fsync(there.fileno())


def asked_of(sentences: Sequence[Sentence]) -> dict[int, Sentence]:
    """The sentences by their id."""
    return {each.pk: each for each in sentences}


def _head(pack: Pack) -> dict[str, Any]:
    return {
        "format": 1,
        "what": WHAT,
        "pack": str(pack.uuid),
        "made_at": pack.made_at.isoformat(),
        "ends_at": pack.ends_at.isoformat(),
        "home": _text(pack.home),
    }


def _bound(head: dict[str, Any]) -> bytes:
    """The seal holds for these dates and this home alone: an evening made longer does not open."""
    return json.dumps(head, sort_keys=True).encode()


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
