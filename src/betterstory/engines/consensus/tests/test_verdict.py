"""Each rule of the verdict, and the verdicts on rooms whose truth is known."""

import math
import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from betterstory.engines.consensus import verdict as verdicts
from betterstory.engines.consensus.holding import adjusted_rand, do_hold, left_out, likeness
from betterstory.engines.consensus.pattern_test import chance_of_pattern, shuffle
from betterstory.engines.consensus.sheet import Floats, Sheet
from betterstory.engines.consensus.tests.made_up import in_camps, on_a_line, shuffled, swapped, turned
from betterstory.engines.consensus.verdict import Verdict, Weights, decide, for_two
from betterstory.engines.consensus.weighing import BestCamps, Weighed, weigh_pictures

TWO, THREE = Verdict.TWO_GROUPS, Verdict.THREE_GROUPS


def chance(seed: int) -> np.random.Generator:
    return np.random.default_rng([seed, 90])


# what is decided, given the weights


def sides(*sizes: int, unsure: int = 0) -> Floats:
    """Chances for so many people in each camp, and some who are in none."""
    member = np.eye(len(sizes))[np.repeat(np.arange(len(sizes)), sizes)]
    return np.concatenate([member, np.full((unsure, len(sizes)), 1 / len(sizes))]).T


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> Weighed:
    """Weights that a test sets, in place of pictures; the pattern is there, and camps come back."""
    held = Weighed(0.0, 0.0, BestCamps(sides(20, 20), 0.0), BestCamps(sides(14, 13, 13), 0.0))
    monkeypatch.setattr(verdicts, "chance_of_pattern", lambda _sheet, seed: 0.005)
    monkeypatch.setattr("betterstory.engines.consensus.holding.likeness", lambda *_a, **_k: 0.8)
    return held


SHEET = in_camps(chance(0), apart=0.6)
THIN = in_camps(chance(0), apart=0.6, filled=0.55)


def decided(
    monkeypatch: pytest.MonkeyPatch, weighed: Weighed, sheet: Sheet = SHEET, **weights: Any
) -> Verdict:
    monkeypatch.setattr(verdicts, "weigh_pictures", lambda _sheet: replace(weighed, **weights))
    return decide(sheet, seed=0).verdict


@pytest.mark.parametrize(
    ("w2", "w3", "expected"),
    [
        (-0.01, -1, Verdict.SHADES),
        (0.0, -1, Verdict.CANNOT_TELL),
        (4.60, 5.99, Verdict.CANNOT_TELL),
        (4.61, 5.99, TWO),
        (4.61, 6.0, THREE),
        (-3.0, 6.0, THREE),
    ],
)
def test_the_weights_decide(
    monkeypatch: pytest.MonkeyPatch, weighed: Weighed, w2: float, w3: float, expected: Verdict
) -> None:
    assert decided(monkeypatch, weighed, w2=w2, w3=w3) is expected


@pytest.mark.parametrize(
    ("sizes", "unsure", "sheet", "expected"),
    [
        ((35, 5), 0, SHEET, TWO),
        ((36, 4), 0, SHEET, Verdict.CANNOT_TELL),
        ((31, 4), 5, SHEET, Verdict.CANNOT_TELL),  # five are most likely there, and four are sure to be
        ((32, 8), 0, THIN, TWO),
        ((33, 7), 0, THIN, Verdict.CANNOT_TELL),
    ],
)
def test_no_group_under_five_and_under_eight_only_where_most_cards_are_filled(
    monkeypatch: pytest.MonkeyPatch,
    weighed: Weighed,
    sizes: tuple[int, ...],
    unsure: int,
    sheet: Sheet,
    expected: Verdict,
) -> None:
    two = BestCamps(sides(*sizes, unsure=unsure), 0.0)
    assert decided(monkeypatch, weighed, sheet, w2=9.0, two=two) is expected


def test_camps_too_small_to_show_get_no_word_of_their_own(
    monkeypatch: pytest.MonkeyPatch, weighed: Weighed
) -> None:
    """Three strong camps, one of them of four; a line beats two. “Shades” would not be true."""
    three = BestCamps(sides(18, 18, 4), 0.0)
    assert decided(monkeypatch, weighed, w2=-2.0, w3=9.0, three=three) is Verdict.CANNOT_TELL


