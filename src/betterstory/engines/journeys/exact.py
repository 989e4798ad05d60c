"""True counts for the person who may see them, saying on every line that they may not be shared."""

from dataclasses import dataclass
from html import escape
from typing import Any

from betterstory.engines.disclosure import Quartiles
from betterstory.engines.journeys.lengths import MICROSECONDS_IN, SECOND


@dataclass(frozen=True, slots=True, repr=False)
class Exact:
    """A standing in true counts. Lists run from level 0 to level n; `by` gives one list a value."""

    because: str
    steps: tuple[str, ...]
    people: int
    exactly: tuple[int, ...]
    at_least: tuple[int, ...]
    on_the_way: tuple[int, ...]
    way_closed: tuple[int, ...]
    too_early: tuple[int, ...]
    again: tuple[int, ...]
    waits: tuple[float | None, ...]
    by: dict[str, tuple[int, ...]] | None
    set_aside: tuple[str, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        lists = ("exactly", "at_least", "on_the_way", "way_closed", "too_early", "again")
        said: dict[str, Any] = {"people": self.people, "steps": list(self.steps)}
        said |= {name: list(getattr(self, name)) for name in lists}
        if self.by is not None:
            said["by"] = {value: list(counts) for value, counts in self.by.items()}
        return said | {"protected": False, "not_to_be_shared": self.because}

    def __str__(self) -> str:
        said = [f"{self.people:,} people in the records."]
        for level in range(len(self.steps), -1, -1):
            said.append(
                f"{level} of {len(self.steps)} steps: {self.exactly[level]:,} people"
                f" (at least {level}: {self.at_least[level]:,})"
            )
            if 0 < level < len(self.steps):
                said.append(
                    f"    can still go on: {self.on_the_way[level]:,}"
                    f"; the way closed: {self.way_closed[level]:,}, on it again: {self.again[level]:,}"
                    f"; too early to say: {self.too_early[level]:,}"
                )
        waits = zip(self.steps, self.waits, strict=True)
        said += [f'Middle wait for "{step}": {_spoken(wait)}' for step, wait in waits if wait is not None]
        said += [f"{value}: {', '.join(map(str, counts))}" for value, counts in (self.by or {}).items()]
        return "\n".join([*map(self._marked, said), *self.notes()])

    def notes(self) -> list[str]:
        """What was set aside and what to beware of, each line marked like every other."""
        return [self._marked(line) for line in (*self.set_aside, *self.warnings)]

    def _marked(self, line: str) -> str:
        return f"{line}  [exact, not to be shared: {self.because}]"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def middle(values: list[float] | Quartiles) -> float | None:
    if isinstance(values, Quartiles):
        return values.middle
    return sorted(values)[len(values) // 2] if values else None


def _spoken(weeks: float) -> str:
    for unit in ("year", "week", "day", "hour", "minute"):
        number = weeks * MICROSECONDS_IN["week"] / MICROSECONDS_IN[unit]
        if number >= 1:
            return f"{number:.1f} {unit}s"
    return f"{weeks * MICROSECONDS_IN['week'] / SECOND:.0f} seconds"
