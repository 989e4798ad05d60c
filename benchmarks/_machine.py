"""The machine a bench ran on, as its figures name it."""

import os
import platform
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

OURS = ("duckdb", "numpy", "numba")


def describe() -> dict[str, Any]:
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3, 1),
        "cpu": cpu(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: version(name) for name in OURS},
        "loop_ms": loop_ms(),
    }


def loop_ms() -> float:
    """How quick this machine was just now: plain Python adding up a million whole numbers, the best of five.
    On a machine that others use too, the same work takes twice as long an hour later."""
    took = []
    for _ in range(5):
        start, added = time.perf_counter(), 0
        for number in range(1_000_000):
            added += number
        took.append(time.perf_counter() - start)
    return round(min(took) * 1000, 1)


def cpu() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "not said"
