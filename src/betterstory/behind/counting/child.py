"""What the process apart does: a line with a question comes in, a line with its answer goes out, no more."""

import json
import os
import resource
import select
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from betterstory.behind.counting import figures
from betterstory.behind.counting.apart import MOST_SECONDS
from betterstory.behind.counting.records import Looked, Records
from betterstory.engines import journeys
from betterstory.engines.disclosure import Withheld

MOST_OPEN = 2
MOST_HELD = 100_000_000  # bytes of a file, as CSV some two million contacts
LONGEST_WAIT = 10 * 60.0
MORE_SECONDS = 10  # than whoever asks would wait


class Opened:
    """The logs asked last, still open. A log whose file has changed since is another one."""

    def __init__(self) -> None:
        self._logs: dict[str, journeys.ContactLog] = {}

    def get(self, records: Records) -> journeys.ContactLog:
        name = _name(records)
        log = self._logs.pop(name, None) or _held(records)
        self._logs[name] = log
        while len(self._logs) > MOST_OPEN:
            self._logs.pop(next(iter(self._logs))).close()
        return log

    def close(self) -> None:
        while self._logs:
            self._logs.popitem()[1].close()


def _held(records: Records) -> journeys.ContactLog:
    """Open, and kept in memory where it is not large: the next question then reads nothing."""
    log = records.open()
    if Path(records.log).stat().st_size <= MOST_HELD:
        log.hold()
    return log


def _name(records: Records) -> str:
    marks = []
    for path in filter(None, (records.log, records.people)):
        with suppress(OSError):  # the engine says what is wrong with a file that is not there
            state = Path(path).stat()
            marks.append((state.st_mtime_ns, state.st_size, state.st_ino))
    return json.dumps([asdict(records), marks])


def answer(question: Mapping[str, Any], opened: Opened) -> dict[str, Any]:
    """{"answer": ...}, or {"refused": a sentence}."""
    try:
        match question["what"]:
            case "columns":
                return {"answer": journeys.columns_of(question["path"])}
            case "look over":
                return {"answer": asdict(look_over(Records.read(question["records"])))}
            case "compare":
                return {"answer": figures.compare(question, opened.get)}
        return {"answer": figures.count(question, opened.get)}
    except (journeys.Refused, Withheld) as refused:
        return {"refused": refused.sentence}


def look_over(records: Records) -> Looked:
    with records.open() as log:
        people = log.people.shown
        return Looked(list(log.activities), log.first_month, log.last_month, people, list(log.set_aside))


def questions() -> Iterator[Any]:
    """Until the input is closed, or nothing was asked for some minutes."""
    while select.select([sys.stdin], [], [], LONGEST_WAIT)[0]:
        line = sys.stdin.buffer.readline()
        if not line:
            return
        yield json.loads(line)


def main() -> None:
    """Answer what is asked, under limits."""
    with suppress(OSError):  # where memory runs out, this process goes and the web stays
        Path("/proc/self/oom_score_adj").write_text("1000")
    for limit, most in (
        (resource.RLIMIT_CPU, 4 * max(MOST_SECONDS.values())),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    back = _only_answers()
    opened = Opened()
    for question in questions():
        signal.alarm(MOST_SECONDS.get(question.get("what"), 0) + MORE_SECONDS)
        said = json.dumps(answer(question, opened))
        signal.alarm(0)
        back.write(said + "\n")
        back.flush()


def _only_answers() -> TextIO:
    """The way back, for answers alone: whatever else a library prints on its way goes nowhere."""
    back = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return back
