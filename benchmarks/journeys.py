"""Asks a pattern and a map of a large made-up log: us, a bare scan, PM4Py and ClickHouse, in one run.

Everybody is a process of their own. The answers are held against plain SQL that shares nothing with ours, and
the last line printed says everything in JSON. Ends with 1 where an answer differs.
"""

import argparse
import json
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from benchmarks._journeys_agree import in_words
from benchmarks._journeys_case import ALONE, CASES, SAME_FOR_PEERS, Ran, summed_up
from benchmarks._journeys_docs import write_docs
from benchmarks._machine import describe
from benchmarks._processes import CACHE, PEERS, ask_ours, ask_peer, install

ROWS, REPEATS = 2_000_000, 5
SIZES = (0.5, 1, 2.5, 5)
GROWING = ("pattern_sorted", "pattern_unsorted", "map_sorted")


@dataclass(frozen=True)
class Bench:
    """What is asked, of whom, how often; and what must come out, by case."""

    question: Path
    peers: tuple[str, ...]
    repeats: int
    expected: dict[str, Any]

    def ask(self, who: str, case: str) -> Ran:
        """Run one case of one of them, and say so."""
        if who == "better_story":
            ran = ask_ours("_journeys_ours", self.question, case, self.repeats)
        elif who == "scan":
            ran = ask_ours("_journeys_scan", self.question, case, self.repeats)
        else:
            ran = ask_peer(who, self.question, case, self.repeats)
        shown = ", ".join(f"{s:.4f}" for s in ran["seconds"]) if "seconds" in ran else ran["absent"]
        say(f"  {case}, {who}: {shown}")
        return ran


def main(arguments: list[str]) -> int:
    asked = understood(arguments)
    peers, missing = with_peers(asked.peers)
    bench = prepare(asked.rows, peers, asked.repeats)
    stored = bench.ask("better_story", "store")
    everybody = {case: run_case(bench, case) for case in CASES}
    for case, source in SAME_FOR_PEERS.items():
        everybody[case] |= {peer: everybody[source][peer] for peer in peers}
    for ran in everybody.values():
        ran |= {peer: {"absent": why} for peer, why in missing.items()}
    cases = {case: summed_up(case, ran, bench.expected.get(case)) for case, ran in everybody.items()}
    said = {
        "bench": "journeys",
        "rows": asked.rows,
        "people": json.loads(bench.question.read_text())["people"],
        "repeats": asked.repeats,
        "machine": describe() | {"peers": versions(everybody)},
        "cases": cases,
        "prepared": {"storing": (stored.get("seconds") or [None])[0]} | prepared(everybody),
        "answers": {case: in_words(answer) for case, answer in bench.expected.items()},
        "peak_mb": max((case["peak_mb"].get("better_story", 0) for case in cases.values()), default=0),
    }
    if asked.growth:
        said["growth"] = [grow(int(asked.rows * size), asked.repeats) for size in SIZES]
    tell(said)
    if asked.write_docs or is_whole(asked, missing):
        say(f"Written: {write_docs(said)}")
    print(json.dumps(said, ensure_ascii=False))
    agreed = [case["agree"] for case in cases.values()] + [size["agree"] for size in said.get("growth", [])]
    return 1 if False in agreed else 0


