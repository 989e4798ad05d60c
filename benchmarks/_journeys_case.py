"""One case summed up: medians, ratios, and whether everybody who answered gave the same answer."""

from statistics import median
from typing import Any

from benchmarks._journeys_agree import agree

CASES = ("pattern_sorted", "pattern_unsorted", "pattern_plain", "map_sorted", "map_unsorted", "many_patterns")
ALONE = ("many_patterns",)
SAME_FOR_PEERS = {"pattern_plain": "pattern_sorted"}
"""Peers do the same work in both of these, so they are asked once."""

GOALS: dict[str, dict[str, tuple[str, float]]] = {
    "pattern_sorted": {"pm4py": ("at least", 60), "chdb": ("at least", 10), "scan": ("at most", 5)},
    "pattern_unsorted": {"pm4py": ("at least", 20), "scan": ("at most", 25)},
    "pattern_plain": {"pm4py": ("at least", 7)},
    "map_sorted": {"pm4py": ("at least", 100)},
    "map_unsorted": {"pm4py": ("at least", 20)},
    "many_patterns": {"one": ("at most", 4)},
}
"""A peer's time over ours; ours over a bare scan; twenty patterns over one."""

GOAL_AT_THE_LARGEST = ("at most", 8.0)
MOST_MEMORY_MB = 2000

type Ran = dict[str, Any]


def summed_up(case: str, ran: dict[str, Ran], expected: Any) -> dict[str, Any]:
    """The case as the JSON line has it. What could not be run is null, with the reason under `absent`."""
    seconds = {who: middle(said.get("seconds")) for who, said in ran.items()}
    seconds = {"better_story": seconds.pop("better_story"), **seconds}
    if case in ALONE:
        seconds["one"] = middle(ran["better_story"].get("one"))
    if (file := ran.get("scan", {}).get("file")) is not None:
        seconds["file_scan"] = middle(file)
    there = {who: said for who, said in ran.items() if "seconds" in said}
    taken_in = {who: said["prepared"] for who, said in there.items() if "prepared" in said}
    wrong = who_differs(there, expected)
    return {
        "seconds": seconds,
        "ratios": ratios(seconds),
        "prepared": taken_in,
        "all_in": with_taking_in(seconds, taken_in) if case.endswith("_unsorted") else {},
        "agree": None if wrong is None else not wrong,
        "differ": wrong or [],
        "peak_mb": {who: said["peak_mb"] for who, said in there.items()},
        "repeats": {who: said["seconds"] for who, said in there.items()},
        "absent": {who: said["absent"] for who, said in ran.items() if "absent" in said},
    }


def middle(seconds: list[float] | None) -> float | None:
    return round(median(seconds), 6) if seconds else None


def ratios(seconds: dict[str, float | None]) -> dict[str, float]:
    """For the scans and for one pattern alone, ours over it; for a peer, its time over ours."""
    ours = seconds["better_story"]
    if not ours:
        return {}
    others = {who: took for who, took in seconds.items() if who != "better_story" and took}
    return {
        who: round(ours / took if who in ("scan", "file_scan", "one") else took / ours, 2)
        for who, took in others.items()
    }


def with_taking_in(seconds: dict[str, float | None], taken_in: dict[str, float]) -> dict[str, float]:
    """Peers' time over ours where their reading of the file counts too, as it does in ours."""
    ours = seconds["better_story"]
    took = {who: seconds[who] for who in taken_in}
    return {who: round((taken_in[who] + s) / ours, 2) for who, s in took.items() if ours and s}


def who_differs(there: dict[str, Ran], expected: Any) -> list[str] | None:
    """Who of us and the peers that ran did not give the expected answer; None where we gave none."""
    if expected is None or "better_story" not in there:
        return None
    return [who for who, said in there.items() if who != "scan" and not agree(said["answer"], expected)]


def is_met(goal: tuple[str, float], ratio: float) -> bool:
    word, bound = goal
    return ratio >= bound if word == "at least" else ratio <= bound
