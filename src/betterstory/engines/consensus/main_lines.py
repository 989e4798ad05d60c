"""The two main lines along which opinions differ: the first two principal components, never filled in.

What nobody said stays unsaid: once every statement's mean is taken off, an empty cell is exactly zero, so
that a product with the table touches the votes alone. The steps are Lanczos's, from a start that is always
the same, each new direction held square to all before it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]
type Times = Callable[[Numbers], Numbers]

LINES = 2
FIRST_LOOK, EVERY = 12, 3
"""Steps before it is first asked whether that is enough, and between two such looks."""
SETTLED, ROUNDING = 1e-13, 1e-16
NOTHING = 1e-13
"""A share of the largest spread below which a line is only rounding."""


def main_lines(times: Times, width: int) -> Numbers:
    """Directions of the largest and the next spread, as rows; zero where there is no such line.

    `times` takes a direction to the table's product with it, and back: the spread along it.
    """
    if not width:
        return np.zeros((LINES, 0))
    values, lines = _lanczos(times, width)
    found = np.zeros((LINES, width))
    for place in range(min(LINES, len(values))):
        if values[place] > NOTHING * values[0]:
            line = lines[place] / np.linalg.norm(lines[place])
            found[place] = line * _sign(line)
    return found


def _sign(line: Numbers) -> float:
    """So that the largest loading is positive; of two equally large, the first."""
    size = np.abs(line)
    largest = np.flatnonzero(size >= size.max() * (1 - 1e-9))[0]
    return 1.0 if line[largest] >= 0 else -1.0


def _lanczos(times: Times, width: int) -> tuple[Numbers, Numbers]:
    """Values, largest first, and their directions as rows, of the space that was walked."""
    basis = np.zeros((min(width, 64), width))
    diagonal: list[float] = []
    beside: list[float] = []
    direction, tried = _start(width, 0), 0
    while True:
        step = len(diagonal)
        if step == len(basis):
            basis = np.concatenate([basis, np.zeros((min(step, width - step), width))])
        basis[step] = direction
        walked = basis[: step + 1]
        onward = times(direction)
        diagonal.append(float(onward @ direction))
        onward = _square_to(onward, walked)
        length = float(np.linalg.norm(onward))
        scale = max(max(diagonal), 1e-300)
        if step + 1 == width:
            break
        if length <= 1e-14 * scale:
            # this corner is walked out: go on in another, so that a line that was missed is found
            onward, tried = _elsewhere(walked, width, tried)
            if not len(onward):
                break
            direction, length = onward, 0.0
        else:
            direction = onward / length
            if (
                step + 1 >= FIRST_LOOK
                and not (step + 1 - FIRST_LOOK) % EVERY
                and _settled(diagonal, beside, length)
            ):
                break
        beside.append(length)
    values, within = _solve(diagonal, beside)
    return values, within @ basis[: len(diagonal)]


def _square_to(onward: Numbers, walked: Numbers) -> Numbers:
    """Twice, because once leaves what rounding left."""
    for _ in range(2):
        onward = onward - (walked @ onward) @ walked
    return onward


def _solve(diagonal: list[float], beside: list[float], most: int = LINES) -> tuple[Numbers, Numbers]:
    """The largest values of what was walked, and where they lie in it."""
    small = np.diag(diagonal)
    if beside:
        many = np.arange(len(beside))
        small[many, many + 1] = small[many + 1, many] = beside
    values, within = np.linalg.eigh(small)
    return values[: -most - 1 : -1], within[:, : -most - 1 : -1].T


def _settled(diagonal: list[float], beside: list[float], length: float) -> bool:
    """Whether the main lines turn no more: what is left over, by what sets them apart."""
    values, within = _solve(diagonal, beside, LINES + 1)
    left_over = length * np.abs(within[:LINES, -1])
    apart = np.minimum.accumulate(values[:-1] - values[1:])
    return bool((left_over <= np.maximum(SETTLED * apart, ROUNDING * values[0])).all())


def _start(width: int, number: int) -> Numbers:
    """The same for the same width, and square to no line that votes would make."""
    turns = np.arange(1, width + 1) * (0.6180339887498949 + number * 0.4142135623730951)
    direction = 1 + turns % 1
    return np.asarray(direction / np.linalg.norm(direction))


def _elsewhere(walked: Numbers, width: int, tried: int) -> tuple[Numbers, int]:
    """A direction outside what was walked, or none where it spans everything."""
    for number in range(tried + 1, tried + 1 + width):
        onward = _square_to(_start(width, number), walked)
        length = float(np.linalg.norm(onward))
        if length > 1e-8:
            return onward / length, number
    return np.zeros(0), tried
