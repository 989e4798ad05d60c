"""What the verdicts must reach, with exact limits for every share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from scipy.stats import beta

from benchmarks._verdict_cells import FULL, THIN, Cell, Tried
from betterstory.engines.consensus.room import Verdict

type Found = Mapping[Cell, Tried]


@dataclass(frozen=True)
class Goal:
    """Of so many rooms, how many; with the exact 95 % limits of the share."""

    name: str
    at_most: bool
    goal: float
    found: int
    of: int

    @property
    def share(self) -> float:
        return self.found / self.of if self.of else float("nan")

    @property
    def limits(self) -> tuple[float, float]:
        return exact_limits(self.found, self.of)

    @property
    def met(self) -> bool:
        return self.share <= self.goal if self.at_most else self.share >= self.goal

    def told(self) -> dict[str, object]:
        low, high = self.limits
        return asdict(self) | {
            "share": round(self.share, 4),
            "limits": [round(low, 4), round(high, 4)],
            "met": self.met,
        }


def exact_limits(found: int, of: int) -> tuple[float, float]:
    """The 95 % limits of a share (Clopper and Pearson 1934, Biometrika 26)."""
    low = float(beta.ppf(0.025, found, of - found + 1)) if found else 0.0
    high = float(beta.ppf(0.975, found + 1, of - found)) if found < of else 1.0
    return low, high


def goals(tried: Found) -> list[Goal]:
    def goal(
        name: str, most: float | None, least: float | None, part: str, filled: float, kind: str = ""
    ) -> Goal:
        found, of = summed(tried, part, filled, kind, _patterns if part == "shuffled" else _groups)
        return Goal(name, most is not None, most if most is not None else least or 0.0, found, of)

    return [
        goal("shuffled votes called a pattern, all cards", 0.07, None, "shuffled", FULL),
        goal("shuffled votes called a pattern, 40 % of cards", 0.07, None, "shuffled", THIN),
        goal("a line called groups, all cards", 0.05, None, "line", FULL),
        goal("a line called groups, 40 % of cards", 0.06, None, "line", THIN),
        goal("20+20, d = .5 found, all cards", None, 0.95, "two", FULL, "20+20, d = 0.5"),
        goal("28+12, d = .5 found, all cards", None, 0.95, "two", FULL, "28+12, d = 0.5"),
        goal("20+20, d = .6 found, 40 % of cards", None, 0.8, "two", THIN, "20+20, d = 0.6"),
        goal("28+12, d = .6 found, 40 % of cards", None, 0.8, "two", THIN, "28+12, d = 0.6"),
        Goal("groups of fewer than 5 shown", True, 0.0, *_small(tried)),
        Goal("rooms that took more than 0.5 s of CPU", True, 0.0, *_slow(tried)),
    ]


def summed(
    tried: Found, part: str, filled: float, kind: str, count: Callable[[Tried], int]
) -> tuple[int, int]:
    """Over all cells of a part: how many, of how many rooms."""
    cells = [
        each
        for cell, each in tried.items()
        if cell.part == part and cell.filled == filled and kind in ("", cell.kind)
    ]
    return sum(count(each) for each in cells), sum(each.rooms for each in cells)


def _groups(tried: Tried) -> int:
    return tried.groups


def _patterns(tried: Tried) -> int:
    return tried.rooms - tried.verdicts[Verdict.NO_PATTERN] - tried.verdicts[Verdict.TOO_FEW]


def _small(tried: Found) -> tuple[int, int]:
    return sum(each.too_small for each in tried.values()), sum(each.groups for each in tried.values())


def _slow(tried: Found) -> tuple[int, int]:
    usual = [each.seconds for cell, each in tried.items() if cell.people <= 40 and cell.statements <= 30]
    seconds = [each for room in usual for each in room]
    return sum(each > 0.5 for each in seconds), len(seconds)
