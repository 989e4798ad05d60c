"""Sealing a story's words under its own key: the fixed names that bind each value to its field."""

from collections.abc import Sequence
from uuid import UUID

from betterstory.people.keys import keyring

TITLE, NAME, TEXT, WORDS, WHEN, OTHER, CAME_OF = (
    "stories.title",
    "stories.name",
    "stories.text",
    "stories.piece.words",
    "stories.step.when",
    "stories.other.name",
    "stories.came_of.words",
)


def seal(words: str, *, key: UUID, name: str, row: UUID) -> bytes:
    """Words as sealed bytes."""
    return keyring().seal(words, key=key, name=name, row=row)


def open_all(values: Sequence[tuple[bytes | memoryview, str, UUID]]) -> list[str]:
    """Many sealed values at once. Raises KeyGone, Locked or Spoilt."""
    return keyring().open_all(values)
