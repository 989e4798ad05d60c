"""What Polis published of real conversations comes out the same here."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from betterstory.engines import consensus
from betterstory.engines.consensus.tests.published import (
    WITH_MATH,
    groups_in,
    open_data,
    real_data,
    votes_and_math,
)
from betterstory.engines.consensus.tests.tables_of_votes import rand_index

pytestmark = real_data
CLOSE = 1e-10

type Given = tuple[consensus.Polis, dict[str, Any]]


@pytest.fixture(scope="module", params=WITH_MATH)
def given(request: pytest.FixtureRequest) -> Given:
    """A conversation with the groups that were published."""
    votes, statements, math = votes_and_math(request.param)
    return consensus.polis(votes, labels=groups_in(math), meta=statements.meta), math


def test_the_centre_and_the_main_lines(given: Given) -> None:
    found, math = given
    assert np.abs(found.space.centre + math["pca"]["center"]).max() < CLOSE
    lines = np.array(math["pca"]["comps"])
    signs = np.sign((lines * found.space.components).sum(axis=1))
    assert np.abs(lines * signs[:, None] - found.space.components).max() < CLOSE


def test_everybody_stands_where_polis_has_them(given: Given) -> None:
    found, math = given
    signs = -np.sign((np.array(math["pca"]["comps"]) * found.space.components).sum(axis=1))
    place = {voice: at for at, voice in enumerate(found.votes.voices)}
    base = math["base-clusters"]
    for members, x, y in zip(base["members"], base["x"], base["y"], strict=True):
        stands = found.space.positions[[place[str(person)] for person in members]].mean(axis=0)
        assert np.abs(stands * signs - (x, y)).max() < CLOSE


def test_extremity(given: Given) -> None:
    found, math = given
    assert np.abs(found.space.extremity - math["pca"]["comment-extremity"]).max() < CLOSE


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("group_informed_consensus", "group-aware-consensus"), ("priorities", "comment-priorities")],
)
def test_by_statement(given: Given, ours: str, theirs: str) -> None:
    found, math = given
    values = getattr(found, ours)
    assert values.keys() == math[theirs].keys()
    assert max(abs(values[name] - value) for name, value in math[theirs].items()) < CLOSE


def test_the_consensus_lists_are_identical(given: Given) -> None:
    found, math = given
    for way, ours in (("agree", found.consensus.agree), ("disagree", found.consensus.disagree)):
        assert [(each.statement, each.many, each.of) for each in ours] == [
            (str(each["tid"]), each["n-success"], each["n-trials"]) for each in math["consensus"][way]
        ]
        for each, published in zip(ours, math["consensus"][way], strict=True):
            assert (each.share, each.clearly) == pytest.approx(
                (published["p-success"], published["p-test"]), abs=CLOSE
            )


def test_the_representative_statements_are_identical(given: Given) -> None:
    found, math = given
    for number, ours in zip(found.numbers, found.representative, strict=True):
        published = math["repness"][str(number)]
        assert [(each.statement, each.says, each.many, each.of, each.best_agree) for each in ours] == [
            (
                str(each["tid"]),
                each["repful-for"],
                each["n-success"],
                each["n-trials"],
                each.get("best-agree", False),
            )
            for each in published
        ]
        for each, theirs in zip(ours, published, strict=True):
            assert each.times == pytest.approx(theirs["repness"], abs=CLOSE)
            # published in single precision
            assert each.more_clearly == pytest.approx(theirs["repness-test"], abs=1e-6)


@pytest.mark.parametrize("name", WITH_MATH)
def test_from_the_published_groups_the_same_groups(name: str) -> None:
    votes, _, math = votes_and_math(name)
    groups = groups_in(math)
    found = consensus.polis(votes, start=groups)
    assert {voice: group for voice, group in found.groups.items() if group is not None} == groups


def test_who_is_grouped_as_published_once_in_always_in() -> None:
    votes, _, math = votes_and_math("4cvkai2ctw")
    were = {str(person) for person in math["in-conv"]}
    anew = {voice for voice, group in consensus.polis(votes).groups.items() if group is not None}
    assert anew < were
    kept = consensus.polis(votes, kept=were).groups
    assert {voice for voice, group in kept.items() if group is not None} == were


def test_published_agreement_across_groups() -> None:
    votes, groups, comments = open_data("bg2050-volunteers")
    found = consensus.polis(votes, labels=groups).group_informed_consensus
    assert len(found) == 371
    for name, value in found.items():
        assert abs(value - float(comments[name]["group-informed-consensus"])) < 1e-12


def test_from_nothing_two_groups_are_nearly_those_published() -> None:
    votes, groups, _ = open_data("ssis.land-bank-farmland")
    found = consensus.polis(votes, k=2).groups
    assert rand_index([groups[voice] for voice in groups], [found[voice] for voice in groups]) >= 0.90


def test_moderated_out_is_not_shown_as_agreed() -> None:
    votes, _, comments = open_data("ssis.land-bank-farmland")
    found = consensus.polis(votes)
    shown = {each.statement for group in found.representative for each in group}
    shown |= {each.statement for each in (*found.consensus.agree, *found.consensus.disagree)}
    assert shown
    assert all(comments[name]["moderated"] != "-1" for name in shown)
    assert sum(each["moderated"] == "-1" for each in comments.values()) == 105
