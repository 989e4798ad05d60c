"""Draws docs/pictures/where-next.svg from the demo's invented log.

python -m betterstory.website.tests.demo_map      draws it anew
"""

import csv
import os
import tempfile
from datetime import date
from pathlib import Path

import django

from betterstory.website.command import main

ALSO = ("GP visit", "Housing advice", "Ambulance, not taken in")
PICTURE = Path(__file__).parents[4] / "docs" / "pictures" / "where-next.svg"


def draw_demo(folder: Path) -> str:
    """The map of some kinds of contact in the demo's log, as the command draws it."""
    from betterstory.website.demo import contacts  # noqa: PLC0415 - the demo needs Django to be set up

    log, people = contacts.write_log(folder, until=date(2026, 6, 30))
    with log.open(newline="") as file:
        head, *rows = csv.reader(file)
    told = {contacts.ASKED, contacts.FIRST, contacts.OFF_THE_LIST, *contacts.CRISIS, *ALSO}
    with log.open("w", newline="") as file:
        csv.writer(file).writerows([head, *(row for row in rows if told & set(row))])
    picture = folder / "where-next.svg"
    assert (
        main(["map", str(log), "--people", str(people), "--least-share", "0.003", "--svg", str(picture)]) == 0
    )
    return picture.read_text()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "betterstory.website.settings_for_tests")
    django.setup()
    with tempfile.TemporaryDirectory() as made:
        PICTURE.write_text(draw_demo(Path(made)))
