"""Times a whole room voting at once, through a real server on SQLite, as ./start --hall runs it.

    ./bench room [--seconds 60] [--voices 300] [--pause 2] [--site hall|whole] [--threads N]
                  [--from-a-story 4]

Every voice answers once every two seconds over a connection of its own, and now and then presses twice at
once. Some of the forty sentences are taken from a story, so for each page its teller is asked. Afterwards
every answer that was acknowledged must be there once, as it was last said. While answers come in nobody sees
what was said, so how fresh a page is is measured on the organiser's count: how long ago the oldest card was
acknowledged that it does not count yet. The last line is one JSON object.
"""

import argparse
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks._machine import describe
from benchmarks._place import prepare
from benchmarks._processes import ROOT

GOAL, FRESH, SENTENCES = 0.3, 5.0, 40
SHOWN = r"(\d+|One) of us ha(?:s|ve) answered so far"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./bench room", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--voices", type=int, default=300)
    parser.add_argument("--pause", type=float, default=2.0)
    parser.add_argument("--site", choices=["hall", "whole"], default="hall")
    parser.add_argument("--threads", type=int, help="instead of as many as ./start takes")
    parser.add_argument("--from-a-story", type=int, default=4, choices=range(SENTENCES + 1), metavar="N")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        home, port = Path(folder) / "home", two_free_ports()
        home.mkdir()
        prepare(home)
        plan = make_room(asked.voices, asked.from_a_story) | {
            "seconds": asked.seconds,
            "pause": asked.pause,
            "desk": port,
        }
        plan["port"] = port + (asked.site == "hall")
        kept, worked, phones = fill_room(home, port, plan, asked)
        found = compare(plan, kept)
    said = summed_up(asked, kept, found, worked) | {
        "phones_ms_an_answer": round(1000 * phones / max(1, len(kept["seconds"])), 2)
    }
    print(in_words(said), flush=True)
    print(json.dumps(said, ensure_ascii=False))
    return 0 if said["within_goal"] else 1


