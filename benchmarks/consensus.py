"""Reads votes in Polis's way and in a room's: us, with and without numba, and red-dwarf, in one run.

Everybody is a process of their own, on one thread; seconds are of CPU, medians of the repeats. The answers
are held against each other, and the last line printed says everything in JSON. Ends with 1 where an answer
differs.
"""

import argparse
import json
import os
from hashlib import blake2b
from pathlib import Path
from typing import Any

from benchmarks import _consensus_votes as votes
from benchmarks._consensus_case import CASES, QUICK, TOO_LARGE, goals, summed_up
from benchmarks._machine import describe
from benchmarks._processes import CACHE, ask_ours, ask_peer, install

REPEATS = 7
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
LONG = {"large": 3, "people_2000": 5, "mid": 5}
"""Fewer repeats of what takes long."""

type Ran = dict[str, Any]


def main(arguments: list[str]) -> int:
    asked = understood(arguments)
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    missing = without_peer(asked.peers)
    cases = {case: figures for case in asked.cases if (figures := run(case, asked.repeats, missing))}
    if "room" in cases:
        cases |= rooms(asked.repeats)
    said = {
        "bench": "consensus",
        "repeats": asked.repeats,
        "machine": describe() | {"peers": versions(cases)},
        "cases": {
            case: {name: part for name, part in cases[case].items() if name != "versions"} for case in cases
        },
        "goals": goals(cases),
        "peak_mb": max(figures["peak_mb"].get("better_story", 0) for figures in cases.values()),
    }
    tell(said)
    print(json.dumps(said, ensure_ascii=False))
    return 1 if any(figures["agree"] is False for figures in cases.values()) else 0


def understood(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./bench consensus", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help=f"only {', '.join(QUICK)} and room, 3 times each"
    )
    parser.add_argument("--cases", help=f"some of {', '.join(CASES)}")
    parser.add_argument("--repeats", type=int, help=f"times each case is timed ({REPEATS})")
    parser.add_argument("--peers", default="red_dwarf", choices=("red_dwarf", "none"))
    asked = parser.parse_args(arguments)
    asked.repeats = asked.repeats or (3 if asked.quick else REPEATS)
    asked.cases = tuple(asked.cases.split(",")) if asked.cases else (*QUICK, "room") if asked.quick else CASES
    if unknown := set(asked.cases) - set(CASES):
        parser.error(f"no such case: {', '.join(sorted(unknown))}; there are {', '.join(CASES)}")
    if asked.repeats < 1:
        parser.error("at least one repeat")
    return asked


def without_peer(peers: str) -> str | None:
    """Why the peer can't be asked, if it can't."""
    if peers == "none":
        return "it was not asked for"
    say("Looking for red-dwarf in an environment of its own")
    why = install("red_dwarf")
    if why:
        say(f"  red-dwarf is left out: {why}")
    return why


def run(case: str, repeats: int, missing: str | None) -> dict[str, Any] | None:
    """Everybody in turn. Nothing where a real conversation is not at hand."""
    question = prepared(case)
    if question is None:
        return None
    times = min(repeats, LONG.get(case, repeats))
    say(case.replace("_", " "))
    ways = {"better_story": "fast", "ordered": "ordered", "without_numba": "numpy", "arranging": "arrange"}
    ran = {who: ask_ours("_consensus_ours", question, what, times) for who, what in ways.items()}
    why = TOO_LARGE.get(case) or missing
    ran["red_dwarf"] = {"absent": why} if why else ask_peer("red_dwarf", question, case, times)
    for who, said in ran.items():
        say(f"  {who}: {shown(said)}")
    figures = summed_up(case, json.loads(question.read_text())["votes"], ran)
    return figures | {"versions": ran["red_dwarf"].get("versions", {})}


def rooms(repeats: int) -> dict[str, Any]:
    """A room of forty in our own way: what is agreed alone, and with ranges and the verdict."""
    question, cases = prepared("room"), {}
    for what in ("room_mode", "room_whole"):
        ran = ask_ours("_consensus_ours", question, what, repeats)
        say(f"  {what}: {shown(ran)}")
        cases[what] = summed_up(what, "", {"better_story": ran | {"answer": None}})
    return cases


def prepared(case: str) -> Path | None:
    """The file that says where the votes are; its folder is named for what made them."""
    if case in votes.REAL and not (votes.DATA / votes.REAL[case]).is_dir():
        say(f"{case}: no such conversation at {votes.DATA}, left out")
        return None
    made_by = blake2b(Path(votes.__file__).read_bytes(), digest_size=4).hexdigest()
    question = CACHE / "consensus" / f"{case}-{made_by}" / "question.json"
    if not question.is_file():
        kept = question.with_name("votes.npz")
        if why := ask_ours("_consensus_votes", kept, case).get("absent"):
            raise SystemExit(f"The votes could not be made: {why}")
        question.write_text(json.dumps({"votes": str(kept), "large": case in TOO_LARGE}))
    return question


def versions(cases: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for figures in cases.values():
        found |= figures.get("versions", {})
    return found


def shown(ran: Ran) -> str:
    return ", ".join(f"{each:.4f}" for each in ran["seconds"]) if "seconds" in ran else str(ran["absent"])


def tell(said: dict[str, Any]) -> None:
    for case, figures in said["cases"].items():
        ratio = figures["ratios"].get("red_dwarf")
        quicker = f"red-dwarf takes {ratio:,.1f} times as long" if ratio else "no figure of red-dwarf"
        word = "all agree" if figures["agree"] else f"another answer: {', '.join(figures['differ'])}"
        word = "nothing to compare" if figures["agree"] is None else word
        say(f"{case}: {figures['seconds']['better_story']} s; {quicker}; {word}")
    for goal, held in said["goals"].items():
        met = {True: "met", False: "NOT met", None: "not measured"}[held["met"]]
        say(f"{goal}: {held['found']}, {met}")


def say(words: str) -> None:
    print(words, flush=True)
