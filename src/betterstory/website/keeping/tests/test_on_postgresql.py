"""Consent, keys and copies on PostgreSQL: the same tests beside a server of their own."""

import os
import subprocess
import sys
from pathlib import Path

from betterstory.promises.tests.test_on_postgresql import address, pytestmark

__all__ = ["address", "pytestmark"]
HERE = Path(__file__).parent
STORIES = HERE.parents[2] / "stories" / "tests"
OF_STORIES = (
    "asked_again",
    "asked_at_once",
    "each_teller_alone",
    "leafing",
    "may",
    "owing",
    "speaking_for_one_of_two",
)
THE_SAME = (HERE / "test_copies_of_postgresql.py", *(STORIES / f"test_{name}.py" for name in OF_STORIES))


def test_copies_and_consent_hold_on_postgresql_too(address: str) -> None:
    tidy = ["-q", "-n", "0", "--no-migrations", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *tidy, *map(str, THE_SAME)],
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        | {"DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "passed" in done.stdout or "[100%]" in done.stdout
