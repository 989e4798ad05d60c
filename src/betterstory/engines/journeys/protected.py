"""A standing as it may be shown: how far people came, and who may still go on."""

from dataclasses import dataclass
from html import escape
from typing import Any

from betterstory.engines.disclosure import Group, ProtectedCount, ProtectedWait
from betterstory.engines.journeys.by_column import ByTable

type Counts = tuple[ProtectedCount, ...]


@dataclass(frozen=True, slots=True)
class Protected:
    """A standing under one rule; all of it may be shown. Lists run from level 0 to level n.

    `groups` says which levels are counted as one, because a level alone would be too few. A level's split
    into on the way, way closed and too early is there only where each possible part has enough people.
    `waits[s]` is the shortest fitting wait from the step before to step s (from 0), where 20 people waited.
    """

    profile: str
    steps: tuple[str, ...]
    people: ProtectedCount
    exactly: Counts
    at_least: Counts
    on_the_way: Counts
    way_closed: Counts
    too_early: Counts
    again: Counts
    groups: tuple[Group, ...]
    waits: tuple[ProtectedWait | None, ...]
    by: ByTable | None
    set_aside: tuple[str, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The object that `--json` prints. A hidden figure is None, never 0."""
        lists = ("exactly", "at_least", "on_the_way", "way_closed", "too_early", "again")
        said: dict[str, Any] = {"people": self.people.shown, "steps": list(self.steps)}
        said |= {name: [count.shown for count in getattr(self, name)] for name in lists}
        together = [
            {"levels": [group.first, group.last], "people": group.people.shown}
            for group in self.groups
            if group.first != group.last
        ]
        if together:
            said["together"] = together
        if self.by is not None:
            said["by"] = self.by.as_json()
        return said | {"protected": True}

    def lines(self) -> list[str]:
        """The standing in words, one line a level, the whole path first."""
        said = [f"{self.people} in the records."]
        for group in reversed(self.groups):
            said += [f"{_levels(group, len(self.steps))}: {group.people}."]
            said += self._split(group)
        waits = zip(self.steps, self.waits, strict=True)
        said += [f'Shortest fitting waits for "{step}": {wait}.' for step, wait in waits if wait is not None]
        if self.by is not None:
            said += self.by.lines()
        return [*said, *self.notes()]

    def notes(self) -> list[str]:
        """What was set aside and what to beware of."""
        return [*self.set_aside, *self.warnings]

    def _split(self, group: Group) -> list[str]:
        level = group.first
        if group.last != level:
            return []
        parts = (
            ("can still go on", self.on_the_way[level]),
            ("the way closed", self.way_closed[level]),
            ("we can't tell yet", self.too_early[level]),
            ("of those whose way closed, on it again", self.again[level]),
        )
        return [f"    {words}: {count}" for words, count in parts if count.shown]

    def __str__(self) -> str:
        return "\n".join(line[:1].upper() + line[1:] for line in self.lines())

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def _levels(group: Group, steps: int) -> str:
    """ "All 4 steps", "3 of 4 steps", "2 to 3 of 4 steps", "None of 4 steps"."""
    if group.first == group.last:
        level = group.first
        return f"All {steps} steps" if level == steps else f"{level or 'None'} of {steps} steps"
    return f"{group.first or 'None'} to {group.last} of {steps} steps"
