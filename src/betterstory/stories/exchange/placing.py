"""Where the words of a piece stand in the text of its story.

A piece is often said a little differently from the text. Words that are not found are written at the end of
the text, so that every selection is of real words. Places are counted in code points, the end not included.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# What XML 1.0 cannot hold, and half characters that UTF-8 cannot: each becomes one mark, so places stay.
UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LOST = "\ufffd"


@dataclass(frozen=True)
class Placed:
    """A text with the places of some words in it, in the order they were given."""

    text: str
    places: tuple[tuple[int, int], ...]


def tidy(text: str) -> str:
    """The text as every format can hold it: no byte order mark, one kind of line end, nothing unwritable."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return UNWRITABLE.sub(LOST, text)


def one_line(words: str) -> str:
    """Words as a name: tidied, and in one line."""
    return " ".join(tidy(words).split())


def place(text: str, lines: Sequence[str], *, heading: str) -> Placed:
    """Find each of these lines in the text, or write it beneath the heading at its end."""
    text = tidy(text).strip("\n")
    found: dict[int, tuple[int, int]] = {}
    for number, line in enumerate(lines):
        where = _find(text, line, taken=set(found.values()))
        if where is not None:
            found[number] = where
    missing = [number for number in range(len(lines)) if number not in found]
    if missing:
        text += f"\n\n{heading}\n\n" if text else f"{heading}\n\n"
    for number in missing:
        line = one_line(lines[number])
        found[number] = (len(text), len(text) + len(line))
        text += f"{line}\n"
    return Placed(text, tuple(found[number] for number in range(len(lines))))


def _find(text: str, line: str, *, taken: set[tuple[int, int]]) -> tuple[int, int] | None:
    """The first place of the words that no other piece has; a place shared, where there is no other."""
    words = tidy(line).split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    places = [match.span() for match in pattern.finditer(text) if _stands_alone(text, *match.span())]
    free = [place for place in places if place not in taken]
    return next(iter(free or places), None)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Not cut out of a longer word, nor a letter cut from its accent."""
    before, after = text[:start][-1:], text[end : end + 1]
    if after and unicodedata.combining(after):
        return False
    inside = before.isalnum() and text[start].isalnum()
    return not inside and not (after.isalnum() and text[end - 1].isalnum())
