"""One case summed up: CPU medians, how many times quicker, whether answers are the same, goals met."""

from statistics import median
from typing import Any

from benchmarks._consensus_agree import differences, for_their_groups
from benchmarks._consensus_ours import told

QUICK = ("london", "bg2050", "people_100")
CASES = ("london", "bg2050", "ssis", "people_100", "people_500", "people_2000", "mid", "large", "room")
TOO_LARGE = {"large": "it keeps the whole table several times over, and every pair of people: not asked"}

AT_LEAST = {"bg2050": 15, "ssis": 15, "people_100": 15, "people_500": 15, "people_2000": 10, "mid": 10}
"""The peer's time over ours."""
SECONDS = {"mid": 0.060, "large": 1.0, "room": 0.010, "room_mode": 0.010, "room_whole": 2.0}
MEMORY_MB = {"large": 600}

type Ran = dict[str, Any]


def summed_up(case: str, votes_file: str, ran: dict[str, Ran]) -> dict[str, Any]:
    """The case as the JSON line has it. What could not be run is null, with the reason under `absent`."""
    seconds = {
        who: round(median(said["seconds"]), 6) if "seconds" in said else None for who, said in ran.items()
    }
    wrong = _wrong(votes_file, ran)
    ours = seconds["better_story"]
    peer = seconds.get("red_dwarf")
    return {
        "seconds": seconds,
        "ratios": {"red_dwarf": round(peer / ours, 2)} if peer and ours else {},
        "agree": None if wrong is None else not wrong,
        "differ": wrong or [],
        "peak_mb": {who: said["peak_mb"] for who, said in ran.items() if "peak_mb" in said},
        "repeats": {who: said["seconds"] for who, said in ran.items() if "seconds" in said},
        "absent": {who: said["absent"] for who, said in ran.items() if "absent" in said},
    }


def _wrong(votes_file: str, ran: dict[str, Ran]) -> list[str] | None:
    """Ours with and without numba, and the peer's, held against each other. None where there is nothing."""
    ours = ran["better_story"].get("answer")
    if ours is None:
        return None
    wrong = []
    if plain := ran.get("without_numba", {}).get("answer"):
        wrong += [f"without numba: {name}" for name in differences(ours, plain, groups=True)]
    if theirs := ran.get("red_dwarf", {}).get("answer"):
        same_groups = told(for_their_groups(votes_file, theirs["groups"]))
        wrong += [f"red-dwarf: {name}" for name in differences(same_groups, theirs, groups=False)]
    return wrong


def goals(cases: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Each goal with what came out; null where it was not measured."""
    held: dict[str, dict[str, Any]] = {}
    for case, bound in AT_LEAST.items():
        held[f"{case}: red-dwarf's time over ours, at least {bound}"] = _held(
            cases.get(case, {}).get("ratios", {}).get("red_dwarf"), lambda found, bound=bound: found >= bound
        )
    for case, most in SECONDS.items():
        own = cases.get(case, {}).get("seconds", {})
        found = own.get("ordered", own.get("better_story"))
        held[f"{case}: seconds from votes in order, at most {most}"] = _held(
            found, lambda found, most=most: found <= most
        )
    for case, most in MEMORY_MB.items():
        found = cases.get(case, {}).get("peak_mb", {}).get("ordered")
        held[f"{case}: MB, at most {most}"] = _held(found, lambda found, most=most: found <= most)
    return held


def _held(found: float | None, is_met: Any) -> dict[str, Any]:
    return {"found": found, "met": None if found is None else bool(is_met(found))}
