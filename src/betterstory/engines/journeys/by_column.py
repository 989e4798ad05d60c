"""A look-over by one column: the same levels for each value of it, in figures that may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from betterstory.engines.disclosure import Group, Profile, ProtectedCount, grouped, protect, total
from betterstory.engines.journeys.words import listed


@dataclass(frozen=True, slots=True)
class ByRow:
    """The people of one value, or of several that are too few apart. One count a group of levels."""

    values: tuple[str, ...]
    people: tuple[ProtectedCount, ...]

    @property
    def name(self) -> str:
        return listed(self.values)


@dataclass(frozen=True, slots=True)
class ByTable:
    """Rows by value, columns by group of levels (first, last), lowest levels first. No row or column totals:
    sums of what is shown are for the reader to make."""

    column: str
    levels: tuple[tuple[int, int], ...]
    rows: tuple[ByRow, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "column": self.column,
            "levels": [list(span) for span in self.levels],
            "rows": [
                {"values": list(row.values), "people": [count.shown for count in row.people]}
                for row in self.rows
            ],
        }

    def lines(self) -> list[str]:
        spans = [
            f"{first} steps" if first == last else f"{first} to {last} steps" for first, last in self.levels
        ]
        said = [f"By {self.column}:"]
        for row in self.rows:
            counts = zip(reversed(spans), reversed(row.people), strict=True)
            said.append(f"    {row.name}: " + "; ".join(f"{span}, {count}" for span, count in counts))
        return said


def by_table(
    column: str, counts: Mapping[str, Sequence[int]], groups: Sequence[Group], profile: Profile
) -> ByTable:
    """The look-over as it may be shown: see `together`."""
    spans, rows = together(counts, groups, profile)
    shown = [
        ByRow(
            names_of(row, counts, profile),
            tuple(
                protect(sum(sum(counts[value][first : last + 1]) for value in row), profile)
                for first, last in spans
            ),
        )
        for row in rows
    ]
    # by what is shown: the true order would tell which of two that read alike has more
    return ByTable(column, spans, tuple(sorted(shown, key=lambda row: (-total(row.people), row.values))))


def together(
    counts: Mapping[str, Sequence[int]], groups: Sequence[Group], profile: Profile
) -> tuple[tuple[tuple[int, int], ...], list[tuple[str, ...]]]:
    """Put small values together, and levels too, until none is small. Gives the levels, and the rows.

    Values go from most to fewest people, so that the small ones meet. While fewer than half of the rows would
    be left, the two highest groups of levels become one, down to two groups. One grouping of levels serves
    every row: if each had its own, the rows could be taken from the count of everybody.
    """
    values = sorted(counts, key=lambda value: (-sum(counts[value]), value))
    spans = [(group.first, group.last) for group in groups]
    while True:
        cells = [[sum(counts[value][first : last + 1]) for first, last in spans] for value in values]
        rows = grouped(cells, profile)
        if 2 * len(rows) >= len(values) or len(spans) <= 2:
            break
        spans[-2:] = [(spans[-2][0], spans[-1][1])]
    return tuple(spans), [tuple(values[index] for index in row) for row in rows]


def names_of(values: Sequence[str], counts: Mapping[str, Sequence[int]], profile: Profile) -> tuple[str, ...]:
    """The values' names, but not those of a few people: a rare name can point at someone."""
    named = [value for value in values if sum(counts[value]) >= profile.hidden_below]
    return tuple(named) if len(named) == len(values) else (*named, "others")
