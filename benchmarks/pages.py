"""Times pages in the demo's town, and in a place a hundred times as large.

    ./bench pages [--neighbourhoods 100] [--promises 10000] [--entries 100000] [--writers 50] [--write]

Makes the invented town, asks for each page as its organiser and as nobody, then lets the town grow: its
rounds are copied into a hundred neighbourhoods, with 10,000 promises and 100,000 entries in the ledger,
straight into the tables. Then each page is asked for again. The time is the processor's, the middle of the
repeats, after one that is not counted. The ten heaviest pages of the large place are shown; each may ask 12
queries and take three times as long as in the demo. Then a real server is written to by many at once, and
killed in the middle. The last line is one JSON object; `--write` makes docs/reference/pages.md of it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks._machine import describe
from benchmarks._pages_page import PAGE, page_of
from benchmarks._place import prepare
from benchmarks._processes import ROOT, last_line
from benchmarks._timing import peak_mb

MOST_QUERIES, MOST_TIMES, SHOWN = 12, 3.0, 10
MOST_CHECKING = 2.0
LITTLE = 0.005  # below five milliseconds a page is quick, however it compares
HEAVIEST = 60_000
NOBODY, ORGANISER, SERVICE = "", "organiser", "service"
# what a page is called here, its address, and who looks
PAGES = (
    ("home", "/", NOBODY),
    ("neighbourhoods", "/neighbourhoods/", NOBODY),
    ("a neighbourhood", "/neighbourhoods/tanners-row/", ORGANISER),
    ("a neighbourhood with two rounds", "/neighbourhoods/lock-side/", ORGANISER),
    ("the wall", "/promises/", NOBODY),
    ("the wall, mine", "/promises/?mine=to", ORGANISER),
    ("the wall of a neighbourhood", "/promises/?neighbourhood=tanners-row", NOBODY),
    ("the wall of a body", "/promises/?body=1", NOBODY),
    ("the wall, what is late", "/promises/?state=late", NOBODY),
    ("the wall, no answer yet", "/promises/?state=none_yet", NOBODY),
    ("the wall, a later page", "/promises/?page=2", NOBODY),
    ("the wall on paper", "/promises/print/", NOBODY),
    ("a promise", "/promises/1/", ORGANISER),
    ("an ask", "/promises/asks/1/", ORGANISER),
    ("what is due", "/promises/due/", SERVICE),
    ("what late means", "/promises/late/", NOBODY),
    ("the ledger", "/promises/ledger/", NOBODY),
    ("the ledger, in the middle", "/promises/ledger/?before=150", NOBODY),
    ("the page of a body", "/promises/bodies/1/", NOBODY),
    ("bodies", "/promises/bodies/", NOBODY),
    ("asked in a round", "/promises/ask/1/", ORGANISER),
    ("a promise to write", "/promises/promise/1/", ORGANISER),
    ("the plan of a round", "/promises/plan/1/", ORGANISER),
    ("the plan on paper", "/promises/plan/1/print/", ORGANISER),
    ("the thread", "/thread/promise/1/", NOBODY),
    ("useful acts", "/immersion/tanners-row/", ORGANISER),
    ("poolside", "/poolside/", ORGANISER),
    ("lessons", "/learning/", NOBODY),
    ("lessons, for us", "/learning/", ORGANISER),
    ("a lesson", "/learning/lessons/1/", ORGANISER),
    ("the timeline of a round", "/learning/rounds/1/timeline/", ORGANISER),
    ("a report", "/learning/reports/{report}/", ORGANISER),
    ("all neighbourhoods", "/learning/neighbourhoods/", NOBODY),
    ("all neighbourhoods, on paper", "/learning/neighbourhoods/print/", NOBODY),
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./bench pages", description=__doc__)
    parser.add_argument("--neighbourhoods", type=int, default=100)
    parser.add_argument("--promises", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--writers", type=int, default=50, help="0: nobody writes")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--write", action="store_true", help="write docs/reference/pages.md")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        print("Making the invented town …", flush=True)
        prepare(home, demo=False)
        made = make_demo()
        small = look_at_all(asked.repeats)
        print("Letting it grow …", flush=True)
        grown = let_grow(asked)
        checked = check_ledger(asked.entries)
        large = look_at_all(asked.repeats)
    pages = compare(small, large)
    writers = let_write(asked)
    heaviest = sorted(pages, key=lambda name: -pages[name]["seconds"])[:SHOWN]
    for name in heaviest:
        print(in_words(name, pages[name]), flush=True)
    said = {
        "bench": "pages",
        "neighbourhoods": asked.neighbourhoods,
        "promises": asked.promises,
        "entries": asked.entries,
        "demo_seconds": made,
        "growing_seconds": grown,
        "ledger_seconds": checked,
        "heaviest": heaviest,
        "pages": pages,
        "failing": {name: page["fails"] for name, page in pages.items() if page["fails"]},
        "writers": writers,
        "goal": {
            "queries": MOST_QUERIES,
            "times": MOST_TIMES,
            "demo_seconds": 30,
            "ledger_seconds": MOST_CHECKING,
        },
        "within_goal": not any(page["fails"] for page in pages.values())
        and checked < MOST_CHECKING
        and writers.get("within_goal", False) is True,
        "busy": [round(each, 1) for each in os.getloadavg()],
        "peak_mb": peak_mb(),
        "machine": describe(),
    }
    if asked.write:
        PAGE.write_text(page_of(said), encoding="utf-8")
    print(json.dumps(said, ensure_ascii=False))
    return 0


def make_demo() -> dict[str, float]:
    """The town, and how long it took: by the clock, and by this process's processor."""
    from django.utils import timezone  # noqa: PLC0415 - Django reads its settings on import

    from betterstory.website import demo  # noqa: PLC0415 - as above

    began, worked = time.perf_counter(), time.process_time()
    demo.make(at=timezone.now())
    return {
        "clock": round(time.perf_counter() - began, 1),
        "processor": round(time.process_time() - worked, 1),
    }


