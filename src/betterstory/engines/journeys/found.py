"""What a backend finds out about each person, before anything is counted."""

from collections.abc import Sequence
from dataclasses import dataclass

NO_STATUS, ON_THE_WAY, WAY_CLOSED, TOO_EARLY = range(4)


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """One place a person in each sequence, in the order of `people`. It speaks of single people: never shown.

    levels:   the best level, 0 to n
    statuses: NO_STATUS at level 0 and n, else one of the other three
    again:    whether the way closed but a shorter choice can go on
    reached:  flat, n to a person: the moments (microseconds) of the shortest fitting choice, 0 past its level
    """

    people: Sequence[str]
    levels: Sequence[int]
    statuses: Sequence[int]
    again: Sequence[bool]
    reached: Sequence[int]

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"
