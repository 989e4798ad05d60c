"""When the loops are compiled, and when columns are quick enough without."""

from functools import cache
from types import SimpleNamespace

from betterstory.engines import compiling
from betterstory.engines.consensus import loops

BACKENDS = ("auto", "fast", "numpy")
WORTH_COMPILING = 1_000_000
"""With fewer votes than this, numpy is done before numba is even there."""


def is_worth_it(votes: int, backend: str) -> bool:
    """Whether to compile: where numba is here, and either in use already or worth the wait for it.

    Raises ValueError for a backend that there is none of, or where numba is asked for and not here.
    """
    if backend not in BACKENDS:
        raise ValueError(f"the backend is {', '.join(BACKENDS)}")
    if backend == "fast" and not compiling.is_here():
        raise ValueError('numba is not installed: pip install "better-story[fast]"')
    if backend != "auto" or not compiling.is_here():
        return backend == "fast"
    return votes >= WORTH_COMPILING or compiled.cache_info().currsize > 0


@cache
def compiled() -> SimpleNamespace:
    """The loops, compiled now or found in the folder."""
    import numba  # noqa: PLC0415 - takes most of a second, so only where it is used

    plain = (loops.there_and_back, loops.along, loops.count, loops.nearest, loops.nearer)
    return SimpleNamespace(**{loop.__name__: compiling.keep(numba.njit(loop, nogil=True)) for loop in plain})
