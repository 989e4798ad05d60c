"""Where people go next. The true counts are inside; what comes out by itself is protected."""

from collections.abc import Sequence
from typing import Any, Never, Protocol

import numpy

from betterstory.engines.disclosure import (
    Profile,
    ProtectedCount,
    Withheld,
    each_part,
    find_profile,
    part_of,
    parts_of_a_whole,
    protect,
    protect_quartiles,
)
from betterstory.engines.journeys.arrays import Arrays, Whole
from betterstory.engines.journeys.aside import Aside
from betterstory.engines.journeys.lengths import DAY, Length, read_length
from betterstory.engines.journeys.map.counted import Counted
from betterstory.engines.journeys.map.exact import ExactMap
from betterstory.engines.journeys.map.find import Backend, find_map, people_of_each, put_together
from betterstory.engines.journeys.map.picture import draw
from betterstory.engines.journeys.map.protected import Kind, ProtectedMap, Way
from betterstory.engines.journeys.map.rule import nearly_all, ways_to_show
from betterstory.engines.journeys.refused import PatternRefused

LEAST_SHARE = 0.02
WITHIN = "12 weeks"
OTHER = "other contacts"


class Log(Protocol):
    """A contact log of any kind."""

    @property
    def activities(self) -> Sequence[str]: ...

    def arrays(self) -> Arrays: ...


class JourneyMap:
    """Where people went next, as a picture and as a table. Whatever prints it shows protected figures only.

    `protect()` gives them under a rule; `exact()` alone gives the true counts, and asks why.
    """

    __slots__ = ("_aside", "_counted", "_names", "_together", "_within")

    def __init__(
        self,
        counted: Counted,
        names: Sequence[str],
        *,
        within: Length,
        together: Sequence[tuple[str, int]] = (),
        aside: Sequence[Aside] = (),
    ) -> None:
        self._counted = counted
        self._names = tuple(names)
        self._within = within
        self._together = tuple(together)
        self._aside = tuple(aside)

    def protect(self, profile: str = "default") -> ProtectedMap:
        """The map that may be shown under a rule. Raises Withheld for a rule that does not exist."""
        rule = find_profile(profile)
        told, kinds = self._counted.told, self._counted.kinds
        said = ways_to_show(_cells(self._counted), numpy.append(told["people"], self._counted.people), rule)
        shown = [self._kind(number, said, rule) for number in range(kinds)]
        shown = [kind for kind in shown if kind.people.shown is not None]
        has_other = bool(self._together) and any(kind.name == self._names[-1] for kind in shown)
        return ProtectedMap(
            profile=rule.name,
            people=protect(self._counted.people, rule),
            within=self._within.words,
            kinds=tuple(sorted(shown, key=lambda kind: (-(kind.people.shown or 0), kind.name))),
            ways=tuple(self._ways(said, {kind.name for kind in shown}, rule)),
            other=self._names[-1] if has_other else OTHER,
            together=_named(self._together, rule) if has_other else (),
            set_aside=tuple(aside.said(rule) for aside in self._aside),
        )

    def _kind(self, number: int, said: Whole, rule: Profile) -> Kind:
        told, kinds = self._counted.told, self._counted.kinds
        people = int(told["people"][number])
        whole = int(nearly_all(numpy.array(people), numpy.array(self._counted.people), rule))
        stopped, cannot_tell = int(told["stopped"][number]), int(told["cannot_tell"][number])
        parts = parts_of_a_whole((people - stopped - cannot_tell, cannot_tell, stopped), rule)
        went_on, cannot, stop = each_part(parts)
        return Kind(
            name=self._names[number],
            people=protect(whole, rule),
            again=part_of(int(told["again"][number]), people, rule),
            first=_said(said[kinds, number], rule),
            last=_said(said[number, kinds], rule),
            stopped=stop,
            cannot_tell=cannot,
            went_on=went_on,
        )

    def _ways(self, said: Whole, names: set[str], rule: Profile) -> list[Way]:
        ways = self._counted.ways
        shown = []
        for place, way in enumerate(ways.way.tolist()):
            one, other = divmod(way, self._counted.kinds)
            start, end = self._names[one], self._names[other]
            if said[one, other] and {start, end} <= names:
                days = (ways.first_wait[place] / (4 * DAY)).tolist()
                wait = protect_quartiles(int(ways.people[place]), days)
                shown.append(Way(start, end, _said(said[one, other], rule), wait))
        return sorted(shown, key=lambda way: (-(way.people.shown or 0), way.start, way.end))

    def exact(self, *, because: str) -> ExactMap:
        """The true counts, for whoever may see them. Raises Withheld without a reason."""
        if not because.strip():
            raise Withheld("Exact figures are only given for a reason: say why they are needed.")
        aside = tuple(each.said_exactly() for each in self._aside)
        return ExactMap(" ".join(because.split()), self._counted, self._names, self._within.words, aside)

    def svg(self, profile: str = "default") -> str:
        """The picture, as a file of its own."""
        return draw(self.protect(profile), alone=True)

    def csv(self, profile: str = "default") -> str:
        """The same as a table."""
        return self.protect(profile).csv()

    def as_json(self) -> dict[str, Any]:
        return self.protect().as_json()

    def __repr__(self) -> str:
        return str(self.protect())

    def _repr_html_(self) -> str:
        shown = self.protect()
        return f"{draw(shown)}{shown.as_html_table()}"

    def __reduce__(self) -> Never:
        raise TypeError("A map holds true counts and is not written down. Keep what protect() gives.")


