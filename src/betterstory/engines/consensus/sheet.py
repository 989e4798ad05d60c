"""A room as one large sheet: a row a person, a column a statement."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.votes import AGREE, DISAGREE, Votes

type Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sheet:
    """`agree`, `disagree` and `seen` are 1 or 0, people x statements; a pass is seen and neither of both.

    `people` and `statements` are the positions of rows and columns among the ids of the votes.
    """

    agree: Floats
    disagree: Floats
    seen: Floats
    people: NDArray[np.int64]
    statements: NDArray[np.int64]

    @property
    def shape(self) -> tuple[int, int]:
        """People, statements."""
        people, statements = self.seen.shape
        return people, statements

    @property
    def filled(self) -> float:
        """The share of cells that were answered, a pass among them."""
        return float(self.seen.mean()) if self.seen.size else 0.0

    @cached_property
    def said(self) -> Floats:
        """1 agree, -1 disagree, 0 pass or not seen."""
        return self.agree - self.disagree

    @cached_property
    def decided(self) -> Floats:
        """1 where somebody agreed or disagreed."""
        return self.agree + self.disagree

    def narrow(self, people: NDArray[np.bool_], statements: NDArray[np.bool_]) -> Sheet:
        """Some rows and columns of it."""
        cut = np.ix_(people, statements)
        return Sheet(
            self.agree[cut],
            self.disagree[cut],
            self.seen[cut],
            self.people[people],
            self.statements[statements],
        )

    def only_decided(self) -> Sheet:
        """Without the people and statements that have passes only."""
        return self.narrow(self.decided.any(axis=1), self.decided.any(axis=0))


def sheet_of(votes: Votes) -> Sheet:
    """The sheet of everybody who said anything, and of every statement that was not put aside."""
    agree, disagree, seen = (np.zeros(votes.shape) for _ in range(3))
    agree[votes.voice, votes.statement] = votes.said == AGREE
    disagree[votes.voice, votes.statement] = votes.said == DISAGREE
    seen[votes.voice, votes.statement] = 1
    voices, statements = votes.shape
    whole = Sheet(agree, disagree, seen, np.arange(voices), np.arange(statements))
    counted = ~votes.aside
    return whole.narrow(seen[:, counted].any(axis=1), counted)
