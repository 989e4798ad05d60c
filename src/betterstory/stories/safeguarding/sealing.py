"""The fixed names that bind what is written about safety to its field. Opening is `door`'s alone."""

from uuid import UUID

from betterstory.people.keys import keyring

WORDS, ENTRY, REASON, HOLD, WHO, CHECKED = (
    "stories.concern.words",
    "stories.concern.entry",
    "stories.opening.reason",
    "stories.hold.reason",
    "stories.asked.who",
    "stories.asked.checked",
)


def seal(words: str, *, key: UUID, name: str, row: UUID) -> bytes:
    """Words as sealed bytes."""
    return keyring().seal(words, key=key, name=name, row=row)
