"""What changed between two versions of a text, word by word. Pure: words in, bits out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, TAKEN_OUT = "same", "added", "taken_out"
WORDS = re.compile(r"\S+")
PARAGRAPHS = re.compile(r"\n\s*\n")
SENTENCES = re.compile(r"(?<=[.!?…])\s+|(?<=[.!?…][\"”’)])\s+")


@dataclass(frozen=True)
class Bit:
    """Some words that stand in both, came in, or were taken out."""

    kind: str
    words: str


def tell_apart(before: str, after: str) -> list[list[Bit]]:
    """Paragraph by paragraph, what is the same, what came in and what was taken out."""
    old, new = paragraphs(before), paragraphs(after)
    told: list[list[Bit]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            told += [[Bit(SAME, part)] for part in old[a:b]]
            continue
        both = min(b - a, d - c)
        told += [_words(*pair) for pair in zip(old[a : a + both], new[c : c + both], strict=True)]
        told += [[Bit(TAKEN_OUT, part)] for part in old[a + both : b]]
        told += [[Bit(ADDED, part)] for part in new[c + both : d]]
    return told


def _words(before: str, after: str) -> list[Bit]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    bits: list[Bit] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            bits += _bit(SAME, old[a:b])
        else:
            bits += [*_bit(TAKEN_OUT, old[a:b]), *_bit(ADDED, new[c:d])]
    return bits


def _bit(kind: str, words: Sequence[str]) -> list[Bit]:
    return [Bit(kind, " ".join(words))] if words else []


def paragraphs(text: str) -> list[str]:
    """The parts of a text, each on one line."""
    parts = PARAGRAPHS.split(text.replace("\r\n", "\n").strip())
    return [" ".join(part.split()) for part in parts if part.strip()]


def in_turns(text: str, readers: int) -> Iterator[list[tuple[int, str]]]:
    """To read aloud: paragraph by paragraph, sentences with whose turn each is, one after the other."""
    turn = 0
    for part in paragraphs(text):
        lines = []
        for sentence in filter(None, SENTENCES.split(part)):
            lines.append((turn % readers + 1, sentence))
            turn += 1
        yield lines
