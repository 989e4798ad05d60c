"""Tables of votes drawn by chance, for rules that must hold for all of them."""

from __future__ import annotations

from hypothesis import strategies as st

from betterstory.engines.consensus.votes import Votes, arrange

type Cells = list[list[int | None]]

CELL = st.sampled_from([1, 1, -1, -1, 0, None])


@st.composite
def cells(draw: st.DrawFn, people: int = 14, statements: int = 9) -> Cells:
    """Rows of answers, None where a statement was not seen. Some are empty, some all the same."""
    width = draw(st.integers(0, statements))
    return draw(st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=people))


def as_votes(table: Cells, aside: tuple[int, ...] = (), prefix: str = "") -> Votes:
    """Voices and statements called by their places."""
    width = len(table[0]) if table else 0
    rows = [(v, s, said) for v, row in enumerate(table) for s, said in enumerate(row) if said is not None]
    voices = [f"{prefix}{place}" for place in range(len(table))]
    return arrange(voices, [str(place) for place in range(width)], rows, aside=[str(at) for at in aside])
