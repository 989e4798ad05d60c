"""The same answer in one pass over whole numbers, for logs too large for the reference.

A person at a time: the contacts that any step speaks of are picked out, and then each step is taken after the
one before it. It keeps the positions at which it was reached, in order, with the start of its path. Of the
positions of the step before that a contact may follow, the latest is enough: what is eligible forms a window
whose ends only move forward, and a later position never has an earlier start. A silence is a queue of
positions that wait to be complete and that a listed contact empties. Where a step is not reached at all, the
steps after it need no look.

Written so that numba can compile it as it stands: whole numbers in numpy arrays, no other objects, no parts
of arrays as objects of their own, which cost more than what is done with them. The places of an array's last
dimension have names, because an array in hand is quicker than ten.
"""

from typing import Any

import numpy

from betterstory.engines.journeys.found import NO_STATUS, ON_THE_WAY, TOO_EARLY, WAY_CLOSED

NO_LIMIT = 4_000_000_000_000_000_000
AFTER_ALL = 9_000_000_000_000_000_000  # the order of a position after every contact of its moment

LIMITS = 5
TIMES, INSIDE, WITHIN, AFTER, SILENCE = range(LIMITS)
"""What `limits` says of a step; without a limit it says NO_LIMIT, AFTER then 0 and SILENCE -1."""

KEPT = 4
AT, ORDER, START, ORIGIN = range(KEPT)
"""What `kept` says of a position: where it is, when its path starts, which position before it comes from.
`seen` says the first two of a contact that fits a repeat."""

TOLD, FITS, MINE = 4, 2, 3
"""What `told` says of a contact after AT and ORDER: for which steps it is listed and which it bars, a bit
each (BARS higher for the bars); and in its last column, apart from that, which contacts a step speaks of."""
BARS = 32

NOW = 4
COUNT, HEAD, BAR_AT, BAR_ORDER = range(NOW)
"""What `now` says of a step: how many positions it has, for a silence the first before it that still waits,
and the latest contact that must not come in between."""

INLINED = ("pick_out", "single_out", "take_step", "wait_out", "follow", "reach", "earlier", "conclude")
"""What is copied into the pass where it is compiled: it halves the time it takes."""

type Array = Any
"""A numpy array of whole numbers."""


def walk_all(
    limits: Array,
    whole: int,
    fits_of: Array,
    bars_of: Array,
    first: Array,
    kind: Array,
    at: Array,
    order: Array,
    last_look: Array,
    end: int,
    kept: Array,
    seen: Array,
    now: Array,
    told: Array,
    level: Array,
    status: Array,
    again: Array,
    reached: Array,
    begin: int,
    stop: int,
) -> None:
    """Find out about the people from `begin` to `stop`, and write it into the four arrays before those.

    Person p's contacts are at first[p] to first[p + 1] of `kind`, `at` and `order`, which is empty where
    equal times are simultaneous. Bit k of fits_of[kind]: it is listed for step k; of bars_of: it must not
    come just before step k. `kept`, `seen`, `now` and `told` are working room, used again for each person.
    """
    speaks_of = numpy.zeros(len(fits_of), dtype=numpy.int64)
    for place in range(len(fits_of)):
        speaks_of[place] = fits_of[place] | numpy.int64(bars_of[place]) << BARS
    for person in range(begin, stop):
        many = pick_out(speaks_of, kind, at, order, first[person], first[person + 1], told)
        best = 0
        while best < len(limits) and take_step(
            limits, whole, last_look[person], told, many, kept, seen, now, best
        ):
            best += 1
        if best:
            conclude(
                limits, whole, kept, now, person, best, last_look[person], end, level, status, again, reached
            )


def pick_out(
    speaks_of: Array,
    kind: Array,
    at: Array,
    order: Array,
    here: int,
    after_all: int,
    told: Array,
) -> int:
    """Put down the contacts that any step speaks of, side by side; gives how many.

    Every contact is put down, and kept only where it is spoken of: quicker than asking first.
    """
    many = 0
    for place in range(here, after_all):
        spoken = speaks_of[kind[place]]
        told[many, AT] = at[place]
        told[many, FITS] = spoken
        if len(order):
            told[many, ORDER] = order[place]
        many += spoken != 0
    return many


def single_out(told: Array, many: int, which: int) -> int:
    """Put down where those of the contacts are that have any of these bits; gives how many."""
    mine = 0
    for here in range(many):
        told[mine, MINE] = here
        mine += told[here, FITS] & which != 0
    return mine


def take_step(
    limits: Array,
    whole: int,
    last_look: int,
    told: Array,
    many: int,
    kept: Array,
    seen: Array,
    now: Array,
    step: int,
) -> bool:
    """Find every position of a step, from those of the step before; whether there is any."""
    now[step, COUNT] = 0
    if limits[step, SILENCE] >= 0:
        wait_out(limits, whole, last_look, told, many, kept, now, step)
    else:
        follow(limits, whole, told, many, kept, seen, now, step)
    return now[step, COUNT] > 0


