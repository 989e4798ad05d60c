"""Looks at the keys: is the site key there and right, does every key open, can others read the folder."""

import stat
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError

from betterstory.people.keys import Locked, keyring
from betterstory.people.keys.ring import Keyring
from betterstory.stories import ended
from betterstory.stories.models import Story
from betterstory.website.keeping.finding import Finding, fault, fine, note


def look(at: datetime) -> Iterator[Finding]:
    ring = keyring()
    if not ring.file.exists() and not ring.begun.exists():
        yield fine("keys", "No key was made yet.")
    else:
        yield from look_at_site_key(ring)
    yield from look_at_permissions(ring)
    yield from look_at_ended(ring)


def look_at_site_key(ring: Keyring) -> Iterator[Finding]:
    if not ring.file.exists():
        yield fault("keys", f"The keys are not in {ring.folder}. Put it back, or a copy of the keys.")
        return
    try:
        with ring.opened() as book:
            site_key = ring.site_key(book)
            held = {bytes(row[0]): bytes(row[1]) for row in book.execute("select id, wrapped from data_key")}
    except Locked:
        what = "is not the one the keys are wrapped under" if ring.site_file.exists() else "is not there"
        yield fault(
            "site key",
            f"The site key {what} ({ring.site_file}). Every story is locked. Put it back from its paper with"
            " “better-story keys put-back”.",
        )
        return
    yield fine("site key", f"The site key {site_key.name} is there and right.")
    if ring.files.next.exists():
        yield note(
            "site key",
            f"The new site key waits in {ring.files.next}. Put it where {ring.site_file} comes from, then run"
            " “better-story keys rotate” once more.",
        )
    shut = sum(not _opens(wrapped, site_key.unwrap) for wrapped in held.values())
    if shut:
        yield fault("keys", f"{shut} of {len(held)} keys do not open. Put back a copy of the keys.")
    else:
        yield fine("keys", f"All {len(held)} keys open.")
    yield from look_for_missing(set(held))


def _opens(wrapped: bytes, unwrap: Callable[[bytes], bytes]) -> bool:
    try:
        unwrap(wrapped)
    except Locked:
        return False
    return True


def look_for_missing(held: set[bytes]) -> Iterator[Finding]:
    """A story that was not destroyed has its key."""
    try:
        keys = Story.objects.filter(destroyed_at=None).values_list("key", flat=True)
        missing = sum(key.bytes not in held for key in keys)
    except DatabaseError:
        return  # the look at the tables says it
    if missing:
        yield fault("keys", f"{missing} stories have no key. Put back a copy of the keys that holds them.")


def look_at_permissions(ring: Keyring) -> Iterator[Finding]:
    files = [ring.folder, ring.file, ring.site_file, ring.files.next, ended.file()]
    open_ones = [file for file in files if _others_can_read(file)]
    for file in open_ones:
        mode = "700" if file.is_dir() else "600"
        yield fault("keys", f"Others on this machine can read {file}. Run: chmod {mode} '{file}'")
    if not open_ones:
        yield fine("keys", "Nobody else on this machine can read them.")


def _others_can_read(file: Path) -> bool:
    try:
        return bool(stat.S_IMODE(file.stat().st_mode) & 0o077)
    except OSError:
        return False


def look_at_ended(ring: Keyring) -> Iterator[Finding]:
    if not ended.file().exists():
        yield fine("ended", "Nothing was ended yet.")
        return
    written = [line for line in ended.file().read_text().splitlines() if line]
    cut = len(written) - len(ended.read())
    if cut:
        yield note("ended", f"{cut} lines of what was ended were cut short by a power cut. The others hold.")
    back = sum(ring.holds(key) for key in ended.destroyed_keys())
    if back:
        yield fault("ended", f"{back} destroyed keys came back. Start Better Story: it destroys them again.")
    if not cut and not back:
        yield fine("ended", f"What was ended is whole: {len(written)} lines.")
