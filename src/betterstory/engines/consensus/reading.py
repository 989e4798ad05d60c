"""Tables of votes, as Polis exports them and as people make them, into votes.

Wide: a row a voice, a column a statement (Polis's participants-votes.csv). Long: a row a vote (its
votes.csv).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from betterstory.engines.consensus.opening import DEFAULT, Limits, Rows, open_rows
from betterstory.engines.consensus.refused import VotesRefused
from betterstory.engines.consensus.statements import NOTHING_SAID, Statements
from betterstory.engines.consensus.votes import Votes, arrange_arrays

VOICE = ("voice", "participant", "participant-id", "voter-id", "voter", "pid", "person", "card", "code")
STATEMENT = ("statement", "statement-id", "comment-id", "comment", "tid")
VOTE = ("vote", "value", "answer", "said")
MOMENT = ("timestamp", "modified", "created")
BESIDE = ("group-id", "n-comments", "n-votes", "n-agree", "n-disagree", "xid")
"""Columns of Polis's wide export that are no statements."""

MEANS = {
    "1": 1, "+1": 1, "1.0": 1, "agree": 1, "0": 0, "0.0": 0, "-0.0": 0, "pass": 0, "not sure": 0, "unsure": 0,
    "-1": -1, "-1.0": -1, "−1": -1, "disagree": -1,
}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """The columns that were named, where the usual names are not those of the file."""

    voice: str | None = None
    statement: str | None = None
    vote: str | None = None


@dataclass
class Gathered:
    """What was read so far: ids in the order they came, and votes as places in them, with their lines."""

    voices: dict[str, int] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    voice: array[int] = field(default_factory=lambda: array("q"))
    statement: array[int] = field(default_factory=lambda: array("q"))
    said: array[int] = field(default_factory=lambda: array("b"))
    when: array[float] = field(default_factory=lambda: array("d"))
    line: array[int] = field(default_factory=lambda: array("q"))

    def add(self, voice: int, statement: int, said: int) -> None:
        self.voice.append(voice)
        self.statement.append(statement)
        self.said.append(said)


def read_votes(
    path: str | Path,
    *,
    statements: Statements = NOTHING_SAID,
    columns: Columns = Columns(),
    limits: Limits = DEFAULT,
) -> Votes:
    """The votes of a file; statements that were moderated out are set aside. Raises VotesRefused."""
    rows = open_rows(path, limits)
    voice = _find(rows, columns.voice, VOICE, "--voice", "the voices")
    if voice is None and not rows.columns[0]:
        voice = 0
    statement = _find(rows, columns.statement, STATEMENT, "--statement", "the statements")
    vote = _find(rows, columns.vote, VOTE, "--vote", "the votes")
    if voice is None:
        raise VotesRefused(
            f'"{rows.name}" has no column that says whose vote it is. Call it "voice", or name it with '
            "--voice."
        )
    if (statement is None) != (vote is None):
        missing, option = ("statement", "--statement") if statement is None else ("vote", "--vote")
        raise VotesRefused(f'"{rows.name}" has no column for the {missing}. Name it with {option}.')
    if statement is None or vote is None:
        gathered = _wide(rows, voice, limits)
    else:
        gathered = _long(rows, voice, statement, vote, limits)
    return _arranged(rows.name, gathered, statements)


def _find(rows: Rows, named: str | None, usual: Iterable[str], option: str, what: str) -> int | None:
    if named is not None:
        if named not in rows.columns:
            raise VotesRefused(f'"{rows.name}" has no column "{named}" for {what}. Look at {option} again.')
        return rows.columns.index(named)
    spelled = [column.lower().replace("_", "-").replace(" ", "-") for column in rows.columns]
    return next((spelled.index(name) for name in usual if name in spelled), None)


def _wide(rows: Rows, voice: int, limits: Limits) -> Gathered:
    kept = [
        place
        for place, name in enumerate(rows.columns)
        if place != voice and name.lower().replace("_", "-") not in (*BESIDE, *MOMENT, "datetime")
    ]
    if not all(rows.columns[place] for place in kept):
        raise VotesRefused(f'A column of "{rows.name}" has no name. Each statement needs a number or a name.')
    gathered = Gathered(statements={rows.columns[place]: number for number, place in enumerate(kept)})
    for line, row in rows.each:
        who = row[voice].strip()
        if who in gathered.voices:
            raise VotesRefused(f'Line {line} of "{rows.name}" is about a voice that has a line already.')
        at = _voice(rows, line, who, gathered, limits)
        for number, place in enumerate(kept):
            if row[place]:
                said = _meant(rows, line, place, row[place])
                if said is not None:
                    gathered.add(at, number, said)
    return gathered


