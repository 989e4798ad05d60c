"""Leafing through many stories at once, for finding words: opened after the one question, one at a time.

It shows nothing. What is found is shown by `showing`, which asks again.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import BinaryField, UUIDField, Value

from betterstory.people.keys import keyring
from betterstory.stories import rules
from betterstory.stories.facts import VersionFacts, as_they_lie, told_still
from betterstory.stories.models import Piece, Use, Version
from betterstory.stories.rules import Viewer
from betterstory.stories.sealing import TEXT, TITLE, WORDS

MOST_OPENED = 20_000_000  # bytes of sealed words looked through for one question
BETWEEN = b"\0"  # stands in no words that are kept, and is no space: what is looked for never spans it

type Sealed = tuple[bytes | memoryview, str, UUID | str]
"""A value, what it is called, and the id of its row as the database has it."""


class Leaf(NamedTuple):
    """One version that may be read, and everything said in it, as bytes."""

    version: int
    words: bytes


def readable(viewer: Viewer, at: datetime) -> tuple[list[VersionFacts], bool]:
    """Of each story the newest version that may be read, as much as is looked through at once."""
    told = list(told_still())
    allowed = rules.may_whole_each(viewer, Use.READ, told, at)
    newest: dict[int, VersionFacts] = {}
    for version in told:
        if version.pk in allowed:
            newest.setdefault(version.story.pk, version)
    room = MOST_OPENED
    opened: list[VersionFacts] = []
    for version in newest.values():
        room -= version.size
        if room < 0:
            return opened, False
        opened.append(version)
    return opened, True


def leaf_through(allowed: list[VersionFacts]) -> Iterator[Leaf]:
    """Each of these that `readable` gave, its words opened when it is its turn. One query.

    Every key is fetched once, and forgotten at the end of the look. A story whose key is gone is left out.
    """
    opener = keyring().opener({version.story.key for version in allowed})
    wanted = [version.pk for version in allowed if version.story.key in opener]
    for version, sealed in _sealed(wanted).items():
        yield Leaf(version, BETWEEN.join(opener.open_each(sealed)))


def _sealed(wanted: list[int]) -> dict[int, list[Sealed]]:
    """By version, everything sealed that is looked through: its title, its text, its pieces.

    What belongs to other versions is let go as it comes, shut.
    """
    found: dict[int, list[Sealed]] = {version: [] for version in wanted}
    if not wanted:
        return found
    told, pieces = Version.objects.order_by(), Piece.objects.order_by()
    if len(wanted) < rules.MANY:  # a longer list takes longer to be held against than all there is to be read
        told, pieces = told.filter(pk__in=wanted), pieces.filter(version__in=wanted)
    no_words, no_row = Value(None, BinaryField()), Value(None, UUIDField())
    rows = told.values_list("pk", "text_sealed", "uuid", "story__title_sealed", "story__uuid").union(
        pieces.values_list("version_id", "words_sealed", "uuid", no_words, no_row), all=True
    )
    for version, words, row, title, story in as_they_lie(rows.order_by()):
        held = found.get(version)
        if held is None:
            continue
        if title is None:
            held.append((words, WORDS, row))
        else:
            held += ((title, TITLE, story), (words, TEXT, row))
    return found
