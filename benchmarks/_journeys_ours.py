"""Our side of the cases. All that is asked of the journeys engine is asked in this one file.

    python -m benchmarks._journeys_ours QUESTION CASE REPEATS

A case that the engine cannot do (yet) is absent, with the reason in words.
"""

import shutil
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks._timing import Absent, run_case, timed
from betterstory.engines import journeys

BECAUSE = "held against other ways of counting a log of nobody"
MAP = "betterstory.engines.journeys.map"
ENGINE: Any = journeys  # looked up by name, so that a case whose part is not there yet is absent

type Question = dict[str, Any]
type Said = dict[str, Any]


def store(question: Question, repeats: int) -> Said:
    """Put the shuffled log by, for the cases that start from there. Timed once: it is done once."""
    need("store", "open_stored")
    folder = Path(question["stored"])
    shutil.rmtree(folder, ignore_errors=True)
    start = time.perf_counter()
    with journeys.read_log(question["shuffled"]) as log:
        ENGINE.store(log, folder)
    return {"seconds": [round(time.perf_counter() - start, 3)], "answer": None}


def pattern_sorted(question: Question, repeats: int) -> Said:
    """From the stored log, which is opened anew each time: nothing is kept from one repeat to the next."""
    need("open_stored")
    pattern = journeys.read_pattern(question["asked"][0]["toml"])

    def work() -> Any:
        with ENGINE.open_stored(question["stored"]) as log:
            return journeys.count(pattern, log)

    seconds, standing = timed(work, repeats)
    return {"seconds": seconds, "answer": levels(standing)}


def pattern_plain(question: Question, repeats: int) -> Said:
    """The same where numba is not installed."""
    sys.modules["numba"] = None  # type: ignore[assignment]  # so that importing it fails
    return pattern_sorted(question, repeats)


def pattern_unsorted(question: Question, repeats: int) -> Said:
    """From the shuffled Parquet file itself: opening, looking it over, sorting, counting."""
    pattern = journeys.read_pattern(question["asked"][0]["toml"])

    def work() -> Any:
        with journeys.read_log(question["shuffled"]) as log:
            return journeys.count(pattern, log)

    seconds, standing = timed(work, repeats)
    return {"seconds": seconds, "answer": levels(standing)}


def map_sorted(question: Question, repeats: int) -> Said:
    """Every way from one activity to the next, with the exact middle wait, from the stored log."""
    need("open_stored")
    return drawn(lambda: ENGINE.open_stored(question["stored"]), repeats)


def map_unsorted(question: Question, repeats: int) -> Said:
    return drawn(lambda: journeys.read_log(question["shuffled"]), repeats)


def drawn(open_log: Callable[[], Any], repeats: int) -> Said:
    """Counts the map of a log that `open_log` opens anew each time."""
    if find_spec(MAP) is None:
        raise Absent("the engine draws no map yet")
    draw_map = import_module(MAP).draw_map

    def work() -> Any:
        with open_log() as log:
            return draw_map(log, least_share=0)  # so that no activity is put together with others

    seconds, drawn_map = timed(work, repeats)
    return {"seconds": seconds, "answer": ways(drawn_map)}


def many_patterns(question: Question, repeats: int) -> Said:
    """Twenty patterns at once, beside the first of them alone, in the same process."""
    need("open_stored", "count_many")
    patterns = [journeys.read_pattern(asked["toml"]) for asked in question["asked"]]

    def many() -> Any:
        with ENGINE.open_stored(question["stored"]) as log:
            return ENGINE.count_many(patterns, log)

    one = pattern_sorted(question, repeats)
    seconds, standings = timed(many, repeats)
    return {"seconds": seconds, "one": one["seconds"], "answer": [levels(each) for each in standings]}


def need(*names: str) -> None:
    for name in names:
        if not hasattr(journeys, name):
            raise Absent(f"the engine has no {name} yet")


def levels(standing: Any) -> list[int]:
    """People at exactly each level, 0 to n. Not timed."""
    return list(standing.exact(because=BECAUSE).exactly)


def ways(drawn_map: Any) -> list[list[Any]]:
    """Each edge: from, to, how many moves, and the middle of their waits in seconds. Not timed."""
    said = drawn_map.exact(because=BECAUSE).as_json()["ways"]
    return [[way["from"], way["to"], way["moves"], way["wait"][1]] for way in said]


CASES = {
    one.__name__: one
    for one in (
        store,
        pattern_sorted,
        pattern_plain,
        pattern_unsorted,
        map_sorted,
        map_unsorted,
        many_patterns,
    )
}


def run(question: Question, case: str, repeats: int) -> Said:
    """What numba compiles is compiled at set-up, so it is not timed."""
    if case != "pattern_plain":
        import_module("betterstory.engines.journeys.ready").make_ready()
    return CASES[case](question, repeats)


if __name__ == "__main__":
    sys.exit(run_case(run))
