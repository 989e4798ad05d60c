"""The same answer a step at a time, over whole columns of people at once: for where numba is not installed,
and for logs so small that waiting for numba takes longer than the answer.

A moment is one person's contacts at one time and order. Moments are numbered in order, and a position is a
whole number that says where it stands among them: 2 j + 1 at moment j, and 2 u for a silence that is
complete just before moment u. So later is greater, whoever's it is, and a look-up in a sorted column finds
the latest position of the step before that is early enough: the one that the one pass keeps.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy

from betterstory.engines.journeys.arrays import Whole
from betterstory.engines.journeys.asked import WORTH_PICKING, Asked, limits_of, spoken_of
from betterstory.engines.journeys.found import NO_STATUS, ON_THE_WAY, TOO_EARLY, WAY_CLOSED, Found
from betterstory.engines.journeys.onepass import AFTER, INSIDE, SILENCE, TIMES, WITHIN
from betterstory.engines.journeys.pattern import Pattern

ROOM = 2**62

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments of some people, and their contacts that say anything.

    person, time, fits, bars: a place a moment; a person is counted from the first of these people
    clock:                    person and time in one number, so that whoever comes later is greater
    contact, contact_fits:    a place a contact: its moment, and the steps it fits
    barring:                  the steps that any contact bars
    """

    person: Whole
    time: Whole
    fits: Whole
    bars: Whole
    clock: Whole
    contact: Whole
    contact_fits: Whole
    last_look: Whole
    barring: int
    begins: int
    stride: int

    def clock_of(self, person: Whole, time: Whole) -> Whole:
        return person * self.stride + (time - self.begins)

    def that_fit(self, step: int) -> Whole:
        return numpy.flatnonzero(self.fits >> step & 1)


@dataclass(frozen=True, slots=True)
class Reached:
    """The positions of one step, in order: where, whose, when, when its path starts, and its place before."""

    place: Whole
    person: Whole
    time: Whole
    start: Whole
    origin: Whole

    def only(self, those: Whole) -> "Reached":
        return Reached(
            *(each[those] for each in (self.place, self.person, self.time, self.start, self.origin))
        )


def find(pattern: Pattern, asked: Asked) -> Found:
    """How far everyone came; `people` stays empty. The same as the reference finds."""
    limits, whole = limits_of(pattern)
    span = _span(asked)
    parts = [_some(limits, whole, asked, span, begin, stop) for begin, stop in _parts(asked, span)]
    return Found((), *(numpy.concatenate(each) for each in zip(*parts, strict=True)))


def find_all(patterns: Sequence[Pattern], asked: Sequence[Asked]) -> list[Found]:
    """The same of several patterns that see the same contacts."""
    some = spoken_of(asked) if len(asked) >= WORTH_PICKING else asked
    return [find(pattern, own) for pattern, own in zip(patterns, some, strict=True)]


