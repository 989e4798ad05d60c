"""The benches that make a place of their own: each runs to its end, small, and says its line."""

import json
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "asked",
    [
        "search --stories 3 --repeats 1",
        "story_page --repeats 1 --steps 12 --yeses 4 --pieces 8",
        "demo_count --repeats 1",
        "pages --neighbourhoods 9 --promises 90 --entries 400 --repeats 1 --writers 0",
    ],
)
def test_it_runs_and_says_its_line(asked: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *asked.split()], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1])["bench"] == asked.split()[0]
