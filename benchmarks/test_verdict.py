"""The bench of verdicts: its rooms are what they say, its limits exact, and a goal that is missed is seen."""

from collections import Counter

import numpy as np
import pytest

from benchmarks import verdict
from benchmarks._verdict_cells import FULL, THIN, Cell, Tried, all_cells, try_cell
from benchmarks._verdict_goals import exact_limits, goals
from benchmarks._verdict_page import missed, page_of
from benchmarks._verdict_rooms import KINDS, LINES, TWO
from betterstory.engines.consensus.room import Verdict


def test_there_are_26_kinds_of_line() -> None:
    assert len(LINES) == 26


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_draws_votes(kind: str) -> None:
    drawn = KINDS[kind](np.random.default_rng(1), 21, 13)
    assert drawn.votes.shape == (21, 13)
    assert set(np.unique(drawn.votes)) <= {-1.0, 0.0, 1.0}
    assert ("pass" in kind.replace("no pass", "")) == bool(np.any(drawn.votes == 0))
    assert drawn.camps is None or len(drawn.camps) == 21


@pytest.mark.parametrize("kind", TWO)
def test_planted_groups_differ_by_d(kind: str) -> None:
    drawn = KINDS[kind](np.random.default_rng(2), 4000, 30)
    assert drawn.camps is not None
    shares = [np.mean(drawn.votes[drawn.camps == camp] == 1, axis=0) for camp in (0, 1)]
    assert np.allclose(np.abs(shares[0] - shares[1]), float(kind[-3:]), atol=0.08)
    assert np.mean(drawn.camps == 0) == pytest.approx(int(kind[:2]) / 40)


@pytest.mark.parametrize(
    ("found", "of", "low", "high"), [(0, 10, 0.0, 0.3085), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1.0)]
)
def test_exact_limits(found: int, of: int, low: float, high: float) -> None:
    assert exact_limits(found, of) == pytest.approx((low, high), abs=1e-4)


def test_pieces_are_the_whole() -> None:
    for cell in all_cells():
        pieces = list(cell.split())
        assert sum(piece.rooms for piece in pieces) == cell.rooms
        assert [piece.first for piece in pieces] == [20 * at for at in range(len(pieces))]


def made(groups: int, none: int, rooms: int = 100) -> Tried:
    counts = {Verdict.TWO_GROUPS: groups, Verdict.NO_PATTERN: none, Verdict.SHADES: rooms - groups - none}
    return Tried(Counter({str(verdict): many for verdict, many in counts.items()}), 9, 10, 0, [0.1] * rooms)


@pytest.mark.parametrize(("called", "missed_it"), [(5, set()), (6, {"a line called groups, all cards"})])
def test_a_goal_that_is_missed_is_seen(called: int, missed_it: set[str]) -> None:
    tried = {Cell("shuffled", "shuffled, no pass", filled, 100): made(0, 95) for filled in (FULL, THIN)}
    tried[Cell("line", "exponential", FULL, 100)] = made(called, 0)
    tried[Cell("line", "exponential", THIN, 100)] = made(6, 0)
    for sizes in ("20+20", "28+12"):
        tried[Cell("two", f"{sizes}, d = 0.5", FULL, 100)] = made(95, 0)
        tried[Cell("two", f"{sizes}, d = 0.6", THIN, 100)] = made(80, 0)
    assert {goal.name for goal in goals(tried) if not goal.met} == missed_it
    assert any("exponential" in line for line in missed(tried))
    page = page_of(tried, verdict.said_of(tried, 1.0))
    assert page.count("**not met**") == len(missed_it)


def test_a_piece_is_the_same_rooms_whatever_the_others() -> None:
    whole = try_cell(Cell("shuffled", "shuffled, no pass", THIN, 4))
    halves = [try_cell(Cell("shuffled", "shuffled, no pass", THIN, 2, first=first)) for first in (0, 2)]
    assert whole.verdicts == halves[0].verdicts + halves[1].verdicts
    assert whole.rooms == 4
