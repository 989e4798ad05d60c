"""A map as it may be shown: kinds of contact, and the ways from one to the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from betterstory.engines.disclosure import ProtectedCount, ProtectedWait
from betterstory.engines.journeys.map import table


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of contact: how many people had it, came back to it, began or ended with it; whether something
    came next within the limit."""

    name: str
    people: ProtectedCount
    again: ProtectedCount
    first: ProtectedCount
    last: ProtectedCount
    stopped: ProtectedCount
    cannot_tell: ProtectedCount
    went_on: ProtectedCount


@dataclass(frozen=True, slots=True)
class Way:
    """From one kind to the next: how many people went it, and how long their first wait on it was."""

    start: str
    end: str
    people: ProtectedCount
    wait: ProtectedWait | None


@dataclass(frozen=True, slots=True)
class ProtectedMap:
    """A map under one rule; all of it may be shown. Kinds and ways go from many people to few, then by name.

    `together` names the kinds that were put together as `other`, which is the name they then have.
    """

    profile: str
    people: ProtectedCount
    within: str
    kinds: tuple[Kind, ...]
    ways: tuple[Way, ...]
    other: str
    together: tuple[str, ...]
    set_aside: tuple[str, ...] = ()

    def notes(self) -> list[str]:
        """How the figures are to be read, and what was set aside."""
        said = [
            "People are counted once on each way, so they do not add up. Figures are rounded to "
            f"{'5' if self.profile == 'default' else 'the rule'}.",
            "Ways of a few people are not shown. Some are counted in with a way that is.",
            "Waits are those of each person's first time on a way.",
        ]
        if self.together:
            said.append(f"Put together as {self.other}: {', '.join(self.together)}.")
        return [*said, *self.set_aside]

    def lines(self) -> list[str]:
        """The map in words: one line a kind, then one line a way."""
        return [f"Where {self.people} went next.", "", *table.aligned(self._kinds()), "", *self._ways()]

    def _kinds(self) -> Iterator[Sequence[str]]:
        yield ("Contact", "people", "came back", f"nothing next in {self.within}", "first", "last")
        for kind in self.kinds:
            counts = (kind.people, kind.again, kind.stopped, kind.first, kind.last)
            yield (kind.name, *map(table.number, counts))

    def _ways(self) -> list[str]:
        rows = [
            (way.start, way.end, table.number(way.people), str(way.wait) if way.wait else "")
            for way in self.ways
        ]
        return table.aligned([("From", "to", "people", "wait"), *rows])

    def as_json(self) -> dict[str, Any]:
        """The object that `--json` prints. A hidden figure is None, never 0."""
        figures = ("people", "again", "first", "last", "stopped", "cannot_tell", "went_on")
        return {
            "format": 1,
            "people": self.people.shown,
            "within": self.within,
            "contacts": [
                {"name": kind.name} | {name: getattr(kind, name).shown for name in figures}
                for kind in self.kinds
            ],
            "ways": [
                {"from": way.start, "to": way.end, "people": way.people.shown, "wait": _wait(way.wait)}
                for way in self.ways
            ],
            "together": list(self.together),
            "rule": self.profile,
            "protected": True,
        }

    def csv(self) -> str:
        """The same as one table; a hidden figure is empty."""
        return table.as_csv(self._rows())

    def _rows(self) -> Iterator[Sequence[str | int | None]]:
        yield ("what", "from", "to", "people", "status", "unit", "quarter", "median", "three_quarters")
        yield ("everybody", None, None, self.people.shown, self.people.status)
        for kind in self.kinds:
            yield ("contact", kind.name, None, kind.people.shown, kind.people.status)
            for what in ("again", "first", "last", "stopped", "cannot_tell", "went_on"):
                count: ProtectedCount = getattr(kind, what)
                yield (what, kind.name, None, count.shown, count.status)
        for way in self.ways:
            row = ("way", way.start, way.end, way.people.shown, way.people.status)
            wait = way.wait
            quartiles = () if wait is None else (wait.unit, wait.quarter, wait.middle, wait.three_quarters)
            yield (*row, *quartiles)

    def __str__(self) -> str:
        return "\n".join([*self.lines(), "", *self.notes()])

    def __repr__(self) -> str:
        return str(self)

    def as_html_table(self) -> str:
        """The ways as a table, for a notebook."""
        head = "".join(f"<th>{name}</th>" for name in ("From", "To", "People", "Wait"))
        rows = (
            (way.start, way.end, way.people.words(), str(way.wait) if way.wait else "") for way in self.ways
        )
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _wait(wait: ProtectedWait | None) -> dict[str, Any] | None:
    if wait is None:
        return None
    return {
        "unit": wait.unit,
        "quarter": wait.quarter,
        "median": wait.middle,
        "three_quarters": wait.three_quarters,
    }
