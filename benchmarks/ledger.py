"""Times checking a ledger of promises: by the script that anybody can download, and by the doctor.

    ./bench ledger [--entries 100000] [--repeats 5]

Writes so many entries, each with its words and its salt: once into a file, which the script reads as a
process of its own, start and all; and once into a place's database, where the doctor reads them. Then one
letter in the middle of the file is changed, and must be found. The last line is one JSON object; the goal is
2 s for the script. What the script's own processor time was stands beside it: a busy machine takes longer.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks._machine import describe
from benchmarks._place import prepare
from benchmarks._timing import peak_mb, timed
from betterstory.promises import verify_ledger
from betterstory.promises.tests import ledgers
from betterstory.promises.tests.ledgers import Entries

GOAL = 2.0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./bench ledger", description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args(arguments)
    print(f"Writing {asked.entries} entries …", flush=True)
    entries = ledgers.make(asked.entries)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.jsonl"
        file.write_bytes(b"".join(ledgers.lines(entries)))
        script, worked = look_by_script(file, str(ledgers.head(entries)), asked.repeats)
        home = Path(folder) / "home"
        home.mkdir()
        prepare(home)
        doctor = look_by_doctor(entries, asked.repeats)
        megabytes = round(file.stat().st_size / 1e6, 1)
        spoil(file, asked.entries // 2)
        found = run_script(file, str(ledgers.head(entries))).returncode == 1
    said = summed_up(asked, script, doctor, worked=worked, megabytes=megabytes, found=found)
    print(in_words(said), flush=True)
    print(json.dumps(said, ensure_ascii=False))
    return 0 if said["within_goal"] else 1


def run_script(file: Path, head: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", verify_ledger.__file__, str(file), "--head", head]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def look_by_script(file: Path, head: str, repeats: int) -> tuple[list[float], float]:
    """Seconds of each repeat, and the processor's seconds of one."""
    before = children_seconds()
    seconds, done = timed(lambda: run_script(file, head), repeats)
    assert done.returncode == 0, done.stdout
    return seconds, (children_seconds() - before) / (repeats + 1)


def children_seconds() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def look_by_doctor(entries: Entries, repeats: int) -> list[float]:
    from betterstory.promises import written  # noqa: PLC0415 - Django reads its settings on import

    fill(entries)
    seconds, checked = timed(lambda: written.verify([ledgers.head(entries)]), repeats)
    assert checked.entries == len(entries)
    return seconds


def fill(entries: Sequence[dict[str, Any]]) -> None:
    """Into the database, as the verbs would have written them one after another."""
    from django.db import transaction  # noqa: PLC0415 - as above

    from betterstory.promises.models import Entry, Said  # noqa: PLC0415 - as above

    fields = verify_ledger.FIELDS
    with transaction.atomic():
        Entry.objects.bulk_create(
            Entry(**{name: each[name] for name in fields} | {"day": date.fromisoformat(each["day"])})
            for each in entries
        )
        Said.objects.bulk_create(
            Said(
                entry_id=each["seq"],
                salt=bytes.fromhex(each["salt"]),
                text=verify_ledger.canonical(each["said"]),
            )
            for each in entries
            if "said" in each
        )


def spoil(file: Path, seq: int) -> None:
    """One letter of one entry."""
    lines = file.read_text(encoding="utf-8").split("\n")
    lines[seq] = lines[seq].replace('"about":"promise ', '"about":"promise 9', 1)
    file.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def summed_up(
    asked: argparse.Namespace,
    script: list[float],
    doctor: list[float],
    *,
    worked: float,
    megabytes: float,
    found: bool,
) -> dict[str, Any]:
    return {
        "bench": "ledger",
        "entries": asked.entries,
        "megabytes": megabytes,
        "script": round(median(script), 3),
        "script_seconds": script,
        "script_processor": round(worked, 3),
        "doctor": round(median(doctor), 3),
        "doctor_seconds": doctor,
        "change_found": found,
        "peak_mb": peak_mb(),
        "goal": GOAL,
        "within_goal": found and median(script) < GOAL,
        "busy": [round(each, 1) for each in os.getloadavg()],
        "machine": describe(),
    }


def in_words(said: dict[str, Any]) -> str:
    return (
        f"{said['entries']:,} entries, {said['megabytes']} MB: the script checks them in {said['script']} s"
        f" ({said['script_processor']} s of the processor),"
        f" the doctor in {said['doctor']} s; a change in the middle is"
        f" {'found' if said['change_found'] else 'NOT FOUND'}."
    )
