"""What a way of counting finds out about each person, before anything is counted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from betterstory.engines.journeys.arrays import Whole

NO_STATUS, ON_THE_WAY, WAY_CLOSED, TOO_EARLY = range(4)
BYTES = 256


def as_byte(level: Whole, status: Whole, again: Whole) -> Whole:
    """All that is known of each person, so that one look over the people counts them."""
    return level * 8 + status * 2 + again


def from_byte(said: Whole) -> tuple[Whole, Whole, Whole]:
    """Level, status and again, from what `as_byte` made of them."""
    return said >> 3, said >> 1 & 3, said & 1


class People(Sequence[str]):
    """The ids of the people, in order, looked up only when somebody asks who they are."""

    def __init__(self, many: int, look_up: Callable[[], Sequence[str]]) -> None:
        self._many, self._look_up = many, look_up

    @cached_property
    def _ids(self) -> Sequence[str]:
        return self._look_up()

    def settle(self) -> None:
        """Look them up now, because later is too late."""
        self._ids  # noqa: B018 - looking is what keeps them

    def __len__(self) -> int:
        return self._many

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        return self._ids[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"


@dataclass(frozen=True, repr=False, eq=False)
class Found:
    """One place a person in each array, in the order of `people`. It speaks of single people: never shown.

    levels:   the best level, 0 to n
    statuses: NO_STATUS at level 0 and n, else one of the other three
    again:    1 where the way closed but a shorter choice can go on
    moments:  what `reached` is, or what gives it to whoever asks
    every:    how many people have each byte that `as_byte` gives, where that was counted on the way
    """

    people: Sequence[str]
    levels: Whole
    statuses: Whole
    again: Whole
    moments: Whole | Callable[[], Whole]
    every: Whole | None = None

    @cached_property
    def reached(self) -> Whole:
        """People x steps: the moments (microseconds) of the shortest fitting choice, 0 past the level."""
        return self.moments() if callable(self.moments) else self.moments

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"
