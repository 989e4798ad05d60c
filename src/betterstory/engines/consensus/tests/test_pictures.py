"""Pictures are fitted right: against plain formulas, against a sum over a grid, compiled against numpy."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from betterstory.engines.consensus.pictures import quick, rounds
from betterstory.engines.consensus.pictures.camps import Camps
from betterstory.engines.consensus.pictures.fitting import expect, fit, improve, weigh
from betterstory.engines.consensus.pictures.in_camps import three_camps, two_by_line, two_camps
from betterstory.engines.consensus.pictures.logistic import curvature, determinant, pairs, spread_left, step
from betterstory.engines.consensus.pictures.places import bend, on_lines, on_planes, with_level
from betterstory.engines.consensus.pictures.spread_out import bent_lines, disc, even_line, other_planes
from betterstory.engines.consensus.pictures.starting import pictures_of, start
from betterstory.engines.consensus.sheet import Sheet, sheet_of
from betterstory.engines.consensus.tests.made_up import in_camps, on_a_line, typed


@pytest.fixture
def slow() -> Iterator[None]:
    was = quick.is_quick()
    quick.be_slow()
    yield
    if was:
        quick.be_quick()


def everybody(sheet: Sheet) -> np.ndarray:
    return np.ones((1, sheet.shape[0]))


@pytest.mark.parametrize("places", [*on_lines().values(), *on_planes().values()])
def test_places_have_mean_0_and_variance_1(places: np.ndarray) -> None:
    assert np.allclose(places.mean(axis=0), 0, atol=1e-12)
    assert np.allclose((places**2).mean(axis=0), 1)


def test_there_are_as_many_pictures_as_the_procedure_has() -> None:
    assert (len(on_lines()), len(on_planes())) == (6, 3)
    assert {len(places) for places in on_lines().values()} == {25}
    assert {name: len(places) for name, places in on_planes().items()} == {
        "disc": 48,
        "hill": 48,
        "square": 49,
    }


def test_a_mirrored_set_of_lines_is_the_same_set() -> None:
    """Or agree and disagree would not weigh the same."""
    lines = list(on_lines().values())
    for places in lines:
        assert any(np.allclose(-places[::-1], other) for other in lines)


@pytest.mark.parametrize("name", on_lines())
def test_a_bend_is_free_of_level_and_place(name: str) -> None:
    line = on_lines()[name]
    bent = bend(line)
    assert np.allclose([bent.mean(), (bent * line).mean(), (bent**2).mean()], [0, 0, 1])


@pytest.mark.parametrize("shares", [(0.5, 0.5), (0.2, 0.8), (0.3, 0.3, 0.4), (0.1, 0.7, 0.2)])
@pytest.mark.parametrize("inside", [0.0, 0.3])
@pytest.mark.parametrize("crossed", [False, True])
def test_camps_have_mean_0_variance_1_and_their_shares(
    shares: tuple[float, ...], inside: float, crossed: bool
) -> None:
    camps = Camps(np.array([shares]), np.array([inside]), crossed and len(shares) == 2)
    places, log_chance = camps.places()
    weight = np.exp(log_chance[0])
    assert np.allclose((places[0] * weight) @ places[0].T, np.eye(places.shape[1]))
    assert np.allclose(weight.reshape(len(shares), -1).sum(axis=1), shares)


@pytest.mark.parametrize("columns", [2, 3])
def test_the_small_equations_are_solved(columns: int) -> None:
    chance = np.random.default_rng(1)
    places = np.concatenate([np.ones((2, 1, 9)), chance.normal(size=(2, columns - 1, 9))], axis=1)
    weight, precision = chance.random((2, 9, 4)), chance.random((2, columns))
    bent = curvature(weight, pairs(places), precision)
    uphill = 0.1 * chance.normal(size=(2, columns, 4))
    for picture in range(2):
        for statement in range(4):
            whole = (places[picture] * weight[picture, :, statement]) @ places[picture].T
            whole += np.diag(precision[picture])
            at = (picture, slice(None), statement)
            expected = np.linalg.solve(whole, uphill[at])
            assert np.allclose(step(bent, uphill)[at], expected * min(1, 1.5 / np.abs(expected).max()))
            assert np.isclose(determinant(bent)[picture, statement], np.linalg.det(whole))
            assert np.allclose(spread_left(bent)[at], np.diag(np.linalg.inv(whole))[1:])
    assert np.abs(step(bent, 1000 * uphill)).max() == pytest.approx(1.5)


def test_the_chances_of_a_person_by_hand() -> None:
    """Two places; `a` is agreed to with .8 at the first and .2 at the second, and `b` with a half at both."""
    sheet = sheet_of(typed("ann +-\nbob -+\ncat o+"))
    slopes = np.array([[[0.0, 0.0], [-np.log(4), 0.0]]])
    pictures = pictures_of(np.array([[1.0, 1.0], [-1.0, 1.0]]), slopes, np.array([[1.0]]), everybody(sheet))
    seen = expect(sheet, pictures)
    assert np.allclose(seen.chances[0], [[0.8, 0.2, 0.5], [0.2, 0.8, 0.5]])
    penalty = -0.5 * np.log(4) ** 2
    assert np.isclose(seen.score[0], 2 * np.log(0.5 * 0.5) + np.log(0.5) + penalty)


def test_every_round_explains_more() -> None:
    sheet = on_a_line(np.random.default_rng(2), slope=1.5).only_decided()
    line = even_line(sheet, start(sheet, everybody(sheet)))
    pictures = replace(line.pictures, slopes=line.pictures.slopes * 0.2)
    scores = []
    for _ in range(8):
        seen = expect(sheet, pictures)
        scores.append(seen.score[0])
        pictures = improve(sheet, pictures, seen)
    assert np.all(np.diff(scores) > 0)


def test_the_evidence_is_the_integral_over_levels_and_slopes() -> None:
    """One statement and places that are known: the integral is summed over a grid."""
    people = 60
    sheet = sheet_of(typed("\n".join(f"p{at} {'+' if at % 20 < 13 else '-'}" for at in range(people))))
    one_place = np.array([[1.0], [0.0]])
    pictures = pictures_of(one_place, np.zeros((1, 2, 1)), np.array([[1.0]]), everybody(sheet))
    found = fit(sheet, pictures, gain=1e-9).evidence[0]
    level = np.linspace(-12, 12, 20_001)
    agree = sheet.agree.sum()
    told = -agree * np.log1p(np.exp(-level)) - (people - agree) * np.log1p(np.exp(level))
    prior = np.exp(-0.5 * (level / 2.5) ** 2) / (2.5 * np.sqrt(2 * np.pi))
    assert found == pytest.approx(np.log(np.sum(np.exp(told) * prior) * (level[1] - level[0])), abs=0.01)


def test_who_is_left_out_counts_for_nothing() -> None:
    sheet = in_camps(np.random.default_rng(3), apart=0.6).only_decided()
    there = everybody(sheet)
    there[0, [2, 5, 30]] = 0
    kept = there[0] > 0
    without = sheet.narrow(kept, np.ones(30, dtype=bool))
    one = even_line(sheet, start(sheet, there))
    other = even_line(without, start(without, everybody(without)))
    assert one.evidence[0] == pytest.approx(other.evidence[0], abs=1e-8)
    assert np.allclose(one.chances[0][:, kept], other.chances[0], atol=1e-8)
    two, again = two_camps(sheet, one), two_camps(without, other)
    assert np.allclose(two.evidence, again.evidence, atol=1e-8)


def test_pictures_beside_each_other_do_not_touch() -> None:
    sheet = on_a_line(np.random.default_rng(5), slope=2, filled=0.5).only_decided()
    line = even_line(sheet, start(sheet, everybody(sheet)))
    together = two_camps(sheet, line)
    for at, inside in enumerate((0.0, 0.25, 0.45)):
        alone = two_camps(sheet, line, (inside,))
        assert alone.evidence[0] == pytest.approx(together.evidence[at], abs=1e-9)


def test_the_rounds_of_one_are_the_rounds_of_many(slow: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loops that numba compiles, run as plain Python, against numpy."""
    chance = np.random.default_rng(6)
    sheet = in_camps(chance, apart=0.6, sizes=(5, 4, 4), filled=0.6, statements=3).only_decided()
    begun = start(sheet, everybody(sheet))
    line = even_line(sheet, begun)
    flat = disc(sheet, begun, line)
    two = two_camps(sheet, line)
    fits = {
        "bent": lambda: bent_lines(sheet, line),
        "planes": lambda: other_planes(sheet, flat),
        "two": lambda: two_camps(sheet, line, (0.25,)),
        "crossed": lambda: two_by_line(sheet, two, begun, flat),
        "three": lambda: three_camps(sheet, flat, line, (0.3,)),
    }
    by_numpy = {name: find() for name, find in fits.items()}
    monkeypatch.setattr(quick, "_compiled", [rounds.settle])
    for name, find in fits.items():
        assert np.allclose(find().evidence, by_numpy[name].evidence, atol=1e-9), name
        assert np.allclose(find().chances, by_numpy[name].chances, atol=1e-9), name


def test_weighing_changes_nothing() -> None:
    sheet = on_a_line(np.random.default_rng(5), slope=2).only_decided()
    line = even_line(sheet, start(sheet, everybody(sheet)))
    assert weigh(sheet, line.pictures).evidence[0] == line.evidence[0]


def test_level_stands_before_the_coordinates() -> None:
    assert with_level(np.array([2.0, 3.0]), np.array([4.0, 5.0])).tolist() == [[1, 1], [2, 3], [4, 5]]
