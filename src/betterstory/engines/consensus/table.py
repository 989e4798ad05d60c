"""The votes less the mean of each statement, as a table to multiply with. No empty cell is ever filled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.compiled import compiled
from betterstory.engines.consensus.votes import Votes

type Numbers = NDArray[np.float64]
type Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Table:
    """Statements with no weight (put aside, or never heard) are no part of it: their column is zero."""

    votes: Votes
    centre: Numbers
    weight: Numbers

    def there_and_back(self, line: Numbers) -> Numbers:
        """The table times a line, times the table turned: the spread along it."""
        back = self._back(line * self.weight)
        back *= self.weight
        return back

    def along(self, line: Numbers) -> Numbers:
        """Where each voice stands along a line."""
        return self._stand(line * self.weight)

    def _stand(self, line: Numbers) -> Numbers:
        stands = np.zeros(len(self.votes.voices))
        if len(self._speaking):
            terms = line[self._column]
            terms *= self._value
            stands[self._speaking] = np.add.reduceat(terms, self.votes.starts[self._speaking])
        return stands

    def _back(self, line: Numbers) -> Numbers:
        terms = np.repeat(self._stand(line), self._many)
        terms *= self._value
        return np.bincount(self._column, terms, len(self.centre)).astype(np.float64, copy=False)

    @cached_property
    def _column(self) -> Places:
        return self.votes.statement.astype(np.int64)

    @cached_property
    def _value(self) -> Numbers:
        return self.votes.said - self.centre[self._column]

    @cached_property
    def _many(self) -> Places:
        return np.diff(self.votes.starts)

    @cached_property
    def _speaking(self) -> Places:
        return np.flatnonzero(self._many)


class CompiledTable(Table):
    """The same, in one pass over the votes."""

    def _stand(self, line: Numbers) -> Numbers:
        stands = np.zeros(len(self.votes.voices))
        compiled().along(*self._parts, self.centre, line, stands)
        return stands

    def _back(self, line: Numbers) -> Numbers:
        back = np.zeros(len(self.centre))
        compiled().there_and_back(*self._parts, self.centre, line, back)
        return back

    @property
    def _parts(self) -> tuple[Any, ...]:
        return without_sign(self.votes)


def without_sign(votes: Votes) -> tuple[Any, ...]:
    """Where votes begin, their statements, what was said. Places without a sign are found without a check."""
    return votes.starts.view(np.uint64), votes.statement.view(np.uint32), votes.said
