"""The whole of Polis mode: the order of people and statements is no matter, and odd votes break nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from betterstory.engines import compiling, consensus
from betterstory.engines.consensus import compiled
from betterstory.engines.consensus.k_means import nearest, nearest_compiled
from betterstory.engines.consensus.tests.drawn import Cells, as_votes, cells
from betterstory.engines.consensus.tests.tables_of_votes import votes_of

SIDES = """
voice  a  b  c  d  e  f  g
ann    +  +  +  -  -  +  +
bob    +  +  +  -  -  +  0
cat    +  +  0  -  -  +  +
dan    -  -  -  +  +  +  +
eve    -  -  -  +  +  +  -
"""


def told(found: consensus.Polis) -> dict[str, object]:
    """Everything that is said, by id."""
    return consensus.tell_polis(found.votes, found, {})


def test_two_sides_and_what_both_agree_with() -> None:
    found = consensus.polis(votes_of(SIDES))
    assert found.groups == {"ann": 1, "bob": 1, "cat": 1, "dan": 2, "eve": 2}
    assert found.sizes == {1: 3, 2: 2}
    best = max(found.group_informed_consensus, key=lambda name: found.group_informed_consensus[name])
    assert best == "f"
    assert found.group_informed_consensus["f"] == pytest.approx(4 / 5 * 3 / 4)


def test_groups_as_they_are_given_are_not_grouped_anew() -> None:
    given_groups = {"ann": 4, "dan": 9}
    found = consensus.polis(votes_of(SIDES), labels=given_groups)
    assert found.groups == {"ann": 4, "bob": None, "cat": None, "dan": 9, "eve": None}
    assert (found.sizes, found.silhouettes) == ({4: 1, 9: 1}, {})
    assert found.tally.seen.sum(axis=1).tolist() == [7, 7]


def test_the_consensus_counts_everybody_and_priorities_only_those_grouped() -> None:
    votes = votes_of(SIDES)
    found = consensus.polis(votes, labels={"ann": 1, "dan": 2})
    assert {each.statement: (each.many, each.of) for each in found.consensus.agree}["f"] == (5, 5)
    share, new = 3 / 4, 1 + 8 * 2 ** (-2 / 5)
    by_hand = (share * (1 - 1 / 4) * (1 + found.space.extremity[5]) * new) ** 2
    assert found.priorities["f"] == pytest.approx(by_hand)


def test_the_next_run_calls_the_same_people_the_same() -> None:
    votes = votes_of(SIDES)
    before = {"ann": 2, "bob": 2, "dan": 1, "eve": 1}
    assert consensus.polis(votes, start=before).groups == before | {"cat": 2}


def test_who_was_grouped_before_stays_so() -> None:
    many = [[1, 1, 1, 1, 1, 1, 1, 1]] * 9 + [[-1] * 8] * 8 + [[1] + [None] * 7] * 2
    votes = as_votes([list(row) for row in many])
    assert consensus.polis(votes).groups["18"] is None
    assert consensus.polis(votes, kept=["18"]).groups["18"] is not None
    assert consensus.polis(votes, start={"0": 1, "9": 2, "18": 1}).groups["18"] is not None


@settings(deadline=None, max_examples=60)
@given(cells(), st.sets(st.integers(0, 8)), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(table: Cells, aside: set[int], chance: object) -> None:
    votes = as_votes(table, tuple(aside))
    rows = list(zip(votes.voice.tolist(), votes.statement.tolist(), votes.said.tolist(), strict=True))
    people, statements = list(range(votes.shape[0])), list(range(votes.shape[1]))
    for order in (people, statements, rows):
        chance.shuffle(order)  # type: ignore[attr-defined]
    turned = consensus.arrange(
        [votes.voices[at] for at in people],
        [votes.statements[at] for at in statements],
        [(people.index(v), statements.index(s), said) for v, s, said in rows],
        aside=[str(at) for at in aside],
    )
    assert told(consensus.polis(turned)) == told(consensus.polis(votes))


ODD = {
    "nobody": "voice a b",
    "nothing to vote on": "voice\nann\nbob",
    "one person": "voice a b c\nann + - 0",
    "all the same": "voice a b\n" + "\n".join(f"v{n} + +" for n in range(30)),
    "all passes": "voice a b\n" + "\n".join(f"v{n} 0 0" for n in range(30)),
    "nobody saw anything": "voice a b\nann . .\nbob . .",
    "a statement without votes": "voice a b\nann + .\nbob - .\ncat + .",
    "one far out": "voice a b c\n" + "\n".join(f"v{n} + + +" for n in range(30)) + "\nzed - - -",
    "two of a kind": "voice a\nann +\nbob -",
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("aside", ["", "a", "a b c"])
def test_odd_votes_have_an_answer_of_plain_numbers(name: str, aside: str) -> None:
    votes = votes_of(ODD[name], aside=aside)
    with np.errstate(all="raise"):
        found = consensus.polis(votes)
        assert found.groups.keys() == set(votes.voices)
        for numbers in (
            found.space.positions,
            found.priority,
            found.agreed_everywhere,
            *found.space.components,
        ):
            assert np.isfinite(numbers).all()
        told(found)


def test_who_did_not_vote_is_in_no_group_and_where_all_are_the_same_there_is_one() -> None:
    assert set(consensus.polis(votes_of(ODD["nobody saw anything"])).groups.values()) == {None}
    assert consensus.polis(votes_of(ODD["all the same"])).sizes == {1: 30}
    assert consensus.polis(votes_of(ODD["one person"])).groups == {"ann": 1}
    assert consensus.polis(votes_of(ODD["one far out"])).sizes == {1: 30, 2: 1}


def test_a_statement_without_votes_stays_in_its_place() -> None:
    """And does not count among the seven: with one statement heard, one vote is enough."""
    votes = votes_of("voice a b c\n" + "\n".join(f"v{n:02} . {'+-'[n % 2]} ." for n in range(20)))
    found = consensus.polis(votes)
    assert list(found.group_informed_consensus) == ["a", "b", "c"]
    assert found.space.centre.tolist() == [0, 0, 0]
    assert None not in found.groups.values()


@pytest.mark.skipif(not compiling.is_here(), reason="numba is not installed")
@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_compiled_loops_say_the_same(seed: int) -> None:
    chance = np.random.default_rng(seed)
    people, statements = int(chance.integers(2, 400)), int(chance.integers(1, 40))
    table = chance.integers(-1, 3, (people, statements))
    rows = [(v, s, int(table[v, s])) for v, s in np.argwhere(table < 2).tolist()]
    votes = consensus.arrange(
        [str(at) for at in range(people)], [str(at) for at in range(statements)], rows, aside=["0"]
    )
    plain, fast = (consensus.polis(votes, backend=backend) for backend in ("numpy", "fast"))
    assert plain.groups == fast.groups
    assert fast.space.positions == pytest.approx(plain.space.positions, abs=1e-10)
    assert [*fast.representative] == [*plain.representative]
    assert fast.consensus == plain.consensus
    assert np.array_equal(fast.tally.seen, plain.tally.seen)


@pytest.mark.skipif(not compiling.is_here(), reason="numba is not installed")
def test_looking_around_finds_the_same_centres() -> None:
    chance = np.random.default_rng(5)
    points, centres = chance.normal(0, 1, (6000, 2)), chance.normal(0, 1, (100, 2))
    before = nearest(points, centres + chance.normal(0, 0.2, (100, 2)))
    assert np.array_equal(nearest_compiled(points, centres, before), nearest(points, centres))


def test_numba_is_not_waited_for_with_few_votes(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled.compiled.cache_clear()
    assert not compiled.is_worth_it(10, "auto")
    assert compiled.is_worth_it(compiled.WORTH_COMPILING, "auto") == compiling.is_here()
    monkeypatch.setattr(compiling, "is_here", lambda: False)
    assert not compiled.is_worth_it(10**9, "auto")
    with pytest.raises(ValueError, match="numba is not installed"):
        compiled.is_worth_it(10, "fast")
