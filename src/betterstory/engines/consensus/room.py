"""A room of people: what they agree on at both ends of opinion, and whether they form groups that hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from betterstory.engines.consensus.both_ends import Ends, main_line, read_ends
from betterstory.engines.consensus.ranges import Ranges, draw_ranges
from betterstory.engines.consensus.sheet import Sheet, sheet_of
from betterstory.engines.consensus.verdict import Decided, Verdict, Weights, decide
from betterstory.engines.consensus.votes import Votes

__all__ = ["Agreement", "Room", "Verdict", "Weights", "room"]


@dataclass(frozen=True)
class Agreement:
    """One statement: who said what, and what is agreed at the two ends of the main line of opinion.

    `share` is of those who heard it, None where nobody did. `ends` have no names: which is which is shown
    to nobody. `value` is the lower end, which statements are ranked by. `range` is the middle 80 % of
    `share` over rooms drawn again, and `in_top` how often it was among the best five; both None where
    ranges were not asked for. A `late` statement was heard by less than half of the room and stands after
    all others.
    """

    statement: str
    heard: int
    agree: int
    not_sure: int
    disagree: int
    share: float | None
    ends: tuple[float, float]
    value: float
    late: bool
    range: tuple[float, float] | None
    in_top: float | None


@dataclass(frozen=True)
class Room:
    """What a room says together.

    `people` are those who answered anything; `statements` those not put aside; `filled` is the share of
    their cells that was answered, a pass among them. `verdict` and `weights` are None where no verdict
    was asked for, `weights` also where there were too few people for one. `groups` is there only where
    groups hold: for each voice, in the order of the votes, its number, or None for who sits in neither
    clearly. For analysts: nobody is shown their group.
    """

    people: int
    statements: int
    filled: float
    verdict: Verdict | None
    weights: Weights | None
    groups: tuple[int | None, ...] | None
    unplaced: int | None
    agreement: tuple[Agreement, ...]


def room(votes: Votes, *, seed: int = 0, ranges: bool = True, verdict: bool = True) -> Room:
    """Everything about a room; the same for the same votes and seed, in whatever order they came."""
    sheet = sheet_of(votes)
    people, statements = sheet.shape
    decided = decide(sheet, seed=seed) if verdict else None
    groups = _by_voice(votes, sheet, decided)
    return Room(
        people=people,
        statements=statements,
        filled=sheet.filled,
        verdict=decided.verdict if decided else None,
        weights=decided.weights if decided else None,
        groups=groups,
        unplaced=None if groups is None else people - sum(group is not None for group in groups),
        agreement=_ranked(votes, sheet, seed if ranges else None),
    )


def _by_voice(votes: Votes, sheet: Sheet, decided: Decided | None) -> tuple[int | None, ...] | None:
    if decided is None or decided.groups is None:
        return None
    of_row = dict(zip(sheet.people.tolist(), decided.groups, strict=True))
    return tuple(of_row.get(voice) for voice in range(len(votes.voices)))


def _ranked(votes: Votes, sheet: Sheet, seed: int | None) -> tuple[Agreement, ...]:
    """All statements, best first; those heard by less than half of the room after the others."""
    people, statements = sheet.shape
    if not people:
        return tuple(_unheard(votes.statements[place]) for place in sheet.statements)
    loading = main_line(sheet)
    ends = read_ends(sheet, loading, np.ones((1, people)))
    heard = sheet.seen.sum(axis=0)
    late = 2 * heard < people
    drawn = None if seed is None else draw_ranges(sheet, loading, late, seed)
    order = sorted(range(statements), key=lambda at: (late[at], -round(ends.value[0, at], 12), at))
    return tuple(_said_of(votes, sheet, at, ends, bool(late[at]), drawn) for at in order)


def _said_of(votes: Votes, sheet: Sheet, at: int, ends: Ends, late: bool, drawn: Ranges | None) -> Agreement:
    heard, agree, disagree = (int(each[:, at].sum()) for each in (sheet.seen, sheet.agree, sheet.disagree))
    statement = votes.statements[sheet.statements[at]]
    if not heard:
        return _unheard(statement)
    return Agreement(
        statement=statement,
        heard=heard,
        agree=agree,
        not_sure=heard - agree - disagree,
        disagree=disagree,
        share=agree / heard,
        ends=(float(ends.low[0, at]), float(ends.high[0, at])),
        value=float(ends.value[0, at]),
        late=late,
        range=None if drawn is None else (float(drawn.low[at]), float(drawn.high[at])),
        in_top=None if drawn is None else float(drawn.in_top[at]),
    )


def _unheard(statement: str) -> Agreement:
    """Nobody heard it: half, as far as anybody knows, and last."""
    return Agreement(statement, 0, 0, 0, 0, None, (0.5, 0.5), 0.5, True, None, None)
