"""The statements: their words, which were moderated out, which are about the conversation itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from betterstory.engines.consensus.opening import DEFAULT, Limits, Rows, open_rows
from betterstory.engines.consensus.refused import VotesRefused

ID = ("statement", "statement-id", "comment-id", "id", "tid")
WORDS = ("comment-body", "words", "text", "txt", "body")
OUT = ("moderated-out", "aside")
MODERATED = ("moderated", "mod")
META = ("is-meta", "meta")
USUAL = ("comments.csv", "statements.csv")


@dataclass(frozen=True)
class Statements:
    """By id: words where they are known; ids set aside; ids of statements about the conversation itself."""

    words: Mapping[str, str] = field(default_factory=dict)
    aside: frozenset[str] = frozenset()
    meta: frozenset[str] = frozenset()


NOTHING_SAID = Statements()


def find_beside(votes: str | Path) -> Path | None:
    """The file of statements that an export has beside its votes."""
    here = Path(votes)
    beside = (here.parent / name for name in USUAL if name != here.name)
    try:
        return next((file for file in beside if file.is_file()), None)
    except (OSError, ValueError):
        return None  # what is wrong with the name is said when the votes are opened


def read_statements(path: str | Path, limits: Limits = DEFAULT) -> Statements:
    """Polis's comments.csv (moderated -1 is out), or a table of ours (moderated_out). Raises VotesRefused."""
    rows = open_rows(path, limits)
    spelled = [column.lower().replace("_", "-").replace(" ", "-") for column in rows.columns]
    place = {
        what: next((spelled.index(name) for name in names if name in spelled), None)
        for what, names in (
            ("id", ID),
            ("words", WORDS),
            ("out", OUT),
            ("moderated", MODERATED),
            ("meta", META),
        )
    }
    if place["id"] is None:
        raise VotesRefused(
            f'"{rows.name}" has no column for the ids of the statements. Call it "statement" or "comment-id".'
        )
    words: dict[str, str] = {}
    aside: set[str] = set()
    meta: set[str] = set()
    for line, row in rows.each:
        what = row[place["id"]].strip()
        if not what or what in words:
            why = "has no statement's id" if not what else "is about a statement that has a line already"
            raise VotesRefused(f'Line {line} of "{rows.name}" {why}.')
        words[what] = "" if place["words"] is None else " ".join(row[place["words"]].split())
        if _is(rows, line, row, place["out"], "1") or _is(rows, line, row, place["moderated"], "-1"):
            aside.add(what)
        if _is(rows, line, row, place["meta"], "1"):
            meta.add(what)
    return Statements(words, frozenset(aside), frozenset(meta))


def _is(rows: Rows, line: int, row: list[str], place: int | None, value: str) -> bool:
    if place is None:
        return False
    cell = row[place].strip().lower()
    cell = {"true": "1", "false": "0", "yes": "1", "no": "0", "": "0"}.get(cell, cell)
    if cell not in ("1", "0", "-1"):
        raise VotesRefused(
            f'Line {line} of "{rows.name}" has neither yes nor no in the column "{rows.columns[place]}".'
        )
    return cell == value
