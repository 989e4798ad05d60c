"""The same answer for many patterns in one pass: a person's moments are the bits of a whole number.

Some people are taken at a time, and stay near while each pattern is asked. Of each of them the moments that
any pattern speaks of are picked out once; for each list of kinds that a step names, one number says which of
those moments it has. So "the next listed contact after this position" is the lowest bit from there on,
whatever else the person had. Steps are then taken for all of these people together, position by position, and
little is asked with an `if`: a processor that guesses wrong loses more time than the answer takes.

Whoever has more contacts than fit is left for `onepass`; so is every pattern with a repeat, because a moment
does not say how often it holds a kind. The positions are those that `onepass` keeps, but not where they come
from: the moments of a path are looked for by `onepass` when somebody asks.

Written so that numba can compile it as it stands, like `onepass`. Places are never below zero.
"""

from typing import Any

from betterstory.engines.journeys.found import ON_THE_WAY, TOO_EARLY, WAY_CLOSED

MOST = 61
"""So many moments, and a bit past the last of them, leave the number that holds them above zero."""

SOME = 128
"""People that are taken at a time."""

PLACES = MOST + 2
"""Room for the moments of one; past the last one it is NEVER."""
NEVER = 9_000_000_000_000_000_000

NOTHING, PAST = 0, 1
"""Before the lists that steps name there are two: the empty one, and one of the bit past the last moment."""

RULES = 5
LISTED, BARRED, WITHIN, AFTER, SILENCE = range(RULES)
"""What `rules` says of a step: the list it names, and the list that must not come in between; its limits, as
in `onepass`."""

KEPT = 2
AT, START = range(KEPT)
"""What `kept` says of a position: when it is, and when its path starts."""

PLACED = 2
ROW, NEXT = range(PLACED)
"""What `placed` says of it: whose it is, and the first moment that may be after it. After a contact all from
there on are; a silence may be over between any two moments, so after one the times are asked as well."""

STANDS = 2
LEVEL, GOING = range(STANDS)
"""What `stands` says of each of these people: their level, and a bit for each level they could go on from."""

INLINED = ("pick_some", "wait_out", "follow", "conclude")
"""What is copied into the pass where it is compiled."""

type Array = Any
"""A numpy array of whole numbers."""

type Told = tuple[Array, ...]
"""rules, steps, whole: a place a pattern
lists_of:            a place a kind: 0 where no list has it, else a row of the next
named:               the lists that have a kind, ended by 0
begins:              a place a list: 1 where the first step of a pattern names it"""

type Log = tuple[Array, ...]
"""first, kind, at, order, last_look: as in `Asked`"""

type Room = tuple[Array, ...]
"""listed: for each person and list a bit for each moment; times: of each person's moments; kept, placed: as
above, of this step and of the one before in turn; stands: as above; first_kept, first_placed, entered: for
each list that begins a pattern the positions of the first step, one after the other, and how many; times_of,
said_by, orders_of: one person's contacts that are spoken of. All of it is used again."""

type Positions = tuple[Array, Array]
"""What `kept` and `placed` say of those of one step."""

type Known = tuple[Array, ...]
"""said:  a row a pattern, a place a person: the byte that `found.as_byte` gives
every: a row a pattern: how many people have each of these bytes
left:  1 for those who are left, who are also in `every` at level 0"""


def lowest(bits: int) -> int:
    """The place of the lowest bit. Where this is compiled, one instruction takes its place."""
    return (int(bits) & -int(bits)).bit_length() - 1


def walk_bits(told: Told, log: Log, end: int, room: Room, known: Known, begin: int, stop: int) -> None:
    """Find out about the people from `begin` to `stop`, and write it into `known`."""
    steps = told[1]
    for here in range(begin, stop, SOME):
        after = min(here + SOME, stop)
        pick_some(told, log, room, known, here, after)
        for pattern in range(len(steps)):
            walk_some(told, log, end, room, known, pattern, here, after)


def walk_some(
    told: Told, log: Log, end: int, room: Room, known: Known, pattern: int, here: int, after: int
) -> None:
    """One pattern, some people."""
    rules, steps, kept, placed, stands = told[0], told[1], room[2], room[3], room[4]
    stands[:] = 0
    first = rules[pattern, 0, LISTED]
    many, step, old = int(room[7][first]), 1, (room[5][first], room[6][first])
    while step < steps[pattern] and many:
        old[1][many, ROW] = SOME
        new = (kept[step & 1], placed[step & 1])
        if rules[pattern, step, SILENCE] >= 0:
            many = wait_out(told, log, room, old, new, pattern, step, here, many)
        else:
            many = follow(told, log, room, old, new, pattern, step, here, many)
        step, old = step + 1, new
    for place in range(many):
        stands[LEVEL, int(old[1][place, ROW])] = step
    conclude(told, log, end, room, known, pattern, here, after)


