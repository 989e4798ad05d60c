"""Times what somebody waits for: a count on a page of the demo, and the engine's import.

    ./bench demo_count [--repeats 6]

Makes the invented town in a folder of its own, signs in as its analyst, and posts patterns that differ a
little to the page that counts them, as a browser would. The last line is one JSON object.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks._place import prepare


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./bench demo_count")
    parser.add_argument("--repeats", type=int, default=6, help="how many counts after the first")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        print("Making the invented town …", flush=True)
        counts = count_on_the_page(Path(folder), options.repeats)
    said = {
        "bench": "demo_count",
        "seconds": {
            "first_count": round(counts[0], 3),
            "later_counts": round(median(counts[1:]), 3),
            "import_engine": round(median(import_engine() for _ in range(5)), 3),
        },
    }
    print(json.dumps(said))
    return 0


def import_engine() -> float:
    """Seconds for the import alone, in a Python that has just started."""
    clock = "import time; started = time.perf_counter()"
    code = f"{clock}; import betterstory.engines.journeys; print(time.perf_counter() - started)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def count_on_the_page(home: Path, repeats: int) -> list[float]:
    """Seconds from each press to the answer, the first one included."""
    prepare(home, demo=True)
    return [pressed(weeks) for weeks in range(60, 60 - repeats - 1, -1)]


def pressed(weeks: int) -> float:
    """One count of a pattern nobody asked before: the third step within so many weeks, not 52."""
    from django.test import Client  # noqa: PLC0415 - as above
    from django.utils import timezone  # noqa: PLC0415 - as above

    from betterstory.behind import verbs  # noqa: PLC0415 - as above
    from betterstory.behind.models import ContactLog, Pattern  # noqa: PLC0415 - as above
    from betterstory.people.models import Part, Role  # noqa: PLC0415 - as above

    analyst = Part.objects.filter(role=Role.ANALYST).select_related("person")[0].person
    toml = Pattern.objects.all()[0].toml.replace("52 weeks", f"{weeks} weeks")
    pattern = verbs.make_pattern(toml=toml, by=analyst, at=timezone.now())
    client: Any = Client(headers={"host": "localhost"})
    client.force_login(analyst, backend="betterstory.people.coming_in.CardBackend")
    started = time.perf_counter()
    answer = client.post(f"/behind/patterns/{pattern.pk}/count/", {"log": ContactLog.objects.all()[0].pk})
    seconds = time.perf_counter() - started
    if answer.status_code not in (302, 422):  # a near twin of what is out is counted too, and stays in
        raise SystemExit(f"The page answered {answer.status_code}.")
    return seconds
