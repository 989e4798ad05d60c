"""The same answer for many patterns in one pass: a person's moments are the bits of a whole number.

Some people are taken at a time, and stay near while each pattern is asked. Of each of them the moments that
any pattern speaks of are picked out once; for each list of kinds that a step names, one number says which of
those moments it has. So "the next listed contact after this position" is the lowest bit from there on,
whatever else the person had. Steps are then taken for all of these people together, position by position, and
hardly anything is asked with an `if`: a processor that guesses wrong loses more time than the answer takes.

Whoever has more contacts than fit is left for `onepass`; so is every pattern with a repeat, because a moment
does not say how often it holds a kind. The positions are those that `onepass` keeps.

Written so that numba can compile it as it stands, like `onepass`. Places are never below zero.
"""

from typing import Any

from betterstory.engines.journeys.found import ON_THE_WAY, TOO_EARLY, WAY_CLOSED

MOST = 61
"""So many moments, and a bit past the last of them, leave the number that holds them above zero."""

SOME = 128
"""People that are taken at a time."""

PLACES = 65
"""Room for the moments of one; from the last one on it is NEVER."""
NEVER = 9_000_000_000_000_000_000

NOTHING, PAST = 0, 1
"""Before the lists that steps name there are two: the empty one, and one of the bit past the last moment."""

RULES = 6
LISTED, BARRED, WITHIN, AFTER, SILENCE, NEXT_AFTER = range(RULES)
"""What `rules` says of a step: the list it names, and the list that must not come in between; its limits, as
in `onepass`; and AFTER of the next step."""

KEPT = 2
AT, START = range(KEPT)
"""What `kept` says of a position: when it is, and when its path starts."""

PLACED = 4
ROW, NEXT, FROM, ORIGIN = range(PLACED)
"""What `placed` says of it: whose it is, the first moment after it, the first that may follow it, and which
position before it comes from."""

STANDS = 3
LEVEL, GOING, BEST = range(STANDS)
"""What `stands` says of each of these people: their level, a bit for each level they could go on from, and
the first position of their best step."""

type Array = Any
"""A numpy array of whole numbers."""

type Told = tuple[Array, ...]
"""rules, steps, whole: a place a pattern
lists_of:            a place a kind: 0 where no list has it, else a row of the next
named:               the lists that have a kind, ended by 0"""

type Log = tuple[Array, ...]
"""first, kind, at, order, last_look: as in `Asked`"""

type Room = tuple[Array, ...]
"""listed: for each person and list a bit for each moment; times: of each person's moments; kept, placed and
stands: as above; entries, entered: whose and which moments each list has, one after the other, and how many;
times_of, said_by, orders_of: one person's contacts that are spoken of. All of it is used again."""

type Known = tuple[Array, ...]
"""level, status, again: a row a pattern, a place a person
reached, ended:       a row a pattern: the moments of everybody's shortest choice in turn, as many as their
                      level; they are put down from `ended` on, which says in the end where they end
left:                 1 for those who are left"""


def lowest(bits: int) -> int:
    """The place of the lowest bit. Where this is compiled, one instruction takes its place."""
    return (int(bits) & -int(bits)).bit_length() - 1


def walk_bits(told: Told, log: Log, end: int, room: Room, known: Known, begin: int, stop: int) -> None:
    """Find out about the people from `begin` to `stop`, and write it into `known`."""
    steps, most = told[1], 4
    for here in range(begin, stop, SOME):
        after = min(here + SOME, stop)
        most = pick_some(told, log, room, known, here, after, most)
        for pattern in range(len(steps)):
            walk_some(told, log, end, room, known, pattern, here, after, most)


def walk_some(
    told: Told,
    log: Log,
    end: int,
    room: Room,
    known: Known,
    pattern: int,
    here: int,
    after: int,
    longest: int,
) -> None:
    """One pattern, some people."""
    rules, steps = told[0], told[1]
    many = enter(rules, pattern, room, longest)
    room[4][:] = 0
    stand(room, 0, many)
    step = 1
    while step < steps[pattern] and many:
        room[3][step - 1, many, ROW] = SOME
        if rules[pattern, step, SILENCE] >= 0:
            many = wait_out(told, log, room, pattern, step, here, many, longest)
        else:
            many = follow(told, log, room, pattern, step, here, many, longest)
        stand(room, step, many)
        step += 1
    conclude(told, log, end, room, known, pattern, here, after)


