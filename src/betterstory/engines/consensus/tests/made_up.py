"""Rooms for the tests: small tables typed by hand, and rooms drawn with a known truth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.sheet import Floats, Sheet, sheet_of
from betterstory.engines.consensus.votes import Votes, arrange, arrange_arrays

SIGNS = {"+": 1, "o": 0, "-": -1}
type Chance = np.random.Generator


def typed(table: str, *, aside: tuple[str, ...] = ()) -> Votes:
    """A row a person: a name, then + agree, o pass, - disagree, . not seen. Statements are a, b, c."""
    split = [line.split() for line in table.strip().splitlines()]
    lines = [(name, "".join(signs)) for name, *signs in split]
    rows = [
        (person, statement, SIGNS[sign])
        for person, (_name, signs) in enumerate(lines)
        for statement, sign in enumerate(signs)
        if sign in SIGNS
    ]
    names = [chr(ord("a") + at) for at in range(len(lines[0][1]))]
    return arrange([name for name, _signs in lines], names, rows, aside=aside)


def votes_of(said: Floats, seen: NDArray[np.bool_] | None = None) -> Votes:
    """A table of 1, 0 and -1 as votes; ids are numbers."""
    person, statement = np.nonzero(np.ones(said.shape) if seen is None else seen)
    people, statements = said.shape
    ids = [str(at) for at in range(max(said.shape))]
    cells = said[person, statement].astype(np.int8)
    return arrange_arrays(ids[:people], ids[:statements], person, statement, cells)


def drawn(share: Floats, chance: Chance, filled: float = 1.0) -> Sheet:
    """A sheet on which each person agrees by the chance given for them."""
    said = np.where(chance.random(share.shape) < share, 1.0, -1.0)
    return sheet_of(votes_of(said, chance.random(share.shape) < filled))


def on_a_line(chance: Chance, *, slope: float, filled: float = 1.0, people: int = 40) -> Sheet:
    """People evenly along a line."""
    place = chance.uniform(-(3**0.5), 3**0.5, people)
    slopes = slope * chance.lognormal(0, 0.3, 30) * chance.choice([-1.0, 1.0], 30)
    return drawn(1 / (1 + np.exp(-np.outer(place, slopes) - chance.normal(size=30))), chance, filled)


def in_camps(
    chance: Chance,
    *,
    apart: float,
    sizes: tuple[int, ...] = (20, 20),
    filled: float = 1.0,
    statements: int = 30,
) -> Sheet:
    """Two camps whose shares differ by `apart` on each statement; of three, one differs on each."""
    member = np.repeat(np.arange(len(sizes)), sizes)[:, None]
    odd = chance.integers(len(sizes), size=statements) if len(sizes) > 2 else np.ones(statements)
    middle = chance.uniform(0.05 + apart / 2, 0.95 - apart / 2, statements)
    lean = np.where(member == odd, 1, -1) * chance.choice([-1, 1], statements)
    return drawn(middle + lean * apart / 2, chance, filled)


def shuffled(chance: Chance, people: int = 40, filled: float = 1.0) -> Sheet:
    """Nothing shared."""
    return drawn(np.broadcast_to(chance.uniform(0.1, 0.9, 30), (people, 30)), chance, filled)


def turned(sheet: Sheet, chance: Chance) -> Sheet:
    """The same with rows and columns in another order."""
    rows, columns = (chance.permutation(many) for many in sheet.shape)
    return Sheet(
        sheet.agree[rows][:, columns],
        sheet.disagree[rows][:, columns],
        sheet.seen[rows][:, columns],
        sheet.people[rows],
        sheet.statements[columns],
    )


def swapped(sheet: Sheet) -> Sheet:
    """Agree for disagree."""
    return Sheet(sheet.disagree, sheet.agree, sheet.seen, sheet.people, sheet.statements)
