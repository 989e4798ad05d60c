"""Who said what to which statement: sparse, in one fixed order whatever order it came in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

AGREE, PASS, DISAGREE = 1, 0, -1


@dataclass(frozen=True, eq=False)
class Votes:
    """Votes as three arrays of equal length, sorted by voice, then statement, at most one a pair.

    `voices` and `statements` are ids in sorted order; `voice` and `statement` are positions in them
    (int32); `said` is 1 agree, 0 pass, -1 disagree (int8). What was not seen is no entry. `aside` holds,
    a statement, whether it was moderated out. Made with `arrange`.
    """

    voices: tuple[str, ...]
    statements: tuple[str, ...]
    voice: NDArray[np.int32]
    statement: NDArray[np.int32]
    said: NDArray[np.int8]
    aside: NDArray[np.bool_]

    @property
    def shape(self) -> tuple[int, int]:
        """Voices, statements."""
        return len(self.voices), len(self.statements)

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where each voice's votes begin, one more than voices: the row pointers of a sparse matrix."""
        return np.searchsorted(self.voice, np.arange(len(self.voices) + 1)).astype(np.int64)


class SaidTwice(ValueError):
    """The same voice answers the same statement twice; `voice` and `statement` say which."""

    def __init__(self, voice: str, statement: str) -> None:
        super().__init__(f"voice {voice} answers statement {statement} twice")
        self.voice, self.statement = voice, statement


def arrange(
    voices: Sequence[str],
    statements: Sequence[str],
    rows: Iterable[tuple[int, int, int]],
    *,
    aside: Iterable[str] = (),
) -> Votes:
    """Votes from (position of the voice, position of the statement, -1 | 0 | 1), in any order.

    Ids are put in the order of numbers where all of them are whole numbers, else in that of letters.
    Raises SaidTwice, or ValueError for an id that stands twice or a vote that is none.
    """
    table = np.array(list(rows), dtype=np.int64).reshape(-1, 3)
    return arrange_arrays(voices, statements, table[:, 0], table[:, 1], table[:, 2], aside=aside)


def arrange_arrays(
    voices: Sequence[str],
    statements: Sequence[str],
    voice: NDArray[np.integer],
    statement: NDArray[np.integer],
    said: NDArray[np.integer],
    *,
    aside: Iterable[str] = (),
) -> Votes:
    """The same from three arrays."""
    voice_order, statement_order = _in_order(voices), _in_order(statements)
    if len(said) and (said.min() < DISAGREE or said.max() > AGREE):
        raise ValueError("a vote is 1, 0 or -1")
    row, column, said = _sorted(
        _places(voice_order)[voice], _places(statement_order)[statement], said, max(1, len(statements))
    )
    twice = np.flatnonzero((np.diff(row) == 0) & (np.diff(column) == 0))
    if len(twice):
        raise SaidTwice(voices[voice_order[row[twice[0]]]], statements[statement_order[column[twice[0]]]])
    put_aside = set(aside)
    names = tuple(statements[place] for place in statement_order)
    return Votes(
        voices=tuple(voices[place] for place in voice_order),
        statements=names,
        voice=row,
        statement=column,
        said=said,
        aside=np.array([name in put_aside for name in names], dtype=np.bool_),
    )


def _sorted(
    row: NDArray[np.int64], column: NDArray[np.int64], said: NDArray[np.integer], width: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int8]]:
    """By row, then column. A vote is one whole number, so that there is nothing to carry along in sorting."""
    whole = ((row * width + column) << 2) + (said.astype(np.int64) + 1)
    whole.sort()
    cell = whole >> 2
    rows = cell // width
    cell -= rows * width
    return rows.astype(np.int32), cell.astype(np.int32), ((whole & 3) - 1).astype(np.int8)


def _in_order(ids: Sequence[str]) -> list[int]:
    if len(set(ids)) != len(ids):
        raise ValueError("an id stands twice")
    if all(each.isascii() and each.isdecimal() for each in ids):
        return sorted(range(len(ids)), key=lambda place: (int(ids[place]), ids[place]))
    return sorted(range(len(ids)), key=ids.__getitem__)


def _places(order: Sequence[int]) -> NDArray[np.int64]:
    places = np.empty(len(order), dtype=np.int64)
    places[np.array(order, dtype=np.int64)] = np.arange(len(order))
    return places
