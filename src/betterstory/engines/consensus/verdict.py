"""What can be said about sides in a room: nothing, no pattern, shades, can't tell, or groups that hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import log

from betterstory.engines.consensus.holding import SURE, do_hold
from betterstory.engines.consensus.pattern_test import chance_of_pattern
from betterstory.engines.consensus.sheet import Floats, Sheet
from betterstory.engines.consensus.weighing import weigh_pictures

LEAST_PEOPLE = 20
MOST_CHANCE = 0.05
FOR_TWO, FOR_THREE = log(100), 6.0
USUAL_STATEMENTS = 30


class Verdict(StrEnum):
    """What is said about a room."""

    TOO_FEW = "too few"
    NO_PATTERN = "no pattern"
    SHADES = "shades"
    CANNOT_TELL = "cannot tell"
    TWO_GROUPS = "two groups"
    THREE_GROUPS = "three groups"


@dataclass(frozen=True)
class Weights:
    """For analysts: the chance of such a pattern in shuffled votes, and the weights of evidence for camps."""

    p: float
    w2: float | None = None
    w3: float | None = None


@dataclass(frozen=True)
class Decided:
    """A verdict, why, and, only where groups hold, the group of each row of the sheet (None: in neither)."""

    verdict: Verdict
    weights: Weights | None = None
    groups: tuple[int | None, ...] | None = None


def decide(sheet: Sheet, *, seed: int) -> Decided:
    """The verdict on a sheet; the same for the same seed."""
    people = sheet.only_decided()
    if people.shape[0] < LEAST_PEOPLE:
        return Decided(Verdict.TOO_FEW)
    p = chance_of_pattern(people, seed=seed)
    if p > MOST_CHANCE:
        return Decided(Verdict.NO_PATTERN, Weights(p))
    weighed = weigh_pictures(people)
    weights = Weights(p, weighed.w2, weighed.w3)
    strong = (
        (weighed.w3 >= FOR_THREE, Verdict.THREE_GROUPS, weighed.three),
        (weighed.w2 >= for_two(people.shape[1]), Verdict.TWO_GROUPS, weighed.two),
    )
    for enough, verdict, camps in strong:
        if enough and do_hold(people, camps.chances, camps.inside, filled=sheet.filled, seed=seed):
            return Decided(verdict, weights, _groups(sheet, people, camps.chances))
    # camps that are strong and do not hold, or are too small to show, get no word of their own
    in_between = weighed.w2 < 0 and not any(enough for enough, _verdict, _camps in strong)
    return Decided(Verdict.SHADES if in_between else Verdict.CANNOT_TELL, weights)


def for_two(statements: int) -> float:
    """The weight two camps need: 100 times better; more for many statements, whose small errors add up."""
    return FOR_TWO * max(1, statements / USUAL_STATEMENTS)


def _groups(sheet: Sheet, people: Sheet, chances: Floats) -> tuple[int | None, ...]:
    """The group of each row; the largest is 0, and of equal ones that of the first person."""
    placed = chances >= SURE
    order = sorted(range(len(chances)), key=lambda camp: (-placed[camp].sum(), placed[camp].argmax()))
    number = {camp: at for at, camp in enumerate(order)}
    found = {
        int(person): number[int(row.argmax())]
        for person, row, sure in zip(people.people, chances.T, placed.any(axis=0), strict=True)
        if sure
    }
    return tuple(found.get(int(person)) for person in sheet.people)
