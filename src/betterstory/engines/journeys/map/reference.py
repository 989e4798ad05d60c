"""What exactly a map counts: the definition, short rather than fast. Every faster way must agree with it.

Times are whole microseconds; a limit includes its end.

Moment.  A person's contacts at one time, and at one place of a trusted order where there is one, are one
         moment. Contacts of one kind in one moment are one contact.
Next.    What comes next after a contact is every kind of contact in the person's next moment. Contacts in
         one moment are simultaneous: none of them is next of another.
Way.     A pair of kinds, from and to. A move is one time that a person went it. Its wait runs from the one
         moment to the next. People are counted once a way; the first wait of each is also kept by itself.
Again.   Someone comes back to a kind when they have it in a later moment too, whatever lies between.
First,   the kinds in a person's first moment, and in the last one that is seen of them.
last.
Nothing  Someone stopped at a kind when, after one of their contacts of it, no next moment came within the
next.    limit, and the whole limit was seen before their last look. Where it was not, for the last contact
         that is seen of them, we can't tell; who stopped there earlier has stopped. The others went on.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy

from betterstory.engines.journeys.arrays import Arrays
from betterstory.engines.journeys.map.counted import KINDS_TOLD, Counted, Ways

type Moment = tuple[int, frozenset[int]]
"""A time, and the kinds of contact at it."""


def count(arrays: Arrays, kinds: int, within: int) -> Counted:
    """The map of these contacts, where codes of activities run from 0 to `kinds` - 1."""
    who: dict[str, dict[int, set[int]]] = {name: defaultdict(set) for name in KINDS_TOLD}
    contacts = [0] * kinds
    waits: dict[tuple[int, int], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for person in range(arrays.people):
        moments = list(moments_of(arrays, person))
        for _, here in moments:
            for kind in here:
                contacts[kind] += 1
                who["again" if person in who["people"][kind] else "people"][kind].add(person)
        for (at, here), (then, there) in pairwise(moments):
            for way in ((one, other) for one in here for other in there):
                waits[way][person].append(then - at)
            if then - at > within:
                _add(who["stopped"], here, person)
        if moments:
            at, here = moments[-1]
            _add(who["first"], moments[0][1], person)
            _add(who["last"], here, person)
            _add(who["stopped" if at + within <= arrays.last_look[person] else "cannot_tell"], here, person)
    for kind, people in who["cannot_tell"].items():
        people -= who["stopped"][kind]
    told = {name: numpy.array([len(who[name][kind]) for kind in range(kinds)]) for name in KINDS_TOLD}
    seen = int((numpy.diff(arrays.first) > 0).sum())
    return Counted(seen, kinds, within, numpy.array(contacts), told, _ways(waits, kinds))


def moments_of(arrays: Arrays, person: int) -> Iterator[Moment]:
    """One person's moments, in order."""
    rows = range(arrays.first[person], arrays.first[person + 1])
    order = arrays.order
    for (at, _), same in groupby(rows, lambda row: (int(arrays.at[row]), 0 if order is None else order[row])):
        yield at, frozenset(int(arrays.activity[row]) for row in same)


def in_fourths(waits: Sequence[int]) -> tuple[int, int, int]:
    """Lower quartile, median and upper quartile, each times four so that it is a whole number.

    They are those of type 7 (Hyndman and Fan, "Sample quantiles in statistical packages", 1996), as numpy,
    DuckDB's `quantile_cont` and R give them: with n waits in order from 0, the one at place (n - 1) / 4, and
    between two places the straight line from one to the other. So the median of an even number is the mean
    of the two in the middle.
    """
    ordered = sorted(waits)
    found = []
    for part in (1, 2, 3):
        place, fourths = divmod((len(ordered) - 1) * part, 4)
        after = ordered[min(place + 1, len(ordered) - 1)]
        found.append(4 * ordered[place] + fourths * (after - ordered[place]))
    return found[0], found[1], found[2]


def _add(people: dict[int, set[int]], kinds: frozenset[int], person: int) -> None:
    for kind in kinds:
        people[kind].add(person)


def _ways(waits: dict[tuple[int, int], dict[int, list[int]]], kinds: int) -> Ways:
    rows = []
    for (one, other), by_person in sorted(waits.items()):
        every = [wait for own in by_person.values() for wait in own]
        first = [own[0] for own in by_person.values()]
        rows.append((one * kinds + other, len(every), len(by_person), *in_fourths(every), *in_fourths(first)))
    told = numpy.array(rows, dtype=numpy.int64).reshape(-1, 9)
    return Ways(told[:, 0], told[:, 1], told[:, 2], told[:, 3:6], told[:, 6:9])
