"""The loops of a map, in plain Python: numba compiles them as they stand, when they are first needed.

Where contacts can share a moment, `count_people` and `lay_down` go from moment to moment; where none do,
their `_apart` forms go from contact to contact, which is several times faster.
"""

import numpy

from betterstory.engines.journeys.arrays import Whole

PEOPLE, AGAIN, FIRST, LAST, STOPPED, CANNOT_TELL, CONTACTS = range(7)
NOBODY = -1
BINS = 1024


def count_people_of_each(first: Whole, activity: Whole, last_seen: Whole, people: Whole) -> None:
    """How many people have each activity; `last_seen` begins with NOBODY."""
    for person in range(len(first) - 1):
        for row in range(first[person], first[person + 1]):
            kind = activity[row]
            people[kind] += last_seen[kind] != person
            last_seen[kind] = person


def count_people(
    from_person: int,
    to_person: int,
    first: Whole,
    activity: Whole,
    at: Whole,
    order: Whole,
    last_look: Whole,
    within: int,
    kinds: int,
    told: Whole,
    moves: Whole,
    people: Whole,
) -> None:
    """Count these people's contacts, moves and ways into `told`, `moves` and `people`."""
    on_way = numpy.full(kinds * kinds, NOBODY, dtype=numpy.int32)
    at_kind = numpy.full((3, kinds), NOBODY, dtype=numpy.int32)  # had it, had it again, stopped there
    in_moment = numpy.full(kinds, NOBODY, dtype=numpy.int64)
    before, here = numpy.empty(kinds, dtype=numpy.int64), numpy.empty(kinds, dtype=numpy.int64)
    for person in range(from_person, to_person):
        row, end = first[person], first[person + 1]
        earlier, then = 0, 0
        while row < end:
            start, now, many = row, at[row], 0
            while row < end and at[row] == now and order[row] == order[start]:
                kind = activity[row]
                if in_moment[kind] != start:
                    in_moment[kind] = start
                    here[many] = kind
                    many += 1
                row += 1
            for place in range(many):
                kind = here[place]
                told[CONTACTS, kind] += 1
                if earlier == 0:
                    told[FIRST, kind] += 1
                if at_kind[0, kind] != person:
                    at_kind[0, kind] = person
                    told[PEOPLE, kind] += 1
                elif at_kind[1, kind] != person:
                    at_kind[1, kind] = person
                    told[AGAIN, kind] += 1
            for place in range(earlier):
                one = before[place]
                if now - then > within and at_kind[2, one] != person:
                    at_kind[2, one] = person
                    told[STOPPED, one] += 1
                for other in range(many):
                    way = one * kinds + here[other]
                    moves[way] += 1
                    if on_way[way] != person:
                        on_way[way] = person
                        people[way] += 1
            before, here = here, before
            earlier, then = many, now
        for place in range(earlier):
            kind = before[place]
            told[LAST, kind] += 1
            if at_kind[2, kind] != person:
                told[STOPPED if then + within <= last_look[person] else CANNOT_TELL, kind] += 1


def lay_down(
    from_person: int,
    to_person: int,
    first: Whole,
    activity: Whole,
    at: Whole,
    order: Whole,
    kinds: int,
    waits: Whole,
    once_at: Whole,
    more_at: Whole,
) -> None:
    """Put each wait of these people in its place; `once_at` and `more_at` say where the next one goes."""
    on_way = numpy.full(kinds * kinds, NOBODY, dtype=numpy.int32)
    in_moment = numpy.full(kinds, NOBODY, dtype=numpy.int64)
    before, here = numpy.empty(kinds, dtype=numpy.int64), numpy.empty(kinds, dtype=numpy.int64)
    for person in range(from_person, to_person):
        row, end = first[person], first[person + 1]
        earlier, then = 0, 0
        while row < end:
            start, now, many = row, at[row], 0
            while row < end and at[row] == now and order[row] == order[start]:
                kind = activity[row]
                if in_moment[kind] != start:
                    in_moment[kind] = start
                    here[many] = kind
                    many += 1
                row += 1
            for place in range(earlier):
                for other in range(many):
                    way = before[place] * kinds + here[other]
                    if on_way[way] != person:
                        on_way[way] = person
                        waits[once_at[way]] = now - then
                        once_at[way] += 1
                    else:
                        waits[more_at[way]] = now - then
                        more_at[way] += 1
            before, here = here, before
            earlier, then = many, now


