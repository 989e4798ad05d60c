"""Small tables of votes that a reader can check by hand, and the definition of where everybody stands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.votes import Votes, arrange

SAID = {"+": 1, "0": 0, "-": -1}

type Numbers = NDArray[np.float64]


def votes_of(table: str, aside: str = "") -> Votes:
    """A row a voice, a column a statement: + agree, - disagree, 0 pass, . not seen."""
    header, *rows = [line.split() for line in table.strip().splitlines()]
    said = [
        (voice, statement, SAID[cell])
        for voice, row in enumerate(rows)
        for statement, cell in enumerate(row[1:])
        if cell != "."
    ]
    return arrange([row[0] for row in rows], header[1:], said, aside=aside.split())


def filled_in(votes: Votes) -> tuple[Numbers, Numbers]:
    """The table as the definition has it: who did not see a statement stands at its mean; and the means."""
    table = np.full(votes.shape, np.nan)
    table[votes.voice, votes.statement] = votes.said
    table = table[:, ~np.isnan(table).all(axis=0)]
    heard = np.unique(votes.statement)
    table[:, votes.aside[heard]] = 0
    centre = np.nanmean(table, axis=0)
    return np.where(np.isnan(table), centre, table), centre


def cast(votes: Votes) -> NDArray[np.int64]:
    """How many votes each voice counts as having cast: those put aside are cast by everybody."""
    table = np.zeros(votes.shape, dtype=np.int64)
    table[votes.voice, votes.statement] = 1
    table[:, votes.aside & table.any(axis=0)] = 1
    return table.sum(axis=1)


def rand_index(one: list[int | None], other: list[int | None]) -> float:
    """How far two groupings of the same people agree, corrected for chance: 1 is the same."""
    pairs = np.zeros((len(set(one)), len(set(other))))
    rows, columns = ({name: at for at, name in enumerate(dict.fromkeys(names))} for names in (one, other))
    for first, second in zip(one, other, strict=True):
        pairs[rows[first], columns[second]] += 1

    def twos(many: Numbers) -> float:
        return float((many * (many - 1) / 2).sum())

    both, by_row, by_column = twos(pairs), twos(pairs.sum(axis=1)), twos(pairs.sum(axis=0))
    by_chance = by_row * by_column / twos(np.array([len(one)]))
    return (both - by_chance) / ((by_row + by_column) / 2 - by_chance)
