"""Putting contacts into order of person, time and trusted order, one whole number after the other.

First each person is given a number; then the contacts of each are counted, laid side by side, and put into
order. Some of the contacts and then some of the people are taken by each thread.

Written so that numba can compile it as it stands.
"""

from typing import Any

import numpy

type Array = Any
"""A numpy array of whole numbers."""

FEW = 40
"""So many contacts of one person are put into order one by one; more are sorted."""


def mark(person: Array, least: int, present: Array) -> None:
    """Put a 1 for every id that somebody has."""
    for place in range(len(person)):
        present[person[place] - least] = 1


def take(
    rows: tuple[Array, ...],
    bounds: Array,
    told: Array,
    present: Array,
    taken: tuple[Array, ...],
    free: int,
) -> int:
    """Put the contacts that tell anything where there is room, and a 1 for every id that somebody has.

    rows, taken: who, what, when and in which order (empty where equal times are simultaneous)
    bounds: the least id, the earliest and the latest time there can be, and the last one that is seen
    told: for each kind in the rows, what it is called where it is put; -1 where it tells nothing
    free: where the next contact goes, and room for all of them. Gives that of the one after, or -1 where a
          row is not within the bounds
    """
    person, kind, at, order = rows
    person_out, kind_out, at_out, order_out = taken
    trusted = len(order) > 0
    for place in range(len(person)):
        own, when = person[place] - bounds[0], at[place]
        if own < 0 or own >= len(present) or when < bounds[1] or when > bounds[2]:
            return -1
        if when <= bounds[3]:
            present[own] = 1
            called = told[kind[place]]
            if called >= 0:
                person_out[free], kind_out[free], at_out[free] = person[place], called, when
                if trusted:
                    order_out[free] = order[place]
                free += 1
    return free


def name(present: Array, eights: Array, least: int, number_of: Array, ids: Array) -> None:
    """Number everybody who is present, and put down their ids, of which there are just as many.

    eights: the same as `present`, eight places at a time: most ids are nobody's, and are passed over
    number_of: zeros, which stay where nobody is
    """
    here = 0
    for eight in range(len(eights) + 1):
        last = eight == len(eights)
        if last or eights[eight]:
            for place in range(8 * eight, len(present) if last else 8 * eight + 8):
                if present[place]:
                    number_of[place] = here
                    ids[here] = place + least
                    here += 1


def number(person: Array, least: int, number_of: Array, code: Array) -> None:
    """Which of the people each contact is of."""
    for place in range(len(person)):
        code[place] = number_of[person[place] - least]


def count(code: Array, kind: Array, tells: Array, each: Array) -> None:
    """How many contacts each person has of the kinds that tell anything."""
    for place in range(len(code)):
        if tells[kind[place]]:  # people lie far apart: a look at one costs more than a question
            each[code[place]] += 1


def lay_out(
    code: Array,
    kind: Array,
    at: Array,
    order: Array,
    tells: Array,
    free: Array,
    kind_out: Array,
    at_out: Array,
    order_out: Array,
) -> None:
    """Fill the last three with the contacts that tell anything, each where its person's next one goes.

    order: empty where equal times are simultaneous. Contacts of one person keep the order they came in.
    """
    trusted = len(order) > 0
    for place in range(len(code)):
        if tells[kind[place]]:
            there = free[code[place]]
            free[code[place]] += 1
            kind_out[there] = kind[place]
            at_out[there] = at[place]
            if trusted:
                order_out[there] = order[place]


def sort_each(kind: Array, at: Array, order: Array, first: Array) -> None:
    """Put each person's contacts into order. first: where each one's begin, and the last one's end."""
    for person in range(len(first) - 1):
        begin, end = first[person], first[person + 1]
        if end - begin > FEW:
            sort_many(kind, at, order, begin, end)
        else:
            sort_few(kind, at, order, begin, end)


def sort_few(kind: Array, at: Array, order: Array, begin: int, end: int) -> None:
    """Each goes back past those that are later."""
    trusted = len(order) > 0
    for place in range(begin + 1, end):
        own_kind, own_at, own_order = kind[place], at[place], order[place] if trusted else 0
        there = place
        while there > begin and (
            at[there - 1] > own_at or (at[there - 1] == own_at and trusted and order[there - 1] > own_order)
        ):
            kind[there], at[there] = kind[there - 1], at[there - 1]
            if trusted:
                order[there] = order[there - 1]
            there -= 1
        kind[there], at[there] = own_kind, own_at
        if trusted:
            order[there] = own_order


def sort_many(kind: Array, at: Array, order: Array, begin: int, end: int) -> None:
    """By order, and then by time, of which a stable sort keeps the order."""
    if len(order):
        sorted_ = numpy.argsort(order[begin:end], kind="mergesort")
        kind[begin:end], at[begin:end] = kind[begin:end][sorted_], at[begin:end][sorted_]
        order[begin:end] = order[begin:end][sorted_]
    sorted_ = numpy.argsort(at[begin:end], kind="mergesort")
    kind[begin:end], at[begin:end] = kind[begin:end][sorted_], at[begin:end][sorted_]
    if len(order):
        order[begin:end] = order[begin:end][sorted_]
