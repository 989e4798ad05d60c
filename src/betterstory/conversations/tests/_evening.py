"""A pack, and an evening on a second laptop, without a database."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from betterstory.conversations.inbox.evening import Evening, inbox_of
from betterstory.conversations.inbox.pack import Pack, Sentence, write_pack
from betterstory.conversations.inbox.reading import Contents, read_inbox
from betterstory.conversations.inbox.sealing import open_line, seal_line

NOW = datetime(2026, 7, 14, 18, 0, tzinfo=UTC)
NIGHT = datetime(2026, 7, 15, 2, 0, tzinfo=UTC)
PRIVATE, KEY = X25519PrivateKey.from_private_bytes(b"h" * 32), b"e" * 32
ONE, TWO = Sentence(11, 1, "We should meet on a Thursday."), Sentence(12, 2, "Tea should be paid for.")
CODE = "K7TP4M2X"


def a_pack(**more: Any) -> Pack:
    told: dict[str, Any] = {
        "uuid": UUID(int=7),
        "made_at": NOW - timedelta(hours=3),
        "ends_at": NIGHT,
        "home": PRIVATE.public_key().public_bytes_raw(),
        "key": KEY,
        "place": "Aldermouth",
        "gathering": 3,
        "title": "Making the plan",
        "at": NOW,
        "sentences": (ONE, TWO),
    }
    return Pack(**{**told, **more})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "evening.pack"
    written.write_text(write_pack(a_pack()))
    return written


@pytest.fixture
def evening(file: Path) -> Evening:
    return Evening(file, at=NOW)


def at_home(raw: bytes) -> Contents:
    return read_inbox(
        raw,
        pack=UUID(int=7),
        open_line=lambda frame, sealed: open_line(frame, sealed, private=PRIVATE, evening=KEY),
    )


def said(contents: Contents) -> list[tuple[str, int | None, int, str]]:
    return [(each.code, each.statement, each.choice, each.words) for each in contents.said]


def answer(
    evening: Evening, sentence: Sentence = ONE, choice: int = 1, code: str = CODE, **more: Any
) -> None:
    evening.answer(code, sentence, choice, **{"at": NOW, "channel": "phone", **more})


def again(file: Path) -> Evening:
    """The program started anew on the same evening: the tests' clock stands still, the disk's does not."""
    os.utime(inbox_of(file), (NOW.timestamp(), NOW.timestamp()))
    return Evening(file, at=NOW)


def _whole() -> bytes:
    from uuid import uuid4  # noqa: PLC0415 - only to make the file that many tests read

    from betterstory.conversations.inbox.sealing import Frame  # noqa: PLC0415 - likewise

    pack, run = a_pack(), "5e1f"
    lines = [
        {"kind": "answer", "code": CODE, "statement": 11, "mark": ONE.mark, "said": n - 1, "channel": "phone"}
        | {"at": (NOW + timedelta(minutes=n)).isoformat()}
        for n in range(3)
    ]
    lines.append({"kind": "sentence", "code": CODE, "words": "Bus?", "at": NOW.isoformat()})
    made: list[dict[str, Any]] = [*lines, {"kind": "stop", "runs": {run: 4}}]
    frames = [Frame(pack.uuid, run, n, uuid4()) for n in range(1, 6)]
    return b"".join(
        seal_line(frame, told, pack=pack).encode() + b"\n" for frame, told in zip(frames, made, strict=True)
    )


WHOLE = _whole()
