"""Everything that gives somebody away in a text, from the teller's list and from the rules, line by line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from betterstory.stories.redacting import listed, uk
from betterstory.stories.redacting.capitals import Capital, capitalised, is_dictated
from betterstory.stories.redacting.lines import Line, in_line, plain, put_in
from betterstory.stories.redacting.listed import Entry, Found
from betterstory.stories.redacting.topics import second_people, topics_in


@dataclass(frozen=True)
class Look:
    """One line: as it was, as it would read, what to ask about it, and what it touches on."""

    number: int
    was: str
    reads: str
    found: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]

    @property
    def is_changed(self) -> bool:
        return self.was.strip() != self.reads.strip()


@dataclass(frozen=True)
class Seen:
    """A whole text that was looked through."""

    text: str
    lines: tuple[Line, ...]
    found: tuple[Found, ...]
    reads: tuple[str, ...]
    capitals: tuple[Capital, ...]
    is_dictated: bool

    def look(self, number: int, more: Sequence[Found] = ()) -> Look:
        """One of its lines. `more` is what a second pair of eyes saw in it, counted from the line's start."""
        line = self.lines[number]
        was = self.text[line.start : line.end]
        here = in_line(line, self.found)
        marks = [(each.kind, self.text[each.start : each.end].strip()) for each in here]
        capitals = [
            ("capital", self.text[start:end])
            for each in self.capitals
            for start, end in each.at
            if start < line.end and end > line.start
        ]
        seen = {words.casefold() for _kind, words in (*marks, *capitals)}
        eyes = [(each.kind, was[each.start : each.end]) for each in more]
        marks += capitals + [each for each in eyes if not any(each[1].casefold() in one for one in seen)]
        return Look(
            number, was, plain(self.reads[number]), tuple(dict.fromkeys(marks)), tuple(topics_in(was))
        )


def look_through(text: str, lines: Sequence[Line], entries: Sequence[Entry]) -> Seen:
    """Find what gives somebody away. The teller's list goes before the rules."""
    found = find(text, entries)
    capitals = capitalised(text, without=found)
    reads = put_in(text, lines, found)
    people = second_people(text)
    return Seen(text, tuple(lines), (*found, *people), tuple(reads), tuple(capitals), is_dictated(text))


def find(text: str, entries: Sequence[Entry]) -> list[Found]:
    """What the list and the rules know, none of it twice. A house number goes with a street of the list."""
    known = listed.find(text, entries)
    ruled = uk.find(text)
    sure = [_widened(each, ruled) for each in known if not each.asks]
    covered = bytearray(len(text))
    kept: list[Found] = []
    maybe = [each for each in known if each.asks]
    for each in (*sure, *ruled, *maybe):
        if not any(covered[each.start : each.end]):
            covered[each.start : each.end] = b"\x01" * (each.end - each.start)
            kept.append(each)
    return sorted(kept)


def _widened(one: Found, ruled: Sequence[Found]) -> Found:
    """All of what a rule found where a name of the list is only part of it: the rest would stay behind."""
    at = bisect_right(ruled, one.start, key=lambda each: each.start) - 1
    rule = ruled[at] if at >= 0 else None
    if rule is None or rule.asks or rule.end < one.end or rule.end - rule.start <= one.end - one.start:
        return one
    instead = one.instead if rule.kind in ("door", "street", "titled") else rule.instead
    return replace(one, start=rule.start, end=rule.end, instead=instead)