def _long(rows: Rows, voice: int, statement: int, vote: int, limits: Limits) -> Gathered:
    gathered = Gathered()
    moment = _find(rows, None, MOMENT, "", "")
    for line, row in rows.each:
        said = _meant(rows, line, vote, row[vote])
        what = row[statement].strip()
        if not what:
            raise VotesRefused(f'Line {line} of "{rows.name}" does not say which statement.')
        at = _voice(rows, line, row[voice].strip(), gathered, limits)
        place = gathered.statements.setdefault(what, len(gathered.statements))
        if said is not None:
            gathered.add(at, place, said)
            gathered.when.append(0.0 if moment is None else _when(rows, line, moment, row[moment]))
            gathered.line.append(line)
    if len(gathered.statements) > limits.columns:
        raise VotesRefused(
            f'"{rows.name}" has more than {limits.columns:,} statements, which is the most read here.'
        )
    return _latest(rows.name, gathered, dated=moment is not None)


def _latest(name: str, gathered: Gathered, *, dated: bool) -> Gathered:
    """Of two votes of a voice on a statement the later one counts, where the table says when."""
    voice, statement, said, line = (
        np.array(part) for part in (gathered.voice, gathered.statement, gathered.said, gathered.line)
    )
    cell, when = voice * max(1, len(gathered.statements)) + statement, np.array(gathered.when)
    order = np.lexsort((when, cell))
    cell, when, said = cell[order], when[order], said[order]
    last = np.append(cell[1:] != cell[:-1], True)
    double = ~last[:-1] & (when[1:] == when[:-1])
    if dated:
        double &= said[1:] != said[:-1]
    if double.any():
        first = int(np.maximum(line[order][1:], line[order][:-1])[double].min())
        raise VotesRefused(
            f'Line {first} of "{name}" is a second vote of the same voice on the same statement, and nothing '
            "says which is the later one. Keep one of them."
        )
    kept = order[last]
    gathered.voice, gathered.statement = (array("q", part[kept].tolist()) for part in (voice, statement))
    gathered.said = array("b", said[last].tolist())
    return gathered


def _voice(rows: Rows, line: int, who: str, gathered: Gathered, limits: Limits) -> int:
    if not who:
        raise VotesRefused(f'Line {line} of "{rows.name}" does not say whose vote it is.')
    at = gathered.voices.setdefault(who, len(gathered.voices))
    if at >= limits.voices:
        raise VotesRefused(
            f'"{rows.name}" has more than {limits.voices:,} voices, which is the most read here.'
        )
    return at


def _meant(rows: Rows, line: int, place: int, cell: str) -> int | None:
    said = MEANS.get(cell)
    if said is not None:
        return said
    plain = cell.strip().lower()
    if not plain or plain == "nan":
        return None
    if plain in MEANS:
        return MEANS[plain]
    raise VotesRefused(
        f'Line {line} of "{rows.name}" has no vote in the column "{rows.columns[place][:40]}". A vote is '
        "1 (agree), 0 (pass), -1 (disagree), or empty where it was not seen."
    )


def _when(rows: Rows, line: int, place: int, cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        raise VotesRefused(
            f'Line {line} of "{rows.name}" has no number in the column "{rows.columns[place]}", which says '
            "when a vote was made."
        ) from None


def _arranged(name: str, gathered: Gathered, statements: Statements) -> Votes:
    if not gathered.voices:
        raise VotesRefused(f'"{name}" names its columns, and there is no row under them.')
    if not gathered.said:
        raise VotesRefused(f'Nobody has answered anything in "{name}": every cell is empty.')
    voice = np.array(gathered.voice)
    if (voice == voice[0]).all():
        raise VotesRefused(f'Only one voice has voted in "{name}". What people agree on takes at least two.')
    return arrange_arrays(
        list(gathered.voices),
        list(gathered.statements),
        voice,
        np.array(gathered.statement),
        np.array(gathered.said),
        aside=statements.aside,
    )
