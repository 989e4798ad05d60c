"""Statements are ranked by agreement at both ends of the main line of opinion."""

import numpy as np
import pytest

from betterstory.engines.consensus.both_ends import PERCENTILES, main_line, read_ends
from betterstory.engines.consensus.ranges import draw_ranges
from betterstory.engines.consensus.room import room
from betterstory.engines.consensus.sheet import Sheet, sheet_of
from betterstory.engines.consensus.tests.made_up import drawn, typed, votes_of

DIVIDED = """
    ann   + + + - + + - -
    bob   + + + - + - + -
    cat   + + + - - + - +
    dan   + + - - + + - +
    eve   - + + + + + - -
    fay   - + - + + + + -
    gus   - + - + + - - +
    hal   - + - + - + - -
"""


def test_what_both_ends_agree_on_comes_before_what_most_agree_on() -> None:
    """Of eight, `a` and `d` are one half each; `b` is everybody's, and `e` and `f` cross the line."""
    said = room(typed(DIVIDED), verdict=False)
    order = [each.statement for each in said.agreement]
    assert order[0] == "b"
    assert set(order[1:3]) == {"e", "f"}
    assert set(order[-2:]) & {"a", "d"}
    of = {each.statement: each for each in said.agreement}
    assert max(of["a"].ends) - min(of["a"].ends) > 0.3
    assert abs(of["b"].ends[0] - of["b"].ends[1]) < 0.01
    assert all(each.value == min(each.ends) for each in said.agreement)


def test_a_majority_does_not_outvote_the_other_end() -> None:
    """28 of 40 agree on 0 and only they; 26 of 40, from both ends, agree on 1. By share 0 would lead."""
    chance = np.random.default_rng(4)
    camp = np.repeat([1.0, -1.0], [28, 12])
    said = np.outer(camp, np.ones(12))
    said[:, 1] = np.where(np.arange(40) % 20 < 13, 1, -1)
    said[:, 2:] *= np.where(chance.random((40, 10)) < 0.1, -1, 1)
    of = {each.statement: each for each in room(votes_of(said), verdict=False, ranges=False).agreement}
    assert of["0"].share == 0.7
    assert of["1"].share == 0.65
    assert of["1"].value > of["0"].value + 0.2


@pytest.mark.parametrize("filled", [1.0, 0.5])
def test_it_finds_more_common_ground_than_the_plain_share(filled: float) -> None:
    """Truth is the lower of two camps' shares; our best five have more of it than those by the share."""
    chance = np.random.default_rng(8)
    ours, plain, best = 0.0, 0.0, 0.0
    for _ in range(40):
        camps = chance.uniform(0.1, 0.95, (2, 30))
        sheet = drawn(camps[np.repeat([0, 1], [27, 13])], chance, filled)
        truth = camps.min(axis=0)
        ends = read_ends(sheet, main_line(sheet), np.ones((1, 40)))
        ours += truth[np.argsort(-ends.value[0])[:5]].mean()
        plain += truth[np.argsort(-ends.share[0])[:5]].mean()
        best += np.sort(truth)[-5:].mean()
    assert plain + 0.02 * best < ours <= best


def test_many_rooms_at_once_are_the_same_as_one_by_one() -> None:
    chance = np.random.default_rng(2)
    sheet = drawn(chance.random((12, 6)), chance, 0.8)
    weights = chance.multinomial(12, np.full(12, 1 / 12), size=5).astype(float)
    together = read_ends(sheet, main_line(sheet), weights, rounds=60)
    for at, times in enumerate(weights.astype(int)):
        rows = np.repeat(np.arange(12), times)
        alone = Sheet(sheet.agree[rows], sheet.disagree[rows], sheet.seen[rows], rows, sheet.statements)
        ends = read_ends(alone, main_line(alone), np.ones((1, 12)), rounds=60)
        both = {tuple(np.round(each.ravel(), 6)) for each in (ends.low, ends.high)}
        assert both == {tuple(np.round(each[at], 6)) for each in (together.low, together.high)}