def let_grow(asked: argparse.Namespace) -> float:
    """How long that took, by this process's processor."""
    from django.db import connection  # noqa: PLC0415 - as above

    from benchmarks._pages_town import Size, grow  # noqa: PLC0415 - as above

    worked = time.process_time()
    grow(Size(asked.neighbourhoods, asked.promises, asked.entries))
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return round(time.process_time() - worked, 1)


def check_ledger(entries: int) -> float:
    """How long checking all of it takes, by this process's processor. It must hold."""
    from betterstory.promises import written  # noqa: PLC0415 - as above

    worked = time.process_time()
    checked = written.verify()
    took = time.process_time() - worked
    if checked.entries < entries or written.not_as_written():
        raise SystemExit("The large place's ledger does not hold.")
    return round(took, 2)


def look_at_all(repeats: int) -> dict[str, dict[str, Any]]:
    """Each page that exists: seconds of the processor, queries, and how heavy it is."""
    from django.test import Client  # noqa: PLC0415 - as above

    from betterstory.learning.models import Report  # noqa: PLC0415 - as above

    clients: dict[str, Any] = {who: sign_in(who) for who in (ORGANISER, SERVICE)}
    clients[NOBODY] = Client(headers={"host": "localhost"})
    report = Report.objects.order_by("pk").values_list("key", flat=True)[0]
    return {name: look(clients[who], address.format(report=report), repeats) for name, address, who in PAGES}


def sign_in(who: str) -> Any:
    from django.test import Client  # noqa: PLC0415 - as above

    from betterstory.people.coming_in import second_factor_was_given  # noqa: PLC0415 - as above
    from betterstory.people.models import Person  # noqa: PLC0415 - as above

    person = Person.objects.get(email=f"{who}@demo.invalid")
    client: Any = Client(headers={"host": "localhost"})
    client.force_login(person, backend="betterstory.people.coming_in.CardBackend")
    session = client.session
    second_factor_was_given(session, person)
    session.save()
    return client


def look(client: Any, address: str, repeats: int) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415 - as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - as above

    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    many = len(queries)  # now: the next request begins the list anew
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}.")
    seconds, clock = [], []
    for _ in range(repeats):
        began, worked = time.perf_counter(), time.process_time()
        client.get(address)
        seconds.append(time.process_time() - worked)
        clock.append(time.perf_counter() - began)
    return {
        "seconds": median(seconds),
        "clock": median(clock),
        "queries": many,
        "bytes": len(answer.content),
    }


def compare(small: dict[str, dict[str, Any]], large: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Each page in the large place beside the demo, and what it fails."""
    pages = {}
    for name, now in large.items():
        before = small[name]
        times = now["seconds"] / max(before["seconds"], 1e-6)
        fails = []
        if max(now["queries"], before["queries"]) > MOST_QUERIES:
            fails.append(f"{max(now['queries'], before['queries'])} queries")
        if times > MOST_TIMES and now["seconds"] > LITTLE:
            fails.append(f"{times:.1f} times the demo")
        if now["bytes"] > HEAVIEST:
            fails.append(f"{now['bytes']} bytes")
        pages[name] = {
            "seconds": round(now["seconds"], 4),
            "clock": round(now["clock"], 4),
            "demo": round(before["seconds"], 4),
            "times": round(times, 2),
            "queries": now["queries"],
            "bytes": now["bytes"],
            "fails": fails,
        }
    return pages


def let_write(asked: argparse.Namespace) -> dict[str, Any]:
    """Many write to a real server at once, and it is killed in the middle: see benchmarks/writers.py."""
    if not asked.writers:
        return {"absent": "nobody was asked to write", "within_goal": None}
    asked_for = ["--writers", str(asked.writers), "--seconds", str(asked.seconds)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "writers", *asked_for],  # a place of their own
        cwd=ROOT,
        env=os.environ | {"BETTER_STORY_DEMO": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    said = last_line(done.stdout)
    if not said.startswith("{"):
        return {"absent": f"it failed: {last_line(done.stderr)}", "within_goal": False}
    told: dict[str, Any] = json.loads(said)
    return told


def in_words(name: str, page: dict[str, Any]) -> str:
    fails = f"  ({', '.join(page['fails'])})" if page["fails"] else ""
    return (
        f"  {name}: {page['seconds'] * 1000:.0f} ms, {page['times']} times the demo, "
        f"{page['queries']} queries{fails}"
    )
