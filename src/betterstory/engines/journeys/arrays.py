"""A log as arrays of whole numbers: contacts in order of person, time and trusted order."""

from dataclasses import dataclass
from typing import Any

import numpy
from numpy.typing import NDArray

type Whole = NDArray[Any]
"""An array of whole numbers. Those of a log are never written to."""


def at_rest(given: Any) -> Any:
    """An array that is not written to, one place after the other: so one compiled loop serves them all."""
    if given is None:
        return given
    resting = numpy.ascontiguousarray(given).view()
    resting.setflags(write=False)
    return resting


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Arrays:
    """Contacts inside everybody's window. They speak of single people: never shown.

    first:     int64, people + 1 places: person p's contacts are at first[p] to first[p + 1]
    activity:  uint8 or uint32, a place a contact: which of the log's `activities` it is, from 0
    at:        int64, a place a contact: microseconds, never falling inside a person
    order:     int64, a place a contact: trusted at equal times; None where those are simultaneous
    last_look: int64, a place a person: the last moment that is seen of them
    """

    first: Whole
    activity: Whole
    at: Whole
    order: Whole | None
    last_look: Whole

    def __post_init__(self) -> None:
        for name in ("first", "activity", "at", "order", "last_look"):
            object.__setattr__(self, name, at_rest(getattr(self, name)))

    @property
    def people(self) -> int:
        return len(self.last_look)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"


def offsets(codes: Whole, people: int) -> Whole:
    """Where each person's contacts start, and where the last one's end; `codes` never falls."""
    return numpy.searchsorted(codes, numpy.arange(people + 1)).astype(numpy.int64)


def kind_of_code(activities: int) -> type[numpy.uint8 | numpy.uint32]:
    """The smallest whole number that can say which of so many activities it is."""
    return numpy.uint8 if activities <= 256 else numpy.uint32