def test_ranges_hold_the_share_and_know_how_firm_a_place_is() -> None:
    chance = np.random.default_rng(3)
    share = np.broadcast_to([0.97] * 4 + [0.5] * 11, (40, 15))
    sheet = drawn(share, chance)
    found = draw_ranges(sheet, main_line(sheet), np.zeros(15, dtype=bool), seed=1)
    shares = sheet.agree.mean(axis=0)
    assert np.all((found.low <= shares) & (shares <= found.high))
    assert np.all(found.high[4:] - found.low[4:] > 0.1)
    assert found.in_top[:4].min() > 0.95
    assert found.in_top.sum() == pytest.approx(5)
    # 80 % of the shares of 40 people at a half lie within 1.28 standard errors
    assert np.mean(found.high[4:] - found.low[4:]) == pytest.approx(2 * 1.28 * np.sqrt(0.25 / 40), rel=0.15)


def test_a_late_statement_stands_after_the_others_and_in_no_top() -> None:
    """`c` was heard by two of five, who all agree; `b` by three of five, one of whom agrees."""
    votes = typed(
        """
        ann  + + +
        bob  + - +
        cat  + - .
        dan  + . .
        eve  + . .
        """
    )
    *_others, last = room(votes, verdict=False).agreement
    assert (last.statement, last.late, last.heard, last.share, last.in_top) == ("c", True, 2, 1.0, 0.0)
    assert not any(each.late for each in _others)


def test_what_was_put_aside_or_heard_by_nobody() -> None:
    said = room(typed("ann ++.\nbob +-.", aside=("a",)), verdict=False)
    assert (said.people, said.statements, said.filled) == (2, 2, 0.5)
    assert [(each.statement, each.heard, each.share) for each in said.agreement] == [
        ("b", 2, 0.5),
        ("c", 0, None),
    ]


def test_a_pass_is_heard_and_agrees_to_nothing() -> None:
    (only,) = room(typed("ann +\nbob o\ncat o\ndan -"), verdict=False).agreement
    assert (only.heard, only.agree, only.not_sure, only.disagree, only.share) == (4, 1, 2, 1, 0.25)


def test_percentiles_are_of_people_not_of_numbers() -> None:
    """Of 20 people, two beside the others do not reach the 90th percentile, and three do."""
    assert PERCENTILES == (0.1, 0.9)
    for beside, apart in ((2, False), (3, True)):
        sheet = sheet_of(votes_of(np.where(np.arange(20)[:, None] < beside, 1.0, -1.0) * np.ones((1, 3))))
        ends = read_ends(sheet, main_line(sheet), np.ones((1, 20)))
        assert bool(abs(ends.low[0, 0] - ends.high[0, 0]) > 0.4) is apart


def test_the_ridge_line_by_hand() -> None:
    """Slope Sxy / (Sxx + 4) through the smoothed share, at the places of the people it was read for."""
    chance = np.random.default_rng(9)
    sheet = drawn(chance.random((15, 5)), chance)
    loading = main_line(sheet)
    place = (sheet.said - sheet.said.mean(axis=0)) @ loading
    place = (place - place.mean()) / place.std()
    ends = read_ends(sheet, loading, np.ones((1, 15)))
    agree = sheet.agree[:, 2]
    slope = (place * (agree - agree.mean())).sum() / ((place**2).sum() + 4)
    level = (agree.sum() + 0.5) / 16
    ranked = np.sort(place)
    expected = np.clip([level + slope * ranked[1], level + slope * ranked[13]], 0, 1)
    assert np.allclose([ends.low[0, 2], ends.high[0, 2]], expected)


def test_all_of_twenty_stand_behind_all_of_forty() -> None:
    said = np.ones((40, 2))
    seen = np.ones((40, 2), dtype=bool)
    seen[20:, 0] = False
    first, second = room(votes_of(said, seen), verdict=False, ranges=False).agreement
    assert (first.heard, first.share, second.heard, second.share) == (40, 1.0, 20, 1.0)
    assert first.value > second.value
    assert not second.late


def test_what_is_late_takes_nobody_s_place_in_the_top() -> None:
    chance = np.random.default_rng(11)
    said = np.where(chance.random((20, 7)) < 0.6, 1.0, -1.0)
    seen = np.ones((20, 7), dtype=bool)
    said[:, 3], seen[9:, 3] = 1.0, False
    found = {each.statement: each for each in room(votes_of(said, seen), verdict=False).agreement}
    assert found["3"].late
    assert found["3"].share == 1.0
    assert sum(each.in_top or 0 for each in found.values()) == pytest.approx(5)
    assert found["3"].in_top == 0
