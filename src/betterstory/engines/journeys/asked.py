"""A pattern put to a log: both as whole numbers, ready for a pass."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy

from betterstory.engines.journeys.arrays import Whole, at_rest
from betterstory.engines.journeys.onepass import AFTER, INSIDE, LIMITS, NO_LIMIT, SILENCE, TIMES, WITHIN
from betterstory.engines.journeys.pattern import Pattern

WORTH_PICKING = 3
"""So many patterns, one after the other, are quicker on a copy of the contacts that they speak of."""

type Condition = tuple[str, tuple[str, ...]]
"""A column, and the texts that are accepted in it."""

NO_ORDER: Whole = numpy.zeros(0, dtype=numpy.int64)
NO_TABLE: Whole = numpy.zeros(256, dtype=numpy.uint32)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Asked:
    """Contacts in order of person, time and order, and which steps each kind of them fits and bars.

    first, at, last_look: as in `Arrays`; order: empty where equal times are simultaneous
    kind:                 uint8 or uint32, a place a contact
    fits_of, bars_of:     uint32, a place a kind: bit k is set where it is listed for step k, or must not come
                          just before it
    end:                  the data's end
    """

    first: Whole
    kind: Whole
    at: Whole
    order: Whole
    last_look: Whole
    end: int
    fits_of: Whole = field(default_factory=lambda: NO_TABLE)
    bars_of: Whole = field(default_factory=lambda: NO_TABLE)

    def __post_init__(self) -> None:
        for name in ("first", "kind", "at", "order", "last_look", "fits_of", "bars_of"):
            object.__setattr__(self, name, at_rest(getattr(self, name)))

    @property
    def people(self) -> int:
        return len(self.last_look)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"


def conditions(patterns: Sequence[Pattern]) -> tuple[Condition, ...]:
    """Everything that a `where` of these patterns asks, each once."""
    steps = (step for pattern in patterns for step in pattern.steps)
    return tuple(dict.fromkeys(condition for step in steps for condition in step.where))


def kinds(
    pattern: Pattern, activities: Sequence[str], asked: Sequence[Condition] = ()
) -> tuple[Whole, Whole]:
    """`fits_of` and `bars_of`. A kind is an activity's place, and from there on, that many places apart, the
    same activity with each choice of the conditions that hold: bit by bit, the first condition first."""
    many = max(256, len(activities) << len(asked))  # so that no byte points past the end
    fits_of = numpy.zeros(many, dtype=numpy.uint32)
    bars_of = numpy.zeros(many, dtype=numpy.uint32)
    places = {activity: place for place, activity in enumerate(activities)}
    for holding in range(1 << len(asked)):
        holds = {condition for place, condition in enumerate(asked) if holding >> place & 1}
        for k, step in enumerate(pattern.steps):
            listed = step.activity if holds.issuperset(step.where) else ()
            for table, names in ((fits_of, listed), (bars_of, step.without)):
                for activity in set(names) & places.keys():
                    table[places[activity] + holding * len(activities)] |= numpy.uint32(1 << k)
    return fits_of, bars_of


def kinds_of(activity: Whole, activities: int, holding: Sequence[Whole]) -> Whole:
    """The kind of each contact, from its activity and from whether each condition holds."""
    if not holding:
        return activity
    kind = activity.astype(numpy.uint32)
    for place, holds in enumerate(holding):
        kind += holds.astype(numpy.uint32) * numpy.uint32(activities << place)
    return kind


def each_asked(shared: Asked, patterns: Sequence[Pattern], activities: Sequence[str]) -> list[Asked]:
    """The same contacts as each of these patterns sees them."""
    asked = conditions(patterns)
    tables = (kinds(pattern, activities, asked) for pattern in patterns)
    return [replace(shared, fits_of=fits_of, bars_of=bars_of) for fits_of, bars_of in tables]


def spoken_of(asked: Sequence[Asked], people: Whole | None = None) -> list[Asked]:
    """The same, for the contacts alone that any of these speaks of; where some people are named, for theirs.

    They all see the same contacts.
    """
    shared = asked[0]
    said = numpy.zeros(len(shared.fits_of), dtype=bool)
    for own in asked:
        said |= (own.fits_of | own.bars_of) != 0
    kept = said[shared.kind]
    if people is not None:
        theirs = numpy.zeros(shared.people, dtype=bool)
        theirs[people] = True
        kept &= numpy.repeat(theirs, numpy.diff(shared.first))
    places = numpy.flatnonzero(kept)
    first = numpy.searchsorted(places, shared.first)
    those = slice(None) if people is None else people
    some = replace(
        shared,
        first=numpy.append(first[:-1][those], first[-1]),
        kind=shared.kind[places],
        at=shared.at[places],
        order=shared.order[places] if len(shared.order) else shared.order,
        last_look=shared.last_look[those],
    )
    return [replace(some, fits_of=own.fits_of, bars_of=own.bars_of) for own in asked]


def limits_of(pattern: Pattern) -> tuple[Whole, int]:
    """The pass's `limits`, a row a step, and the limit on the whole path."""
    limits = numpy.zeros((len(pattern.steps), LIMITS), dtype=numpy.int64)
    for row, step in zip(limits, pattern.steps, strict=True):
        row[TIMES] = step.times
        row[INSIDE] = step.inside.microseconds if step.inside else NO_LIMIT
        row[WITHIN] = step.within.microseconds if step.within else NO_LIMIT
        row[AFTER] = step.after.microseconds if step.after else 0
        row[SILENCE] = step.silence.microseconds if step.silence else -1
    return limits, pattern.whole_within.microseconds if pattern.whole_within else NO_LIMIT
