"""The engines stand alone: no Django is needed to count, and of the rest only DuckDB and numpy."""

import subprocess
import sys

ALONE = """
import sys
for name in ("django", "numba", "pandas", "pyarrow", "polars", "pyspark"):
    sys.modules[name] = None
from betterstory.engines import disclosure, journeys
rows = [{"person": f"p{n}", "activity": "a", "time": "2024-01-01"} for n in range(120)]
pattern = journeys.read_pattern('format = 1\\nname = "A"\\n[[step]]\\nname = "One"\\nactivity = "a"')
for backend in ("python", "duckdb"):
    with journeys.read_log(rows) as log:
        print(journeys.count(pattern, log, backend=backend).people)
print(disclosure.protect(3, disclosure.find_profile("default")))
"""


def test_counting_works_with_duckdb_and_numpy_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALONE], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    assert done.stdout.split("\n") == ["about 120 people", "about 120 people", "fewer than 8 people", ""]
