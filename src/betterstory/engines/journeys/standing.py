"""Who stands behind a story. The true counts are inside; what comes out by itself is protected."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any, NamedTuple, Never

from betterstory.engines.disclosure import (
    NOBODY,
    Group,
    Profile,
    ProtectedCount,
    Quartiles,
    Status,
    Withheld,
    each_part,
    find_profile,
    part_of,
    parts_of_a_whole,
    protect_waits,
    split,
    total,
)
from betterstory.engines.journeys.aside import Aside
from betterstory.engines.journeys.by_column import by_table, names_of, together
from betterstory.engines.journeys.exact import Exact, middle
from betterstory.engines.journeys.figures import Figures
from betterstory.engines.journeys.found import ON_THE_WAY, TOO_EARLY, WAY_CLOSED
from betterstory.engines.journeys.pattern import Pattern, Step
from betterstory.engines.journeys.protected import Counts, Protected

type Span = tuple[int, int]
type Names = tuple[str, ...]

STATUSES = {"on_the_way": ON_THE_WAY, "way_closed": WAY_CLOSED, "too_early": TOO_EARLY}


class Mark(NamedTuple):
    """One person in a standing, as a keyed hash."""

    person: bytes
    level: int
    status: int
    again: bool
    value: str | None


def possible_statuses(pattern: Pattern, *, records_end: bool) -> tuple[frozenset[str], ...]:
    """Which statuses somebody at each level, 0 to n, could have at all: said by the pattern alone."""
    before = (_possible_before(step, pattern, records_end=records_end) for step in pattern.steps[1:])
    return (frozenset(), *before, frozenset())


def _possible_before(step: Step, pattern: Pattern, *, records_end: bool) -> frozenset[str]:
    if step.silence is not None:
        return frozenset({"too_early", "way_closed"})
    can_close = pattern.whole_within is not None or step.within is not None or bool(step.without)
    can = {"on_the_way": True, "way_closed": can_close, "too_early": records_end}
    return frozenset(name for name in can if can[name])


class Standing:
    """How far people came along a pattern. Whatever prints it shows protected figures only.

    `protect()` gives them under a rule; `exact()` alone gives the true counts, and asks why. Its own lists
    (`exactly`, `at_least`, ...) are those of the default rule.
    """

    __slots__ = ("_aside", "_by_column", "_figures", "_pattern", "_possible", "_values", "steps", "warnings")

    def __init__(
        self,
        pattern: Pattern,
        figures: Figures,
        *,
        records_end: bool,
        by_column: str | None = None,
        values: Mapping[str, str] | None = None,
        aside: tuple[Aside, ...] = (),
        warnings: tuple[str, ...] = (),
    ) -> None:
        self._pattern = pattern
        self._figures = figures
        self._possible = possible_statuses(pattern, records_end=records_end)
        self._by_column = by_column
        self._values = values or {}
        self._aside = aside
        self.steps = tuple(step.name for step in pattern.steps)
        self.warnings = warnings

    def protect(self, profile: str = "default") -> Protected:
        """The figures that may be shown under a rule. Raises Withheld for a rule that does not exist."""
        rule = find_profile(profile)
        groups = parts_of_a_whole(self._figures.exactly, rule)
        alone = {group.first for group in groups if group.first == group.last and group.people.shown}
        splits = [self._split(level, level in alone, rule) for level in range(len(self.steps) + 1)]
        groups = tuple(_from_its_parts(group, splits[group.first]) for group in groups)
        at_least = at_least_of(groups)
        by = self._figures.by_value(self._values) if self._by_column else {}
        return Protected(
            profile=rule.name,
            steps=self.steps,
            people=at_least[0],
            exactly=each_part(groups),
            at_least=at_least,
            on_the_way=tuple(parts["on_the_way"] for parts in splits),
            way_closed=tuple(parts["way_closed"] for parts in splits),
            too_early=tuple(parts["too_early"] for parts in splits),
            again=tuple(parts["again"] for parts in splits),
            groups=groups,
            waits=tuple(protect_waits(self._waits(step)) for step in range(len(self.steps))),
            by=by_table(self._by_column, by, groups, rule) if self._by_column else None,
            set_aside=tuple(aside.said(rule) for aside in self._aside),
            warnings=self.warnings,
        )

    def exact(self, *, because: str) -> Exact:
        """The true counts, for whoever may see them. Raises Withheld without a reason."""
        if not because.strip():
            raise Withheld("Exact figures are only given for a reason: say why they are needed.")
        figures = self._figures
        return Exact(
            because=" ".join(because.split()),
            steps=self.steps,
            people=figures.people,
            exactly=figures.exactly,
            at_least=figures.at_least,
            on_the_way=figures.on_the_way,
            way_closed=figures.way_closed,
            too_early=figures.too_early,
            again=figures.again,
            waits=tuple(middle(self._waits(step)) for step in range(len(self.steps))),
            by=figures.by_value(self._values) if self._by_column else None,
            set_aside=tuple(aside.said_exactly() for aside in self._aside),
            warnings=self.warnings,
        )

    def fingerprints(self, key: bytes, profile: str = "default") -> dict[str, frozenset[bytes]]:
        """Who is in each figure that `protect` shows, as keyed hashes, to hold releases against each other.

        They are as secret as the log: keep the key apart, and delete both with the log.
        """
        shown = self.protect(profile)
        who = self._figures.who
        sets = {f"level {g.first} to {g.last}": who(range(g.first, g.last + 1)) for g in shown.groups}
        for name, status in STATUSES.items():
            counts = enumerate(getattr(shown, name))
            sets |= {f"{name} {at}": who(range(at, at + 1), status) for at, count in counts if count.shown}
        sets |= self._who_by_column(shown, find_profile(profile))
        return {
            name: frozenset(blake2b(person.encode(), key=key, digest_size=16).digest() for person in people)
            for name, people in sets.items()
        }

    def marks(self, key: bytes) -> list[Mark]:
        """Everybody as a keyed hash, with how far they came. As secret as the log, like `fingerprints`."""
        return [
            Mark(
                blake2b(person.encode(), key=key, digest_size=16).digest(),
                level,
                status,
                again,
                self._values.get(person),
            )
            for person, level, status, again in self._figures.each()
        ]

    def looked_over(self, profile: str = "default") -> tuple[Sequence[Span], list[tuple[Names, Names]]]:
        """Which levels, and which values, the table by a column counts as one: as they may be named, and as
        they are. Not for showing."""
        rule = find_profile(profile)
        by = self._figures.by_value(self._values)
        spans, rows = together(by, parts_of_a_whole(self._figures.exactly, rule), rule)
        return spans, [(names_of(row, by, rule), row) for row in rows]

    def _who_by_column(self, shown: Protected, rule: Profile) -> dict[str, list[str]]:
        """Who is in each cell of the look-over. A row is called by its place: its values may be rare."""
        if not self._by_column:
            return {}
        spans, rows = together(self._figures.by_value(self._values), shown.groups, rule)
        sets = {}
        for first, last in spans:
            here = self._figures.who(range(first, last + 1))
            for place, row in enumerate(rows):
                name = f"{self._by_column} {place}, level {first} to {last}"
                sets[name] = [person for person in here if self._values[person] in row]
        return sets

    def _waits(self, step: int) -> list[float] | Quartiles:
        """Nobody waits for the first step, and a silence is as long as it says."""
        waited = step > 0 and self._pattern.steps[step].silence is None
        return self._figures.waits(step) if waited else []

    def _split(self, level: int, alone: bool, rule: Profile) -> dict[str, ProtectedCount]:
        """What of a level's statuses may be shown; `alone` says whether the level itself is, on its own."""
        figures, possible = self._figures, self._possible[level]
        parts = {name: getattr(figures, name)[level] for name in STATUSES}
        said = (
            split(parts, possible, rule)
            if alone
            else {name: _not_shown(name in possible, rule) for name in parts}
        )
        said["again"] = _not_shown(level > 1 and "way_closed" in possible, rule)
        if said["again"].shown is None and said["way_closed"].shown:
            said["again"] = part_of(figures.again[level], figures.way_closed[level], rule)
        return said

    def __getattr__(self, name: str) -> Any:
        if name in _SHOWN:
            return getattr(self.protect(), name)
        raise AttributeError(name)

    def as_json(self) -> dict[str, Any]:
        return self.protect().as_json()

    def __repr__(self) -> str:
        return str(self.protect())

    def _repr_html_(self) -> str:
        return self.protect()._repr_html_()

    def __reduce__(self) -> Never:
        raise TypeError("A standing holds true counts and is not written down. Keep what protect() gives.")


_SHOWN = {"people", "exactly", "at_least", "again", "groups", "waits", "by", "set_aside", *STATUSES}


def _not_shown(possible: bool, rule: Profile) -> ProtectedCount:
    return ProtectedCount(None, "together", rule.hidden_below) if possible else NOBODY


def _from_its_parts(group: Group, parts: dict[str, ProtectedCount]) -> Group:
    """A level whose split is shown is the sum of what is shown of it."""
    apart = [parts[name] for name in STATUSES if parts[name].shown]
    return replace(group, people=replace(group.people, shown=total(apart))) if apart else group


def at_least_of(groups: Sequence[Group]) -> Counts:
    """Sums of what is shown, from the first level of each group; within a group nothing new can be said."""
    said: list[ProtectedCount] = []
    for place, group in enumerate(groups):
        whole = group.people
        if whole.shown is not None:
            whole = replace(whole, shown=total(above.people for above in groups[place:]))
        within: Status = "fewer" if group is groups[-1] and group.first > 0 else "together"
        others = whole if whole.shown is None else ProtectedCount(None, within, whole.below)
        said += [whole] + [others] * (group.last - group.first)
    return tuple(said)
