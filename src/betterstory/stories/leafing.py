"""Leafing through many stories at once, for finding words: opened after the one question, one at a time.

It shows nothing. What is found is shown by `showing`, which asks again.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from betterstory.people.keys import KeyGone, Spoilt, keyring
from betterstory.stories import leaves, rules
from betterstory.stories.facts import VersionFacts, told_still
from betterstory.stories.models import Use
from betterstory.stories.rules import Viewer
from betterstory.stories.sealing import LEAF

MOST_OPENED = 20_000_000  # bytes of sealed words looked through for one question


class Leafed(NamedTuple):
    """One version that may be read, and everything said in it, in plain letters, as bytes."""

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


def leaf_through(allowed: list[VersionFacts]) -> Iterator[Leafed]:
    """Each of these that `readable` gave, its words opened when it is its turn. Two queries at most.

    Every key is fetched once, and forgotten at the end of the look. A story whose key is gone, or whose words
    went in this moment, is left out. A leaf that does not open is none: its parts are looked through.
    """
    opener = keyring().opener({version.story.key for version in allowed})
    wanted = {version.pk for version in allowed if version.story.key in opener}
    for version, words, row in leaves.laid(wanted):
        try:
            opened = opener.open(words, LEAF, row)
        except (KeyGone, Spoilt):
            continue
        wanted.remove(version)
        yield Leafed(version, opened)
    for version, sealed in leaves.parts_of(wanted).items():
        try:
            said = [part.decode("utf-8", "surrogatepass") for part in opener.open_each(sealed)]
        except KeyGone:
            continue
        yield Leafed(version, leaves.together(said).encode("utf-8", "surrogatepass"))
