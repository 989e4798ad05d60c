"""How everybody is timed, us and peers alike: once to warm up, then so many times. Standard library only."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

type Case = Callable[[], Any]
"""The work of one case, as it is timed; what it gives back is turned into an answer afterwards."""


class Absent(Exception):
    """This case cannot be run here; the words say why."""


def timed(
    work: Case, repeats: int, clock: Callable[[], float] = time.perf_counter
) -> tuple[list[float], Any]:
    """Seconds of each repeat, after one that is not counted, and what the last one gave."""
    given = work()
    seconds = []
    for _ in range(repeats):
        start = clock()
        given = work()
        seconds.append(round(clock() - start, 6))
    return seconds, given


def peak_mb() -> float:
    """The most memory this process has had. The kernel's own mark, where there is one, starts with the
    process; getrusage would start with what its parent had."""
    status = Path("/proc/self/status")
    if status.exists():
        kept = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return round(int(kept[0]) / 1024, 1)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1024 if sys.platform != "darwin" else 1024 * 1024), 1)


def run_case(run: Callable[[dict[str, Any], str, int], dict[str, Any]]) -> int:
    """A timed process: QUESTION CASE REPEATS in, one line of JSON out, `absent` where it cannot be."""
    question = json.loads(Path(sys.argv[1]).read_text())
    try:
        said = run(question, sys.argv[2], int(sys.argv[3]))
    except Absent as why:
        said = {"absent": str(why)}
    print(json.dumps(said | {"peak_mb": peak_mb()}))
    return 0
