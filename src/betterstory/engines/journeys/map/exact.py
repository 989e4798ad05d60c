"""A map in true counts, for the person who may see them, saying on every line that it may not be shared."""

from dataclasses import dataclass
from html import escape
from typing import Any

from betterstory.engines.journeys.lengths import SECOND
from betterstory.engines.journeys.map import table
from betterstory.engines.journeys.map.counted import KINDS_TOLD, Counted


@dataclass(frozen=True, slots=True, repr=False)
class ExactMap:
    """Waits are in seconds: lower quartile, median, upper quartile, over all moves."""

    because: str
    counted: Counted
    names: tuple[str, ...]
    within: str
    set_aside: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        told = self.counted.told
        return {
            "format": 1,
            "people": self.counted.people,
            "within": self.within,
            "contacts": [
                {"name": name, "contacts": int(self.counted.contacts[number])}
                | {what: int(told[what][number]) for what in KINDS_TOLD}
                for number, name in enumerate(self.names)
            ],
            "ways": [
                {"from": start, "to": end, "moves": moves, "people": people, "wait": list(wait)}
                for start, end, moves, people, wait in self._ways()
            ],
            "protected": False,
            "not_to_be_shared": self.because,
        }

    def _ways(self) -> list[tuple[str, str, int, int, tuple[float, ...]]]:
        ways = self.counted.ways
        return [
            (
                self.names[way // self.counted.kinds],
                self.names[way % self.counted.kinds],
                int(ways.moves[place]),
                int(ways.people[place]),
                tuple((ways.waits[place] / (4 * SECOND)).tolist()),
            )
            for place, way in enumerate(ways.way.tolist())
        ]

    def notes(self) -> list[str]:
        return [self._marked(line) for line in self.set_aside]

    def __str__(self) -> str:
        head = ("Contact", "contacts", *(name.replace("_", " ") for name in KINDS_TOLD))
        kinds = [
            (
                name,
                f"{self.counted.contacts[number]:,}",
                *(f"{self.counted.told[what][number]:,}" for what in KINDS_TOLD),
            )
            for number, name in enumerate(self.names)
        ]
        ways = [
            (start, end, f"{moves:,}", f"{people:,}", *(f"{seconds / 86_400:.3f}" for seconds in wait))
            for start, end, moves, people, wait in self._ways()
        ]
        ways_head = ("From", "to", "moves", "people", "days: quarter", "median", "three quarters")
        said = [f"{self.counted.people:,} people have contacts.", *table.aligned([head, *kinds])]
        lines = [*said, *table.aligned([ways_head, *ways])]
        return "\n".join([*map(self._marked, lines), *self.notes()])

    def _marked(self, line: str) -> str:
        return f"{line}  [exact, not to be shared: {self.because}]"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"
