"""The answers once more, by plain SQL that shares nothing with ours. Everybody is held against these.

The levels: each step keeps the latest moment at which it was reached, which is enough where all limits are
upper ones. Nothing here is timed.
"""
# ruff: noqa: S608 - all names in this SQL are ours, and every text is bound or quoted

import sys
from typing import Any

import duckdb

from benchmarks._timing import run_case


def run(question: dict[str, Any], case: str, repeats: int) -> dict[str, Any]:
    connection = duckdb.connect()
    connection.execute(
        """CREATE TABLE log AS SELECT person, activity, CAST(epoch(time) AS BIGINT) AS moment
           FROM read_parquet($sorted)""",
        {"sorted": question["sorted"]},
    )
    if case == "map":
        return {"answer": draw(connection)}
    asked = question["asked"] if case == "patterns" else question["asked"][:1]
    return {"answer": [levels(connection, each, question) for each in asked]}


def levels(
    connection: duckdb.DuckDBPyConnection, asked: dict[str, Any], question: dict[str, Any]
) -> list[int]:
    """How many people are at exactly each level, 0 to 5."""
    first, absent, *later = asked["activities"]
    rows = connection.execute(
        f"""{_silences(asked["silence"])}, {_reached(asked["within"])}
            SELECT level, count(*) FROM (
                SELECT person, max(level) AS level FROM reached4 GROUP BY person) GROUP BY level""",
        {"first": first, "absent": absent, "later": later, "end": question["end"]},
    ).fetchall()
    exactly = [0, *(dict(rows).get(level, 0) for level in range(1, 6))]
    return [question["people"] - sum(exactly), *exactly[1:]]


def _silences(silence: int) -> str:
    """Each first step, each silence that was kept (at its end, after all of that moment), and the rest."""
    return f"""
        WITH seen AS (
            SELECT person, moment, activity, min(CASE WHEN activity = $absent THEN moment END) OVER (
                PARTITION BY person ORDER BY moment
                ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS broken
            FROM log WHERE activity IN ($first, $absent) OR list_contains($later, activity)),
        firsts AS (
            SELECT *, moment + {silence} <= $end AND coalesce(broken > moment + {silence}, true) AS kept
            FROM seen WHERE activity = $first),
        reached1 AS (
            SELECT person, moment, 0 AS last, 0 AS step, CAST(NULL AS BIGINT) AS reach, 1 AS level FROM firsts
            UNION ALL SELECT person, moment + {silence}, 1, 1, moment + {silence}, 2 FROM firsts WHERE kept
            UNION ALL SELECT person, moment, 0, list_position($later, activity) + 1, NULL, 0
            FROM seen WHERE list_contains($later, activity))"""


def _reached(within: list[int]) -> str:
    """For each limit: the contacts of that step that come within it of the latest step before."""
    parts = []
    for place, limit in enumerate(within, start=2):
        followed = f"step = {place} AND moment - before <= {limit}"
        parts.append(f"""
            latest{place} AS (
                SELECT *, max(CASE WHEN step = {place - 1} THEN reach END) OVER (
                    PARTITION BY person ORDER BY moment, last
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM reached{place - 1}),
            reached{place} AS (
                SELECT person, moment, last, step,
                       CASE WHEN {followed} THEN moment ELSE reach END AS reach,
                       CASE WHEN {followed} THEN {place + 1} ELSE level END AS level
                FROM latest{place})""")
    return ", ".join(parts)


def draw(connection: duckdb.DuckDBPyConnection) -> list[list[Any]]:
    """Each edge: from, to, how many moves, and the middle of their waits in seconds."""
    rows = connection.execute(
        """SELECT activity, next, count(*), median(wait) AS middle FROM (
               SELECT activity, lead(activity) OVER one AS next, lead(moment) OVER one - moment AS wait
               FROM log WINDOW one AS (PARTITION BY person ORDER BY moment)
           ) WHERE next IS NOT NULL GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    return [list(row) for row in rows]


if __name__ == "__main__":
    sys.exit(run_case(run))
