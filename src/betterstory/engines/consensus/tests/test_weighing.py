"""Camps are weighed against every rival, and every picture gets its fair chance."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from betterstory.engines.consensus import weighing
from betterstory.engines.consensus.pictures import in_camps
from betterstory.engines.consensus.pictures.camps import Camps
from betterstory.engines.consensus.pictures.picture import Fitted
from betterstory.engines.consensus.pictures.spread_out import even_line, mean_evidence
from betterstory.engines.consensus.pictures.starting import start
from betterstory.engines.consensus.sheet import Sheet
from betterstory.engines.consensus.tests.made_up import in_camps as room_in_camps
from betterstory.engines.consensus.weighing import Weighed, weigh_pictures

MUCH = 1000.0


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return room_in_camps(np.random.default_rng(1), apart=0.6, statements=20).only_decided()


@pytest.fixture(scope="module")
def plain(sheet: Sheet) -> Weighed:
    return weigh_pictures(sheet)


@pytest.mark.parametrize(
    ("rival", "of_two", "of_three"),
    [
        ("other_lines", True, True),
        ("bent_lines", True, True),
        ("other_planes", True, True),
        ("two_by_line", False, True),
    ],
)
def test_the_best_rival_counts(
    monkeypatch: pytest.MonkeyPatch, sheet: Sheet, plain: Weighed, rival: str, of_two: bool, of_three: bool
) -> None:
    """A rival that explains far more takes the weight away from camps."""
    find: Any = getattr(weighing, rival)

    def far_better(*args: Any) -> Fitted:
        found: Fitted = find(*args)
        return replace(found, evidence=found.evidence + MUCH)

    monkeypatch.setattr(weighing, rival, far_better)
    found = weigh_pictures(sheet)
    assert (found.w2 < plain.w2 - MUCH / 2) is of_two
    assert (found.w3 < plain.w3 - MUCH / 2) is of_three


def test_two_camps_are_a_rival_of_three(
    monkeypatch: pytest.MonkeyPatch, sheet: Sheet, plain: Weighed
) -> None:
    find = weighing.two_camps
    monkeypatch.setattr(
        weighing, "two_camps", lambda *a: replace(found := find(*a), evidence=found.evidence + MUCH)
    )
    found = weigh_pictures(sheet)
    assert found.w2 == pytest.approx(plain.w2 + MUCH)
    assert found.w3 < plain.w3 - MUCH / 2


def test_the_evidence_of_a_kind_is_the_mean_over_its_shapes(sheet: Sheet) -> None:
    line = even_line(sheet, start(sheet, np.ones((1, sheet.shape[0]))))
    shapes = [
        replace(line, evidence=np.array([each])) for each in (-np.inf, np.log(3.0) - 900, np.log(9.0) - 900)
    ]
    assert mean_evidence(*shapes) == pytest.approx(np.log(4.0) - 900)


def test_of_several_starts_the_best_is_kept(monkeypatch: pytest.MonkeyPatch, sheet: Sheet) -> None:
    line = even_line(sheet, start(sheet, np.ones((1, sheet.shape[0]))))
    together = in_camps.two_camps(sheet, line, (0.25,)).score[0]
    alone = []
    for first in (0.5, 0.3, 0.7):
        monkeypatch.setattr(in_camps, "SHARES_AT_FIRST", (first,))
        alone.append(in_camps.two_camps(sheet, line, (0.25,)).score[0])
    assert together == pytest.approx(max(alone), abs=1e-9)


@pytest.mark.parametrize(
    ("inside", "people", "expected"),
    [([6, 2], 8, [7 / 10, 3 / 10]), ([40, 0], 40, [41 / 42 / (41 / 42 + 0.08), 0.08 / (41 / 42 + 0.08)])],
)
def test_camps_are_as_large_as_the_people_in_them(
    inside: list[int], people: int, expected: list[float]
) -> None:
    camps = Camps(np.array([[0.5, 0.5]]), np.array([0.0]))
    chances = np.repeat(np.repeat([inside], 7, axis=1)[:, :, None] / (7 * people), people, axis=2)
    assert np.allclose(camps.counted(chances, np.array([people])).shares, [expected])


def test_slopes_are_spread_as_the_votes_have_them(sheet: Sheet) -> None:
    """Strong camps need steep slopes; without anything shared they are nearly flat, never below a quarter."""
    chance = np.random.default_rng(2)
    said = np.where(chance.random((40, 20)) < 0.5, 1.0, 0.0)
    nothing = Sheet(said, 1 - said, np.ones((40, 20)), np.arange(40), np.arange(20))
    strong, weak = (
        float(even_line(each, start(each, np.ones((1, 40)))).pictures.spread[0, 1])
        for each in (sheet, nothing)
    )
    assert strong > 1
    assert 0.25 <= weak < 0.8
