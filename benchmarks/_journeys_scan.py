"""The floor: DuckDB adding up the three columns of the log, as whole numbers in a table in memory
(person in 4 bytes, activity in 1, seconds in 8).

No answer can be had without reading who, what and when once; nothing that reads them is much faster. Where we
start from the shuffled file, DuckDB adds up the columns of that file too, texts and times as they lie there:
what reading it costs whoever asks it anything.
"""

import sys
from typing import Any

import duckdb

from benchmarks._timing import run_case, timed


def run(question: dict[str, Any], case: str, repeats: int) -> dict[str, Any]:
    connection = duckdb.connect()
    connection.execute(
        """CREATE TABLE log AS
           SELECT CAST(dense_rank() OVER (ORDER BY person) AS INTEGER) AS person,
                  CAST(list_position($kinds, activity) AS UTINYINT) AS activity,
                  CAST(epoch(time) AS BIGINT) AS time
           FROM read_parquet($sorted) ORDER BY person, time""",
        {"kinds": question["kinds"], "sorted": question["sorted"]},
    )
    seconds, added = timed(
        lambda: connection.execute("SELECT sum(person), sum(activity), sum(time) FROM log").fetchall(),
        repeats,
    )
    said = {"seconds": seconds, "answer": [int(number) for number in added[0]]}
    if case.endswith("_unsorted"):
        sums = "SELECT sum(person), sum(length(activity)), sum(epoch_us(time)) FROM read_parquet($shuffled)"
        said["file"], _ = timed(
            lambda: connection.execute(sums, {"shuffled": question["shuffled"]}).fetchall(), repeats
        )
    return said


if __name__ == "__main__":
    sys.exit(run_case(run))