def draw_map(
    log: Log, *, within: str = WITHIN, least_share: float = LEAST_SHARE, backend: Backend = "auto"
) -> JourneyMap:
    """Where the people of a log went next. Raises PatternRefused.

    within:      how long something next may take, before we say that nothing came
    least_share: contacts that fewer of all people had are put together as "other contacts"
    backend:     "python" is the definition itself; "fast" needs numba; "numpy" does without
    """
    if not 0 <= least_share < 1:
        raise PatternRefused("The least share is a part of all people: 0.02 is 2 in every hundred.")
    limit = read_length(within)
    arrays = log.arrays()
    kinds = len(log.activities)
    people = people_of_each(arrays, kinds, backend)
    few = _few(people, int((numpy.diff(arrays.first) > 0).sum()), least_share)
    names = [name for name, rare in zip(log.activities, few, strict=True) if not rare]
    if few.any():
        arrays = put_together(arrays, numpy.where(few, len(names), numpy.cumsum(~few) - 1))
        names.append(_free(OTHER, names))
    return JourneyMap(
        find_map(arrays, len(names), within=limit.microseconds, backend=backend),
        names,
        within=limit,
        together=[(log.activities[place], int(people[place])) for place in numpy.flatnonzero(few).tolist()],
        aside=getattr(log, "aside", ()),
    )


def _few(people: Whole, everybody: int, least_share: float) -> Whole:
    """Which kinds are rare, by what would be shown of them."""
    rule = find_profile("default")
    least = least_share * (protect(everybody, rule).shown or 0)
    shown = [protect(int(many), rule).shown for many in people]
    return numpy.array([many is None or many < least for many in shown], dtype=bool)


def _free(name: str, names: Sequence[str]) -> str:
    while name in names:
        name += " (put together)"
    return name


def _cells(counted: Counted) -> Whole:
    """People on every way; the last row came from nowhere, the last column went nowhere."""
    kinds = counted.kinds
    cells = numpy.zeros((kinds + 1, kinds + 1), dtype=numpy.int64)
    one, other = numpy.divmod(counted.ways.way, kinds)
    cells[one, other] = counted.ways.people
    cells[kinds, :kinds] = counted.told["first"]
    cells[:kinds, kinds] = counted.told["last"]
    return cells


def _said(people: int, rule: Profile) -> ProtectedCount:
    return protect(int(people), rule) if people else ProtectedCount(None, "together", rule.hidden_below)


def _named(together: Sequence[tuple[str, int]], rule: Profile) -> tuple[str, ...]:
    """A rare name can point at someone."""
    named = tuple(name for name, people in together if people >= rule.hidden_below)
    return named if len(named) == len(together) else (*named, "others")
