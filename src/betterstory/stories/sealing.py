"""Sealing a story's words under its own key: the fixed names that bind each value to its field."""

from collections.abc import Sequence
from uuid import UUID

from betterstory.people.keys import keyring
from betterstory.stories import how_long
from betterstory.stories.how_long import HowLong

TITLE, NAME, TEXT, WORDS, WHEN, AFTER, LASTED = (
    "stories.title",
    "stories.name",
    "stories.text",
    "stories.piece.words",
    "stories.step.when",
    "stories.step.after",
    "stories.gap.lasted",
)


def seal(words: str, *, key: UUID, name: str, row: UUID) -> bytes:
    """Words as sealed bytes."""
    return keyring().seal(words, key=key, name=name, row=row)


def seal_length(length: HowLong | None, *, key: UUID, name: str, row: UUID) -> bytes | None:
    """How long as sealed bytes; nothing where it was not said."""
    return None if length is None else seal(str(length), key=key, name=name, row=row)


def open_lengths(values: Sequence[tuple[bytes | memoryview | None, str, UUID]]) -> list[HowLong | None]:
    """Many sealed lengths at once; None where nothing was said."""
    sealed = [(value, name, row) for value, name, row in values if value is not None]
    opened = iter(open_all(sealed)) if sealed else iter(())
    return [None if value is None else how_long.read(next(opened)) for value, _name, _row in values]


def open_all(values: Sequence[tuple[bytes | memoryview, str, UUID]]) -> list[str]:
    """Many sealed values at once. Raises KeyGone, Locked or Spoilt."""
    return keyring().open_all(values)
