"""Logs written down for a test, and what is said of them."""

from pathlib import Path
from typing import Any

import pytest

from betterstory.engines.journeys import LogRefused, count, read_log
from betterstory.engines.journeys.tests.tables import pattern_of

SMALL = "person,activity,time\nann,referral,2024-01-01\nann,assessment,2024-01-05\nbob,referral,2024-01-03\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write(tmp_path, SMALL)


def write(folder: Path, words: str | bytes, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return path


def refusal(source: Any, **how: Any) -> str:
    with pytest.raises(LogRefused) as refused:
        read_log(source, **how).close()
    return refused.value.sentence


def exactly(source: Any, steps: str = "referral; assessment", **how: Any) -> tuple[int, ...]:
    with read_log(source, **how) as log:
        return count(pattern_of(steps), log).exact(because="a test").exactly
