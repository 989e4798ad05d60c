"""Putting contacts into order of person, time and trusted order, one whole number after the other.

Written so that numba can compile it as it stands.
"""

from typing import Any

import numpy

type Array = Any
"""A numpy array of whole numbers."""

FEW = 40
"""So many contacts of one person are put into order one by one; more are sorted."""


def arrange(
    code: Array,
    kind: Array,
    at: Array,
    order: Array,
    first: Array,
    kind_out: Array,
    at_out: Array,
    order_out: Array,
) -> None:
    """Fill the last three with the contacts of person 0, of person 1 and so on, each in order.

    code: whose each contact is; first: where each person's contacts begin in the answer, and the last one's
    end; order: empty where equal times are simultaneous. Contacts alike keep the order they came in.
    """
    free = first[:-1].copy()
    for place in range(len(code)):
        there = free[code[place]]
        free[code[place]] += 1
        kind_out[there] = kind[place]
        at_out[there] = at[place]
        if len(order):
            order_out[there] = order[place]
    for person in range(len(first) - 1):
        begin, end = first[person], first[person + 1]
        if end - begin > FEW:
            sort_many(kind_out, at_out, order_out, begin, end)
        else:
            sort_few(kind_out, at_out, order_out, begin, end)


def sort_few(kind: Array, at: Array, order: Array, begin: int, end: int) -> None:
    """Each goes back past those that are later."""
    for place in range(begin + 1, end):
        own_kind, own_at, own_order = kind[place], at[place], order[place] if len(order) else 0
        there = place
        while there > begin and (
            at[there - 1] > own_at
            or (at[there - 1] == own_at and len(order) > 0 and order[there - 1] > own_order)
        ):
            kind[there], at[there] = kind[there - 1], at[there - 1]
            if len(order):
                order[there] = order[there - 1]
            there -= 1
        kind[there], at[there] = own_kind, own_at
        if len(order):
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