def count_people_apart(
    from_person: int,
    to_person: int,
    first: Whole,
    activity: Whole,
    at: Whole,
    last_look: Whole,
    within: int,
    kinds: int,
    told: Whole,
    moves: Whole,
    people: Whole,
    gone: Whole,
) -> None:
    """The same where no two contacts are in one moment. `gone` gets twice the way that led to each contact,
    and one more where its person had gone it before."""
    on_way = numpy.full(kinds * kinds, NOBODY, dtype=numpy.int32)
    had = numpy.full(kinds, NOBODY, dtype=numpy.int32)
    had_again = numpy.full(kinds, NOBODY, dtype=numpy.int32)
    stopped = numpy.full(kinds, NOBODY, dtype=numpy.int32)
    contacts, seen, again = told[CONTACTS], told[PEOPLE], told[AGAIN]
    for person in range(from_person, to_person):
        row, end = first[person], first[person + 1]
        if row == end:
            continue
        kind, then = numpy.int64(activity[row]), at[row]
        told[FIRST, kind] += 1
        contacts[kind] += 1
        seen[kind] += 1
        had[kind] = person
        for place in range(row + 1, end):
            other, now = numpy.int64(activity[place]), at[place]
            contacts[other] += 1
            if had[other] != person:
                had[other] = person
                seen[other] += 1
            elif had_again[other] != person:
                had_again[other] = person
                again[other] += 1
            if now - then > within and stopped[kind] != person:
                stopped[kind] = person
                told[STOPPED, kind] += 1
            way = kind * kinds + other
            moves[way] += 1
            if on_way[way] != person:
                on_way[way] = person
                people[way] += 1
                gone[place] = 2 * way
            else:
                gone[place] = 2 * way + 1
            kind, then = other, now
        told[LAST, kind] += 1
        if stopped[kind] != person:
            told[STOPPED if then + within <= last_look[person] else CANNOT_TELL, kind] += 1


def lay_down_apart(
    from_person: int, to_person: int, first: Whole, at: Whole, gone: Whole, waits: Whole, next_at: Whole
) -> None:
    """Put each wait in its place; `next_at` says where, for first waits and others of each way in turn."""
    for person in range(from_person, to_person):
        for row in range(first[person] + 1, first[person + 1]):
            place = gone[row]
            waits[next_at[place]] = at[row] - at[row - 1]
            next_at[place] += 1


def find_quartiles(waits: Whole, starts: Whole, many: Whole, found: Whole) -> None:
    """Quartiles of so many waits from each start, times four, as `reference.in_fourths` has them.

    The waits of a way are counted into bins of equal length; only those in the bins of the wanted places are
    put in order.
    """
    counts = numpy.zeros(BINS + 1, dtype=numpy.int64)
    wanted = numpy.zeros(BINS, dtype=numpy.bool_)
    some = numpy.empty(many.max() if len(many) else 0, dtype=numpy.int64)
    for way in range(len(starts)):
        number = many[way]
        own = waits[starts[way] : starts[way] + number]
        least, most = own[0], own[0]
        for wait in own:
            least, most = min(least, wait), max(most, wait)
        shift = 0
        while (most - least) >> shift >= BINS:
            shift += 1
        counts[:] = 0
        for wait in own:
            counts[((wait - least) >> shift) + 1] += 1
        for bin_ in range(BINS):
            counts[bin_ + 1] += counts[bin_]
        for part in range(1, 4):
            place = (number - 1) * part // 4
            wanted[numpy.searchsorted(counts, place, side="right") - 1] = True
            place = min(place + 1, number - 1)
            wanted[numpy.searchsorted(counts, place, side="right") - 1] = True
        kept = 0
        for wait in own:
            some[kept] = wait
            kept += wanted[(wait - least) >> shift]
        ordered = numpy.sort(some[:kept])
        for part in range(1, 4):
            steps = (number - 1) * part
            value = after = 0
            for place in (steps // 4, min(steps // 4 + 1, number - 1)):
                # how many of those kept come before it: all of the wanted bins below, and some of its own
                bin_ = numpy.searchsorted(counts, place, side="right") - 1
                before = place - counts[bin_]
                for below in range(bin_):
                    if wanted[below]:
                        before += counts[below + 1] - counts[below]
                value, after = after, ordered[before]
            found[way, part - 1] = 4 * value + steps % 4 * (after - value)
        wanted[:] = False
