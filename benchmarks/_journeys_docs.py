"""Writes the page of figures from what one run said. Every number on it is that run's."""

from pathlib import Path
from typing import Any

from benchmarks._journeys_case import GOAL_AT_THE_LARGEST, GOALS, MOST_MEMORY_MB, is_met
from benchmarks._processes import ROOT

FIXED = Path(__file__).with_name("_journeys_page.md")
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
NAMES = {
    "pattern_sorted": "a pattern, from a stored log",
    "pattern_plain": "the same without numba",
    "pattern_unsorted": "a pattern, from a shuffled Parquet file",
    "map_sorted": "the map, from a stored log",
    "map_unsorted": "the map, from a shuffled Parquet file",
    "many_patterns": "twenty patterns at once",
}
AGAINST = {
    "pm4py": "PM4Py's time over ours",
    "chdb": "ClickHouse's time over ours",
    "scan": "ours over a bare scan",
    "one": "twenty over one",
}
WHO = {"better_story": "Better Story", "scan": "bare scan", "pm4py": "PM4Py", "chdb": "ClickHouse (chdb)"}


def write_docs(said: dict[str, Any]) -> str:
    parts = [
        "# How fast it is",
        "Made by `./bench journeys`. Every number on this page is of one and the same run.",
        machine(said),
        "## Seconds",
        seconds(said),
        absent(said),
        "## Goals",
        goals(said),
        growth(said["growth"]) if "growth" in said else "",
        FIXED.read_text(encoding="utf-8").strip(),
    ]
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")
    return str(Path(PAGE).relative_to(ROOT))


def machine(said: dict[str, Any]) -> str:
    on = said["machine"]
    listed = ", ".join(f"{name} {number}" for name, number in (on["versions"] | on["peers"]).items())
    return (
        f"**The machine:** {on['cores']} cores ({on['cpu']}), {on['memory_gb']} GB of memory, "
        f"{on['system']}, Python {on['python']}; {listed}. Plain Python added up a million whole numbers in "
        f"{on['loop_ms']} ms just then.\n\n"
        f"**The log:** {said['rows']:,} contacts of {said['people']:,} people. "
        f"Each case is repeated {said['repeats']} times."
    )


def seconds(said: dict[str, Any]) -> str:
    rows = []
    for case, name in NAMES.items():
        took = said["cases"][case]["seconds"]
        peak = said["cases"][case]["peak_mb"].get("better_story")
        word = {True: "yes", False: "**no**", None: "–"}[said["cases"][case]["agree"]]
        rows.append([name, *(figure(took.get(who)) for who in WHO), f"{peak:,.0f} MB" if peak else "–", word])
    taken = said["prepared"]
    kept = ", ".join(f"{WHO.get(who, who)} {took:,.1f} s" for who, took in taken.items() if took)
    after = f"\n\nNot counted, once: {kept.replace('storing', 'putting our log by')}." if kept else ""
    told = table(["", *WHO.values(), "our peak memory", "answers agree"], rows)
    return told + after + all_in(said) + of_the_file(said)


def of_the_file(said: dict[str, Any]) -> str:
    """A file on the disk takes longer to read than a table in memory, whoever reads it."""
    each = []
    for case, name in NAMES.items():
        if took := said["cases"][case]["seconds"].get("file_scan"):
            over = said["cases"][case]["ratios"]["file_scan"]
            each.append(f"{name}, {took:.4f} s, and ours {over:,.1f} times that")
    return f"\n\nDuckDB adding up the columns of the shuffled file itself: {'; '.join(each)}." if each else ""


def all_in(said: dict[str, Any]) -> str:
    """PM4Py keeps its own table: what the file costs it is said beside, not mixed in."""
    each = []
    for case, name in NAMES.items():
        if ratio := said["cases"][case]["all_in"].get("pm4py"):
            more = said["cases"][case]["prepared"]["pm4py"]
            each.append(f"{name}, {more:,.1f} s more ({ratio:,.1f} times ours in all)")
    return f"\n\nWith its reading and formatting, PM4Py takes longer: {'; '.join(each)}." if each else ""


def absent(said: dict[str, Any]) -> str:
    lines = [
        f"- {NAMES[case]}, {WHO.get(who, who)}: not run, because {why}."
        for case in NAMES
        for who, why in said["cases"][case]["absent"].items()
    ]
    return "\n".join(lines)


def goals(said: dict[str, Any]) -> str:
    rows = []
    for case, wanted in GOALS.items():
        for against, goal in wanted.items():
            ratio = said["cases"][case]["ratios"].get(against)
            met = "–" if ratio is None else "met" if is_met(goal, ratio) else "**not met**"
            shown = "–" if ratio is None else f"{ratio:,.1f}"
            rows.append([NAMES[case], AGAINST[against], f"{goal[0]} {goal[1]:g}", shown, met])
    return table(["", "", "goal", "this run", ""], rows)


def growth(sizes: list[dict[str, Any]]) -> str:
    cases = list(sizes[0]["cases"])
    rows = []
    for size in sizes:
        for case in cases:
            figures = size["cases"][case]
            took, peak = figures["seconds"]["better_story"], figures["peak_mb"].get("better_story")
            each = f"{took / size['rows'] * 1e6:,.3f}" if took else "–"
            over = figures["ratios"].get("scan")
            rows.append(
                [
                    f"{size['rows']:,}",
                    NAMES[case],
                    figure(took),
                    each,
                    figure(figures["seconds"].get("scan")),
                    f"{over:,.1f}" if over else "–",
                    f"{peak:,.0f} MB" if peak else "–",
                ]
            )
    head = ["contacts", "", "seconds", "seconds a million", "bare scan", "ours over it", "our peak memory"]
    word, most = GOAL_AT_THE_LARGEST
    goal = (
        f"The goals at the largest size: a pattern from a stored log in {word} {most:g} bare scans, "
        f"and everything in less than {MOST_MEMORY_MB:,} MB. {at_the_largest(sizes[-1])}"
    )
    return f"## Larger logs\n\n{table(head, rows)}\n\n{goal}"


def at_the_largest(size: dict[str, Any]) -> str:
    ratio = size["cases"]["pattern_sorted"]["ratios"].get("scan")
    peaks = [case["peak_mb"].get("better_story", 0) for case in size["cases"].values()]
    first = "not run" if ratio is None else "met" if is_met(GOAL_AT_THE_LARGEST, ratio) else "not met"
    second = "met" if 0 < max(peaks) < MOST_MEMORY_MB else "not met" if max(peaks) else "not run"
    return f"The first is {first}, the second {second}."


def figure(took: float | None) -> str:
    return "–" if took is None else f"{took:.4f}" if took < 1 else f"{took:,.2f}"


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
