"""Draws docs/pictures/where-next.svg from the demo's invented log.

python -m betterstory.website.tests.demo_map      draws it anew
"""

import os
import tempfile
from datetime import date
from pathlib import Path

import django

from betterstory.website.command import main

PICTURE = Path(__file__).parents[4] / "docs" / "pictures" / "where-next.svg"


def draw_demo(folder: Path) -> str:
    """The map of the demo's log, as the command draws it."""
    from betterstory.website.demo import contacts  # noqa: PLC0415 - the demo needs Django to be set up

    log, people = contacts.write_log(folder, until=date(2026, 6, 30))
    picture = folder / "where-next.svg"
    assert (
        main(["map", str(log), "--people", str(people), "--least-share", "0.005", "--svg", str(picture)]) == 0
    )
    return picture.read_text()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "betterstory.website.settings_for_tests")
    django.setup()
    with tempfile.TemporaryDirectory() as made:
        PICTURE.write_text(draw_demo(Path(made)))
