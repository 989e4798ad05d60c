"""Consent, keys and copies on PostgreSQL: the same tests beside a server of their own."""

import os
import subprocess
import sys
from pathlib import Path

from betterstory.promises.tests.test_on_postgresql import address, pytestmark

__all__ = ["address", "pytestmark"]
HERE = Path(__file__).parent
STORIES = HERE.parents[2] / "stories" / "tests"
THE_SAME = (HERE / "test_copies_of_postgresql.py", STORIES / "test_may.py", STORIES / "test_leafing.py")


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
