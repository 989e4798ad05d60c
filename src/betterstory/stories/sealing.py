"""Sealing a story's words under its own key: the fixed names that bind each value to its field."""

from collections.abc import Sequence
from uuid import UUID

from betterstory.people.keys import keyring

TITLE, NAME, TEXT, WORDS, WHEN = (
    "stories.title",
    "stories.name",
    "stories.text",
    "stories.piece.words",
    "stories.step.when",
)
SHAPE, GAP_SHAPE = "stories.step.shape", "stories.gap.shape"
TONGUE, OTHER_WORDS = "stories.tongue.facts", "stories.tongue.words"
READING, THANKS, CARE = "stories.reading.words", "stories.thanks.words", "stories.care.words"
ENTRY, READ_LINE = "stories.named.entry", "stories.line.words"


def seal(words: str, *, key: UUID, name: str, row: UUID) -> bytes:
    """Words as sealed bytes."""
    return keyring().seal(words, key=key, name=name, row=row)


def open_all(values: Sequence[tuple[bytes | memoryview, str, UUID]]) -> list[str]:
    """Many sealed values at once. Raises KeyGone, Locked or Spoilt."""
    return keyring().open_all(values)