def test_three_that_do_not_hold_may_be_two_that_do(monkeypatch: pytest.MonkeyPatch, weighed: Weighed) -> None:
    three = BestCamps(sides(18, 18, 4), 0.0)
    assert decided(monkeypatch, weighed, w2=9.0, w3=9.0, three=three) is TWO


def test_camps_that_do_not_come_back_are_not_shown(monkeypatch: pytest.MonkeyPatch, weighed: Weighed) -> None:
    monkeypatch.setattr("betterstory.engines.consensus.holding.likeness", lambda *_a, **_k: 0.79)
    assert decided(monkeypatch, weighed, w2=9.0) is Verdict.CANNOT_TELL


def test_more_statements_need_more_weight() -> None:
    assert for_two(15) == for_two(30) == math.log(100)
    assert for_two(60) == 2 * math.log(100)


def test_the_largest_group_is_0_and_who_is_unsure_is_in_none(
    monkeypatch: pytest.MonkeyPatch, weighed: Weighed
) -> None:
    for chances in (sides(12, 25, unsure=3), sides(12, 25, unsure=3)[::-1]):
        monkeypatch.setattr(
            verdicts, "weigh_pictures", lambda _s, c=chances: replace(weighed, w2=9.0, two=BestCamps(c, 0.0))
        )
        assert decide(SHEET, seed=0).groups == (*[1] * 12, *[0] * 25, *[None] * 3)


def test_nineteen_people_get_no_verdict_whatever_they_say() -> None:
    camps = in_camps(chance(1), apart=0.8, sizes=(10, 10))
    assert decide(camps, seed=0).verdict is TWO
    fewer = camps.narrow(np.arange(20) > 0, np.ones(30, dtype=bool))
    assert (decide(fewer, seed=0).verdict, decide(fewer, seed=0).weights) == (Verdict.TOO_FEW, None)


def test_who_only_passes_is_not_counted_among_twenty() -> None:
    camps = in_camps(chance(1), apart=0.8, sizes=(10, 10))
    camps.agree[0] = camps.disagree[0] = 0  # before anything is made of them
    assert camps.shape[0] == 20
    assert decide(camps, seed=0).verdict is Verdict.TOO_FEW


# whether camps come back


def test_likeness_of_two_ways_to_sort() -> None:
    """Hubert and Arabie's index of a table by hand: 2, 1 / 1, 2."""
    one, other = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 0, 1, 1])
    assert adjusted_rand(one, one) == adjusted_rand(one, 1 - one) == 1
    assert adjusted_rand(one, other) == pytest.approx((2 - 6 * 6 / 15) / (6 - 6 * 6 / 15))
    assert adjusted_rand(np.zeros(6, dtype=int), np.zeros(6, dtype=int)) == 1


def test_a_fifth_is_left_out_ten_times_and_not_always_the_same() -> None:
    there = left_out(40, seed=3)
    assert there.shape == (10, 40)
    assert np.all(there.sum(axis=1) == 32)
    assert len(np.unique(there, axis=0)) == 10
    assert np.array_equal(there, left_out(40, seed=3))


def test_real_camps_come_back_and_a_cut_through_a_line_does_not() -> None:
    camps = in_camps(chance(4), apart=0.6).only_decided()
    assert likeness(camps, sides(20, 20), 0.0, seed=0) > 0.9
    line = on_a_line(chance(5), slope=1, filled=0.4).only_decided()
    at_random = sides(20, 20)[:, chance(6).permutation(40)]
    assert likeness(line, at_random, 0.0, seed=0) < 0.5
    assert not do_hold(line, at_random, 0.0, filled=1.0, seed=0)


# the same, whatever the order


@pytest.mark.parametrize("seed", range(3))
def test_order_changes_nothing(seed: int) -> None:
    drawn = in_camps(chance(seed), apart=0.6, filled=0.7), on_a_line(chance(seed), slope=2, filled=0.5)
    for sheet in (each.only_decided() for each in drawn):
        other = turned(sheet, chance(seed + 50))
        one, two = weigh_pictures(sheet), weigh_pictures(other)
        assert two.w2 == pytest.approx(one.w2, abs=1e-9)
        assert two.w3 == pytest.approx(one.w3, abs=1e-9)
        back = np.argsort(np.argsort(sheet.people)[np.searchsorted(sheet.people, other.people)])
        labels, again = one.two.chances.argmax(axis=0), two.two.chances.argmax(axis=0)[back]
        assert np.array_equal(labels, again) or np.array_equal(labels, 1 - again)


