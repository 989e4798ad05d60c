"""Where everybody stands is what the filled-in table would say, without its ever being filled in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from betterstory.engines.consensus.space import Space, find_space
from betterstory.engines.consensus.tally import count
from betterstory.engines.consensus.tests.drawn import Cells, as_votes, cells
from betterstory.engines.consensus.tests.tables_of_votes import cast, filled_in, votes_of
from betterstory.engines.consensus.votes import Votes

TABLE = """
voice  a  b  c  d
ann    +  +  -  .
bob    +  .  -  +
cat    -  -  +  0
dan    -  -  .  -
"""


def space_of(votes: Votes) -> Space:
    return find_space(votes, count(votes))


def test_the_centre_is_the_mean_of_those_who_voted_and_a_pass_is_a_vote() -> None:
    assert space_of(votes_of(TABLE)).centre.tolist() == [0, pytest.approx(-1 / 3), pytest.approx(-1 / 3), 0]


def test_who_saw_little_is_moved_out_as_far_as_who_saw_everything() -> None:
    """Dan answers only what Cat answers too and the same way; he saw one of four, so he goes twice as far."""
    votes = votes_of(
        """
        voice  a  b  c  d
        ann    +  +  +  +
        bob    +  +  +  +
        cat    -  -  -  -
        dan    -  .  .  .
        """
    )
    space = space_of(votes)
    cat, dan = space.positions[2, 0], space.positions[3, 0]
    own = -1 - space.centre
    line = space.components[0]
    assert cat == pytest.approx(own @ line)
    assert dan == pytest.approx(own[0] * line[0] * 2)


def test_what_was_put_aside_is_zero_for_all_and_counts_as_cast() -> None:
    """With d aside Ann, who never saw it, has cast 4 of 4, and is not stretched; without, 3 of 4."""
    votes, whole = votes_of(TABLE, aside="d"), votes_of(TABLE)
    space = space_of(votes)
    assert (space.centre[3], space.components[0, 3], space.extremity[3]) == (0, 0, 0)
    own = np.array([1, 1, -1]) - space.centre[:3]
    assert space.positions[0, 0] == pytest.approx(own @ space.components[0, :3])
    before = space_of(whole)
    assert before.positions[0, 0] == pytest.approx(
        (np.array([1, 1, -1]) - before.centre[:3]) @ before.components[0, :3] * np.sqrt(4 / 3)
    )


def test_a_statement_that_nobody_voted_on_is_as_if_it_were_not_there() -> None:
    rows = TABLE.strip().splitlines()
    extra = "\n".join([f"{rows[0]}  e", *(f"{row}  ." for row in rows[1:])])
    for aside in ("", "e"):
        with_it, without = space_of(votes_of(extra, aside=aside)), space_of(votes_of(TABLE))
        assert with_it.positions == pytest.approx(without.positions)
        assert with_it.extremity == pytest.approx([*without.extremity, 0])
        assert (with_it.centre[4], *with_it.components[:, 4]) == (0, 0, 0)


def test_the_largest_loading_is_positive() -> None:
    for table in (TABLE, TABLE.replace("+", "x").replace("-", "+").replace("x", "-")):
        for line in space_of(votes_of(table)).components:
            assert line[np.argmax(np.abs(line))] > 0


def test_extremity_is_how_far_agreeing_with_that_alone_would_carry() -> None:
    space = space_of(votes_of(TABLE))
    alone = np.sqrt(4) * (1 - space.centre) * space.components
    assert space.extremity == pytest.approx(np.hypot(*alone))


@settings(deadline=None)
@given(cells(), st.sets(st.integers(0, 8)))
def test_it_is_what_the_filled_in_table_says(table: Cells, aside: set[int]) -> None:
    votes = as_votes(table, tuple(aside))
    space = space_of(votes)
    heard = np.unique(votes.statement)
    unheard = np.setdiff1d(np.arange(votes.shape[1]), heard)
    assert not space.components[:, unheard].any()
    if not len(heard):
        return
    full, centre = filled_in(votes)
    deviation = full - centre
    spreads = np.linalg.svd(deviation, compute_uv=False) ** 2
    lines = space.components[:, heard]
    for place, line in enumerate(lines):
        spread = spreads[place] if place < len(spreads) else 0.0
        if spread <= 1e-9:
            assert not line.any()
            continue
        assert np.linalg.norm(line) == pytest.approx(1)
        assert deviation.T @ (deviation @ line) == pytest.approx(spread * line, abs=1e-9)
    assert lines[0] @ lines[1] == pytest.approx(0, abs=1e-9)
    stretch = np.sqrt(len(heard) / np.maximum(1, cast(votes)))
    assert space.positions == pytest.approx(deviation @ lines.T * stretch[:, None], abs=1e-9)


def test_a_line_that_the_start_does_not_touch_is_found_all_the_same() -> None:
    """Two blocks of statements that nobody answers together, of the same spread: both lines are there."""
    rows = [[1] * 3 + [None] * 3] * 4 + [[-1] * 3 + [None] * 3] * 4
    rows += [[None] * 3 + [1] * 3] * 4 + [[None] * 3 + [-1] * 3] * 4
    space = space_of(as_votes([list(row) for row in rows]))
    assert (space.components**2).sum(axis=0) == pytest.approx([1 / 3] * 6)


def test_wide_tables_walk_far_enough() -> None:
    """Many statements with hardly a pattern: slow to settle, and settled all the same."""
    chance = np.random.default_rng(3)
    table: Cells = [[int(said) for said in row] for row in chance.integers(-1, 2, (60, 150))]
    votes = as_votes(table)
    full, centre = filled_in(votes)
    _, spreads, lines = np.linalg.svd(full - centre)
    assert spreads[2] / spreads[1] > 0.9
    found = space_of(votes).components
    assert np.abs((found * lines[:2]).sum(axis=1)) == pytest.approx([1, 1], abs=1e-12)
    assert np.abs(np.abs(found) - np.abs(lines[:2])).max() < 1e-10
