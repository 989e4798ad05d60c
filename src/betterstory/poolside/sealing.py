"""Sealing what is said at the poolside under the circle's key: the fixed names that bind it to its field."""

from collections.abc import Sequence
from uuid import UUID

from betterstory.people.keys import keyring

ANSWER, AGREED, HELD, NOT_HELD, CHANGES, WHY, URN, MIDDLE, TALK = (
    "poolside.answer",
    "poolside.agreement",
    "poolside.return.held",
    "poolside.return.not_held",
    "poolside.return.changes",
    "poolside.return.why",
    "poolside.goodwill.urn",
    "poolside.goodwill.middle",
    "poolside.repair.talk",
)


def seal(words: str, *, key: UUID, name: str, row: UUID) -> bytes:
    """Words as sealed bytes."""
    return keyring().seal(words, key=key, name=name, row=row)


def open_all(values: Sequence[tuple[bytes | memoryview, str, UUID]]) -> list[str]:
    """Many sealed values at once; nothing was sealed, nothing is said. Raises KeyGone, Locked or Spoilt."""
    kept = [value for value in values if value[0]]
    opened = iter(keyring().open_all(kept) if kept else [])
    return [next(opened) if value[0] else "" for value in values]
