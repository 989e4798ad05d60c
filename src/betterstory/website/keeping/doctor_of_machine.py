"""Looks at the machine: room on the disk, the clock, the address that is printed on cards."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from betterstory.people import cards
from betterstory.stories import ended
from betterstory.ui.refusal import Refusal
from betterstory.website.keeping import record, snapshot
from betterstory.website.keeping.finding import Finding, fault, fine, note

LEAST_ROOM = 200_000_000
A_LITTLE = timedelta(minutes=10)
BUILT = datetime(2026, 7, 1, tzinfo=UTC)


def look(at: datetime) -> Iterator[Finding]:
    yield from look_at_room()
    yield from look_at_clock(at)
    yield from look_at_address()


def look_at_room() -> Iterator[Finding]:
    home = Path(settings.HOME)
    database = home / snapshot.SQLITE_FILE
    size = database.stat().st_size if database.exists() else 0
    free = shutil.disk_usage(home).free
    needed = LEAST_ROOM + 3 * size  # a copy is made aside: once as it is, once packed, once encrypted
    words = f"There are {free // 1_000_000} MB free on the disk."
    if free < needed:
        yield fault("room", f"{words} At least {needed // 1_000_000} MB are needed to go on and make copies.")
    elif free < 2 * needed:
        yield note("room", f"{words} Make room before long.")
    else:
        yield fine("room", words)


def look_at_clock(at: datetime) -> Iterator[Finding]:
    moments = [entry.at for entry in record.read()]
    moments += [datetime.fromisoformat(str(line["at"])) for line in ended.read()]
    newest = max(moments, default=BUILT)
    if at < BUILT or newest > at + A_LITTLE:
        yield fault(
            "clock", f"The clock says {at:%d %B %Y, %H:%M} UTC, before things that happened already. Set it."
        )
    else:
        yield fine("clock", f"The clock says {at:%d %B %Y, %H:%M} UTC.")


def look_at_address() -> Iterator[Finding]:
    try:
        yield fine("address", f"Cards are printed for {cards.printable_address()}.")
    except Refusal:
        yield note(
            "address",
            "People on other machines cannot reach this place, so it prints no cards. Start it with --url and"
            " the address people will use.",
        )
