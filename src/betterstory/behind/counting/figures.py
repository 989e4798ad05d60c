"""Counting in the process apart, and what a release keeps of it."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from betterstory.behind.counting.records import RULE, Records
from betterstory.behind.counting.shapes import shape_of
from betterstory.engines import disclosure, journeys
from betterstory.engines.disclosure import ProtectedCount

STATUSES = ("on_the_way", "way_closed", "too_early", "again")


def count(question: Mapping[str, Any], log_of: Callable[[Records], journeys.ContactLog]) -> dict[str, Any]:
    key = secrets.token_bytes(32)
    pattern = journeys.read_pattern(question["pattern"])
    log = log_of(Records.read(question["records"]))
    standing = journeys.count(pattern, log)
    now = standing.fingerprints(key, RULE)
    has_people = log.has_people
    for one in question["earlier"]:
        before = journeys.count(journeys.read_pattern(one["pattern"]), log_of(Records.read(one["records"])))
        disclosure.check_release(now, before.fingerprints(key, RULE), disclosure.find_profile(RULE))
    return as_saved(standing.protect(RULE), pattern, has_people=has_people)


def as_saved(protected: journeys.Protected, pattern: journeys.Pattern, *, has_people: bool) -> dict[str, Any]:
    """What a release keeps. A figure that is not shown is None; where nobody can be, 0."""
    rule = disclosure.find_profile(protected.profile)
    groups = []
    for group in protected.groups:
        said: dict[str, Any] = {"first": group.first, "last": group.last, "people": group.people.shown}
        if group.first == group.last:
            said |= {name: _shown(getattr(protected, name)[group.first]) for name in STATUSES}
        groups.append(said)
    return {
        "format": 1,
        "rule": {"name": rule.name, "hidden_below": rule.hidden_below, "nearest": rule.nearest},
        "people": protected.people.shown,
        "has_people": has_people,
        "steps": [asdict(step) for step in shape_of(pattern).steps],
        "groups": groups,
        "waits": [str(wait) if wait is not None else None for wait in protected.waits],
        "set_aside": list(protected.set_aside),
        "warnings": list(protected.warnings),
    }


def _shown(count: ProtectedCount) -> int | None:
    return count.shown
