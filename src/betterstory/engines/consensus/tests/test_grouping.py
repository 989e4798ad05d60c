"""Who is grouped, how many groups there are, and what they are called."""

from __future__ import annotations

import numpy as np
import pytest

from betterstory.engines import consensus
from betterstory.engines.consensus.grouping import find_grouped, find_groups, score
from betterstory.engines.consensus.k_means import Clusters, first_distinct, nearest, settle
from betterstory.engines.consensus.naming import by_size, match, numbers
from betterstory.engines.consensus.tests.drawn import as_votes
from betterstory.engines.consensus.tests.tables_of_votes import Numbers
from betterstory.engines.consensus.votes import Votes


def who_voted(*many: int, statements: int = 10) -> Votes:
    """Voices with so many votes each."""
    return as_votes([[1 if place < own else None for place in range(statements)] for own in many])


def test_seven_votes_are_enough_and_six_are_not() -> None:
    grouped = find_grouped(who_voted(*[7] * 15, 6, 10), 10)
    assert grouped.tolist() == [True] * 15 + [False, True]


def test_with_five_statements_five_votes_are_enough() -> None:
    assert find_grouped(who_voted(*[5] * 15, 4, statements=5), 5).tolist() == [True] * 15 + [False]


def test_under_fifteen_those_with_the_most_votes_join_and_nobody_without_one() -> None:
    grouped = find_grouped(who_voted(*[8] * 12, 1, 3, 0, 2, 3, 3), 10)
    assert grouped.tolist() == [True] * 12 + [False, True, False, False, True, True]
    assert find_grouped(who_voted(1, 0, 2), 10).tolist() == [True, False, True]


def test_once_in_always_in() -> None:
    assert find_grouped(who_voted(*[7] * 15, 1, 1), 10, kept=["16", "not here"]).tolist()[-2:] == [
        False,
        True,
    ]


def test_k_means_starts_from_the_first_points_that_differ() -> None:
    points = np.array([[1.0, 1], [1, 1], [0, 0], [1, 1], [2, 0]])
    assert first_distinct(points, 2).tolist() == [[1, 1], [0, 0]]
    assert first_distinct(points, 9).tolist() == [[1, 1], [0, 0], [2, 0]]
    assert first_distinct(np.zeros((0, 2)), 3).shape == (0, 2)


def test_a_centre_that_nothing_is_nearest_to_is_dropped() -> None:
    points = np.array([[0.0, 0], [1, 0]])
    found = settle(points, np.ones(2), np.array([[0.0, 0], [50, 50], [1, 0]]))
    assert (found.label.tolist(), found.centres.tolist()) == ([0, 1], [[0, 0], [1, 0]])


def test_heavier_points_pull_a_centre_more() -> None:
    points = np.array([[1.0, 0], [2, 0], [10, 0]])
    found = settle(points, np.array([3.0, 1, 1]), np.array([[1.0, 0], [10, 0]]))
    assert found.centres.tolist() == [[1.25, 0], [10, 0]]


def test_of_two_equally_near_centres_the_first() -> None:
    assert nearest(np.array([[0.0, 0]] * 3), np.array([[1.0, 0], [-1, 0]])).tolist() == [0, 0, 0]


def test_the_silhouette_of_a_table_small_enough_for_pencil_and_paper() -> None:
    """0 and 1 together, 4 alone: the lone point scores 0, the others (4 - 1) / 4 and (3 - 1) / 3."""
    points = np.array([[0.0, 0], [1, 0], [4, 0]])
    found = score(points, {2: Clusters(np.array([0, 0, 1]), np.zeros((2, 2)))})
    assert found[2] == pytest.approx((3 / 4 + 2 / 3 + 0) / 3)
    assert score(points, {1: Clusters(np.array([0, 0, 0]), np.zeros((1, 2)))}) == {1: None}


def spots(*middles: tuple[float, float], each: int = 8) -> Numbers:
    """Points close around these middles, in turn."""
    chance = np.random.default_rng(1)
    return np.array(
        [middles[at % len(middles)] + chance.normal(0, 0.1, 2) for at in range(each * len(middles))]
    )


