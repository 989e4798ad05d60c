"""The same cases asked of chdb (ClickHouse in a process), as its own documentation would have it done.

`sequenceMatch` says whether a person's events hold a chain whose time limits run from link to link. It knows
no silence, so a window marks the first steps that one follows; such a step is moved to the moment its silence
is complete, and times are doubled so that this moment (an odd number) comes after all else of that second.
Three ways to write the window were tried; none was faster. `min` of no rows is 0 there, not nothing.
"""
# ruff: noqa: S608 - all names in this SQL are ours, and all texts are those of the made-up log

import json
import sys
import time
from typing import Any

import chdb
from chdb.session import Session

from benchmarks._timing import Absent, run_case, timed

NEVER = "toUInt64(9999999999)"


def run(question: dict[str, Any], case: str, repeats: int) -> dict[str, Any]:
    session = Session()
    session.query("SET session_timezone = 'UTC'")
    start = time.perf_counter()
    stored = case.endswith("_sorted")
    source = load(session, question) if stored else file(question)
    prepared = round(time.perf_counter() - start, 3)
    if case.startswith("pattern"):
        sql = levels(question["asked"][0], source, question["end"] if stored else None)
    elif case.startswith("map"):
        sql = draw(source)
    else:
        raise Absent("chdb has nothing to ask many patterns at once")
    seconds, given = timed(lambda: str(session.query(sql, "JSONCompact")), repeats)
    rows = json.loads(given)["data"]
    answer = in_levels(rows, question["people"]) if case.startswith("pattern") else edges(rows)
    return {
        "seconds": seconds,
        "answer": answer,
        "prepared": prepared,
        "versions": {"chdb": chdb.__version__},
    }


def file(question: dict[str, Any]) -> str:
    """The shuffled file as it stands. Columns that may hold nothing would make `min` of no rows nothing."""
    return (
        "(SELECT assumeNotNull(person) AS person, assumeNotNull(activity) AS activity, "
        "toUInt64(toUnixTimestamp64Second(assumeNotNull(time))) AS moment "
        f"FROM file('{question['shuffled']}', Parquet))"
    )


def load(session: Session, question: dict[str, Any]) -> str:
    """Its own table, in order of person and time, activities as codes."""
    session.query("CREATE DATABASE bench ENGINE = Atomic")
    session.query(
        f"""CREATE TABLE bench.log ENGINE = MergeTree ORDER BY (person, moment) AS
            SELECT assumeNotNull(person) AS person,
                   toLowCardinality(assumeNotNull(activity)) AS activity,
                   toUInt64(toUnixTimestamp64Second(assumeNotNull(time))) AS moment
            FROM file('{question["sorted"]}', Parquet)"""
    )
    session.query("OPTIMIZE TABLE bench.log FINAL")
    return "bench.log"


def levels(asked: dict[str, Any], source: str, end: int | None) -> str:
    """The data's end and how many people there are were known when the table was made; of a file, both are
    asked here."""
    first, absent, *later = asked["activities"]
    silence, limits = asked["silence"], asked["within"]
    names = ", ".join(f"'{name}'" for name in asked["activities"])
    last = f"toUInt64({end})" if end is not None else f"(SELECT max(moment) FROM {source})"
    chains = ", ".join(
        f"sequenceMatch('{chain(limits[:steps])}')(twice, {conditions(later[:steps])}), {steps + 2}"
        for steps in range(len(later), 0, -1)
    )
    people = "" if end is not None else f" UNION ALL SELECT -1, uniqExact(person) FROM {source}"
    return f"""
        SELECT level, count() FROM (
            SELECT person, multiIf({chains}, max(silent), 2, countIf(activity = '{first}') > 0, 1, 0) AS level
            FROM (
                SELECT person, activity, silent,
                       if(silent, 2 * (moment + {silence}) + 1, 2 * moment) AS twice
                FROM (
                    SELECT person, activity, moment,
                           min(if(activity = '{absent}', moment, {NEVER})) OVER (
                               PARTITION BY person ORDER BY moment
                               ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS seen,
                           if(seen = 0, {NEVER}, seen) AS broken,
                           activity = '{first}' AND moment + {silence} <= {last}
                           AND broken > moment + {silence} AS silent
                    FROM {source} WHERE activity IN ({names}))
            ) GROUP BY person
        ) GROUP BY level{people}"""


def chain(limits: list[int]) -> str:
    """(?1)(?t<=W)(?2)...: in this form the limits are exact. The silence ends on an odd number, one late."""
    doubled = [2 * limit - (1 if place == 0 else 0) for place, limit in enumerate(limits)]
    return "(?1)" + "".join(f"(?t<={most})(?{place})" for place, most in enumerate(doubled, start=2))


def conditions(later: list[str]) -> str:
    return ", ".join(["silent", *(f"activity = '{name}'" for name in later)])


def in_levels(rows: list[list[Any]], people: int) -> list[int]:
    counted = {int(level): int(count) for level, count in rows}
    everybody = counted.pop(-1, people)
    exactly = [counted.get(level, 0) for level in range(1, 6)]
    return [everybody - sum(exactly), *exactly]


def draw(source: str) -> str:
    """The number is taken of those who have a next contact; the middle is the mean of both middle ones."""
    return f"""
        SELECT activity, next, count(), quantileExactInclusive(0.5)(later - moment) FROM (
            SELECT activity, moment,
                   leadInFrame(toNullable(toString(activity))) OVER one AS next,
                   leadInFrame(moment) OVER one AS later
            FROM {source}
            WINDOW one AS (PARTITION BY person ORDER BY moment
                           ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
        ) WHERE next IS NOT NULL GROUP BY activity, next"""


def edges(rows: list[list[Any]]) -> list[list[Any]]:
    return [[first, then, int(moves), float(middle)] for first, then, moves, middle in rows]


if __name__ == "__main__":
    sys.exit(run_case(run))