def pick_some(told: Told, log: Log, room: Room, known: Known, here: int, after: int, most: int) -> int:
    """Put down the moments of some people, and which of them each list has.

    Every contact is put down, and kept only where it is spoken of: quicker than asking first. Gives how
    many moments are looked at of each: more than anybody had so far.
    """
    lists_of, named = told[3], told[4]
    first, kind, at, order = log[0], log[1], log[2], log[3]
    listed, times, entries, entered, left = room[0], room[1], room[5], room[6], known[5]
    times_of, said_by, orders_of = room[7], room[8], room[9]
    listed[:] = 0
    entered[:] = 0
    for person in range(here, after):
        row, number = person - here, 0
        for place in range(first[person], first[person + 1]):
            what = lists_of[kind[place]]
            times_of[number] = at[place]
            said_by[number] = what
            if len(order):
                orders_of[number] = order[place]
            number += what > 0
        if number > MOST:
            left[person] = 1
            number = 0
        while number >= most:
            most += 4
        for place in range(most):
            times[row, place] = NEVER
        moment = -1
        for place in range(number):
            if (
                place == 0
                or times_of[place] != times_of[place - 1]
                or (len(order) > 0 and orders_of[place] != orders_of[place - 1])
            ):
                moment += 1
                times[row, moment] = times_of[place]
            nth = 0
            while named[said_by[place], nth]:
                which = int(named[said_by[place], nth])
                entries[which, entered[which]] = row << 6 | moment
                entered[which] += 1
                listed[row, which] |= 1 << moment
                nth += 1
        listed[row, PAST] = 1 << moment + 1
    return most


def moments_until(times: Array, row: int, moment: int, longest: int) -> int:
    """How many moments are no later: counting them all is quicker than looking for the last of them."""
    number = 0
    for place in range(longest):
        number += times[row, place] <= moment
    return number


def enter(rules: Array, pattern: int, room: Room, longest: int) -> int:
    """Every moment that the first step lists. Gives how many positions there are."""
    times, kept, placed, entries, entered = room[1], room[2], room[3], room[5], room[6]
    which, wait = rules[pattern, 0, LISTED], rules[pattern, 0, NEXT_AFTER]
    for many in range(entered[which]):
        row, moment = int(entries[which, many] >> 6), int(entries[which, many] & 63)
        at = times[row, moment]
        kept[0, many, AT] = at
        placed[0, many, ROW] = row
        placed[0, many, NEXT] = moment + 1
        placed[0, many, FROM] = moment + 1
        if wait:
            placed[0, many, FROM] = max(moment + 1, moments_until(times, row, at + wait - 1, longest))
        kept[0, many, START] = at
    return int(entered[which])


def wait_out(
    told: Told, log: Log, room: Room, pattern: int, step: int, here: int, before: int, longest: int
) -> int:
    """Complete the silences that end before a listed contact, and before the last look is over."""
    rules, whole, last_look = told[0], told[2], log[4]
    listed, times, kept, placed, stands = room[0], room[1], room[2], room[3], room[4]
    which, silence = rules[pattern, step, LISTED], rules[pattern, step, SILENCE]
    wait, most, many = rules[pattern, step, NEXT_AFTER], whole[pattern], 0
    last_over, last_row = 0, -1
    for place in range(before):
        row, start = int(placed[step - 1, place, ROW]), kept[step - 1, place, START]
        over = kept[step - 1, place, AT] + silence
        following = (listed[row, which] | listed[row, PAST]) & -1 << int(placed[step - 1, place, NEXT])
        unbroken = (times[row, lowest(following)] > over) & (over - start <= most)
        seen = over <= last_look[here + row]
        stands[row, GOING] |= (unbroken & (not seen)) << step
        reached = unbroken & seen
        # at one position the latest start is enough
        many -= reached & (over == last_over) & (row == last_row)
        last_over, last_row = (over, row) if reached else (last_over, last_row)
        kept[step, many, AT] = over
        placed[step, many, ROW] = row
        placed[step, many, NEXT] = moments_until(times, row, over, longest)
        placed[step, many, FROM] = placed[step, many, NEXT]
        if wait:
            placed[step, many, FROM] = moments_until(times, row, over + wait - 1, longest)
        kept[step, many, START] = start
        placed[step, many, ORIGIN] = place
        many += reached
    return many