@pytest.mark.parametrize("many", [2, 3, 4])
def test_as_many_groups_as_fit_best_and_the_whole_table_beside(many: int) -> None:
    points = spots(*[(0.0, 0.0), (5.0, 0.0), (0.0, 5.0), (6.0, 6.0)][:many], each=12)
    found = find_groups(points, np.ones(len(points), dtype=np.bool_))
    assert len(found.centres) == many
    assert max(found.silhouettes, key=lambda k: found.silhouettes[k] or -1) == many
    assert sorted(found.silhouettes) == list(range(2, min(5, 2 + len(points) // 12) + 1))


def test_few_people_are_not_split_in_many() -> None:
    points = spots((0.0, 0.0), (5.0, 0.0), (0.0, 5.0), each=3)
    assert list(find_groups(points, np.ones(9, dtype=np.bool_)).silhouettes) == [2]


def test_a_number_that_is_asked_for_is_taken_and_the_others_are_still_told() -> None:
    points = spots((0.0, 0.0), (5.0, 0.0), each=15)
    found = find_groups(points, np.ones(30, dtype=np.bool_), k=6)
    assert len(found.centres) == 6
    assert sorted(found.silhouettes) == [2, 3, 4, 6]


def test_more_than_a_hundred_people_are_put_in_a_hundred_clusters_first() -> None:
    """A lone group far out of 101 distinct people: the hundred first are the clusters' starts."""
    chance = np.random.default_rng(0)
    points = chance.normal(0, 1, (300, 2))
    base = settle(points, np.ones(300), first_distinct(points, 100))
    assert len(base.centres) == 100
    found = find_groups(points, np.ones(300, dtype=np.bool_))
    for cluster in range(100):
        assert len(set(found.label[base.label == cluster].tolist())) == 1
    few = settle(base.centres, base.sizes.astype(np.float64), first_distinct(base.centres, 2))
    assert np.array_equal(find_groups(points, np.ones(300, dtype=np.bool_), k=2).label, few.label[base.label])


def test_groups_are_called_by_size_and_then_by_their_first_voice() -> None:
    assert by_size(np.array([2, 2, 0, 1, 0, -1]), 3).tolist() == [2, 0, 1]


def test_the_same_people_keep_their_number() -> None:
    label = np.array([0, 0, 0, 1, 1, -1])
    assert numbers(label, 2, "abcdef", {"d": 7, "e": 7, "a": 3, "f": 3}) == (3, 7)
    assert numbers(label, 2, "abcdef", {"d": 7, "e": 7}) == (1, 7)
    assert numbers(label, 2, "abcdef", None) == (1, 2)


def test_matching_is_best_over_all_groups_together() -> None:
    """Giving the first row its best (6) would leave the second nothing; 5 and 6 together are more."""
    assert match(np.array([[6, 5], [6, 0]])) == (1, 0)
    assert match(np.array([[0, 0], [0, 2]])) == (-1, 1)


def test_a_start_can_be_centres() -> None:
    table = [[1, 1, 1, 1, 1, 1, 1, 1]] * 9 + [[-1, -1, -1, -1, -1, -1, -1, -1]] * 8
    votes = as_votes([list(row) for row in table])
    positions = consensus.polis(votes).space.positions
    found = consensus.polis(votes, start=positions[[16, 0]])
    assert found.sizes == {1: 9, 2: 8}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"k": 1}, "between 2 and 10"),
        ({"k": 11}, "between 2 and 10"),
        ({"k": 2, "start": {"0": 1}}, "leave the number away"),
        ({"k": 2, "labels": {"0": 1}}, "groups are given"),
        ({"start": {"0": 1}, "labels": {"0": 1}}, "groups are given"),
        ({"backend": "magic"}, "auto, fast, numpy"),
        ({"start": {"nobody": 1}}, "start"),
        ({"start": [[1.0, 2.0, 3.0]]}, "start"),
    ],
)
def test_what_contradicts_itself_is_refused(asked: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        consensus.polis(as_votes([[1], [-1]]), **asked)  # type: ignore[arg-type]
