"""The rounds of a fit compiled by numba, where it is installed and somebody asked for it.

Importing numba takes most of a second, and compiling a quarter of a minute, once: worth it for many
rooms, not for one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from betterstory.engines.compiling import compile_functions, is_here
from betterstory.engines.consensus.pictures import rounds as rounds_of_one
from betterstory.engines.consensus.pictures.picture import Pictures
from betterstory.engines.consensus.sheet import Sheet

_compiled: list[Callable[..., None]] = []


def be_quick() -> bool:
    """From now on this process fits with compiled rounds; False where numba is not installed."""
    if not _compiled and is_here():
        _compiled.append(compile_functions(rounds_of_one, "settle"))
    return bool(_compiled)


def is_quick() -> bool:
    return bool(_compiled)


def be_slow() -> None:
    """From now on with numpy again."""
    _compiled.clear()


def settle(
    sheet: Sheet, pictures: Pictures, rounds: int, gain: float, by: Callable[..., Any] | None = None
) -> Pictures:
    """Each picture until a round gains less than `gain`; the same as `fitting` finds with numpy."""
    walk = by or _compiled[0]
    pictures = replace(
        pictures,
        places=pictures.places.copy(),
        log_chance=pictures.log_chance.copy(),
        slopes=np.ascontiguousarray(pictures.slopes).copy(),
        camps=pictures.camps.copy() if pictures.camps else None,
    )
    none = np.zeros(0)
    for at in range(len(pictures.slopes)):
        camps = pictures.camps
        shares, apart, within = (
            (none, 0.0, np.zeros((0, 0))) if camps is None else camps.around(pictures.places, at)
        )
        walk(
            sheet.decided,
            sheet.agree,
            sheet.disagree,
            pictures.there[at],
            pictures.places[at],
            pictures.log_chance[at],
            pictures.spread[at],
            pictures.slopes[at],
            shares,
            apart,
            within,
            rounds,
            gain,
        )
    return pictures
