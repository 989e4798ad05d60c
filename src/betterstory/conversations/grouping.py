"""The one door to the consensus engine: a gathering's answers go in, and what a page may say comes out.

Who is in which group never leaves this file: nobody is shown theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Any, NamedTuple

from betterstory.conversations.models import Vote
from betterstory.engines.consensus.polis import polis
from betterstory.engines.consensus.room import Room, room
from betterstory.engines.consensus.verdict import Verdict
from betterstory.engines.consensus.votes import Votes, arrange

LEAST_IN_A_PART = 5
CHEAP = 20_000  # people times sentences that a page orders while somebody waits
EVERY = 20  # looks after which it is worked out anew which sentence is most telling
MOST_KEPT = 100


class Answer(NamedTuple):
    """One answer of one voice."""

    statement: int
    voice: int
    side: str
    choice: int
    in_room: bool = True


@dataclass(frozen=True)
class Grouped:
    """What one sentence looks like from each group: [agree, heard] each, only where every part may be shown;
    `leans` is 1, -1 or 0 for each."""

    parts: tuple[tuple[int, int], ...] | None
    leans: tuple[int, ...]


@dataclass(frozen=True)
class Sides:
    """What is known about sides, in numbers that point at nobody. `order` has the most widely shared first.

    `named_by` has a sentence for each group that holds, `neither` how many are in none of them: None where
    that is a few people. `in_top` says how often a sentence was among the best five, in a hundred.
    """

    verdict: str
    people: int
    statements: int
    filled: int
    order: tuple[int, ...]
    in_top: dict[int, int] = field(default_factory=dict)
    named_by: tuple[int, ...] = ()
    neither: int | None = None
    grouped: dict[int, Grouped] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Sides:
        """As it was kept; keys of a JSON object are words."""
        return cls(
            **{
                **told,
                "order": tuple(told["order"]),
                "named_by": tuple(told["named_by"]),
                "in_top": {int(key): value for key, value in told["in_top"].items()},
                "grouped": {int(key): _grouped(value) for key, value in told["grouped"].items()},
            }
        )


def _grouped(told: Mapping[str, Any]) -> Grouped:
    parts = None if told["parts"] is None else tuple((agree, heard) for agree, heard in told["parts"])
    return Grouped(parts, tuple(told["leans"]))


def mark_of(rows: Iterable[Answer], asked: Iterable[int]) -> str:
    """What stands for exactly these answers to these sentences, in whatever order they come."""
    told = f"{sorted(asked)} {sorted(each[:2] + each[3:4] for each in rows)}"
    return sha256(told.encode()).hexdigest()


def work_out(rows: Sequence[Answer], asked: Sequence[int], *, seed: int) -> Sides:
    """Everything, which may take some seconds: never while somebody waits for a page."""
    votes = _votes(rows, asked)
    found = room(votes, seed=seed)
    return _sides(found, votes)


def rank(rows: Sequence[Answer], asked: Sequence[int]) -> tuple[int, ...]:
    """The sentences alone, the most widely shared first; () where that is too much to do at once."""
    if len({each.voice for each in rows}) * len(asked) > CHEAP:
        return ()
    found = room(_votes(rows, asked), ranges=False, verdict=False)
    return tuple(int(each.statement) for each in found.agreement)


def _votes(rows: Sequence[Answer], asked: Sequence[int]) -> Votes:
    voices = sorted({each.voice for each in rows})
    place = {voice: at for at, voice in enumerate(voices)}
    column = {statement: at for at, statement in enumerate(asked)}
    return arrange(
        [str(voice) for voice in voices],
        [str(statement) for statement in asked],
        [
            (place[each.voice], column[each.statement], each.choice)
            for each in rows
            if each.statement in column
        ],
    )


def _sides(found: Room, votes: Votes) -> Sides:
    told = Sides(
        verdict=str(found.verdict or Verdict.TOO_FEW),
        people=found.people,
        statements=found.statements,
        filled=round(100 * found.filled),
        order=tuple(int(each.statement) for each in found.agreement),
        in_top={
            int(each.statement): round(100 * each.in_top)
            for each in found.agreement
            if each.in_top is not None
        },
    )
    if found.groups is None:
        return told
    many = len({group for group in found.groups if group is not None})
    counted = _count(found.groups, votes, many)
    unplaced = found.unplaced or 0
    return Sides(
        **{
            **vars(told),
            "named_by": _name({one: parts[:many] for one, parts in counted.items()}, many),
            "neither": unplaced if unplaced == 0 or unplaced >= LEAST_IN_A_PART else None,
            "grouped": {statement: _show(parts) for statement, parts in counted.items()},
        }
    )


type Parts = list[tuple[int, int, int]]  # agree, disagree, heard: of each group, and of the rest


def _count(groups: Sequence[int | None], votes: Votes, many: int) -> dict[int, Parts]:
    """What each group says to each sentence; last those who are in none."""
    counted: Counter[tuple[int, int, int]] = Counter()
    for voice, statement, said in zip(
        votes.voice.tolist(), votes.statement.tolist(), votes.said.tolist(), strict=True
    ):
        group = groups[voice]
        counted[statement, many if group is None else group, said] += 1
    return {
        int(name): [
            (
                counted[at, group, 1],
                counted[at, group, -1],
                sum(counted[at, group, said] for said in (1, 0, -1)),
            )
            for group in range(many + 1)
        ]
        for at, name in enumerate(votes.statements)
    }


def _name(counted: Mapping[int, Parts], many: int) -> tuple[int, ...]:
    """For each group the sentence it agrees with most beyond the others; no sentence names two."""
    named: list[int] = []
    for group in range(many):
        best = max(
            (statement for statement in counted if statement not in named),
            key=lambda one: _stands_out(counted[one], group),
            default=None,
        )
        if best is not None:
            named.append(best)
    return tuple(named)


def _stands_out(parts: Parts, group: int) -> float:
    """How far this group's share of agreement lies over the highest of the others, each with one for and
    one against imagined beside it."""
    shares = [(agree + 1) / (heard + 2) for agree, _disagree, heard in parts]
    return shares[group] - max(share for at, share in enumerate(shares) if at != group)


def _show(parts: Parts) -> Grouped:
    """No part under five, and none that could be worked out from the whole: all groups or none."""
    *parts, (rest_agree, _disagree, rest_heard) = parts
    pairs = tuple((agree, heard) for agree, _disagree, heard in parts)
    counted = [*pairs, (rest_agree, rest_heard)] if rest_heard else pairs
    may = min(min(agree, heard - agree) for agree, heard in counted) >= LEAST_IN_A_PART
    leans = tuple(
        (2 * agree > heard) - (2 * disagree > heard) if heard >= LEAST_IN_A_PART else 0
        for agree, disagree, heard in parts
    )
    return Grouped(pairs if may else None, leans)


@dataclass
class _Weighed:
    """Weights, and how often they were asked for since they were worked out."""

    weights: dict[int, float]
    asked_for: int = 0


_weighed: dict[tuple[int, ...], _Weighed] = {}
_held = Lock()


def weigh(asked: Sequence[int]) -> dict[int, float]:
    """How telling each of these sentences is, by id: Polis's priority.

    Worked out anew after every twenty looks, in each process by itself: it need not be newer than that.
    """
    key = tuple(asked)
    with _held:
        kept = _weighed.get(key)
        if kept is not None and kept.asked_for < EVERY:
            kept.asked_for += 1
            return kept.weights
    answers = Vote.objects.filter(statement__in=asked)
    rows = [Answer(*row) for row in answers.values_list("statement_id", "voice_id", "channel", "choice")]
    weights = priorities(rows, asked)
    with _held:
        if len(_weighed) > MOST_KEPT:
            _weighed.clear()
        _weighed[key] = _Weighed(weights)
    return weights


def forget_weights() -> None:
    """What was worked out is of another set of answers."""
    with _held:
        _weighed.clear()


def priorities(rows: Sequence[Answer], asked: Sequence[int]) -> dict[int, float]:
    """Polis's priority of each sentence (formula 8 of its published maths); alike before anybody answers."""
    if not rows:
        return dict.fromkeys(asked, 1.0)
    return {int(one): weight for one, weight in polis(_votes(rows, asked)).priorities.items()}
