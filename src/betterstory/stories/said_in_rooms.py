"""What a teller says in a room about their story: kept under the story's key, shown with a piece of it.

A room may keep a few words that its teller said there. They are the teller's own, so they are sealed as the
story is, they are shown only where the piece they hang on may be shown, and they go when its key goes.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from betterstory.people.keys import Locked
from betterstory.stories.models import Piece, Story
from betterstory.stories.sealing import open_what_opens, seal
from betterstory.stories.showing import LOCKED, Shown
from betterstory.stories.verbs import checked

IN_A_ROOM = "stories.said_in_room.words"
type Said = tuple[int, Piece, bytes | memoryview, UUID]  # a key of the asker, what it hangs on, words, row


def seal_said(words: str, *, story: Story, row: UUID) -> bytes:
    """The teller's words, sealed under their story's key."""
    return seal(checked(words), key=story.key, name=IN_A_ROOM, row=row)


def open_said(rows: Iterable[Said], *, shown: Mapping[int, Shown]) -> dict[int, Shown]:
    """By the asker's key, what may be shown now: words of the evening, else the piece's own.

    `shown` is what `showing.show_each` gave for the pieces they hang on: it has asked. No queries.
    """
    seen = [each for each in rows if each[1].pk in shown and shown[each[1].pk].is_shown]
    found = {key: shown[piece.pk] for key, piece, _sealed, _row in seen}
    own = [each for each in seen if each[2]]
    opened: list[str | None]
    try:
        opened = open_what_opens([(sealed, IN_A_ROOM, row) for _key, _piece, sealed, row in own])
    except Locked:
        opened = [str(LOCKED)] * len(own)
    for (key, piece, _sealed, _row), words in zip(own, opened, strict=True):
        found[key] = Shown(piece, words, shown[piece.pk].name)
    return found
