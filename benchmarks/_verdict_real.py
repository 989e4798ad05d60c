"""Rooms drawn from real conversations, where they stand beside the repository."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks._verdict_rooms import Chance, Drawn, Table

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "conversations"
WIDE = {"ssis": "ssis.land-bank-farmland", "bg2050": "bg2050-volunteers"}
LONG = {"4asymkcrjf": "reference-math/4asymkcrjf"}
MOST_VOTED, ANSWERED = 60, 0.8


def pools() -> list[str]:
    """The conversations that are here."""
    return [name for name, folder in (WIDE | LONG).items() if (DATA / folder).exists()]


def draw(pool: str, chance: Chance, people: int = 40, statements: int = 30) -> Drawn:
    """People who answered most of the sixty statements most voted on, and some of these statements."""
    votes = eager(pool)
    rows = chance.permutation(len(votes))[:people]
    return Drawn(votes[rows][:, chance.permutation(votes.shape[1])[:statements]])


@cache
def eager(pool: str) -> Table:
    """Everybody who answered at least 80 % of the sixty statements most voted on."""
    votes = everything(pool)
    most = np.argsort(-np.sum(~np.isnan(votes), axis=0), kind="stable")[:MOST_VOTED]
    votes = votes[:, most]
    return votes[np.mean(~np.isnan(votes), axis=1) >= ANSWERED]


@cache
def everything(pool: str) -> Table:
    """People x statements; what was not seen is not a number."""
    if pool in LONG:
        return _long(DATA / LONG[pool] / "votes.csv")
    with (DATA / WIDE[pool] / "participants-votes.csv").open(newline="", encoding="utf-8") as lines:
        head, *rows = csv.reader(lines)
    begin = head.index("n-disagree") + 1
    return np.array([[float(cell) if cell else np.nan for cell in row[begin:]] for row in rows])


def _long(path: Path) -> Table:
    with path.open(newline="", encoding="utf-8") as lines:
        rows = [
            (each["participant"], int(each["statement"]), float(each["vote"]))
            for each in csv.DictReader(lines)
        ]
    people = {name: at for at, name in enumerate(dict.fromkeys(person for person, _s, _v in rows))}
    votes = np.full((len(people), 1 + max(statement for _p, statement, _v in rows)), np.nan)
    for person, statement, vote in rows:
        votes[people[person], statement] = vote
    return votes