def pick_some(told: Told, log: Log, room: Room, known: Known, here: int, after: int) -> None:
    """Put down the moments of some people, and which of them each list has.

    Every contact is put down, and kept only where it is spoken of: quicker than asking first.
    """
    lists_of, named, begins = told[3], told[4], told[5]
    first, kind, at, order = log[0], log[1], log[2], log[3]
    listed, times, kept, placed, entered = room[0], room[1], room[5], room[6], room[7]
    times_of, said_by, orders_of, left = room[8], room[9], room[10], known[2]
    trusted = len(order) > 0
    listed[:] = 0
    entered[:] = 0
    for person in range(here, after):
        row, number = person - here, 0
        for place in range(first[person], first[person + 1]):
            what = lists_of[kind[place]]
            times_of[number] = at[place]
            said_by[number] = what
            if trusted:
                orders_of[number] = order[place]
            number += what > 0
        if number > MOST:
            left[person] = 1
            number = 0
        moment = -1
        for place in range(number):
            then, said = times_of[place], said_by[place]
            if (
                place == 0
                or then != times_of[place - 1]
                or (trusted and orders_of[place] != orders_of[place - 1])
            ):
                moment += 1
                times[row, moment] = then
            nth, which = 0, int(named[said, 0])
            while which:
                listed[row, which] |= 1 << moment
                if begins[which]:
                    many = int(entered[which])
                    kept[which, many, AT] = then
                    kept[which, many, START] = then
                    placed[which, many, ROW] = row
                    placed[which, many, NEXT] = moment + 1
                    entered[which] = many + 1
                nth += 1
                which = int(named[said, nth])
        listed[row, PAST] = 1 << moment + 1
        times[row, moment + 1] = NEVER


def wait_out(
    told: Told,
    log: Log,
    room: Room,
    old: Positions,
    new: Positions,
    pattern: int,
    step: int,
    here: int,
    before: int,
) -> int:
    """Complete the silences that end before a listed contact, and before the last look is over."""
    rules, whole, last_look = told[0], told[2], log[4]
    listed, times, stands, (kept, placed), (kept_new, placed_new) = room[0], room[1], room[4], old, new
    which, silence = rules[pattern, step, LISTED], rules[pattern, step, SILENCE]
    since = int(rules[pattern, step - 1, SILENCE] >= 0)
    most, many = whole[pattern], 0
    for place in range(before):
        row, next_ = int(placed[place, ROW]), int(placed[place, NEXT])
        at, start = kept[place, AT], kept[place, START]
        stands[LEVEL, row] = step
        over = at + silence
        following = (listed[row, which] | listed[row, PAST]) & -1 << next_
        while times[row, lowest(following)] < at + since:
            following &= following - 1
        unbroken = (times[row, lowest(following)] > over) & (over - start <= most)
        seen = over <= last_look[here + row]
        stands[GOING, row] |= (unbroken & (not seen)) << step
        kept_new[many, AT] = over
        kept_new[many, START] = start
        placed_new[many, ROW] = row
        placed_new[many, NEXT] = next_
        many += unbroken & seen
    return many


def follow(
    told: Told,
    log: Log,
    room: Room,
    old: Positions,
    new: Positions,
    pattern: int,
    step: int,
    here: int,
    before: int,
) -> int:
    """Reach a step with each moment that it lists, where a position of the step before allows it.

    A moment goes with the latest position that it may follow, so each position has the moments up to those of
    the next. Of these, limits allow the first few.
    """
    rules, whole, last_look = told[0], told[2], log[4]
    listed, times, stands, (kept, placed), (kept_new, placed_new) = room[0], room[1], room[4], old, new
    which, bars = rules[pattern, step, LISTED], rules[pattern, step, BARRED]
    within, after = rules[pattern, step, WITHIN], rules[pattern, step, AFTER]
    silent = rules[pattern, step - 1, SILENCE] >= 0
    since = max(after, int(silent))
    most, many = whole[pattern], 0
    for place in range(before):
        row, next_ = int(placed[place, ROW]), int(placed[place, NEXT])
        at, start = kept[place, AT], kept[place, START]
        stands[LEVEL, row] = step
        latest = min(at + within, start + most)
        barred = listed[row, bars] & -1 << next_
        while silent and barred and times[row, lowest(barred)] <= at:
            barred &= barred - 1
        open_ = max(last_look[here + row] + 1, at + after) <= latest
        stands[GOING, row] |= (open_ & (barred == 0)) << step
        mine = listed[row, which] & -1 << next_
        if placed[place + 1, ROW] == row:
            # those of the next position are its own
            if since:
                latest = min(latest, kept[place + 1, AT] + since - 1)
            else:
                mine &= (1 << int(placed[place + 1, NEXT])) - 1
        mine |= listed[row, PAST]
        while times[row, lowest(mine)] < at + since:
            mine &= mine - 1
        while True:
            moment = lowest(mine)
            then = times[row, moment]
            if then > latest or barred & (1 << moment) - 1:
                break
            kept_new[many, AT] = then
            kept_new[many, START] = start
            placed_new[many, ROW] = row
            placed_new[many, NEXT] = moment + 1
            many += 1
            mine &= mine - 1
    return many


def conclude(
    told: Told, log: Log, end: int, room: Room, known: Known, pattern: int, here: int, after: int
) -> None:
    """Level and status of each, and how many have the same. What is asked of all in turn is asked of several
    at once where this is compiled; adding up cannot be, so it is done apart."""
    rules, steps, stands = told[0], told[1], room[4]
    looked, said, every = log[4][here:after], known[0][pattern, here:after], known[1]
    number, silences = steps[pattern], 0
    for step in range(number):
        silences |= int(rules[pattern, step, SILENCE] >= 0) << step
    for row in range(after - here):
        best, going = stands[LEVEL, row], stands[GOING, row]
        inside, can = (best > 0) & (best < number), going >> best & 1
        late = can & ((looked[row] < end) | (silences >> best & 1))
        is_at = inside * (WAY_CLOSED + can * (ON_THE_WAY - WAY_CLOSED) + late * (TOO_EARLY - ON_THE_WAY))
        anew = inside & (can == 0) & (going != 0)
        said[row] = best * 8 + is_at * 2 + anew
    for row in range(after - here):
        every[pattern, said[row]] += 1
