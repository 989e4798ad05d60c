"""Opening what is read before a story goes out, for whoever may redact it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from betterstory.people.models import Person
from betterstory.stories.models import ReadLine, Story, Use, Version
from betterstory.stories.redacting import rules
from betterstory.stories.redacting.lines import Line, cut
from betterstory.stories.redacting.listed import Entry
from betterstory.stories.redacting.looking import Seen, look_through
from betterstory.stories.sealing import ENTRY, READ_LINE, open_all
from betterstory.stories.showing import show_whole
from betterstory.stories.tongues import said_beside


@dataclass(frozen=True)
class Part:
    """A field whose words are read: title, name, text, a step and what was said of it, a gap, a wish."""

    kind: str
    pk: int | None
    words: str


@dataclass(frozen=True)
class Opened:
    """All words of a version in the order they are read, cut into lines."""

    version: Version
    parts: tuple[Part, ...]
    mark: str

    @cached_property
    def text(self) -> str:
        return "".join(f"{part.words}\n" for part in self.parts)

    @cached_property
    def of_parts(self) -> list[tuple[int, list[Line]]]:
        """By part, where it starts in the whole and its lines, counted from there."""
        starts, at = [], 0
        for part in self.parts:
            starts.append((at, cut(part.words)))
            at += len(part.words) + 1
        return starts

    @cached_property
    def lines(self) -> list[Line]:
        """Lines of the whole that hold a word."""
        every = [Line(at + line.start, at + line.end) for at, lines in self.of_parts for line in lines]
        return [line for line in every if self.text[line.start : line.end].strip()]

    @cached_property
    def kinds(self) -> list[str]:
        """Of which part each line is."""
        ends = [
            (at + len(part.words), part.kind)
            for (at, _lines), part in zip(self.of_parts, self.parts, strict=True)
        ]
        return [next(kind for end, kind in ends if line.end <= end) for line in self.lines]

    def seen(self, entries: Sequence[Entry]) -> Seen:
        """Looked through with a list of names."""
        return look_through(self.text, self.lines, entries)

    def was(self, number: int) -> str:
        line = self.lines[number]
        return self.text[line.start : line.end]


def opened(version: Version, *, by: Person, at: datetime) -> Opened | None:
    """A version's words for whoever may redact it; None for anybody else."""
    if not rules.may_redact(by, version.story):
        return None
    shown = show_whole(version, viewer=by, use=Use.READ, at=at)
    if shown is None:
        return None
    parts = [
        Part("title", None, shown.title),
        Part("name", None, shown.name or ""),
        Part("text", None, shown.text),
    ]
    for told in shown.steps:
        pk = told.step.pk
        parts += [Part("step", pk, told.words), Part("when", pk, told.when)]
        parts += [Part("felt", pk, told.feeling_words), Part("helped", pk, told.helped)]
        parts += [Part("gap", gap.pk, words) for gap, words in shown.gaps if gap.after_id == told.step.pk]
    parts += [Part("wish", wish.piece.pk, wish.words or "") for wish in shown.wishes]
    said = said_beside(shown)
    parts += [Part("interpreter", None, said.interpreter), Part("other words", None, said.words)]
    return Opened(version, tuple(parts), rules.mark_of_all(version, pieces=shown.pieces))


def names_of(story: Story, *, by: Person) -> list[tuple[int, Entry]]:
    """The list of people and places, each with its id, in the order they were named."""
    if not rules.may_redact(by, story):
        return []
    rows = list(story.named.all())
    opened_rows = open_all([(row.entry_sealed, ENTRY, row.uuid) for row in rows])
    return [(row.pk, _entry(words)) for row, words in zip(rows, opened_rows, strict=True)]


def entry_words(entry: Entry) -> str:
    """An entry as it is sealed."""
    return json.dumps({"format": 1, "forms": entry.forms, "called": entry.called, "kind": entry.kind})


def _entry(words: str) -> Entry:
    held = json.loads(words)
    return Entry(tuple(held["forms"]), held["called"], held["kind"])


def read_so_far(version: Version, *, mark: str, by: Person) -> dict[int, str]:
    """By number, the lines of this version that were read as it stands now, and how they shall read."""
    if not rules.may_redact(by, version.story):
        return {}
    rows = list(ReadLine.objects.filter(reading__version=version, reading__mark=mark))
    words = open_all([(row.words_sealed, READ_LINE, row.uuid) for row in rows])
    return {row.number: said for row, said in zip(rows, words, strict=True)}


__all__ = ["Opened", "Part", "entry_words", "names_of", "opened", "read_so_far"]
