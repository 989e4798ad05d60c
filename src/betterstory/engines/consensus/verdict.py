"""What can be said about sides in a room: nothing, no pattern, shades, can't tell, or groups that hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from betterstory.engines.consensus.pattern_test import chance_of_pattern
from betterstory.engines.consensus.sheet import Sheet

LEAST_PEOPLE = 20
MOST_CHANCE = 0.05


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
    return Decided(Verdict.CANNOT_TELL, Weights(p))
