"""What happened on which day: written down in any order, lived through in the order of days.

The ledger's days only go forward, so the past is made from its beginning to its end.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date


@dataclass
class Diary:
    """Everything asked, answered, promised and judged in the town."""

    days: list[tuple[date, Callable[[], object]]] = field(default_factory=list)

    def on(self, day: date, happened: Callable[[], object]) -> None:
        self.days.append((day, happened))

    def live(self) -> None:
        """Of one day, in the order they were written down."""
        for _day, happened in sorted(self.days, key=lambda each: each[0]):
            happened()