def two_free_ports() -> int:
    """A port whose neighbour is free too."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                two.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


def make_room(many: int, from_a_story: int = 0) -> dict[str, Any]:
    """A gathering with sentences, some from a story; a card for each voice; an organiser who is signed in."""
    from django.contrib.auth import SESSION_KEY  # noqa: PLC0415 - Django reads its settings on import
    from django.test import Client  # noqa: PLC0415 - as above
    from django.utils import timezone  # noqa: PLC0415 - as above

    from benchmarks._room_story import take_sentences  # noqa: PLC0415 - as above
    from betterstory.conversations import verbs  # noqa: PLC0415 - as above
    from betterstory.conversations.models import Gathering  # noqa: PLC0415 - as above
    from betterstory.people import verbs as people  # noqa: PLC0415 - as above
    from betterstory.people.coming_in import second_factor_was_given  # noqa: PLC0415 - as above
    from betterstory.people.models import Role  # noqa: PLC0415 - as above
    from betterstory.places import verbs as places  # noqa: PLC0415 - as above

    at = timezone.now()
    organiser = people.welcome(name="Nasreen", role=Role.ORGANISER, on=at.date())
    row = places.name_neighbourhood(name="Tanners Row", by=organiser)
    round_ = places.begin_round(neighbourhood=row, by=organiser, on=at.date())
    gathering = verbs.call_gathering(
        round=round_, kind=Gathering.Kind.PLANNING, title="Plan", when=at, where="hall", by=organiser, at=at
    )
    statements = take_sentences(gathering, by=organiser, where=row, many=from_a_story, at=at)
    statements += [
        verbs.add_statement(gathering, words=f"Sentence number {number}.", by=organiser, at=at)
        for number in range(len(statements), SENTENCES)
    ]
    codes: list[str] = []
    cards: list[int] = []
    while len(codes) < many:
        batch = min(200, many - len(codes))
        made = verbs.make_voices(
            round_, residents=batch // 2, services=batch - batch // 2, by=organiser, at=at
        )
        codes += [code for _voice, code in made]
        cards += [voice.pk for voice, _code in made]
    client = Client()
    client.force_login(organiser, backend="betterstory.people.coming_in.CardBackend")
    session = client.session
    second_factor_was_given(session, organiser)
    session.save()
    assert session[SESSION_KEY]
    return {
        "gathering": gathering.pk,
        "statements": [each.pk for each in statements],
        "codes": codes,
        "cards": cards,
        "cookie": f"story={session.session_key}",
        "results": f"/conversations/{gathering.pk}/results/",
        "shown": SHOWN,
    }


def fill_room(
    home: Path, port: int, plan: dict[str, Any], asked: argparse.Namespace
) -> tuple[dict[str, Any], float, float]:
    """Run the servers and the phones; what the phones kept, and the processor time of their server and of
    the phones themselves, which in life are other machines."""
    from django.db import connections  # noqa: PLC0415 - Django reads its settings on import

    from betterstory.website import start  # noqa: PLC0415 - as above

    connections.close_all()
    if asked.threads:
        start.THREADS = start.HALL_THREADS = asked.threads
    options = argparse.Namespace(port=port, hall=True, inbox=None)
    environment = os.environ | {"BETTER_STORY_HOME": str(home)}
    running = {
        child.name: subprocess.Popen(
            child.command, env=environment | child.environment, start_new_session=True, cwd=home
        )
        for child in start.children(options)
        if not child.may_end
    }
    try:
        for each in (port, port + 1):
            wait_for(each)
        served = running["hall" if asked.site == "hall" else "web"].pid
        before = processor_seconds(served)
        so_far = resource.getrusage(resource.RUSAGE_CHILDREN)
        ended = so_far.ru_utime + so_far.ru_stime
        (home / "plan.json").write_text(json.dumps(plan))
        print(f"{asked.voices} voices vote for {asked.seconds:.0f} s …", flush=True)
        phones = subprocess.run(
            [sys.executable, "-m", "benchmarks._room_voices", str(home / "plan.json")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        # of what was started here nothing but the phones has ended yet
        own = resource.getrusage(resource.RUSAGE_CHILDREN)
        worked = processor_seconds(served) - before
        return json.loads(phones.stdout), worked, own.ru_utime + own.ru_stime - ended
    finally:
        for process in running.values():
            os.killpg(process.pid, signal.SIGTERM)
        for process in running.values():
            process.wait(20)


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not start within a minute.")


def processor_seconds(pid: int) -> float:
    """What a process and those it started have worked so far; 0 where the system does not say."""
    if not Path("/proc/self/stat").exists():
        return 0.0
    spent: dict[int, tuple[int, float]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        spent[int(entry.parent.name)] = (int(parts[1]), int(parts[11]) + int(parts[12]))
    family = {pid}
    while more := {child for child, (parent, _ticks) in spent.items() if parent in family} - family:
        family |= more
    return sum(spent[each][1] for each in family if each in spent) / os.sysconf("SC_CLK_TCK")


def compare(plan: dict[str, Any], kept: dict[str, Any]) -> dict[str, int]:
    """Every acknowledged answer against what lies in the database, and against what results say."""
    from django.db.models import Count  # noqa: PLC0415 - Django reads its settings on import

    from betterstory.conversations.models import Gathering, Vote  # noqa: PLC0415 - as above
    from betterstory.conversations.results import read_results  # noqa: PLC0415 - as above

    rows = {
        (card, each): choice
        for card, each, choice in Vote.objects.values_list("voice", "statement", "choice")
    }
    said = {
        (plan["cards"][int(card)], int(statement)): choice
        for (card, statement), choice in ((key.split(" "), choice) for key, choice in kept["said"].items())
    }
    sent = {
        (plan["cards"][int(card)], int(each)) for card, each in (key.split(" ") for key in kept["unsure"])
    }
    twice = Vote.objects.values("voice", "statement").annotate(many=Count("pk")).filter(many__gt=1).count()
    counted = read_results(Gathering.objects.get())
    return {
        "acknowledged": len(said),
        "lost": sum(1 for key in said if key not in rows),
        "other_than_last_said": sum(
            1 for key, choice in said.items() if key not in sent and rows.get(key) != choice
        ),
        "doubled": twice,
        "never_sent": sum(1 for key in rows if key not in said and key not in sent),
        "counted_wrong": abs(sum(each.whole.heard for each in counted.each) - len(rows)),
    }


def summed_up(
    asked: argparse.Namespace, kept: dict[str, Any], found: dict[str, int], worked: float
) -> dict[str, Any]:
    took = sorted(kept["seconds"]) or [0.0]
    at = {f"p{part}": round(took[min(len(took) - 1, len(took) * part // 100)], 4) for part in (50, 95, 99)}
    stale = round(max(kept["lags"], default=0.0), 3)
    faults = sum(found[name] for name in found if name != "acknowledged") + len(kept["wrong"])
    return {
        "bench": "room",
        "voices": asked.voices,
        "seconds": asked.seconds,
        "pause": asked.pause,
        "site": asked.site,
        "from_a_story": asked.from_a_story,
        "answers": len(kept["seconds"]),
        "pressed_twice": kept["pressed_twice"],
        **at,
        "longest": round(took[-1], 4),
        "errors": len(kept["wrong"]),
        "error_kinds": sorted(set(kept["wrong"]))[:5],
        **found,
        "stale": stale,
        "looks": len(kept["lags"]),
        "processor_ms_an_answer": round(1000 * worked / max(1, len(kept["seconds"])), 2),
        "goal": {"p95": GOAL, "stale": FRESH},
        "within_goal": faults == 0 and at["p95"] < GOAL and stale < FRESH and len(kept["lags"]) > 0,
        "busy": [round(each, 1) for each in os.getloadavg()],
        "machine": describe(),
    }


def in_words(said: dict[str, Any]) -> str:
    lost = said["lost"] + said["other_than_last_said"]
    return (
        f"{said['answers']} answers of {said['voices']} voices in {said['seconds']:.0f} s: "
        f"{said['errors']} errors, {lost} lost, {said['doubled']} doubled; "
        f"half within {said['p50'] * 1000:.0f} ms, 95 in 100 within {said['p95'] * 1000:.0f} ms; "
        f"the count was {said['stale']:.1f} s behind at most."
    )
