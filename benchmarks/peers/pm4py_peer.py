"""The same cases asked of PM4Py, which is AGPL: measured in an environment of its own, never imported by us.

Its chains with time limits know no silence, so the first steps that one follows are marked beforehand, as an
activity of their own. Reading the file, PM4Py's own formatting and that marking are not counted.
"""

import sys
import time
from typing import Any

import pandas
import pm4py
from pm4py.algo.filtering.pandas.ltl import ltl_checker

from benchmarks._timing import Absent, run_case, timed

CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"
KEPT = "a silence follows"


def run(question: dict[str, Any], case: str, repeats: int) -> dict[str, Any]:
    start = time.perf_counter()
    log = load(question["sorted" if case.endswith("_sorted") else "shuffled"])
    if case.startswith("pattern"):
        asked = question["asked"][0]
        log = marked(log, asked, question["end"])
        prepared = time.perf_counter() - start
        seconds, parts = timed(lambda: chains(log, asked), repeats)
        answer: list[Any] = in_levels(log, asked, parts, question["people"])
    elif case.startswith("map"):
        prepared = time.perf_counter() - start
        seconds, both = timed(lambda: (pm4py.discover_dfg(log), pm4py.discover_performance_dfg(log)), repeats)
        answer = edges(*both)
    else:
        raise Absent("PM4Py has nothing to ask many patterns at once")
    versions = {"pm4py": pm4py.__version__, "pandas": pandas.__version__}
    return {"seconds": seconds, "answer": answer, "prepared": round(prepared, 3), "versions": versions}


def load(path: str) -> Any:
    log = pandas.read_parquet(path)
    return pm4py.format_dataframe(log, case_id="person", activity_key="activity", timestamp_key="time")


def marked(log: Any, asked: dict[str, Any], end: int) -> Any:
    """The log with another name for each first step that a whole silence follows before the data's end."""
    first, absent, *_ = asked["activities"]
    moment = log[TIME].astype("datetime64[s, UTC]").astype("int64")
    ends = moment + asked["silence"]
    broken = moment.where(log[ACTIVITY] == absent).groupby(log[CASE]).bfill()
    kept = (log[ACTIVITY] == first) & (ends <= end) & ~(broken <= ends)
    names = log[ACTIVITY].mask(kept, KEPT)
    return log.assign(**{ACTIVITY: names})


def chains(log: Any, asked: dict[str, Any]) -> list[Any]:
    """A chain for each level that has one. Times are whole seconds: after the silence is a second more."""
    later, silence, limits = asked["activities"][2:], asked["silence"], asked["within"]
    gaps = [(silence + 1, silence + limits[0]), *((1, limit) for limit in limits[1:])]
    keys = ltl_checker.Parameters
    return [
        ltl_checker.eventually_follows(
            log, [KEPT, *later[:steps]], parameters={keys.TIMESTAMP_DIFF_BOUNDARIES: gaps[:steps]}
        )
        for steps in range(1, len(later) + 1)
    ]


def in_levels(log: Any, asked: dict[str, Any], parts: list[Any], people: int) -> list[int]:
    kept = log.loc[log[ACTIVITY] == KEPT, CASE].nunique()
    begun = log.loc[log[ACTIVITY].isin([KEPT, asked["activities"][0]]), CASE].nunique()
    at_least = [people, begun, kept, *(part[CASE].nunique() for part in parts)]
    return [int(this - above) for this, above in zip(at_least, [*at_least[1:], 0], strict=True)]


def edges(frequency: Any, performance: Any) -> list[list[Any]]:
    moves, waits = frequency[0], performance[0]
    return [[first, then, int(n), float(waits[first, then]["median"])] for (first, then), n in moves.items()]


if __name__ == "__main__":
    sys.exit(run_case(run))
