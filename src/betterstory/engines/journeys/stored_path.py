"""Asking a log that was put by: nothing is read but what the pattern needs, and nothing is copied that the
pass can walk where it lies."""

from collections.abc import Sequence

import numpy

from betterstory.engines.journeys.arrays import Arrays, Whole
from betterstory.engines.journeys.asked import NO_ORDER, Asked, Condition, conditions, each_asked, kinds_of
from betterstory.engines.journeys.pattern import Pattern, Spells
from betterstory.engines.journeys.reference import NOT_KNOWN
from betterstory.engines.journeys.stored import NOTHING, StoredLog


def ask(patterns: Sequence[Pattern], log: StoredLog) -> list[Asked]:
    """The log as each pattern sees it. They have the same spells, and with spells the same columns."""
    arrays = log.arrays()
    holding = [_holds(condition, log) for condition in conditions(patterns)]
    kind = kinds_of(arrays.activity, len(log.activities), holding)
    kept = _kept(patterns, log)
    if kept is not None:
        arrays, kind = _only(arrays, kept), kind[kept]
    order = NO_ORDER if arrays.order is None else arrays.order
    shared = Asked(arrays.first, kind, arrays.at, order, arrays.last_look, log.end)
    return each_asked(shared, patterns, log.activities)


def _kept(patterns: Sequence[Pattern], log: StoredLog) -> Whole | None:
    """The places of the contacts to walk; None for all of them, where they lie."""
    arrays, spells = log.arrays(), patterns[0].spells
    if spells is not None:
        columns = [log.codes(column)[0] for column in patterns[0].columns]
        listed = numpy.isin(arrays.activity, _places(spells.activity or log.activities, log))
        return in_spells(arrays, spells, listed, columns)
    return None


def _holds(condition: Condition, log: StoredLog) -> Whole:
    """Where a column holds an accepted text."""
    codes, texts = log.codes(condition[0])
    accepted = numpy.zeros(len(texts) + 1, dtype=bool)
    accepted[1:] = [text in condition[1] for text in texts]
    return numpy.asarray(accepted[codes])


def _places(listed: Sequence[str], log: StoredLog) -> list[int]:
    wanted = set(listed)
    return [place for place, activity in enumerate(log.activities) if activity in wanted]


def in_spells(arrays: Arrays, spells: Spells, listed: Whole, columns: Sequence[Whole]) -> Whole:
    """The places of the contacts that are left when those of each spell become one.

    Which of simultaneous contacts stands for its spell is settled by activity and then by the columns that
    are looked at, nothing last, as in the reference.
    """
    person = numpy.repeat(numpy.arange(arrays.people), numpy.diff(arrays.first))
    settled = numpy.flatnonzero(listed)
    if columns:
        order = numpy.zeros(len(person), dtype=numpy.int64) if arrays.order is None else arrays.order
        texts = [codes.astype(numpy.int64) for codes in columns]
        last = [numpy.where(codes == NOTHING, 2**32, codes) for codes in texts]
        keys = [*reversed(last), arrays.activity, order, arrays.at, person]
        settled = settled[numpy.lexsort([key[settled] for key in keys])]
    at, who = arrays.at[settled], person[settled]
    apart = numpy.ones(len(settled) + 1, dtype=bool)
    apart[1:-1] = (who[1:] != who[:-1]) | (at[1:] - at[:-1] > spells.gap.microseconds)
    if spells.at == "start":
        stands = apart[:-1]
    else:
        # the last of its person could still grow, unless the gap was seen to pass
        followed = numpy.zeros(len(settled), dtype=bool)
        followed[:-1] = who[1:] == who[:-1]
        stands = apart[1:] & (followed | (at + spells.gap.microseconds <= arrays.last_look[who]))
    return numpy.sort(numpy.concatenate([numpy.flatnonzero(~listed), settled[stands]]))


def _only(arrays: Arrays, kept: Whole) -> Arrays:
    first = numpy.searchsorted(kept, arrays.first)
    order = None if arrays.order is None else arrays.order[kept]
    return Arrays(first, arrays.activity[kept], arrays.at[kept], order, arrays.last_look)


def values_by(column: str, log: StoredLog) -> tuple[dict[str, str], int]:
    """One value a person, and how many people's value in the log changed, where the log was asked."""
    own = numpy.full(log.many, NOTHING, dtype=numpy.int64)
    own_texts: Sequence[str] = ()
    if column in log.inside_people:
        codes, own_texts = log.codes_of_people(column)
        own = codes.astype(numpy.int64)
    said, said_texts, changes = _said(column, log)
    values = [
        own_texts[mine - 1] if mine else said_texts[its - 1] if its else NOT_KNOWN
        for mine, its in zip(own.tolist(), said.tolist(), strict=True)
    ]
    return dict(zip(log.who(), values, strict=True)), int((changes & (own == NOTHING)).sum())


def _said(column: str, log: StoredLog) -> tuple[Whole, Sequence[str], Whole]:
    """For each person the first text in the log (of one moment, the smallest), and whether it changes."""
    first, changes = numpy.full(log.many, NOTHING, dtype=numpy.int64), numpy.zeros(log.many, dtype=bool)
    if column not in log.inside:
        return first, (), changes
    arrays, (codes, texts) = log.arrays(), log.codes(column)
    person = numpy.repeat(numpy.arange(arrays.people), numpy.diff(arrays.first))
    said = numpy.flatnonzero(codes)
    order = numpy.zeros(len(person), dtype=numpy.int64) if arrays.order is None else arrays.order
    said = said[numpy.lexsort([codes[said], order[said], arrays.at[said], person[said]])]
    who, what = person[said], codes[said]
    new = numpy.ones(len(said), dtype=bool)
    new[1:] = who[1:] != who[:-1]
    first[who[new]] = what[new]
    changes[who[what != first[who]]] = True
    return first, texts, changes
