"""Votes for the bench: real conversations where they lie, and made-up ones; as arrays in a file.

python -m benchmarks._consensus_votes FILE CASE
"""

import csv
import json
import os
import sys
from pathlib import Path

import numpy as np

from benchmarks._timing import peak_mb

HERE = Path(__file__).resolve()
DATA = Path(os.environ.get("BETTER_STORY_DATA") or HERE.parents[2] / "shared" / "data") / "conversations"
REAL = {
    "london": "london.youth.policing",
    "bg2050": "bg2050-volunteers",
    "ssis": "ssis.land-bank-farmland",
}
MADE = {
    "room": (40, 30, 1_000),
    "people_100": (100, 100, 4_000),
    "people_500": (500, 300, 30_000),
    "people_2000": (2_000, 1_000, 100_000),
    "mid": (2_031, 896, 225_000),
    "large": (100_000, 1_000, 4_700_000),
}
"""Voices, statements, votes."""

type Arrays = tuple[np.ndarray, np.ndarray, np.ndarray]


def main() -> int:
    file, case = Path(sys.argv[1]), sys.argv[2]
    (voice, statement, said), aside = read(DATA / REAL[case]) if case in REAL else (make(*MADE[case]), [])
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez(file, voice=voice, statement=statement, said=said, aside=np.array(aside, dtype=np.int64))
    print(json.dumps({"votes": len(said), "peak_mb": peak_mb()}))
    return 0


def read(folder: Path) -> tuple[Arrays, list[int]]:
    """Ids are whole numbers in these exports, and stay what they are."""
    with (folder / "participants-votes.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name.isdecimal()]
    found = [
        (int(row["participant"]), int(name), int(row[name])) for row in rows for name in names if row[name]
    ]
    with (folder / "comments.csv").open(newline="") as file:
        out = [int(row["comment-id"]) for row in csv.DictReader(file) if row["moderated"] == "-1"]
    voice, statement, said = np.array(found, dtype=np.int64).T
    return (voice, statement, said), sorted(set(out) & set(statement.tolist()))


def make(people: int, statements: int, votes: int) -> Arrays:
    """Some vote much and most little, some statements are seen by many; two sides and a line between them."""
    chance = np.random.default_rng(people)
    busy, known = chance.gamma(1, 1, people) + 0.05, np.cumsum(chance.gamma(2, 1, statements) + 0.05)
    many = np.clip((busy / busy.sum() * votes * 1.2).astype(int), 1, statements)
    voice = np.repeat(np.arange(people), many)
    statement = np.searchsorted(known / known[-1], chance.random(len(voice))).clip(0, statements - 1)
    cell = np.unique(voice * statements + statement)
    cell = np.sort(chance.permutation(cell)[:votes])
    voice, statement = cell // statements, cell % statements
    side = np.where(chance.random(people) < 0.4, 1, -1)
    first, second = chance.normal(0, 1, (2, statements))
    leaning = chance.normal(0.4, 0.8, statements)[statement] + side[voice] * first[statement]
    leaning += chance.normal(0, 0.5, people)[voice] * second[statement]
    leaning += chance.logistic(0, 1, len(cell))
    order = chance.permutation(len(cell))
    said = np.where(np.abs(leaning) < 0.25, 0, np.sign(leaning)).astype(np.int64)
    return voice[order], statement[order], said[order]


if __name__ == "__main__":
    sys.exit(main())
