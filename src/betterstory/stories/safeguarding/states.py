"""Where a concern stands: worked out from its entries, which are added and never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from betterstory.stories.models import Entry

Kind = Entry.Kind


class State(StrEnum):
    """Where a concern stands."""

    RAISED = "raised"
    SEEN = "seen"
    PASSED_ON = "passed_on"
    NO_FURTHER = "no_further"
    CLOSED = "closed"


LABELS = {
    State.RAISED: _("nobody has read it yet"),
    State.SEEN: _("read"),
    State.PASSED_ON: _("passed on"),
    State.NO_FURTHER: _("nothing further to do"),
    State.CLOSED: _("closed"),
}
TELLING = {Kind.TOLD, Kind.NOT_TOLD}
# What may be written in each state, and where that leads. What is not here cannot be done.
NEXT: dict[State, dict[str, State]] = {
    State.RAISED: {Kind.SEEN: State.SEEN},
    State.SEEN: {
        **dict.fromkeys([Kind.SEEN, Kind.DONE, *TELLING], State.SEEN),
        Kind.PASSED_ON: State.PASSED_ON,
        Kind.NO_FURTHER: State.NO_FURTHER,
    },
    State.PASSED_ON: {
        **dict.fromkeys([Kind.SEEN, Kind.DONE, Kind.PASSED_ON, *TELLING], State.PASSED_ON),
        Kind.CLOSED: State.CLOSED,
    },
    State.NO_FURTHER: {
        **dict.fromkeys([Kind.SEEN, Kind.DONE, *TELLING], State.NO_FURTHER),
        Kind.PASSED_ON: State.PASSED_ON,
        Kind.CLOSED: State.CLOSED,
    },
    State.CLOSED: {
        **dict.fromkeys([Kind.SEEN, *TELLING], State.CLOSED),
        Kind.OPENED_AGAIN: State.SEEN,
    },
}


@dataclass(frozen=True)
class Standing:
    """A concern as its entries leave it."""

    state: State
    hushed: bool  # the teller is not to see that anything was opened
    told: bool
    review_on: date | None
    readers: frozenset[int]

    @property
    def label(self) -> object:
        return LABELS[self.state]

    @property
    def is_settled(self) -> bool:
        """Whether the teller was told, or it was written down why not and when to ask again."""
        return self.told or self.hushed

    def allows(self, kind: str) -> bool:
        return kind in NEXT[self.state]


def standing(entries: Iterable[Entry]) -> Standing:
    """Read the entries in the order they were written."""
    state, hushed, told, review = State.RAISED, False, False, None
    readers = set()
    for entry in entries:
        state = NEXT[state][entry.kind]
        if entry.kind == Kind.SEEN:
            readers.add(entry.by_id)
        elif entry.kind in TELLING:
            hushed, told = entry.kind == Kind.NOT_TOLD, entry.kind == Kind.TOLD
            review = entry.review_on
    return Standing(state, hushed, told, review, frozenset(pk for pk in readers if pk is not None))
