"""Leafing through many stories at once, for finding words: opened after the one question, one at a time.

It shows nothing. What is found is shown by `showing`, which asks again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Value
from django.db.models.functions import Cast

from betterstory.people.keys import keyring
from betterstory.stories import rules
from betterstory.stories.facts import VersionFacts, told_still
from betterstory.stories.models import Piece, Use, Version
from betterstory.stories.rules import Viewer
from betterstory.stories.sealing import TEXT, TITLE, WORDS

MOST_OPENED = 20_000_000  # bytes of sealed words looked through for one question
BETWEEN = b"\0"  # stands in no words that are kept, and is no space: what is looked for never spans it


@dataclass(frozen=True)
class Leaf:
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
        values = ((bytes(stored), name, _with_lines(row)) for _version, stored, name, row in sealed)
        yield Leaf(version, BETWEEN.join(opener.open_each(values)))


def _sealed(wanted: list[int]) -> dict[int, list[tuple[int, bytes, str, str]]]:
    """By version, everything sealed that is looked through: its title, its text, its pieces.

    What belongs to other versions is let go as it comes, shut.
    """
    told, pieces = Version.objects.order_by(), Piece.objects.order_by()
    if len(wanted) < rules.MANY:  # a longer list takes longer to be held against than all there is to be read
        told, pieces = told.filter(pk__in=wanted), pieces.filter(version__in=wanted)
    rows = told.values_list("pk", "story__title_sealed", Value(TITLE), _said("story__uuid")).union(
        told.values_list("pk", "text_sealed", Value(TEXT), _said("uuid")),
        pieces.values_list("version_id", "words_sealed", Value(WORDS), _said("uuid")),
        all=True,
    )
    found: dict[int, list[tuple[int, bytes, str, str]]] = {version: [] for version in wanted}
    for row in rows.order_by().iterator(chunk_size=rules.MANY):
        held = found.get(row[0])
        if held is not None:
            held.append(row)
    return found


def _said(row: str) -> Cast:
    """A row's id as letters: making an id of each, and letters of it again, takes as long as opening it."""
    return Cast(row, CharField())


def _with_lines(row: str) -> str:
    """As it is bound into the seal. PostgreSQL gives it so, SQLite without its lines."""
    return row if len(row) > 32 else f"{row[:8]}-{row[8:12]}-{row[12:16]}-{row[16:20]}-{row[20:]}"
