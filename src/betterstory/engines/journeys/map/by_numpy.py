"""The map counted with numpy alone: the same answers as the definition, with no compiler needed."""

import numpy

from betterstory.engines.journeys.arrays import Arrays, Whole
from betterstory.engines.journeys.map.counted import Counted, Ways


def count(arrays: Arrays, kinds: int, within: int) -> Counted:
    """The map of these contacts. See `reference.count`, which it equals."""
    owner, new = _moments(arrays)
    moment, kind = _contacts(arrays, new, kinds)
    starts = numpy.searchsorted(moment, numpy.arange(int(new.sum()) + 1))
    at, owner = arrays.at[new], owner[new]
    person = owner[moment]
    moments = len(at)
    people = arrays.people
    has_next = numpy.zeros(moments, dtype=bool)
    has_next[:-1] = owner[1:] == owner[:-1]
    is_first = numpy.ones(moments, dtype=bool)
    is_first[1:] = ~has_next[:-1]
    wait = numpy.zeros(moments, dtype=numpy.int64)
    wait[:-1] = at[1:] - at[:-1]
    seen_whole = at + within <= arrays.last_look[owner]
    stopped = numpy.where(has_next, wait > within, seen_whole)

    def people_at(chosen: Whole) -> Whole:
        once = numpy.unique(kind[chosen] * people + person[chosen])
        return numpy.bincount(once // max(people, 1), minlength=kinds)

    pairs, times = numpy.unique(kind * people + person, return_counts=True)
    told = {
        "people": numpy.bincount(pairs // max(people, 1), minlength=kinds),
        "again": numpy.bincount(pairs[times > 1] // max(people, 1), minlength=kinds),
        "first": people_at(is_first[moment]),
        "last": people_at(~has_next[moment]),
        "stopped": people_at(stopped[moment]),
    }
    either = people_at((stopped | (~has_next & ~seen_whole))[moment])
    told["cannot_tell"] = either - told["stopped"]
    ways = _ways(kinds, kind, moment, starts, has_next, wait, owner)
    return Counted(
        int((numpy.diff(arrays.first) > 0).sum()),
        kinds,
        within,
        numpy.bincount(kind, minlength=kinds),
        told,
        ways,
    )


def _moments(arrays: Arrays) -> tuple[Whole, Whole]:
    """Whose each contact is, and whether it is the first of its moment."""
    owner = numpy.repeat(numpy.arange(arrays.people), numpy.diff(arrays.first))
    new = numpy.ones(len(owner), dtype=bool)
    new[1:] = (owner[1:] != owner[:-1]) | (arrays.at[1:] != arrays.at[:-1])
    if arrays.order is not None:
        new[1:] |= arrays.order[1:] != arrays.order[:-1]
    return owner, new


def _contacts(arrays: Arrays, new: Whole, kinds: int) -> tuple[Whole, Whole]:
    """The number of each contact's moment in the whole log, and its kind; each kind once a moment."""
    moment = numpy.cumsum(new) - 1
    kind = arrays.activity.astype(numpy.int64)
    if new.all():
        return moment, kind
    once = numpy.unique(moment * kinds + kind)
    return once // kinds, once % kinds


def _ways(
    kinds: int, kind: Whole, moment: Whole, starts: Whole, has_next: Whole, wait: Whole, owner: Whole
) -> Ways:
    """Each contact with every contact of the next moment."""
    leaving = numpy.flatnonzero(has_next[moment])
    here = moment[leaving]
    first, many = starts[here + 1], starts[here + 2] - starts[here + 1]
    before = numpy.cumsum(many) - many
    arriving = numpy.arange(int(many.sum())) - numpy.repeat(before - first, many)
    way = numpy.repeat(kind[leaving], many) * kinds + kind[arriving]
    at = numpy.repeat(here, many)
    waits, who = wait[at], owner[at]
    in_time = numpy.lexsort((at, who, way))  # so that the first of a person on a way stands first
    way, who, waits = way[in_time], who[in_time], waits[in_time]
    new = numpy.ones(len(way), dtype=bool)
    new[1:] = (way[1:] != way[:-1]) | (who[1:] != who[:-1])
    ids, moves = numpy.unique(way, return_counts=True)
    _, people = numpy.unique(way[new], return_counts=True)
    return Ways(ids, moves, people, _fourths(way, waits, moves), _fourths(way[new], waits[new], people))


def _fourths(way: Whole, waits: Whole, many: Whole) -> Whole:
    """Quartiles of the waits of each way, times four. See `reference.in_fourths`."""
    ordered = waits[numpy.lexsort((waits, way))]
    starts = numpy.cumsum(many) - many
    found = numpy.empty((len(many), 3), dtype=numpy.int64)
    for part in (1, 2, 3):
        place, fourths = numpy.divmod((many - 1) * part, 4)
        low = ordered[starts + place]
        high = ordered[starts + numpy.minimum(place + 1, many - 1)]
        found[:, part - 1] = 4 * low + fourths * (high - low)
    return found
