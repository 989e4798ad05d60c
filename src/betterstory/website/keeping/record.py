"""What was done when: copies, drills, restores. A file of lines that a restore leaves as it is."""

import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

COPIED, FAILED, DRILLED, DRILL_FAILED, RESTORED = (
    "copied",
    "copy-failed",
    "drilled",
    "drill-failed",
    "restored",
)


@dataclass(frozen=True)
class Entry:
    """One thing that was done, and what there is to say about it: numbers and file names, never words."""

    kind: str
    at: datetime
    about: dict[str, object] = field(default_factory=dict)


def file() -> Path:
    return Path(settings.HOME) / "copies.record"


def write(kind: str, *, at: datetime, **about: object) -> None:
    """Add a line, on the disk when this returns."""
    line = {"format": 1, "kind": kind, "at": at.isoformat(), "about": about}
    handle = os.open(file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a") as out:
        out.write("\n" + json.dumps(line) + "\n")  # a line cut short stays alone
        out.flush()
        os.fsync(out.fileno())


def read() -> list[Entry]:
    """Every whole line, in the order it was written."""
    if not file().exists():
        return []
    entries = []
    for line in file().read_text().splitlines():
        try:
            told = json.loads(line)
            entries.append(Entry(told["kind"], datetime.fromisoformat(told["at"]), told["about"]))
        except (ValueError, KeyError, TypeError):
            continue
    return entries


def last(*kinds: str) -> Entry | None:
    """The newest of these kinds."""
    return next((entry for entry in reversed(read()) if entry.kind in kinds), None)
