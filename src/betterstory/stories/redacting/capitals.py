"""Every word with a capital, for a person to look through: names that no list and no rule knows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from betterstory.stories.redacting.listed import Found
from betterstory.stories.redacting.words import (
    COMMON,
    DAYS,
    MONTHS,
    Word,
    is_one_name,
    starts_a_sentence,
    word_list,
    words_of,
)

JOINS = frozenset(["of", "and", "the", "de", "la", "st", "upon"])
NEVER = COMMON | DAYS | frozenset(MONTHS) | word_list("titles") | word_list("no-names")
LONGEST = 5


@dataclass(frozen=True)
class Capital:
    """A word or a few with capitals, how often, and whether only where sentences begin."""

    words: str
    times: int
    only_first: bool
    at: tuple[tuple[int, int], ...]


def capitalised(text: str, *, without: Sequence[Found] = ()) -> list[Capital]:
    """The review list: sure ones first, then the most often. What was found already is left out.

    A word that begins a sentence counts for less, and for nothing where it also stands in small letters.
    """
    words = words_of(text)
    small = {word.folded for word in words if not word.is_capital}
    covered = [False] * len(text)
    for found in without:
        covered[found.start : found.end] = [True] * (found.end - found.start)
    groups: dict[str, list[tuple[int, int, bool]]] = {}
    last = 0
    for group in _groups(text, words):
        start, end = group[0].start, group[-1].end
        goes_on = text[last:start].strip(" \t") in ("\n", "\r\n")  # “Rose”, and in the next line “Hill”
        last = end
        if covered[start] or _is_common(group, set() if goes_on else small, text):
            continue
        first = len(group) == 1 and starts_a_sentence(text, start)
        key = " ".join(word.folded for word in group)
        groups.setdefault(key, []).append((start, end, first))
    listed = [_capital(text, places) for places in groups.values()]
    return sorted(listed, key=lambda each: (each.only_first, -each.times, each.at))


def is_dictated(text: str) -> bool:
    """Whether there are next to no capitals, or little else: then this list cannot help."""
    letters = Counter(char.isupper() for char in text if char.isalpha())
    total = letters[True] + letters[False]
    words = [word for word in words_of(text) if word.folded != "i"]
    if total > 20 and letters[True] > 0.6 * total:
        return True
    return len(words) > 15 and sum(word.is_capital for word in words) * 100 < len(words)


def _groups(text: str, words: list[Word]) -> list[list[Word]]:
    """Runs of capitals that stand together: “Belgrade Theatre”, “Friends of Lark Hill”.

    None goes on over the end of a line: a part may end there, and “Robin It” is nobody.
    """
    groups: list[list[Word]] = []
    run: list[Word] = []
    for before, word in pairwise([None, *words]):
        assert word is not None  # noqa: S101 - only the first of the pairs is empty
        gap = "\n" if before is None else text[before.end : word.start]
        near = run and "\n" not in gap and is_one_name(gap, run[-1])
        if near and len(run) < LONGEST and (word.is_capital or word.folded in JOINS):
            run.append(word)
        else:
            groups.append(run)
            run = [word] if word.is_capital else []
    groups.append(run)
    return [trimmed for group in groups if (trimmed := _trimmed(text, group))]


def _trimmed(text: str, group: list[Word]) -> list[Word]:
    """Without a common word that only opens the sentence, and without a joining word left at an end."""
    while group and (not group[-1].is_capital or group[-1].folded == "i" or group[-1].folded == "s"):
        group = group[:-1]
    while len(group) > 1 and (group[0].folded in NEVER or not group[0].is_capital):
        group = group[1:]
    return group


def _is_common(group: list[Word], small: set[str], text: str) -> bool:
    if len(group) > 1:
        return all(word.folded in NEVER for word in group)
    word = group[0]
    if word.folded in NEVER or len(word.folded) < 2 or word.folded.isdigit():
        return True
    return starts_a_sentence(text, word.start) and word.folded in small


def _capital(text: str, places: list[tuple[int, int, bool]]) -> Capital:
    start, end, _first = places[0]
    return Capital(
        words=" ".join(text[start:end].split()),
        times=len(places),
        only_first=all(first for _start, _end, first in places),
        at=tuple((start, end) for start, end, _first in places),
    )
