"""Times people who make promises at once, through a real server on SQLite; then kills it in the middle.

    ./bench writers [--writers 50] [--seconds 10] [--pause 1]

Each opens the form, makes a promise with its key, waits a moment and goes on; one in ten presses twice. First
without trouble: no error, and 99 in 100 presses answered within 2 s. Then the same again, and half-way the
server is killed (SIGKILL, to it and its workers) and started anew, while everybody presses again who saw no
answer. Afterwards every promise that was acknowledged must be there once, none twice, and the ledger must
hold, with one entry for each. The last line is one JSON object.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks._machine import describe
from benchmarks._place import prepare
from benchmarks._processes import ROOT
from benchmarks.room import two_free_ports, wait_for

GOAL = 2.0
PATIENCE = 60.0  # how long somebody goes on pressing while nothing answers


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./bench writers", description=__doc__)
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--pause", type=float, default=1.0)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        prepare(home)
        said = measure(home, writers=asked.writers, seconds=asked.seconds, pause=asked.pause)
    print(in_words(said), flush=True)
    print(json.dumps(said, ensure_ascii=False))
    return 0 if said["within_goal"] else 1


def measure(home: Path, *, writers: int, seconds: float, pause: float) -> dict[str, Any]:
    """Both runs, on a place that was prepared in this folder. `./bench pages` calls it too."""
    from django.db import connections  # noqa: PLC0415 - Django reads its settings on import

    plan = make_writers(writers) | {"seconds": seconds, "pause": pause, "patience": PATIENCE}
    plan["port"] = two_free_ports()
    connections.close_all()
    runs = {}
    for name, killed in (("quiet", False), ("killed", True)):
        print(f"{writers} people promise for {seconds:.0f} s …", flush=True)
        runs[name] = run(home, plan, killed=killed)
    return summed_up(plan, runs, compare(runs))


def make_writers(many: int) -> dict[str, Any]:
    """A neighbourhood, a circle to promise to, and so many residents in it who are signed in."""
    from django.test import Client  # noqa: PLC0415 - as above
    from django.utils import timezone  # noqa: PLC0415 - as above

    from betterstory.people import verbs as people  # noqa: PLC0415 - as above
    from betterstory.people.models import Circle, Role  # noqa: PLC0415 - as above
    from betterstory.places import verbs as places  # noqa: PLC0415 - as above

    at = timezone.now()
    organiser = people.welcome(name="Nasreen", role=Role.ORGANISER, on=at.date())
    street = places.name_neighbourhood(name="Writers Row", by=organiser)
    round_ = places.begin_round(neighbourhood=street, by=organiser, on=at.date())
    room = people.open_circle(name="the people of the Row", kind=Circle.Kind.NAMED)
    sessions = []
    for number in range(many):
        person = people.welcome(name=f"Writer {number}", role=Role.RESIDENT, on=at.date())
        people.join(circle=room, person=person, at=at)
        client = Client()
        client.force_login(person, backend="betterstory.people.coming_in.CardBackend")
        sessions.append(client.session.session_key)
    due = timezone.localdate() + timedelta(days=30)
    return {
        "sessions": sessions,
        "form": f"/promises/promise/{round_.pk}/",
        "fields": {
            "by_words": "somebody of the Row",
            "own_yes": "on",
            "due_on": due.isoformat(),
            "to": str(room.pk),
            "to_words": "the Row",
            "size": "",
        },
    }


def run(home: Path, plan: dict[str, Any], *, killed: bool) -> dict[str, Any]:
    """What the writers kept. With `killed` the server dies half-way and is started again."""
    server = start_server(home, plan["port"])
    file = home / "plan.json"
    file.write_text(json.dumps(plan))
    try:
        with subprocess.Popen(
            [sys.executable, "-m", "benchmarks._writers_hands", str(file)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as hands:
            assert hands.stdout is not None
            assert hands.stdout.readline() == "ready\n"
            if killed:
                time.sleep(plan["seconds"] / 2)
                os.killpg(server.pid, signal.SIGKILL)
                server.wait(20)
                server = start_server(home, plan["port"])
            told, _nothing = hands.communicate(timeout=plan["seconds"] + 3 * PATIENCE)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
    kept: dict[str, Any] = json.loads(told)
    return kept


def start_server(home: Path, port: int) -> subprocess.Popen[bytes]:
    """As ./start runs it, in a family of its own, so that a kill reaches all of it."""
    from betterstory.website import start  # noqa: PLC0415 - Django reads its settings on import

    environment = os.environ | {"BETTER_STORY_HOME": str(home)}
    server = subprocess.Popen(start.web("127.0.0.1", port), env=environment, start_new_session=True, cwd=home)
    wait_for(port)
    return server


def compare(runs: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Every acknowledged promise against what lies in the database, and the ledger against itself."""
    from betterstory.promises import written  # noqa: PLC0415 - as above
    from betterstory.promises.models import Entry, Kind, Promise  # noqa: PLC0415 - as above
    from betterstory.promises.verify_ledger import Wrong  # noqa: PLC0415 - as above

    there = dict(Promise.objects.values_list("pk", "words"))
    told = [(words, pk) for kept in runs.values() for words, pk in kept["made"].items()]
    sent = Counter(words for kept in runs.values() for words in kept["sent"])
    lies = Counter(there.values())
    entered = Counter(Entry.objects.filter(kind=Kind.MADE).values_list("about", flat=True))
    ledger: int | str
    try:
        ledger = written.verify().entries
    except Wrong as wrong:
        ledger = str(wrong)
    return {
        "acknowledged": len(told),
        "lost": sum(1 for words, pk in told if there.get(pk) != words),
        "doubled": sum(max(0, many - sent[words]) for words, many in lies.items() if sent[words]),
        "not_in_the_ledger_once": sum(1 for pk in there if entered[f"promise {pk}"] != 1),
        "ledger": ledger,
        "ledger_holds": isinstance(ledger, int) and not written.not_as_written(),
    }


