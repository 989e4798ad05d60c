"""The same answer in one pass over whole numbers, for logs too large for the reference.

Each person's contacts are read once, in order, one moment (time and order) at a time. Every step keeps the
positions at which it was reached, in order, with the start of its path. Of the positions of the step before
that a contact may follow, the latest is enough: what is eligible forms a window whose ends only move
forward, and a later position never has an earlier start. A silence is a queue of positions that wait to be
complete and that a listed contact empties.

Written so that numba can compile it as it stands: whole numbers in numpy arrays, no other objects. The places
of an array's last dimension have names, because an array in hand is quicker than ten.
"""

from typing import Any

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

NOW = 6
COUNT, SEEN, HIGH, HEAD, BAR_AT, BAR_ORDER = range(NOW)
"""What `now` says of a step while a person is walked: how many positions it has, how many contacts that fit a
repeat, how many positions before it are early enough, for a silence the first that still waits, and the
latest contact that must not come in between."""

INLINED = ("start_afresh", "take_moment", "complete_silences", "follow", "reach", "earlier", "conclude")
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
    come just before step k. `kept`, `seen` and `now` are working room, used again for each person.
    """
    silences = 0
    for step in range(len(limits)):
        if limits[step, SILENCE] >= 0:
            silences |= 1 << step
    for person in range(begin, stop):
        here, after_all = first[person], first[person + 1]
        # nothing counts before the first contact that fits the first step
        while here < after_all and not fits_of[kind[here]] & 1:
            here += 1
        if here == after_all:
            continue
        start_afresh(now)
        while here < after_all:
            if fits_of[kind[here]] | bars_of[kind[here]]:
                here = take_moment(
                    limits,
                    whole,
                    silences,
                    fits_of,
                    bars_of,
                    kind,
                    at,
                    order,
                    here,
                    after_all,
                    kept,
                    seen,
                    now,
                )
            else:
                here += 1
        if silences:
            complete_silences(limits, whole, kept, now, last_look[person] + 1)
        conclude(limits, whole, kept, now, person, last_look[person], end, level, status, again, reached)


def start_afresh(now: Array) -> None:
    for step in range(len(now)):
        now[step, COUNT] = now[step, SEEN] = now[step, HIGH] = now[step, HEAD] = 0
        now[step, BAR_AT] = now[step, BAR_ORDER] = -AFTER_ALL


def take_moment(
    limits: Array,
    whole: int,
    silences: int,
    fits_of: Array,
    bars_of: Array,
    kind: Array,
    at: Array,
    order: Array,
    here: int,
    after_all: int,
    kept: Array,
    seen: Array,
    now: Array,
) -> int:
    """Take all contacts of one moment at once: none is later than another. Gives the place after them."""
    moment, place = at[here], order[here] if len(order) else 0
    fits, bars = fits_of[kind[here]], bars_of[kind[here]]
    after = here + 1
    while after < after_all and at[after] == moment and (len(order) == 0 or order[after] == place):
        fits |= fits_of[kind[after]]
        bars |= bars_of[kind[after]]
        after += 1
    if silences:
        complete_silences(limits, whole, kept, now, moment)
    # from the last step down, so that no step follows one reached at this very moment
    for step in range(len(limits) - 1, -1, -1):
        if not fits >> step & 1:
            continue
        if silences >> step & 1:
            now[step, HEAD] = now[step - 1, COUNT]
        elif limits[step, TIMES] == 1:
            follow(limits, whole, kept, now, step, moment, place, moment, place)
        else:
            take_repeat(limits, whole, kept, seen, now, step, fits_of, kind, moment, place, here, after)
    if bars:
        for step in range(len(limits)):
            if bars >> step & 1:
                now[step, BAR_AT], now[step, BAR_ORDER] = moment, place
    return after


def take_repeat(
    limits: Array,
    whole: int,
    kept: Array,
    seen: Array,
    now: Array,
    step: int,
    fits_of: Array,
    kind: Array,
    at: int,
    order: int,
    here: int,
    after: int,
) -> None:
    """Of the contacts that fit, the latest so many are the best choice: they start last."""
    for place in range(here, after):
        if fits_of[kind[place]] >> step & 1:
            seen[step, now[step, SEEN], AT] = at
            seen[step, now[step, SEEN], ORDER] = order
            now[step, SEEN] += 1
    earliest = now[step, SEEN] - limits[step, TIMES]
    if earliest >= 0 and at - seen[step, earliest, AT] <= limits[step, INSIDE]:
        first_at, first_order = seen[step, earliest, AT], seen[step, earliest, ORDER]
        follow(limits, whole, kept, now, step, at, order, first_at, first_order)


def follow(
    limits: Array,
    whole: int,
    kept: Array,
    now: Array,
    step: int,
    at: int,
    order: int,
    first_at: int,
    first_order: int,
) -> None:
    """Reach a step at this moment, with contacts from `first` on, if the step before allows it."""
    if step == 0:
        if at - first_at <= whole:
            reach(kept, now, step, at, order, first_at, -1)
        return
    before = kept[step - 1]
    high = now[step, HIGH]
    while (
        high < now[step - 1, COUNT]
        and earlier(before[high, AT], before[high, ORDER], first_at, first_order)
        and before[high, AT] <= at - limits[step, AFTER]
    ):
        high += 1
    now[step, HIGH] = high
    if high == 0:
        return
    latest = high - 1
    if (
        at - before[latest, AT] <= limits[step, WITHIN]
        and not earlier(before[latest, AT], before[latest, ORDER], now[step, BAR_AT], now[step, BAR_ORDER])
        and at - before[latest, START] <= whole
    ):
        reach(kept, now, step, at, order, before[latest, START], latest)


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


def complete_silences(limits: Array, whole: int, kept: Array, now: Array, before: int) -> None:
    """Complete every silence that ends before this time. One may start another."""
    for step in range(1, len(limits)):
        if limits[step, SILENCE] < 0:
            continue
        while now[step, HEAD] < now[step - 1, COUNT]:
            origin = now[step, HEAD]
            over = kept[step - 1, origin, AT] + limits[step, SILENCE]
            if over >= before:
                break
            start = kept[step - 1, origin, START]
            if over - start <= whole:
                reach(kept, now, step, over, AFTER_ALL, start, origin)
            now[step, HEAD] += 1


def conclude(
    limits: Array,
    whole: int,
    kept: Array,
    now: Array,
    person: int,
    last_look: int,
    end: int,
    level: Array,
    status: Array,
    again: Array,
    reached: Array,
) -> None:
    """Level, status, and the shortest fitting choice: the earliest end, then the latest before it."""
    steps = len(limits)
    best = 0
    while best < steps and now[best, COUNT] > 0:
        best += 1
    place = 0
    for step in range(best - 1, -1, -1):
        reached[person, step] = kept[step, place, AT]
        place = kept[step, place, ORIGIN]
    level[person] = best
    if best in (0, steps):
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
    before = kept[level - 1]
    for place in range(now[level - 1, COUNT] - 1, -1, -1):
        at, latest = before[place, AT], before[place, START] + whole
        if limits[level, SILENCE] >= 0:
            if place >= now[level, HEAD] and at + limits[level, SILENCE] <= latest:
                return True
            continue
        soonest = max(last_look + 1, at + limits[level, AFTER])
        latest = min(latest, at + limits[level, WITHIN])
        barred = earlier(at, before[place, ORDER], now[level, BAR_AT], now[level, BAR_ORDER])
        if soonest <= latest and not barred:
            return True
    return False
