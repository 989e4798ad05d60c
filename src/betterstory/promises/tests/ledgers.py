"""Ledgers made without a database, as the verbs write them, to be spoilt in every way."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from betterstory.promises.verify_ledger import (
    BEGINNING,
    DOMAIN,
    FORMAT,
    Head,
    canonical,
    commit,
    hash_of,
    head_of,
)

type Entries = list[dict[str, object]]
KINDS = ("asked", "answered_yes", "made", "kept", "not_kept", "erased")


def make(count: int, *, seed: str = "", without_words: Sequence[int] = ()) -> Entries:
    """A ledger of so many entries, the same each time for a seed."""
    return append([], count, seed=seed, without_words=without_words)


def append(entries: Entries, count: int, *, seed: str = "", without_words: Sequence[int] = ()) -> Entries:
    """More of it, as one writes on."""
    written = [*entries]
    for seq in range(len(entries) + 1, len(entries) + count + 1):
        salt = hashlib.sha256(f"{seed} {seq}".encode()).digest()[:16]
        said = {"words": f"{seed} words of {seq}: a visit, “missed”.", "due": "2026-09-01"}
        entry: dict[str, object] = {
            "seq": seq,
            "kind": KINDS[salt[0] % len(KINDS)],
            "about": f"promise {salt[1]}",
            "who": f"post {salt[2]} of body {salt[3] % 9}",
            "day": f"2026-{seq % 12 // 4 + 1:02}-01" if seq < 4 else "2026-07-06",
            "commitment": commit(canonical(said), salt),
            "prev": written[-1]["hash"] if written else BEGINNING,
        }
        entry["hash"] = hash_of({**entry, "hash": ""})
        if seq not in without_words:
            entry |= {"salt": salt.hex(), "said": said}
        written.append(entry)
    return written


def lines(entries: Entries) -> list[bytes]:
    """As they are exported: by the plain rule of JSON with its keys in order."""
    told = [{"format": FORMAT, "ledger": DOMAIN}, *entries]
    return [f"{canonical(each)}\n".encode() for each in told]


def head(entries: Entries, at: int | None = None) -> Head:
    """The head that was printed when the ledger had so many entries."""
    at = len(entries) if at is None else at
    return head_of(at, str(entries[at - 1]["hash"]) if at else BEGINNING)


def rehash(entries: Entries, since: int) -> Entries:
    """As somebody with the whole database would: every hash from here on written anew."""
    anew = [dict(entry) for entry in entries]
    for place in range(since, len(anew)):
        anew[place]["prev"] = anew[place - 1]["hash"] if place else BEGINNING
        anew[place]["hash"] = hash_of(anew[place])
    return anew
