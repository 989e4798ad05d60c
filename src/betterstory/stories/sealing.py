"""Sealing a story's words under its own key: the fixed names that bind each value to its field."""

from collections.abc import Sequence
from uuid import UUID

from betterstory.people.keys import KeyGone, keyring

TITLE, NAME, TEXT, WORDS, WHEN, OTHER, CAME_OF = (
    "stories.title",
    "stories.name",
    "stories.text",
    "stories.piece.words",
    "stories.step.when",
    "stories.other.name",
    "stories.came_of.words",
)
SHAPE, GAP_SHAPE = "stories.step.shape", "stories.gap.shape"
TONGUE, OTHER_WORDS = "stories.tongue.facts", "stories.tongue.words"
READING, THANKS, CARE = "stories.reading.words", "stories.thanks.words", "stories.care.words"
ENTRY, READ_LINE = "stories.named.entry", "stories.line.words"
LEAF = "stories.leaf.words"


def seal(words: str, *, key: UUID, name: str, row: UUID) -> bytes:
    """Words as sealed bytes."""
    return keyring().seal(words, key=key, name=name, row=row)


def open_all(values: Sequence[tuple[bytes | memoryview, str, UUID]]) -> list[str]:
    """Many sealed values at once. Raises KeyGone, Locked or Spoilt."""
    return keyring().open_all(values)


def open_what_opens(values: Sequence[tuple[bytes | memoryview, str, UUID]]) -> list[str | None]:
    """As `open_all`, with None for what a key is gone of. For looking through many stories at once."""
    try:
        return list(open_all(values))
    except KeyGone:
        return [_open_or_none(value) for value in values]


def _open_or_none(value: tuple[bytes | memoryview, str, UUID]) -> str | None:
    try:
        return open_all([value])[0]
    except KeyGone:
        return None