def _parts(asked: Asked, span: Span) -> list[tuple[int, int]]:
    """So many people at once that person and time fit into one number."""
    many = max(1, min(asked.people, ROOM // _stride(span)))
    return [(begin, min(begin + many, asked.people)) for begin in range(0, max(asked.people, 1), many)]


def _span(asked: Asked) -> Span:
    """The earliest and the latest moment."""
    every = (asked.at, asked.last_look) if asked.people else (numpy.zeros(1, dtype=numpy.int64),)
    return (
        min(int(each.min(initial=asked.end)) for each in every),
        max(int(each.max(initial=asked.end)) for each in every),
    )


def _stride(span: Span) -> int:
    begins, ends = span
    return ends - begins + 2


def moments_of(asked: Asked, span: Span, begin: int, stop: int) -> Moments:
    """The moments of the people from `begin` to `stop`."""
    here = slice(int(asked.first[begin]), int(asked.first[stop]))
    kind = asked.kind[here]
    said = numpy.flatnonzero((asked.fits_of | asked.bars_of != 0)[kind])
    kind, time = kind[said], asked.at[here][said]
    fits, bars = asked.fits_of[kind], asked.bars_of[kind]
    many = numpy.diff(asked.first[begin : stop + 1])
    person = numpy.repeat(numpy.arange(stop - begin), many)[said]
    new = numpy.ones(len(said), dtype=bool)
    new[1:] = (person[1:] != person[:-1]) | (time[1:] != time[:-1])
    if len(asked.order):
        order = asked.order[here][said]
        new[1:] |= order[1:] != order[:-1]
    starts = numpy.flatnonzero(new)
    begins, stride = span[0], _stride(span)
    return Moments(
        person[starts],
        time[starts],
        _together(fits, starts),
        _together(bars, starts),
        person[starts] * stride + (time[starts] - begins),
        numpy.cumsum(new) - 1,
        fits,
        asked.last_look[begin:stop],
        int(numpy.bitwise_or.reduce(asked.bars_of)),
        begins,
        stride,
    )


def _together(bits: Whole, starts: Whole) -> Whole:
    if len(starts) in (0, len(bits)):
        return bits
    together: Whole = numpy.bitwise_or.reduceat(bits, starts)
    return together


def _some(limits: Whole, whole: int, asked: Asked, span: Span, begin: int, stop: int) -> tuple[Whole, ...]:
    moments = moments_of(asked, span, begin, stop)
    people, steps = stop - begin, len(limits)
    level = numpy.zeros(people, dtype=numpy.uint8)
    reached: list[Reached] = []
    for step in range(steps):
        before = reached[-1] if reached else None
        now = reach(moments, limits[step], step, before, whole)
        if not len(now.place):
            break
        level[now.person] = step + 1
        reached.append(now)
    status, again = _stand(moments, limits, whole, asked.end, reached, level)
    return level, status, again, _shortest(reached, level, steps)


def reach(moments: Moments, limits: Whole, step: int, before: Reached | None, whole: int) -> Reached:
    """All positions of a step."""
    if limits[SILENCE] >= 0 and before is not None:
        return _through_silence(moments, limits[SILENCE], step, before, whole)
    if limits[TIMES] == 1:
        first = last = moments.that_fit(step)
    else:
        first, last = _repeats(moments, limits, step)
    time = moments.time[last]
    if before is None:
        begun = Reached(2 * last + 1, moments.person[last], time, moments.time[first], numpy.zeros_like(last))
        return begun.only(time - begun.start <= whole)
    return _followed(moments, limits, step, before, whole, first, last)


def _repeats(moments: Moments, limits: Whole, step: int) -> tuple[Whole, Whole]:
    """For each moment that ends a repeat the moment of its earliest contact: the latest so many."""
    fitting = moments.contact[moments.contact_fits >> step & 1 == 1]
    ends = numpy.flatnonzero(numpy.append(fitting[1:] != fitting[:-1], True)) if len(fitting) else fitting
    ends = ends[ends >= limits[TIMES] - 1]
    first, last = fitting[ends - (limits[TIMES] - 1)], fitting[ends]
    close = moments.time[last] - moments.time[first] <= limits[INSIDE]
    right = (moments.person[first] == moments.person[last]) & close
    return first[right], last[right]


def _followed(
    moments: Moments, limits: Whole, step: int, before: Reached, whole: int, first: Whole, last: Whole
) -> Reached:
    """Each moment that may follow the step before, from its latest position that is early enough."""
    person, time = moments.person[last], moments.time[last]
    high = numpy.searchsorted(before.place, 2 * first + 1)
    if limits[AFTER]:
        clocks = moments.clock_of(before.person, before.time)
        early = moments.clock_of(person, time) - limits[AFTER]
        high = numpy.minimum(high, numpy.searchsorted(clocks, early, side="right"))
    origin = numpy.maximum(high - 1, 0)
    right = (high > 0) & (before.person[origin] == person)
    right &= (time - before.time[origin] <= limits[WITHIN]) & (time - before.start[origin] <= whole)
    if moments.barring >> step & 1:
        right &= _last_bar(moments, step)[last] <= before.place[origin]
    origin = origin[right]
    return Reached(2 * last[right] + 1, person[right], time[right], before.start[origin], origin)


def _last_bar(moments: Moments, step: int) -> Whole:
    """Before each moment, and after the last, the latest position of a contact that must not come between."""
    barred = numpy.zeros(len(moments.bars) + 1, dtype=numpy.int64)
    barred[1:] = numpy.where(moments.bars >> step & 1, 2 * numpy.arange(len(moments.bars)) + 1, 0)
    latest: Whole = numpy.maximum.accumulate(barred)
    return latest


def _through_silence(moments: Moments, length: int, step: int, before: Reached, whole: int) -> Reached:
    over = before.time + length
    right = _unbroken(moments, step, before, over)
    right &= (over <= moments.last_look[before.person]) & (over - before.start <= whole)
    origin = numpy.flatnonzero(right)
    kept, over = before.only(origin), over[origin]
    place = 2 * numpy.searchsorted(moments.clock, moments.clock_of(kept.person, over), side="right")
    return Reached(place, kept.person, over, kept.start, origin)


def _unbroken(moments: Moments, step: int, before: Reached, over: Whole) -> Whole:
    """Where no listed contact comes later than the position and up to this time."""
    listed = moments.that_fit(step)
    if not len(listed):
        return numpy.ones(len(over), dtype=bool)
    following = numpy.searchsorted(2 * listed + 1, before.place, side="right")
    breaks = listed[numpy.minimum(following, len(listed) - 1)]
    unbroken: Whole = (
        (following == len(listed)) | (moments.person[breaks] != before.person) | (moments.time[breaks] > over)
    )
    return unbroken


def _stand(
    moments: Moments, limits: Whole, whole: int, end: int, reached: list[Reached], level: Whole
) -> tuple[Whole, Whole]:
    """Everybody's status, and whether they are on it again."""
    steps, people = len(limits), len(level)
    status = numpy.full(people, NO_STATUS, dtype=numpy.uint8)
    again = numpy.zeros(people, dtype=numpy.uint8)
    shorter = numpy.zeros(people, dtype=bool)
    ended = moments.last_look < end
    for step in range(1, min(len(reached) + 1, steps)):
        going = numpy.zeros(people, dtype=bool)
        before = reached[step - 1]
        going[before.person[can_go_on(moments, limits[step], step, before, whole)]] = True
        here = level == step
        silent = limits[step, SILENCE] >= 0
        status[here & going] = TOO_EARLY if silent else ON_THE_WAY
        status[here & going & ended] = TOO_EARLY
        status[here & ~going] = WAY_CLOSED
        again[here & ~going & shorter] = 1
        shorter |= going
    return status, again


def can_go_on(moments: Moments, limits: Whole, step: int, before: Reached, whole: int) -> Whole:
    """For each position, whether some moment after the last look could still bring the next step."""
    looked = moments.last_look[before.person]
    latest = before.start + whole
    going: Whole
    if limits[SILENCE] >= 0:
        over = before.time + limits[SILENCE]
        going = (over > looked) & (over <= latest) & _unbroken(moments, step, before, over)
        return going
    soonest = numpy.maximum(looked + 1, before.time + limits[AFTER])
    latest = numpy.minimum(latest, before.time + limits[WITHIN])
    going = soonest <= latest
    if moments.barring >> step & 1:
        own_end = numpy.searchsorted(moments.person, before.person, side="right")
        going &= _last_bar(moments, step)[own_end] <= before.place
    return going


def _shortest(reached: list[Reached], level: Whole, steps: int) -> Whole:
    """One choice each: the earliest end at the best level, then backwards where it came from."""
    moments = numpy.zeros((len(level), steps), dtype=numpy.int64)
    for best in range(1, len(reached) + 1):
        people = numpy.flatnonzero(level == best)
        place = numpy.searchsorted(reached[best - 1].person, people)
        for step in range(best - 1, -1, -1):
            moments[people, step] = reached[step].time[place]
            place = reached[step].origin[place]
    return moments
