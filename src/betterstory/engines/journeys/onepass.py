"""The same answer in one pass over whole numbers, for logs too large for the reference.

Each person's contacts are read once, in order, one moment (time and order) at a time. Every step keeps the
positions at which it was reached, in order, with the start of its path. Of the positions of the step before
that a contact may follow, the latest is enough: what is eligible forms a window whose ends only move
forward, and a later position never has an earlier start. A silence is a queue of positions that wait to be
complete and that a listed contact empties.

Written so that numba can compile it as it stands: whole numbers, flat arrays (or lists), no other objects.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from betterstory.engines.journeys.found import NO_STATUS, ON_THE_WAY, TOO_EARLY, WAY_CLOSED
from betterstory.engines.journeys.pattern import Pattern

NO_LIMIT = 4_000_000_000_000_000_000
AFTER_ALL = 9_000_000_000_000_000_000  # the order of a position after every contact of its moment

type Array = Any
"""A list of whole numbers, or a numpy array of them."""


class Plan(NamedTuple):
    """A pattern in whole numbers: one place a step in each sequence; `silence` is -1 for other steps."""

    steps: int
    times: Array
    inside: Array
    within: Array
    after: Array
    silence: Array
    whole: int


class Space(NamedTuple):
    """Working room, used again for each person. Sequences over `width` places a step are flat.

    at, order, start, origin: where a step was reached, its path's start, the place of the step before
    count:                    how often it was reached
    seen_at, seen_order:      the contacts that fit a repeat; `seen` counts them
    high:                     how many positions of the step before are early enough
    head:                     for a silence, the first position of the step before that still waits
    bar_at, bar_order:        the latest contact that must not come in between
    """

    width: int
    at: Array
    order: Array
    start: Array
    origin: Array
    seen_at: Array
    seen_order: Array
    count: Array
    seen: Array
    high: Array
    head: Array
    bar_at: Array
    bar_order: Array


class Contacts(NamedTuple):
    """Contacts in order of person, time, order. Person p has the places first[p] to first[p + 1].

    Bit k of `fits`: it is listed for step k. Bit k of `bars`: it must not come just before step k.
    """

    first: Array
    at: Array
    order: Array
    fits: Array
    bars: Array
    last_look: Array


class Outcomes(NamedTuple):
    """What is found out: one place a person, and in `reached` one a person and step."""

    level: Array
    status: Array
    again: Array
    reached: Array


def plan(pattern: Pattern, array: Any = list) -> Plan:
    """`array` turns a list into the kind of sequence that the pass is to work on."""

    def each(lengths: Sequence[int]) -> Array:
        return array(lengths)

    steps = pattern.steps
    return Plan(
        len(steps),
        each([step.times for step in steps]),
        each([step.inside.microseconds if step.inside else NO_LIMIT for step in steps]),
        each([step.within.microseconds if step.within else NO_LIMIT for step in steps]),
        each([step.after.microseconds if step.after else 0 for step in steps]),
        each([step.silence.microseconds if step.silence else -1 for step in steps]),
        pattern.whole_within.microseconds if pattern.whole_within else NO_LIMIT,
    )


def space(steps: int, width: int, array: Any = list) -> Space:
    return Space(
        width, *(array([0] * (steps * width)) for _ in range(6)), *(array([0] * steps) for _ in range(6))
    )


def walk_all(plan: Plan, space: Space, contacts: Contacts, end: int, out: Outcomes) -> None:
    """Find out about every person, and write it into `out`."""
    for person in range(len(contacts.first) - 1):
        last_look = contacts.last_look[person]
        start_afresh(plan, space)
        here, stop = contacts.first[person], contacts.first[person + 1]
        while here < stop:
            here = take_moment(plan, space, contacts, here, stop)
        complete_silences(plan, space, last_look + 1)
        conclude(plan, space, person, last_look, last_look < end, out)


def start_afresh(plan: Plan, space: Space) -> None:
    for step in range(plan.steps):
        space.count[step] = space.seen[step] = space.high[step] = space.head[step] = 0
        space.bar_at[step] = space.bar_order[step] = -AFTER_ALL


def take_moment(plan: Plan, space: Space, contacts: Contacts, here: int, stop: int) -> int:
    """Take all contacts of one moment at once: none is later than another. Gives the place after them."""
    at, order = contacts.at[here], contacts.order[here]
    complete_silences(plan, space, at)
    after, fits, bars = here, 0, 0
    while after < stop and contacts.at[after] == at and contacts.order[after] == order:
        fits |= contacts.fits[after]
        bars |= contacts.bars[after]
        after += 1
    # from the last step down, so that no step follows one reached at this very moment
    for step in range(plan.steps - 1, -1, -1):
        if not fits >> step & 1:
            continue
        if plan.silence[step] >= 0:
            space.head[step] = space.count[step - 1]
        elif plan.times[step] == 1:
            follow(plan, space, step, at, order, at, order)
        else:
            take_repeat(plan, space, step, contacts, here, after)
    for step in range(plan.steps):
        if bars >> step & 1:
            space.bar_at[step], space.bar_order[step] = at, order
    return after


def take_repeat(plan: Plan, space: Space, step: int, contacts: Contacts, here: int, after: int) -> None:
    """Of the contacts that fit, the latest so many are the best choice: they start last."""
    at, order, row = contacts.at[here], contacts.order[here], step * space.width
    for place in range(here, after):
        if contacts.fits[place] >> step & 1:
            space.seen_at[row + space.seen[step]] = at
            space.seen_order[row + space.seen[step]] = order
            space.seen[step] += 1
    place = row + space.seen[step] - plan.times[step]
    if place >= row and at - space.seen_at[place] <= plan.inside[step]:
        follow(plan, space, step, at, order, space.seen_at[place], space.seen_order[place])


def follow(plan: Plan, space: Space, step: int, at: int, order: int, first_at: int, first_order: int) -> None:
    """Reach a step at this moment, with contacts from `first` on, if the step before allows it."""
    if step == 0:
        if at - first_at <= plan.whole:
            reach(space, step, at, order, first_at, -1)
        return
    row, high = (step - 1) * space.width, space.high[step]
    while (
        high < space.count[step - 1]
        and earlier(space.at[row + high], space.order[row + high], first_at, first_order)
        and space.at[row + high] <= at - plan.after[step]
    ):
        high += 1
    space.high[step] = high
    if high == 0:
        return
    latest = row + high - 1
    if (
        at - space.at[latest] <= plan.within[step]
        and not earlier(space.at[latest], space.order[latest], space.bar_at[step], space.bar_order[step])
        and at - space.start[latest] <= plan.whole
    ):
        reach(space, step, at, order, space.start[latest], high - 1)


def earlier(at: int, order: int, than_at: int, than_order: int) -> bool:
    return at < than_at or (at == than_at and order < than_order)


def reach(space: Space, step: int, at: int, order: int, start: int, origin: int) -> None:
    """Keep a position. At one position the latest start is enough."""
    last = step * space.width + space.count[step] - 1
    if space.count[step] == 0 or earlier(space.at[last], space.order[last], at, order):
        last += 1
        space.count[step] += 1
    space.at[last], space.order[last] = at, order
    space.start[last], space.origin[last] = start, origin


def complete_silences(plan: Plan, space: Space, before: int) -> None:
    """Complete every silence that ends before this time. One may start another."""
    for step in range(1, plan.steps):
        if plan.silence[step] < 0:
            continue
        row = (step - 1) * space.width
        while space.head[step] < space.count[step - 1]:
            origin = space.head[step]
            over = space.at[row + origin] + plan.silence[step]
            if over >= before:
                break
            if over - space.start[row + origin] <= plan.whole:
                reach(space, step, over, AFTER_ALL, space.start[row + origin], origin)
            space.head[step] += 1


def conclude(plan: Plan, space: Space, person: int, last_look: int, ended: bool, out: Outcomes) -> None:
    """Level, status, and the shortest fitting choice: the earliest end, then the latest before it."""
    level = 0
    while level < plan.steps and space.count[level] > 0:
        level += 1
    place = 0
    for step in range(level - 1, -1, -1):
        out.reached[person * plan.steps + step] = space.at[step * space.width + place]
        place = space.origin[step * space.width + place]
    out.level[person] = level
    out.status[person] = NO_STATUS
    if level == 0 or level == plan.steps:
        return
    if can_go_on(plan, space, level, last_look):
        silent = plan.silence[level] >= 0
        out.status[person] = TOO_EARLY if ended or silent else ON_THE_WAY
        return
    out.status[person] = WAY_CLOSED
    for shorter in range(1, level):
        if can_go_on(plan, space, shorter, last_look):
            out.again[person] = 1


def can_go_on(plan: Plan, space: Space, level: int, last_look: int) -> bool:
    """Whether any position of this level, not only the latest, could be followed after the last look."""
    row, following = (level - 1) * space.width, level
    for place in range(row, row + space.count[level - 1]):
        latest = space.start[place] + plan.whole
        if plan.silence[following] >= 0:
            waits = place - row >= space.head[following]
            if waits and space.at[place] + plan.silence[following] <= latest:
                return True
            continue
        soonest = max(last_look + 1, space.at[place] + plan.after[following])
        latest = min(latest, space.at[place] + plan.within[following])
        barred = earlier(
            space.at[place], space.order[place], space.bar_at[following], space.bar_order[following]
        )
        if soonest <= latest and not barred:
            return True
    return False
