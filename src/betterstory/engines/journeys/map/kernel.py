"""The map counted by compiled loops: the same answers as the definition, near the speed of memory.

Two looks over the contacts. The first counts moves and people on every way, so that the second can lay every
wait down in the place of its way: first the first waits of people, then all others. Then quartiles are
selected, way by way. Each look goes over people a share at a time, and shares may run side by side.

The functions below are plain Python; `compiled` hands them to numba when they are first needed.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy

from betterstory.engines.journeys.arrays import Arrays, Whole
from betterstory.engines.journeys.map.counted import KINDS_TOLD, Counted, Ways

PEOPLE, AGAIN, FIRST, LAST, STOPPED, CANNOT_TELL, CONTACTS = range(7)
NOBODY = -1
FEW = 24  # so few waits are sorted, not selected
ROUNDS = 60  # after so many cuts that did not help, sort


@cache
def compiled() -> SimpleNamespace:
    """The loops, compiled. Raises ImportError where there is no numba."""
    import numba  # noqa: PLC0415 - only who counts a map waits for the compiler

    loops: tuple[Callable[..., Any], ...] = (count_people, lay_down, find_quartiles)
    compile_ = numba.njit(cache=True, nogil=True)
    return SimpleNamespace(**{loop.__name__: compile_(loop) for loop in loops})


def count(arrays: Arrays, kinds: int, within: int, threads: int = 2) -> Counted:
    """The map of these contacts. See `reference.count`, which it equals."""
    loops = compiled()
    shares = _shares(arrays, threads)
    order = arrays.at if arrays.order is None else arrays.order
    log = (arrays.first, arrays.activity, arrays.at, order)
    told = numpy.zeros((len(shares), len(KINDS_TOLD) + 1, kinds), dtype=numpy.int64)
    moves = numpy.zeros((len(shares), kinds * kinds), dtype=numpy.int64)
    people = numpy.zeros_like(moves)
    with ThreadPoolExecutor(len(shares)) as side_by_side:

        def each(loop: Callable[[int], Any], numbers: range) -> None:
            list(side_by_side.map(loop, numbers))

        numbers = range(len(shares))
        each(
            lambda n: loops.count_people(
                *shares[n], *log, arrays.last_look, within, kinds, told[n], moves[n], people[n]
            ),
            numbers,
        )
        all_moves, all_people = moves.sum(axis=0), people.sum(axis=0)
        starts = numpy.cumsum(all_moves) - all_moves
        once_at = starts + numpy.cumsum(people, axis=0) - people
        others = moves - people
        more_at = starts + all_people + numpy.cumsum(others, axis=0) - others
        waits = numpy.empty(int(all_moves.sum()), dtype=numpy.int64)
        each(lambda n: loops.lay_down(*shares[n], *log, kinds, waits, once_at[n], more_at[n]), numbers)
        way = numpy.flatnonzero(all_moves)
        starts, many, by = starts[way], all_moves[way], all_people[way]
        first_wait, every = numpy.empty((2, len(way), 3), dtype=numpy.int64)
        cuts = numpy.searchsorted(starts, numpy.linspace(0, len(waits), len(shares) + 1))
        cuts[-1] = len(way)

        def select(share: int) -> None:
            part = slice(cuts[share], cuts[share + 1])
            loops.find_quartiles(waits, starts[part], by[part], first_wait[part])
            loops.find_quartiles(waits, starts[part], many[part], every[part])

        each(select, numbers)
    sums = told.sum(axis=0)
    return Counted(
        int((numpy.diff(arrays.first) > 0).sum()),
        kinds,
        within,
        sums[CONTACTS],
        {name: sums[place] for place, name in enumerate(KINDS_TOLD)},
        Ways(way, many, by, every, first_wait),
    )


def _shares(arrays: Arrays, threads: int) -> list[tuple[int, int]]:
    """People from and to, so that each share has about as many contacts."""
    rows = numpy.linspace(0, arrays.first[-1], threads + 1)[1:-1]
    cuts = [0, *numpy.searchsorted(arrays.first, rows).tolist(), arrays.people]
    return list(zip(cuts[:-1], cuts[1:], strict=True))


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


def find_quartiles(waits: Whole, starts: Whole, many: Whole, found: Whole) -> None:
    """Quartiles of so many waits from each start, times four, as `reference.in_fourths` has them.

    Waits change places inside their way: after each cut those before are no longer, those after no shorter.
    """
    for way in range(len(starts)):
        least, most = starts[way], starts[way] + many[way] - 1
        for turn in range(3):
            part = 2 if turn == 0 else (1 if turn == 1 else 3)
            steps = (many[way] - 1) * part
            place, fourths = starts[way] + steps // 4, steps % 4
            middle = starts[way] + (many[way] - 1) // 2
            low = middle if part == 3 else least
            high = middle if part == 1 else most
            end = high
            rounds = 0
            while high - low > FEW and rounds < ROUNDS:
                rounds += 1
                one, two, three = waits[low], waits[(low + high) // 2], waits[high]
                cut = max(min(one, two), min(max(one, two), three))
                left, right = low, high
                while left <= right:
                    while waits[left] < cut:
                        left += 1
                    while waits[right] > cut:
                        right -= 1
                    if left <= right:
                        waits[left], waits[right] = waits[right], waits[left]
                        left += 1
                        right -= 1
                if place <= right:
                    high = right
                elif place >= left:
                    low = left
                else:
                    low = high = place
            if high > low:
                waits[low : high + 1] = numpy.sort(waits[low : high + 1])
            value = waits[place]
            after = value
            if fourths:
                after = waits[place + 1]
                for other in range(place + 2, end + 1):
                    after = min(after, waits[other])
            found[way, part - 1] = 4 * value + fourths * (after - value)