def wait_out(
    limits: Array,
    whole: int,
    last_look: int,
    told: Array,
    many: int,
    kept: Array,
    now: Array,
    step: int,
) -> None:
    """Complete the silences that end before a listed contact, or before the last look is over."""
    head, before = 0, now[step - 1, COUNT]
    listed = single_out(told, many, 1 << step)
    for here in range(listed + 1):
        moment, rank = last_look + 1, -AFTER_ALL
        if here < listed:
            moment, rank = told[told[here, MINE], AT], told[told[here, MINE], ORDER]
        while head < before and kept[step - 1, head, AT] + limits[step, SILENCE] < moment:
            over, start = kept[step - 1, head, AT] + limits[step, SILENCE], kept[step - 1, head, START]
            if over - start <= whole:
                reach(kept, now, step, over, AFTER_ALL, start, head)
            head += 1
        if here < listed:
            while head < before and earlier(
                kept[step - 1, head, AT], kept[step - 1, head, ORDER], moment, rank
            ):
                head += 1
    now[step, HEAD] = head


def follow(
    limits: Array,
    whole: int,
    told: Array,
    many: int,
    kept: Array,
    seen: Array,
    now: Array,
    step: int,
) -> None:
    """Reach a step with each contact that fits it, where a position of the step before allows it.

    Of the contacts that fit a repeat, the latest so many are the best choice: they start last.
    """
    high, repeats, times = 0, 0, limits[step, TIMES]
    bar_at, bar_order = -AFTER_ALL, -AFTER_ALL  # the latest before this moment that must not come in between
    new_at, new_order = -AFTER_ALL, -AFTER_ALL  # the latest up to this moment
    mine = single_out(told, many, 1 << step | 1 << step + BARS)
    for here in range(mine):
        place = told[here, MINE]
        moment, rank = told[place, AT], told[place, ORDER]
        fits, bars = told[place, FITS] >> step & 1, told[place, FITS] >> step + BARS & 1
        if earlier(new_at, new_order, moment, rank):
            bar_at, bar_order = new_at, new_order
        if bars:
            new_at, new_order = moment, rank
        if not fits:
            continue
        first_at, first_order = moment, rank
        if times > 1:
            seen[repeats, AT], seen[repeats, ORDER] = moment, rank
            repeats += 1
            earliest = repeats - times
            if earliest < 0 or moment - seen[earliest, AT] > limits[step, INSIDE]:
                continue
            first_at, first_order = seen[earliest, AT], seen[earliest, ORDER]
        if step == 0:
            if moment - first_at <= whole:
                reach(kept, now, step, moment, rank, first_at, -1)
            continue
        while (
            high < now[step - 1, COUNT]
            and earlier(kept[step - 1, high, AT], kept[step - 1, high, ORDER], first_at, first_order)
            and kept[step - 1, high, AT] <= moment - limits[step, AFTER]
        ):
            high += 1
        latest = high - 1
        if (
            high > 0
            and moment - kept[step - 1, latest, AT] <= limits[step, WITHIN]
            and not earlier(kept[step - 1, latest, AT], kept[step - 1, latest, ORDER], bar_at, bar_order)
            and moment - kept[step - 1, latest, START] <= whole
        ):
            reach(kept, now, step, moment, rank, kept[step - 1, latest, START], latest)
    now[step, BAR_AT], now[step, BAR_ORDER] = new_at, new_order


def earlier(at: int, order: int, than_at: int, than_order: int) -> bool:
    return at < than_at or (at == than_at and order < than_order)


def reach(kept: Array, now: Array, step: int, at: int, order: int, start: int, origin: int) -> None:
    """Keep a position. At one position the latest start is enough."""
    last = now[step, COUNT] - 1
    if last < 0 or earlier(kept[step, last, AT], kept[step, last, ORDER], at, order):
        last += 1
        now[step, COUNT] += 1
    kept[step, last, AT] = at
    kept[step, last, ORDER] = order
    kept[step, last, START] = start
    kept[step, last, ORIGIN] = origin


def conclude(
    limits: Array,
    whole: int,
    kept: Array,
    now: Array,
    person: int,
    best: int,
    last_look: int,
    end: int,
    level: Array,
    status: Array,
    again: Array,
    reached: Array,
) -> None:
    """Level, status, and the shortest fitting choice: the earliest end, then the latest before it."""
    place = 0
    for step in range(best - 1, -1, -1):
        reached[person, step] = kept[step, place, AT]
        place = kept[step, place, ORIGIN]
    level[person] = best
    if best == len(limits):
        status[person] = NO_STATUS
    elif can_go_on(limits, whole, kept, now, best, last_look):
        silent = limits[best, SILENCE] >= 0
        status[person] = TOO_EARLY if last_look < end or silent else ON_THE_WAY
    else:
        status[person] = WAY_CLOSED
        for shorter in range(1, best):
            if can_go_on(limits, whole, kept, now, shorter, last_look):
                again[person] = 1
                break


def can_go_on(limits: Array, whole: int, kept: Array, now: Array, level: int, last_look: int) -> bool:
    """Whether any position of this level, not only the latest, could be followed after the last look."""
    for place in range(now[level - 1, COUNT] - 1, -1, -1):
        at, latest = kept[level - 1, place, AT], kept[level - 1, place, START] + whole
        if limits[level, SILENCE] >= 0:
            if place >= now[level, HEAD] and at + limits[level, SILENCE] <= latest:
                return True
            continue
        soonest = max(last_look + 1, at + limits[level, AFTER])
        latest = min(latest, at + limits[level, WITHIN])
        barred = earlier(at, kept[level - 1, place, ORDER], now[level, BAR_AT], now[level, BAR_ORDER])
        if soonest <= latest and not barred:
            return True
    return False
