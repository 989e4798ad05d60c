"""Reading a log prints nothing: what is printed would stand among answers that a program reads."""

import subprocess
import sys

LOOK = """
import sys
from betterstory.engines.journeys.opening import DEFAULT, connect
with connect([], DEFAULT) as connection:
    said = "SELECT value FROM duckdb_settings() WHERE name = 'enable_progress_bar'"
    print(connection.execute(said).fetchone()[0])
"""


def test_no_bar_is_drawn_where_duckdb_takes_us_for_somebody_at_a_keyboard() -> None:
    """A program without a file is one to it, and so is `python -m` while the package is read."""
    bare = LOOK.replace("connect([], DEFAULT)", "__import__('duckdb').connect()")
    assert said_by(bare) == "true", "DuckDB does not draw a bar here: this test shows nothing"
    assert said_by(LOOK) == "false"


def said_by(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()
