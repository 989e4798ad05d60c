"""What is drawn: notes on four levels, and links between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEVELS = ("event", "trend", "structure", "mental_model")
KINDS = ("causes", "keeps_in_place", "softens", "seen_differently")
PAIR = "seen_differently"  # says the same both ways, so it has no arrow


@dataclass(frozen=True)
class Note:
    """A note of the iceberg. `words` is None where their owner took them back.

    `source` is a short line on the note, `about` a longer one for the list; `said`: somebody's own words.
    """

    key: str
    number: str
    level: str
    words: str | None
    source: str = ""
    about: str = ""
    said: bool = False


@dataclass(frozen=True)
class NoteLink:
    """One note leads to another, keeps it in place, softens it, or is seen differently."""

    start: str
    end: str
    kind: str


@dataclass(frozen=True)
class TurnedNote:
    """A note of the better story; `was` is the number of the one it turns over."""

    key: str
    level: str
    words: str
    was: str = ""


def check(notes: Sequence[Note], links: Sequence[NoteLink]) -> None:
    """Raises ValueError for a key used twice, an unknown level or kind, or a link to nowhere."""
    keys = [note.key for note in notes]
    _all_in(keys, {key for key in keys if keys.count(key) == 1}, "used twice")
    _all_in((note.level for note in notes), LEVELS, "not a level")
    _all_in((link.kind for link in links), KINDS, "not a kind of link")
    _all_in((end for link in links for end in (link.start, link.end)), keys, "not a note")
    _all_in((link.start for link in links if link.start == link.end), (), "linked to itself")


def _all_in(named: Iterable[str], there: Iterable[str], why: str) -> None:
    for each in named:
        if each not in there:
            raise ValueError(f"{each!r}: {why}.")


def letter(place: int) -> str:
    """a to z, then aa, ab …"""
    before, at = divmod(place, 26)
    return (letter(before - 1) if before else "") + "abcdefghijklmnopqrstuvwxyz"[at]
