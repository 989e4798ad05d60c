"""Makes the log that is asked: seeded, of nobody. Run as a process of its own, so that it costs us no memory.

python -m benchmarks._journeys_log FOLDER ROWS
"""

import json
import sys
from pathlib import Path

import numpy
import pyarrow
from numpy.typing import NDArray
from pyarrow import parquet

from benchmarks._journeys_question import KINDS, all_asked

SEED = 20
CONTACTS_A_PERSON = 20
DAYS = 730
FIRST_SECOND = 1_704_067_200  # the start of 2024
SHARES = [0.06, 0.06, 0.05, 0.05, 0.05, *[0.73 / 25] * 25]

type Numbers = NDArray[numpy.int64]


def main(arguments: list[str]) -> int:
    folder, rows = Path(arguments[0]), int(arguments[1])
    make(folder, rows)
    print(json.dumps({"made": rows}))
    return 0


def make(folder: Path, rows: int) -> None:
    """Write the log twice, sorted and shuffled, and last of all what is asked of it."""
    chance = numpy.random.default_rng(SEED)
    folder.mkdir(parents=True, exist_ok=True)
    person, second = contacts(chance, rows)
    kind = chance.choice(len(KINDS), size=rows, p=SHARES).astype(numpy.int8)
    write(folder / "sorted.parquet", person, kind, second)
    shuffled = chance.permutation(rows)
    write(folder / "shuffled.parquet", person[shuffled], kind[shuffled], second[shuffled])
    known = {
        "folder": str(folder),
        "sorted": str(folder / "sorted.parquet"),
        "shuffled": str(folder / "shuffled.parquet"),
        "stored": str(folder / "stored"),
        "rows": rows,
        "people": len(numpy.unique(person)),
        "end": int(second.max()),
        "kinds": KINDS,
        "asked": all_asked(),
    }
    (folder / "question.json").write_text(json.dumps(known, indent=1, ensure_ascii=False))


def contacts(chance: numpy.random.Generator, rows: int) -> tuple[Numbers, Numbers]:
    """Who and when, in order: anywhere in two years, some twenty a person, never two at once."""
    people = max(rows // CONTACTS_A_PERSON, 1)
    ids = 1_000_000_000 + numpy.cumsum(chance.integers(1, 50, size=people))
    place = numpy.sort(chance.integers(people, size=rows))
    second = FIRST_SECOND + chance.integers(DAYS * 86_400, size=rows)
    second = second[numpy.lexsort((second, place))]
    while len(same := numpy.flatnonzero((numpy.diff(place) == 0) & (numpy.diff(second) <= 0))):
        second[same + 1] = second[same] + 1
    return ids[place], second


def write(path: Path, person: Numbers, kind: NDArray[numpy.int8], second: Numbers) -> None:
    names = pyarrow.DictionaryArray.from_arrays(pyarrow.array(kind), pyarrow.array(KINDS))
    table = pyarrow.table(
        {
            "person": pyarrow.array(person),
            "activity": names.cast(pyarrow.string()),
            "time": pyarrow.array(second * 1_000_000, type=pyarrow.timestamp("us")),
        }
    )
    parquet.write_table(table, path, row_group_size=122_880)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
