"""When copies of the keys were made, so that a teller can be told from when nobody can read their words.

One line of JSON a copy in `keys.copied`, beside the folder of keys: only moments, no key.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

LONGEST = timedelta(days=30)
AT_THE_SAME_TIME = timedelta(minutes=1)  # a copy begun just after may still have seen the key


@dataclass(frozen=True)
class KeyCopy:
    """One copy of the key book: when it was begun, and the moment it is thrown away."""

    at: datetime
    until: datetime


def file() -> Path:
    return Path(settings.HOME) / "keys.copied"


def note(copy: KeyCopy) -> None:
    """Write down that a copy is about to be made; on the disk before it is."""
    line = {"format": 1, "at": copy.at.isoformat(), "until": copy.until.isoformat()}
    handle = os.open(file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a") as out:
        out.write("\n" + json.dumps(line) + "\n")  # a line cut short stays alone
        out.flush()
        os.fsync(out.fileno())


def read() -> list[KeyCopy]:
    """Every copy that was noted."""
    if not file().exists():
        return []
    copies = []
    for line in file().read_text().splitlines():
        try:
            told = json.loads(line)
            copies.append(KeyCopy(datetime.fromisoformat(told["at"]), datetime.fromisoformat(told["until"])))
        except (ValueError, KeyError, TypeError):
            continue
    return copies


def last_that_opens(destroyed_at: datetime) -> datetime | None:
    """When the last copy that may hold a key destroyed then is thrown away; None where there is none."""
    holding = [
        copy.until
        for copy in read()
        if copy.at <= destroyed_at + AT_THE_SAME_TIME and copy.until > destroyed_at
    ]
    return max(holding, default=None)
