"""The released figures a wall is drawn from. Anything that was not rounded is refused."""

from collections.abc import Iterator
from dataclasses import dataclass

KINDS = ("on_the_way", "cannot_tell", "people", "way_closed")  # from left to right in their ring


@dataclass(frozen=True)
class Away:
    """People some steps short of the whole path: split by where they stand, or one figure for all of them.

    `up_to` is the farthest of them where a release puts neighbouring levels together; `steps` 0 then means
    that those who went the whole way are among them. None is a figure that is hidden.
    """

    steps: int
    people: int | None = None
    on_the_way: int | None = None
    way_closed: int | None = None
    cannot_tell: int | None = None
    up_to: int | None = None

    @property
    def farthest(self) -> int:
        return self.steps if self.up_to is None else self.up_to

    @property
    def is_split(self) -> bool:
        return any((self.on_the_way, self.way_closed, self.cannot_tell))

    def shown(self) -> Iterator[tuple[str, int]]:
        """What is drawn in this ring: its parts where they are shown, else all of it undivided."""
        for kind in KINDS:
            figure: int | None = getattr(self, kind)
            if figure and (kind != "people" or not self.is_split):
                yield kind, figure


@dataclass(frozen=True)
class Figures:
    """What a release says. `people` is everybody in the records, where there is a list of them.

    Raises ValueError for a figure that no release would hold: not a multiple of 5, or under `hidden_below`.
    """

    behind: int | None
    away: tuple[Away, ...] = ()
    people: int | None = None
    hidden_below: int = 8

    def __post_init__(self) -> None:
        for figure in self._all():
            if figure and (figure < self.hidden_below or figure % 5):
                raise ValueError("Only released figures are drawn: rounded to 5, and none that is hidden.")
        reached = -1 if self.behind is None else 0
        for away in self.away:
            if away.steps <= reached or away.farthest < away.steps:
                raise ValueError("Levels are given once each, the nearest first.")
            reached = away.farthest

    def _all(self) -> Iterator[int | None]:
        yield self.behind
        yield self.people
        for away in self.away:
            yield from (away.people, away.on_the_way, away.way_closed, away.cannot_tell)

    @property
    def drawn(self) -> int:
        """Everybody who has a dot in a ring, added up from what is shown."""
        return (self.behind or 0) + sum(figure for away in self.away for _, figure in away.shown())
