"""How long ago the last copy and the last drill were: time for another after 8 days, too long after 31."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from betterstory.website.keeping import recipients, record
from betterstory.website.keeping.record import Entry

SOON, LATE = timedelta(days=8), timedelta(days=31)


class State(StrEnum):
    """In words on the page; never a colour alone."""

    WELL = "well"
    SOON = "soon"
    LATE = "late"
    NEVER = "never"


@dataclass(frozen=True)
class Last:
    """The last time something was done, and the last time it failed since."""

    done: Entry | None
    failed: Entry | None
    state: State


@dataclass(frozen=True)
class Standing:
    """What whoever looks after the place needs to know."""

    copy: Last
    drill: Last
    somebody_named: bool


def look(at: datetime) -> Standing:
    return Standing(
        _last(record.COPIED, record.FAILED, at),
        _last(record.DRILLED, record.DRILL_FAILED, at),
        bool(recipients.read()),
    )


def _last(kind: str, failure: str, at: datetime) -> Last:
    done, failed = record.last(kind), record.last(kind, failure)
    return Last(done, failed if failed is not None and failed.kind == failure else None, _state(done, at))


def _state(done: Entry | None, at: datetime) -> State:
    if done is None:
        return State.NEVER
    if at - done.at >= LATE:
        return State.LATE
    return State.SOON if at - done.at >= SOON else State.WELL