def follow(
    told: Told, log: Log, room: Room, pattern: int, step: int, here: int, before: int, longest: int
) -> int:
    """Reach a step with each moment that it lists, where a position of the step before allows it.

    A moment goes with the latest position that it may follow, so each position has the moments up to those of
    the next. Of these, limits allow the first few.
    """
    rules, whole, last_look = told[0], told[2], log[4]
    listed, times, kept, placed, stands = room[0], room[1], room[2], room[3], room[4]
    which, bars = rules[pattern, step, LISTED], rules[pattern, step, BARRED]
    within, after = rules[pattern, step, WITHIN], rules[pattern, step, AFTER]
    wait, most, many = rules[pattern, step, NEXT_AFTER], whole[pattern], 0
    for place in range(before):
        row, start = int(placed[step - 1, place, ROW]), kept[step - 1, place, START]
        at, past = kept[step - 1, place, AT], listed[row, PAST]
        latest = min(at + within, start + most)
        barred = listed[row, bars] & -1 << int(placed[step - 1, place, NEXT])
        open_ = max(last_look[here + row] + 1, at + after) <= latest
        stands[row, GOING] |= (open_ & (barred == 0)) << step
        mine = listed[row, which] & -1 << int(placed[step - 1, place, FROM])
        # those of the next position are its own, where it is of the same person
        another = placed[step - 1, place + 1, ROW] != row
        mine &= (1 << int(placed[step - 1, place + 1, FROM])) - 1 | -int(another)
        while True:
            moment = lowest(mine | past)
            then = times[row, moment]
            reached = (then <= latest) & (barred & (1 << moment) - 1 == 0)
            kept[step, many, AT] = then
            placed[step, many, ROW] = row
            placed[step, many, NEXT] = moment + 1
            placed[step, many, FROM] = moment + 1
            if wait:
                placed[step, many, FROM] = max(
                    moment + 1, moments_until(times, row, then + wait - 1, longest)
                )
            kept[step, many, START] = start
            placed[step, many, ORIGIN] = place
            many += reached
            mine &= mine - 1
            if not reached or mine == 0:
                break
    return many


def stand(room: Room, step: int, many: int) -> None:
    """Put down who reached a step, and the first of their positions."""
    placed, stands = room[3], room[4]
    for place in range(many - 1, -1, -1):
        row = int(placed[step, place, ROW])
        stands[row, LEVEL] = step + 1
        stands[row, BEST] = place


def conclude(
    told: Told, log: Log, end: int, room: Room, known: Known, pattern: int, here: int, after: int
) -> None:
    """Level, status, and the shortest fitting choice: the earliest end, then the latest before it."""
    rules, steps, last_look = told[0], told[1], log[4]
    kept, placed, stands = room[2], room[3], room[4]
    level, status, again, reached, ended = known[0], known[1], known[2], known[3], known[4]
    number, free = steps[pattern], ended[pattern]
    for person in range(here, after):
        best, going = stands[person - here, LEVEL], stands[person - here, GOING]
        place = stands[person - here, BEST]
        for step in range(number - 1, -1, -1):
            # past the level too: the next person's are written over it
            reached[pattern, free + step] = kept[step, place, AT]
            place += (int(placed[step, place, ORIGIN]) - place) * (step < best)
        free += best
        inside, can = (best > 0) & (best < number), going >> best & 1
        silent = rules[pattern, min(best, number - 1), SILENCE] >= 0
        late = can & ((last_look[person] < end) | silent)
        level[pattern, person] = best
        status[pattern, person] = inside * (
            WAY_CLOSED + can * (ON_THE_WAY - WAY_CLOSED) + late * (TOO_EARLY - ON_THE_WAY)
        )
        again[pattern, person] = inside & (can == 0) & (going != 0)
    ended[pattern] = free
