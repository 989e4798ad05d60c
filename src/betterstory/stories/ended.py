"""What was ended, written down outside the database, so that a restored copy cannot open it again.

One line of JSON each in `ended/ended.jsonl`, only ever added to, with ids and moments alone. It is replayed
after every start, before the first page is served: a copy of the database from before then learns what it
does not know.
"""

import json
import logging
import os
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from betterstory.people import keys
from betterstory.people.models import Membership, Person
from betterstory.stories import shut_again
from betterstory.stories.models import Consent, Speaker, Story
from betterstory.stories.safeguarding import again

log = logging.getLogger(__name__)
HELD, HOLD_OVER, WANTED_GONE, FORGOTTEN = "held", "hold-over", "wanted-gone", "concern-forgotten"
type Fields = dict[str, datetime | None]
YES, PAUSED, OPENED_AGAIN, TAKEN_BACK, HAD_BACK, DESTROYED = (
    "yes-ended",
    "paused",
    "opened-again",
    "taken-back",
    "had-back",
    "destroyed",
)
PAUSED_BY_TEAM, CARD_FOUND, KNOWN_AGAIN, HELPERS_GONE, TOGETHER = (
    "paused-by-team",
    "card-found",
    "known-again",
    "helpers-gone",
    "told-together",
)


def file() -> Path:
    """Where it is kept: in a folder of its own, so that a restored database does not bring an older one."""
    return Path(settings.HOME) / "ended" / "ended.jsonl"


def write(
    kind: str, row: UUID, *, at: datetime, key: UUID | None = None, who: UUID | None = None, **more: str
) -> None:
    """Add one line once the transaction is done, on the disk before the answer goes out."""
    told = {"format": 1, "kind": kind, "id": str(row), "at": at.isoformat(), **more}
    told |= {name: str(other) for name, other in (("key", key), ("who", who)) if other is not None}
    line = json.dumps(told)
    transaction.on_commit(lambda: _append(line))


def _append(line: str) -> None:
    file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(file(), os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        # a line cut short by a power cut stays alone, and does not spoil this one
        whole = size == 0 or os.pread(handle, 1, size - 1) == b"\n"
        os.write(handle, (b"" if whole else b"\n") + line.encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)


def replay() -> int:
    """Apply every line to the database as it is; says how many rows changed. Safe to run again.

    Later lines win: a story that was had back, or opened again, is open.
    """
    yeses: dict[str, datetime] = {}
    stories: dict[str, Fields] = {}
    helpers: dict[str, datetime] = {}
    together: dict[str, tuple[str, datetime]] = {}
    for line in read():
        row, at = str(line["id"]), datetime.fromisoformat(str(line["at"]))
        kind = str(line["kind"])
        if kind == YES:
            yeses[row] = at
        elif kind == HELPERS_GONE:
            helpers[row] = at
        elif kind == TOGETHER:
            together[row] = str(line["who"]), at
        else:
            _note(stories.setdefault(row, {}), kind, at)
    changed = sum(
        Consent.objects.filter(uuid=row, ended_at=None).update(ended_at=at) for row, at in yeses.items()
    )
    for row, fields in stories.items():
        for field, value in fields.items():
            if value is not None:
                changed += Story.objects.filter(uuid=row, **{field: None}).update(**{field: value})
    changed += sum(_send_away(row, at) for row, at in helpers.items())
    changed += sum(_tell_together(row, who, at) for row, (who, at) in together.items())
    changed += shut_again.replay(read())
    changed += again.replay(read())
    changed += _destroy_again()
    log.info("ended things replayed changed=%s", changed)
    return changed


def _note(story: Fields, kind: str, at: datetime) -> None:
    """What one line says of a story; later lines win."""
    match kind:
        case "taken-back":
            story["taken_back_at"] = at
        case "had-back":
            story["taken_back_at"] = None
        case "destroyed":
            story["destroyed_at"] = at


def _send_away(row: str, at: datetime) -> int:
    """Helpers and speakers from before that moment, whom an older copy would let in again."""
    there = Membership.objects.filter(
        circle__in=Story.objects.filter(uuid=row).values("helpers"), left_at=None, joined_at__lte=at
    )
    speak = Speaker.objects.filter(story__uuid=row, ended_at=None, chosen_at__lte=at)
    return there.update(left_at=at) + speak.update(ended_at=at)


def _tell_together(row: str, who: str, at: datetime) -> int:
    """A second teller, whom an older copy knows nothing of: its yeses wait for them again."""
    other = Person.objects.filter(uuid=who).first()
    joined = Story.objects.filter(uuid=row, second_teller=None)
    if other is None or not joined.update(second_teller=other):
        return 0
    said = Consent.objects.filter(version__story__uuid=row, ended_at=None)
    speaks = Speaker.objects.filter(story__uuid=row, person=other, ended_at=None)
    waits = said.exclude(waits_for=F("version__story__teller")).update(waits_for=other)
    return 1 + waits + speaks.update(ended_at=at)


def _destroy_again() -> int:
    """A key of a destroyed story that came back with an older key folder goes again."""
    destroyed = Story.objects.exclude(destroyed_at=None).values_list("key", flat=True)
    again = [key for key in destroyed if keys.keyring().holds(key)]
    for key in again:
        keys.keyring().destroy(key)
    return len(again)


def destroyed_keys(of: Path | None = None) -> set[UUID]:
    """The ids of keys that were destroyed for good: no copy may bring them back."""
    return {UUID(str(line["key"])) for line in read(of) if line["kind"] == DESTROYED and "key" in line}


def together(here: str, copied: str) -> str:
    """Every line of both files, none lost: what only a copy knows is older, and goes first."""
    known = set(here.splitlines())
    older = [line for line in copied.splitlines() if line and line not in known]
    return "".join(f"{line}\n" for line in older) + here


def read(of: Path | None = None) -> list[dict[str, object]]:
    """Every whole line; a last line cut short by a power cut is left out."""
    of = of or file()
    if not of.exists():
        return []
    lines = []
    for line in of.read_text().splitlines():
        try:
            lines.append(json.loads(line))
        except ValueError:
            continue
    return lines
