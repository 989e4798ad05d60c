"""Times finding words in every story of a place: the one question, every key, every word opened.

    ./bench search [--stories 2000] [--repeats 5]

Tells so many stories of about 5.4 kB each, five pieces in each, every one under a key of its own and with a
yes for one room, and lays their leaves; then looks for words as somebody in that room, once to warm up and so
many times. Last it looks for words where no leaf is laid, as it is until the round after an upgrade. The last
line is one JSON object; the goal is a median under 200 ms where leaves are laid.
"""

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks._machine import describe
from benchmarks._place import name_lead, prepare
from benchmarks._timing import peak_mb, timed

GOAL = 0.2


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./bench search", description=__doc__)
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        print(f"Telling {asked.stories} stories …", flush=True)
        reader, size = tell(asked.stories)
        laid = lay()
        cases = {case: look(reader, words, asked) for case, words in CASES.items()}
        bare = look_at_parts(reader, asked)
    middle = max(case["median"] for case in cases.values())
    said = {
        "bench": "search",
        "stories": asked.stories,
        "megabytes": round(size / 1e6, 1),
        "cases": cases,
        "no_leaves": bare,
        "laying_seconds": laid,
        "goal": GOAL,
        "within_goal": middle < GOAL,
        "busy": [round(each, 1) for each in os.getloadavg()],
        "peak_mb": peak_mb(),
        "machine": describe(),
    }
    print(json.dumps(said, ensure_ascii=False))
    return 0


CASES = {"in none": "zebrafinch", "in one": "the blue gate", "in most": "kettle"}


def tell(many: int) -> tuple[Any, int]:
    """So many stories with a yes for one room; somebody in it, and how much was told.

    They are put straight into the tables: told by verbs, two thousand take a quarter of an hour.
    """
    from django.db import transaction  # noqa: PLC0415 - as above
    from django.utils import timezone  # noqa: PLC0415 - as above

    from benchmarks import _search_stories  # noqa: PLC0415 - as above
    from betterstory.people import verbs as people  # noqa: PLC0415 - as above
    from betterstory.people.models import Circle, Role  # noqa: PLC0415 - as above
    from betterstory.places import verbs as places  # noqa: PLC0415 - as above

    at = timezone.now()
    name_lead(at)
    with transaction.atomic():
        reader = people.welcome(name="Nasreen", role=Role.ORGANISER, on=at.date())
        teller = people.welcome(name="Sam", role=Role.RESIDENT, on=at.date())
        row = places.name_neighbourhood(name="Tanners Row", by=reader)
        room = people.open_circle(name="the room", kind=Circle.Kind.GATHERING)
        people.join(circle=room, person=reader, at=at)
        size = _search_stories.tell_all(many, teller, row, room, at)
    reader.read_again()
    return reader, size


def lay() -> float:
    """The leaves of all of them, as the daily round lays what is missing; in how many seconds."""
    from betterstory.stories import leaves  # noqa: PLC0415 - as above

    began = time.perf_counter()
    many = leaves.lay_missing()
    took = round(time.perf_counter() - began, 1)
    print(f"Laid {many} leaves in {took} s", flush=True)
    return took


def look_at_parts(reader: Any, asked: argparse.Namespace) -> dict[str, Any]:
    """The dearest case where nothing has a leaf."""
    from betterstory.stories.models import Leaf  # noqa: PLC0415 - as above

    Leaf.objects.all().delete()
    print("Without leaves:")
    return look(reader, CASES["in none"], asked)


def look(reader: Any, words: str, asked: argparse.Namespace) -> dict[str, Any]:
    """One case: seconds of each repeat, and in how many stories the words were found."""
    from django.utils import timezone  # noqa: PLC0415 - as above

    from betterstory.stories.finding import find  # noqa: PLC0415 - as above

    at = timezone.now()
    began = time.process_time()
    seconds, looked = timed(lambda: find(words, viewer=reader, at=at), asked.repeats)
    worked = (time.process_time() - began) / (
        asked.repeats + 1
    )  # what others on the machine took is not in it
    found = len(looked.found)
    print(f"  {words}: {', '.join(f'{each:.3f}' for each in seconds)} s, in {found} stories", flush=True)
    return {
        "median": round(median(seconds), 4),
        "seconds": seconds,
        "processor_seconds": round(worked, 4),
        "found": found,
    }
