"""What stands for a group, what all agree with, what comes next: each rule by a table to check by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from betterstory.engines.consensus.agreed import agreed_in_every_group, find_consensus
from betterstory.engines.consensus.priority import find_priorities
from betterstory.engines.consensus.representative import Representative, find_representative
from betterstory.engines.consensus.tally import Tally, more_than_half, more_than_others, smoothed

type Row = list[tuple[int, int, int]]


def tally(*groups: Row) -> Tally:
    """For each group, for each statement: agreed, disagreed, seen."""
    whole = np.array(groups, dtype=np.int64).reshape(len(groups), -1, 3)
    return Tally(whole[:, :, 0], whole[:, :, 1], whole[:, :, 2])


def chosen(*groups: Row, aside: str = "") -> list[list[Representative]]:
    counts = tally(*groups)
    names = "abcdefghij"[: counts.seen.shape[1]]
    out = np.array([name in aside for name in names], dtype=np.bool_)
    return [list(each) for each in find_representative(counts, names, out)]


def names(of_group: list[Representative]) -> str:
    return "".join(each.statement if each.says == "agree" else each.statement.upper() for each in of_group)


def test_shares_and_tests_by_hand() -> None:
    said, seen = np.array([3]), np.array([4])
    assert smoothed(said, seen) == pytest.approx([4 / 6])
    assert more_than_half(said, seen) == pytest.approx([2 * math.sqrt(5) * (4 / 5 - 0.5)])
    both = (3 + 1 + 2) / (4 + 7 + 2)
    by_hand = (4 / 5 - 2 / 8) / math.sqrt(both * (1 - both) * (1 / 5 + 1 / 8))
    assert more_than_others(said, seen, np.array([1]), np.array([7])) == pytest.approx([by_hand])


def test_where_everybody_says_it_nobody_says_it_more() -> None:
    four = np.array([4])
    assert more_than_others(four, four, four, four).tolist() == [0]


def test_what_a_group_says_clearly_and_more_than_the_others() -> None:
    here: Row = [(9, 0, 10), (5, 4, 10)]
    there: Row = [(0, 9, 10), (4, 5, 10)]
    first, second = chosen(here, there)
    assert (names(first), names(second)) == ("a", "A")
    assert (first[0].many, first[0].agreed, first[0].of) == (9, 9, 10)
    assert first[0].share == pytest.approx(10 / 12)
    assert first[0].times == pytest.approx((10 / 12) / (1 / 12))


def test_clearly_more_than_half_and_more_than_the_others_are_both_asked_for() -> None:
    """With a most disagree, b is said clearly and more, c as much by the others, d disagreed alike."""
    here: Row = [(4, 5, 10), (9, 1, 10), (9, 1, 10), (1, 9, 10)]
    there: Row = [(0, 10, 10), (2, 8, 10), (9, 1, 10), (1, 9, 10)]
    first, _ = chosen(here, there)
    assert names(first) == "b"


def test_a_best_agreement_of_all_is_filed_as_polis_files_it_with_its_agreements_beside() -> None:
    """Both groups agree alike, so neither way is said more: Polis files that under disagreeing."""
    _, second = chosen([(9, 1, 10)], [(9, 1, 10)])
    assert [(each.best_agree, each.says, each.many, each.agreed) for each in second] == [
        (True, "disagree", 1, 9)
    ]


def test_agreements_first_then_disagreements_and_the_best_agreement_leads() -> None:
    here: Row = [(0, 10, 10), (7, 1, 10), (10, 0, 10)]
    there: Row = [(9, 0, 10), (1, 8, 10), (2, 8, 10)]
    first, _ = chosen(here, there)
    assert names(first) == "cbA"
    assert [each.best_agree for each in first] == [True, False, False]


def test_a_best_agreement_leads_although_the_others_say_it_too() -> None:
    """Nothing is agreed more here than there: then what most here agree with leads all the same."""
    here: Row = [(0, 10, 10), (6, 2, 10), (9, 0, 10)]
    there: Row = [(10, 0, 10), (9, 0, 10), (30, 0, 30)]
    first, _ = chosen(here, there)
    assert first[0].statement == "c"
    assert first[0].best_agree


def test_the_best_agreement_is_found_in_the_order_of_the_statements() -> None:
    """From one that is not said more than there to one agreed with more; from there on against the others."""
    here: Row = [(8, 1, 10), (9, 1, 10), (8, 1, 10), (10, 0, 10)]
    there: Row = [(10, 0, 10), (1, 9, 10), (0, 10, 10), (10, 0, 10)]
    first, _ = chosen(here, there)
    assert next(each.statement for each in first if each.best_agree) == "c"


def test_what_nobody_answered_is_no_best_agreement() -> None:
    """Passing and unseen statements have a middling share of nothing."""
    first, _ = chosen([(0, 0, 0), (0, 0, 1)], [(0, 9, 9), (0, 30, 30)])
    assert not any(each.best_agree for each in first)


def test_five_at_most() -> None:
    here: Row = [(10, 0, 10)] * 8
    there: Row = [(0, 10, 10)] * 8
    first, second = chosen(here, there)
    assert (len(first), len(second)) == (5, 5)


def test_where_nothing_stands_out_the_nearest_thing_is_shown() -> None:
    first, _ = chosen([(2, 2, 4), (1, 3, 4)], [(2, 2, 4), (2, 2, 4)])
    assert names(first) == "B"
    assert not first[0].best_agree


def test_what_stands_out_is_shown_even_without_an_agreement() -> None:
    here: Row = [(0, 10, 10), (0, 9, 10)]
    first, _ = chosen(here, [(9, 0, 10), (9, 0, 10)])
    assert names(first) == "AB"


def test_what_was_moderated_out_stands_for_nobody() -> None:
    here, there = [(10, 0, 10), (9, 0, 10)], [(0, 10, 10), (0, 10, 10)]
    assert [names(each) for each in chosen(here, there, aside="a")] == ["b", "B"]
    assert [names(each) for each in chosen(here, there, aside="ab")] == ["", ""]


def test_consensus_takes_clearly_more_than_half() -> None:
    counts = tally([(10, 0, 10), (6, 3, 10), (1, 9, 10), (9, 0, 10), (2, 0, 2)])
    found = find_consensus(counts, "abcde", np.zeros(5, dtype=np.bool_))
    assert [each.statement for each in found.agree] == ["a", "d", "e"]
    assert [(each.statement, each.says, each.many) for each in found.disagree] == [("c", "disagree", 9)]
    assert [each.statement for each in find_consensus(counts, "abcde", np.arange(5) < 1).agree] == ["d", "e"]


def test_consensus_shows_five_and_of_equals_the_first() -> None:
    found = find_consensus(tally([(9, 0, 10)] * 7), "abcdefg", np.zeros(7, dtype=np.bool_))
    assert [each.statement for each in found.agree] == list("abcde")


def test_agreed_in_every_group_multiplies_the_groups_shares() -> None:
    agreed, disagreed = agreed_in_every_group(tally([(3, 1, 4)], [(0, 2, 2)]))
    assert agreed == pytest.approx([4 / 6 * 1 / 4])
    assert disagreed == pytest.approx([2 / 6 * 3 / 4])


def test_priority_by_hand() -> None:
    """Agreed 3, passed 1, seen 5, extremity .5; one that nobody saw; one about the conversation itself."""
    counts = tally([(2, 1, 3), (0, 0, 0), (2, 1, 3)], [(1, 0, 2), (0, 0, 0), (1, 0, 2)])
    found = find_priorities(counts, np.array([0.5, 0.0, 9.0]), np.array([False, False, True]))
    importance = 4 / 7 * (1 - 2 / 7) * 1.5
    assert found == pytest.approx([(importance * (1 + 8 / 2)) ** 2, (0.5 * 0.5 * 9) ** 2, 49])