def understood(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./bench journeys", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="contacts in the log")
    parser.add_argument("--repeats", type=int, default=REPEATS, help="times each case is timed")
    parser.add_argument("--peers", default=",".join(PEERS), help="pm4py,chdb, one of them, or none")
    parser.add_argument(
        "--growth", action="store_true", help="our side also at 0.5, 1, 2.5 and 5 times the rows"
    )
    parser.add_argument(
        "--write-docs", action="store_true", help="write the page of figures, however small the run"
    )
    asked = parser.parse_args(arguments)
    asked.peers = () if asked.peers == "none" else tuple(asked.peers.split(","))
    if unknown := set(asked.peers) - set(PEERS):
        parser.error(f"no such peer: {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}, or none")
    if asked.rows < 1000 or asked.repeats < 1:
        parser.error("at least 1,000 rows and one repeat")
    return asked


def is_whole(asked: argparse.Namespace, missing: dict[str, str]) -> bool:
    """Whether a run says all that the page of figures says."""
    whole = asked.rows >= ROWS and asked.repeats >= REPEATS and set(asked.peers) == set(PEERS)
    return bool(whole and asked.growth and not missing)


def with_peers(names: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Those that can be run, and why the others cannot."""
    missing = {}
    for name in names:
        say(f"Looking for {name} in an environment of its own ({', '.join(PEERS[name])})")
        if why := install(name):
            say(f"  {name} is left out: {why}")
            missing[name] = why
    return tuple(name for name in names if name not in missing), missing


def prepare(rows: int, peers: tuple[str, ...], repeats: int, *, small: bool = False) -> Bench:
    """The log, made where it is not there yet, and what plain SQL says of it."""
    question = make_log(rows)
    say("Asking plain SQL first, for everybody to be held against")
    levels = asked_of_sql(question, "pattern" if small else "patterns")
    expected = dict.fromkeys([case for case in CASES if case.startswith("pattern")], levels[0])
    if not small:
        drawn = asked_of_sql(question, "map")
        expected |= {"map_sorted": drawn, "map_unsorted": drawn, "many_patterns": levels}
    return Bench(question, peers, repeats, expected)


def make_log(rows: int) -> Path:
    """The folder's name holds what its maker looked like, so that an old log is never taken for a new one."""
    here = Path(__file__).parent
    makers = [(here / name).read_bytes() for name in ("_journeys_log.py", "_journeys_question.py")]
    made_by = blake2b(b"".join(makers), digest_size=4).hexdigest()
    folder = CACHE / "journeys" / f"{rows}-{made_by}"
    if not (folder / "question.json").is_file():
        say(f"Making a log of {rows:,} contacts of nobody")
        if why := ask_ours("_journeys_log", folder, rows).get("absent"):
            raise SystemExit(f"The log could not be made: {why}")
    return folder / "question.json"


def asked_of_sql(question: Path, what: str) -> Any:
    said = ask_ours("_journeys_check", question, what, 1)
    if "absent" in said:
        raise SystemExit(f"Plain SQL gave no answer: {said['absent']}")
    return said["answer"]


def run_case(bench: Bench, case: str) -> dict[str, Ran]:
    """The scan just before our side each time, so that both meet the same machine."""
    say(case.replace("_", " "))
    asked = ("scan", "better_story", *(() if case in ALONE or case in SAME_FOR_PEERS else bench.peers))
    return {who: bench.ask(who, case) for who in asked}


def grow(rows: int, repeats: int) -> dict[str, Any]:
    """Our side alone at another size."""
    bench = prepare(rows, (), repeats, small=True)
    bench.ask("better_story", "store")
    cases = {case: summed_up(case, run_case(bench, case), bench.expected.get(case)) for case in GROWING}
    agreed = [case["agree"] for case in cases.values() if case["agree"] is not None]
    return {"rows": rows, "cases": cases, "agree": all(agreed) if agreed else None}


def versions(everybody: dict[str, dict[str, Ran]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for case in everybody.values():
        for ran in case.values():
            found |= ran.get("versions", {})
    return found


def prepared(everybody: dict[str, dict[str, Ran]]) -> dict[str, float]:
    """How long peers took to take the sorted log in, which is not counted."""
    taken_in = everybody["map_sorted"].items()
    return {who: ran["prepared"] for who, ran in taken_in if "prepared" in ran}


def tell(said: dict[str, Any]) -> None:
    for case, figures in said["cases"].items():
        ratios = ", ".join(f"{who} {ratio:,.1f}" for who, ratio in figures["ratios"].items()) or "no figures"
        word = "all agree" if figures["agree"] else f"another answer: {', '.join(figures['differ'])}"
        word = "nothing to compare" if figures["agree"] is None else word
        say(f"{case}: {ratios}; {word}")


def say(words: str) -> None:
    print(words, flush=True)
