"""Finding the people and places of a teller's own list, in whatever way they are written.

Words are looked up in a table by their first one, so a text is read once whatever the length of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from betterstory.stories.redacting.words import (
    ALSO_WORDS,
    Word,
    fold,
    is_one_name,
    starts_a_sentence,
    word_list,
    words_of,
)

MOST_WORDS = 8
PEOPLE = ("friend", "family", "partner", "neighbour", "child", "worker", "other")
TITLES = word_list("titles")
SMALL_PARTS = TITLES | {"and", "bin", "del", "der", "the", "van", "von"}
LEADING = frozenset(["a", "an", "the", "my", "our", "his", "her", "their", "your", "this", "that"])
PRONOUNS = frozenset(["another", "one", "somebody", "someone", "something"])  # “the somebody” is no English
STAND_INS: Mapping[str, tuple[str, ...]] = {
    "friend": ("a friend", "another friend", "a third friend", "one more friend"),
    "family": ("someone in my family", "another of my family", "a third of my family"),
    "partner": ("my partner", "my ex", "a partner"),
    "neighbour": ("a neighbour", "another neighbour", "a third neighbour"),
    "child": ("a child", "another child", "a third child"),
    "worker": ("somebody who works there", "another who works there", "a third who works there"),
    "place": ("a place near here", "another place near here", "a third place"),
    "service": ("a service", "another service", "a third service"),
    "pet": ("my pet", "another pet", "a third pet"),
    "other": ("somebody", "somebody else", "one more person"),
}


@dataclass(frozen=True)
class Entry:
    """Somebody or somewhere: every name they go by, and what they shall be called."""

    forms: tuple[str, ...]
    called: str
    kind: str = "other"


@dataclass(frozen=True, order=True)
class Found:
    """Something that gives a person away: where it stands, what it is, and what could stand there instead.

    With `asks` nothing is put in its place: a person looks and decides.
    """

    start: int
    end: int
    kind: str
    instead: str = ""
    asks: bool = field(default=False)


@dataclass
class _Table:
    """Every known name by its words, and how long those are that begin with a word, longest first."""

    names: dict[tuple[str, ...], Entry]
    lengths: dict[str, list[int]]


def suggest(kind: str, taken: Iterable[str]) -> str:
    """A name for somebody of this kind that nobody in the story has yet."""
    used = {fold_line(each) for each in taken}
    ways = STAND_INS.get(kind, STAND_INS["other"])
    for way in ways:
        if fold_line(way) not in used:
            return way
    number = len(ways) + 1
    while fold_line(f"{ways[0]} ({number})") in used:
        number += 1
    return f"{ways[0]} ({number})"


def fold_line(words: str) -> str:
    """Several words as they are compared."""
    return " ".join(word.folded for word in words_of(words))


def find(text: str, entries: Sequence[Entry]) -> list[Found]:
    """Every place where somebody of the list is named, longest names first, none inside another."""
    table = _table(entries)
    words = words_of(text)
    found: list[Found] = []
    at = 0
    while at < len(words):
        length, entry = _longest(text, words, at, table)
        if entry is not None:
            found.append(_as_found(text, words, at, length, entry))
        at += length
    return found


def _table(entries: Sequence[Entry]) -> _Table:
    """Whole names come before parts of names, and the order of the list decides where two are the same."""
    whole: dict[tuple[str, ...], Entry] = {}
    parts: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        for form in entry.forms:
            words = tuple(word.folded for word in words_of(form))[:MOST_WORDS]
            if len(words) > 1 and words[0] == "the":
                words = words[1:]
            for written in _ways_to_write(words):
                whole.setdefault(written, entry)
            if entry.kind in PEOPLE and len(words) > 1:
                for part in words:
                    if len(part) > 2 and part not in SMALL_PARTS:
                        for written in _ways_to_write((part,)):
                            parts.setdefault(written, entry)
    names = parts | whole
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[0], set()).add(len(name))
    return _Table(names, {first: sorted(each, reverse=True) for first, each in lengths.items()})


def _ways_to_write(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A name and its plurals."""
    if not words:
        return []
    *first, last = words
    plurals = [f"{last}s", f"{last}es"] + ([f"{last[:-1]}ies"] if last.endswith("y") else [])
    return [words, *((*first, plural) for plural in plurals)]


def _longest(text: str, words: list[Word], at: int, table: _Table) -> tuple[int, Entry | None]:
    """How many words the longest name here has, and whose it is; 1 and nobody where there is none."""
    for length in table.lengths.get(words[at].folded, ()):
        some = words[at : at + length]
        entry = table.names.get(tuple(word.folded for word in some))
        if entry is not None and all(
            is_one_name(text[one.end : other.start], one) for one, other in pairwise(some)
        ):
            return len(some), entry  # fewer than asked for where the text ends
    return 1, None


def _as_found(text: str, words: list[Word], at: int, length: int, entry: Entry) -> Found:
    first, last = words[at], words[at + length - 1]
    if length == 1 and not first.is_capital and first.folded in ALSO_WORDS:
        return Found(first.start, last.end, "listed-maybe", entry.called, asks=True)
    start = _with_what_leads(text, words, at, entry)
    return Found(start, last.end, "listed", _as_there(text, start, entry.called))


def _with_what_leads(text: str, words: list[Word], at: int, entry: Entry) -> int:
    """A title goes with its name; so does “our” or “the” where the new words bring their own."""
    start, back = words[at].start, at - 1
    if back >= 0 and words[back].folded in TITLES and _beside(text, words[back], start):
        start, back = words[back].start, back - 1
    own = entry.called.split(" ", 1)[0].casefold()
    if (
        (own in LEADING or own in PRONOUNS)
        and back >= 0
        and words[back].folded in LEADING
        and _beside(text, words[back], start)
    ):
        start = words[back].start
    return start


def _beside(text: str, word: Word, start: int) -> bool:
    gap = text[word.end : start]
    return bool(re.fullmatch(r"\.?[ \t]{1,3}\n?|\n", gap))


def _as_there(text: str, start: int, called: str) -> str:
    """With a capital where a sentence begins with one."""
    if text[start : start + 1].isupper() and starts_a_sentence(text, start) and called:
        return called[0].upper() + called[1:]
    return called


def names_left(words: str, entries: Sequence[Entry]) -> list[str]:
    """What of the list still stands in these words, beyond doubt."""
    return [words[each.start : each.end] for each in find(words, entries) if not each.asks]


def gives_away(called: str, entries: Sequence[Entry]) -> bool:
    """Whether what somebody is to be called holds a name of the list."""
    plain = [Entry(entry.forms, "x", entry.kind) for entry in entries]
    return bool(find(called, plain))


__all__ = ["STAND_INS", "Entry", "Found", "find", "fold", "gives_away", "names_left", "suggest"]
