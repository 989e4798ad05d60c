"""What groups are called: by size, or as the earlier groups they have most people of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

type Labels = NDArray[np.int64]


def by_size(label: Labels, many: int) -> Labels:
    """The groups, largest first; of two as large, the one with the first voice."""
    sizes = np.bincount(label[label >= 0], minlength=many)
    first = [int(np.argmax(label == group)) for group in range(many)]
    return np.array(sorted(range(many), key=lambda group: (-sizes[group], first[group])), dtype=np.int64)


def numbers(
    label: Labels, many: int, voices: Sequence[str], before: Mapping[str, int] | None
) -> tuple[int, ...]:
    """A number for each group in order. The same people keep their number as far as can be."""
    if not before:
        return tuple(range(1, many + 1))
    names = sorted(set(before.values()))
    place = {name: index for index, name in enumerate(names)}
    shared = np.zeros((many, len(names)), dtype=np.int64)
    for voice, group in zip(voices, label.tolist(), strict=True):
        if group >= 0 and voice in before:
            shared[group, place[before[voice]]] += 1
    taken = match(shared)
    free = iter(
        sorted(set(range(1, many + max(names, default=0) + 1)) - {names[own] for own in taken if own >= 0})
    )
    return tuple(names[own] if own >= 0 else next(free) for own in taken)


def match(shared: NDArray[np.int64]) -> tuple[int, ...]:
    """A column for each row, none twice, so that most is shared; -1 where nothing is left or shared."""

    @cache
    def best(row: int, used: int) -> tuple[int, tuple[int, ...]]:
        if row == len(shared):
            return 0, ()
        total, chosen = best(row + 1, used)
        found = (total, (-1, *chosen))
        for column in range(shared.shape[1]):
            if shared[row, column] and not used >> column & 1:
                total, chosen = best(row + 1, used | 1 << column)
                if total + shared[row, column] > found[0]:
                    found = (total + int(shared[row, column]), (column, *chosen))
        return found

    return best(0, 0)[1]