def test_agree_and_disagree_swapped_weigh_the_same_for_two_and_nearly_for_three() -> None:
    sheet = in_camps(chance(9), apart=0.5, filled=0.8).only_decided()
    one, other = weigh_pictures(sheet), weigh_pictures(swapped(sheet))
    assert other.w2 == pytest.approx(one.w2, abs=1e-6)
    assert other.w3 == pytest.approx(one.w3, abs=0.1)


def test_the_same_seed_says_the_same() -> None:
    sheet = in_camps(chance(3), apart=0.6)
    assert decide(sheet, seed=5) == decide(sheet, seed=5)
    assert chance_of_pattern(shuffled(chance(3)), seed=5) != chance_of_pattern(shuffled(chance(3)), seed=6)


# whether there is a pattern


def test_shuffling_keeps_who_saw_what() -> None:
    """Each statement has the same votes as before, in another order."""
    cells, column = np.arange(60.0), np.repeat(np.arange(6), 10)
    for found in shuffle(cells, column, chance(7), 5):
        assert not np.array_equal(found, cells)
        for at in range(6):
            assert sorted(found[column == at]) == cells[column == at].tolist()


def test_chances_are_whole_parts_of_two_hundred() -> None:
    found = {chance_of_pattern(shuffled(chance(at)), seed=at) for at in range(5)}
    assert all(round(200 * p) == pytest.approx(200 * p) and 0 < p <= 1 for p in found)
    assert len(found) == 5
    assert chance_of_pattern(in_camps(chance(1), apart=0.6), seed=0) == 1 / 200


# rooms whose truth is known: small forms of ./bench verdict


def test_shuffled_votes_are_seldom_a_pattern() -> None:
    sheets = [shuffled(chance(at), filled=(1.0, 0.4)[at % 2]) for at in range(80)]
    found = [chance_of_pattern(sheet, seed=at) <= 0.05 for at, sheet in enumerate(sheets)]
    assert sum(found) <= 8


@pytest.mark.parametrize(("slope", "filled"), [(2.0, 1.0), (1.0, 0.4)])
def test_a_line_is_not_called_groups(slope: float, filled: float) -> None:
    said = [decide(on_a_line(chance(at), slope=slope, filled=filled), seed=at).verdict for at in range(8)]
    assert sum(verdict in (TWO, THREE) for verdict in said) <= 1
    assert {Verdict.SHADES, Verdict.CANNOT_TELL} & set(said)


@pytest.mark.parametrize(
    ("apart", "filled", "sizes", "least"),
    [
        (0.5, 1.0, (20, 20), 7),
        (0.6, 0.4, (20, 20), 5),
        (0.6, 1.0, (28, 12), 8),
        (0.7, 1.0, (14, 13, 13), 8),
    ],
)
def test_planted_groups_are_found(apart: float, filled: float, sizes: tuple[int, ...], least: int) -> None:
    member = np.repeat(np.arange(len(sizes)), sizes)
    found = 0
    for at in range(8):
        said = decide(in_camps(chance(at), apart=apart, sizes=sizes, filled=filled), seed=at)
        if said.verdict is (TWO if len(sizes) == 2 else THREE):
            found += 1
            assert said.groups is not None
            together = [
                max(np.bincount(member[[g == group for g in said.groups]])) for group in range(len(sizes))
            ]
            placed = sum(group is not None for group in said.groups)
            assert sum(together) >= 0.9 * placed
    assert found >= least


def test_a_room_is_decided_within_half_a_second() -> None:
    """The middle of three rooms with groups, which take longest."""
    sheets = [in_camps(chance(at), apart=0.6) for at in range(3)]
    decide(sheets[0], seed=0)
    took = []
    for sheet in sheets:
        begun = time.process_time()
        decide(sheet, seed=0)
        took.append(time.process_time() - begun)
    assert sorted(took)[1] < 0.5


def test_weights_are_told() -> None:
    weights = decide(in_camps(chance(2), apart=0.7), seed=0).weights
    assert isinstance(weights, Weights)
    assert weights.w2 is not None
    assert weights.w2 > math.log(100)
    assert weights.p == 1 / 200
