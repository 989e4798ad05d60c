"""Words of a text as they are compared: without case, accents or characters nobody sees."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LINE_ENDS = '.!?…:\n"“”'
BETWEEN = frozenset("-‐‑–'’ʼ")  # between the parts of one name
LONGEST_GAP = 12


def word_list(name: str) -> frozenset[str]:
    """The words of one of the lists beside this file."""
    return frozenset(list_text(name).split())


def list_text(name: str) -> str:
    return (Path(__file__).parent / "lists" / f"{name}.txt").read_text(encoding="utf-8")


# Words that open sentences and stand beside names, and are none themselves.
COMMON = word_list("common")
DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# First names that are words as well: in small letters nobody can tell which it is.
ALSO_WORDS = COMMON | DAYS | frozenset(MONTHS) | word_list("also-words")


@dataclass(frozen=True, slots=True)
class Word:
    """One word and where it stands; `folded` is how it is compared."""

    start: int
    end: int
    folded: str
    is_capital: bool


def words_of(text: str) -> list[Word]:
    """Every word, in order: letters, digits, accents and unseen characters in one run."""
    return list(_words(text))


def _words(text: str) -> Iterator[Word]:
    start = None
    for at, char in enumerate(text):
        if _belongs(char):
            if start is None:
                start = at
        elif start is not None:
            yield from _word(text, start, at)
            start = None
    if start is not None:
        yield from _word(text, start, len(text))


def _word(text: str, start: int, end: int) -> Iterator[Word]:
    raw = text[start:end]
    folded = fold(raw)
    if folded:
        first = next((char for char in raw if char.isalnum()), "")
        yield Word(start, end, folded, first.isupper() or first.istitle())


@lru_cache(maxsize=4096)
def _belongs(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind[0] in "LMN" or (kind in ("Cf", "Cc") and not char.isspace())


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """The letters and digits of a word alone: no case, no accents, nothing unseen."""
    parts = unicodedata.normalize("NFKD", word).casefold()
    return "".join(char for char in parts if unicodedata.category(char)[0] in "LN")


def starts_a_sentence(text: str, start: int) -> bool:
    """Whether a word at this place is the first of its line or sentence."""
    before = text[max(0, start - 12) : start].rstrip(" \t(‘'’*_-–—")
    return not before or before[-1] in LINE_ENDS


def is_one_name(gap: str, before: Word) -> bool:
    """Whether what lies between two words can lie inside a name: a space, a line's end, a hyphen, a dot."""
    if not gap or len(gap) > LONGEST_GAP:
        return False
    dotted = len(before.folded) <= 3
    return all(char.isspace() or char in BETWEEN or (char == "." and dotted) for char in gap)