def summed_up(plan: dict[str, Any], runs: dict[str, dict[str, Any]], found: dict[str, Any]) -> dict[str, Any]:
    quiet, killed = runs["quiet"], runs["killed"]
    presses, pages = part_of(quiet["seconds"]), part_of(quiet["pages"])
    faults = found["lost"] + found["doubled"] + found["not_in_the_ledger_once"]
    errors = [*quiet["wrong"], *killed["wrong"]] + ["a connection broke"] * quiet["broken"]
    return {
        "bench": "writers",
        "writers": len(plan["sessions"]),
        "seconds": plan["seconds"],
        "pause": plan["pause"],
        "promises": len(quiet["made"]),
        "press": presses,
        "open_the_form": pages,
        "pressed_twice": quiet["twice"] + killed["twice"],
        "broke_when_killed": killed["broken"],
        "promises_when_killed": len(killed["made"]),
        "errors": len(errors),
        "error_kinds": sorted(set(errors))[:5],
        **found,
        "goal": {"p99": GOAL},
        "within_goal": not errors
        and not faults
        and found["ledger_holds"]
        and presses["p99"] < GOAL
        and killed["broken"] > 0,
        "busy": [round(each, 1) for each in os.getloadavg()],
        "machine": describe(),
    }


def part_of(seconds: list[float]) -> dict[str, float]:
    took = sorted(seconds) or [0.0]
    parts = {f"p{part}": round(took[min(len(took) - 1, len(took) * part // 100)], 3) for part in (50, 95, 99)}
    return parts | {"longest": round(took[-1], 3)}


def in_words(said: dict[str, Any]) -> str:
    return (
        f"{said['promises']} promises of {said['writers']} people in {said['seconds']:.0f} s:"
        f" {said['errors']} errors, half within {said['press']['p50']} s, 99 in 100 within"
        f" {said['press']['p99']} s. Killed in the middle: {said['broke_when_killed']} connections broke,"
        f" {said['acknowledged']} acknowledged in all, {said['lost']} lost, {said['doubled']} doubled; the"
        f" ledger {'holds' if said['ledger_holds'] else 'does NOT hold'}."
    )
