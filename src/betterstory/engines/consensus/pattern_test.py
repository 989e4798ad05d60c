"""Is there any pattern that statements share? Votes shuffled a statement at a time know of none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.sheet import Floats, Sheet

SHUFFLES = 199
AT_ONCE = 1 << 19
"""So many cells of shuffled sheets at once."""


def chance_of_pattern(sheet: Sheet, *, seed: int) -> float:
    """How likely so strong a first component is where nothing is shared.

    A permutation test (Phipson and Smyth 2010, "Permutation p-values should never be zero"): each
    statement's votes are shuffled among those who saw it, which keeps who saw what and every share. The
    measure is the largest eigenvalue of the votes less their statement's mean.
    """
    row, column = np.nonzero(sheet.seen)
    heard = np.maximum(sheet.seen.sum(axis=0), 1)
    less_mean = (sheet.said - sheet.said.sum(axis=0) / heard)[row, column]
    by_column = np.argsort(column, kind="stable")
    row, column, less_mean = row[by_column], column[by_column], less_mean[by_column]
    found = _largest(_laid_out(sheet.shape, row, column, less_mean[None, :]))[0]
    chance = np.random.default_rng([seed, 0])
    at_once = max(1, AT_ONCE // max(sheet.seen.size, 1))
    as_large = 0
    for begin in range(0, SHUFFLES, at_once):
        shuffled = shuffle(less_mean, column, chance, min(at_once, SHUFFLES - begin))
        as_large += int(
            np.sum(_largest(_laid_out(sheet.shape, row, column, shuffled)) >= found * (1 - 1e-12))
        )
    return (1 + as_large) / (1 + SHUFFLES)


def shuffle(cells: Floats, column: NDArray[np.int64], chance: np.random.Generator, times: int) -> Floats:
    """Cells that stand column after column, shuffled within each so many times."""
    keys = chance.random((times, len(cells))) + column
    return cells[np.argsort(keys, axis=1)]


def _laid_out(shape: tuple[int, int], row: np.ndarray, column: np.ndarray, cells: Floats) -> Floats:
    sheets = np.zeros((len(cells), *shape))
    sheets[:, row, column] = cells
    return sheets


def _largest(sheets: Floats) -> Floats:
    """The largest eigenvalue of each sheet with itself, on its shorter side."""
    if sheets.shape[1] <= sheets.shape[2]:
        products = sheets @ sheets.transpose(0, 2, 1)
    else:
        products = sheets.transpose(0, 2, 1) @ sheets
    largest: Floats = np.linalg.eigvalsh(products)[:, -1]
    return largest
