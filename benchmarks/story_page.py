"""Times the page of one long story: sixty steps and two hundred yeses, beside plainer pages.

    ./bench story_page [--repeats 20] [--steps 60] [--yeses 200]

Makes a place in a folder of its own, and asks for pages through Django's test client. Three pages are timed:
the long story; the same words told as one text, without a step and so without a picture; and a short story of
six steps and two yeses. Then the layout of the picture alone, and the one question asked of a thousand pieces
at once, which must be one query. Seconds are of the processor: a busy machine changes little.
The last line is one JSON object.
"""

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks._machine import describe
from benchmarks._place import prepare

GOAL_OVER_PLAIN = 3.0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./bench story_page")
    parser.add_argument("--repeats", type=int, default=40, help="how often each page is asked for")
    parser.add_argument("--steps", type=int, default=60, help="of the long story")
    parser.add_argument("--yeses", type=int, default=200, help="that its teller has said")
    parser.add_argument("--pieces", type=int, default=1000, help="that the one question is asked of")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        print("Making a place with three stories …", flush=True)
        prepare(Path(folder))
        from benchmarks import _story_page  # noqa: PLC0415 - needs Django to be ready

        figures = _story_page.time_all(options.steps, options.yeses, options.pieces, options.repeats)
    figures["goal_over_plain"] = GOAL_OVER_PLAIN
    print(json.dumps({"bench": "story_page", "machine": describe(), **figures}))
    return 0
