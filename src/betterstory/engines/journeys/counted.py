"""True counts that came as counts: nobody's own outcome is here, so nobody's can be told."""

from collections.abc import Mapping, Sequence
from typing import Never

from betterstory.engines.disclosure import Quartiles, Withheld
from betterstory.engines.journeys.figures import Figures


class Counted(Figures):
    """The same figures as `Figures`, for a log too large to bring its people here."""

    __slots__ = ("_by", "_waits")

    def __init__(
        self,
        counts: Mapping[str, Sequence[int]],
        waits: Mapping[int, Quartiles],
        by: Mapping[str, tuple[int, ...]],
    ) -> None:
        """`counts` holds people at each level under each name; `waits` one a step, from 0, in weeks."""
        self.people = sum(counts["exactly"])
        self.exactly = tuple(counts["exactly"])
        self.on_the_way = tuple(counts["on_the_way"])
        self.way_closed = tuple(counts["way_closed"])
        self.too_early = tuple(counts["too_early"])
        self.again = tuple(counts["again"])
        self._waits = dict(waits)
        self._by = dict(sorted(by.items()))

    def waits(self, step: int) -> Quartiles | list[float]:
        return self._waits.get(step, [])

    def by_value(self, values: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
        """Counted where the log is: `values` is not asked."""
        return self._by

    def who(self, levels: range, status: int | None = None) -> Never:
        raise Withheld(
            "Releases are held against each other person by person, and Spark brings nobody's outcome here. "
            "Count with --backend duckdb to release."
        )
