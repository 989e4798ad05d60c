"""Answers of several bodies stand side by side, and are never added up."""

from dataclasses import replace

import pytest

from betterstory.engines.journeys.pack import read_answer, side_by_side
from betterstory.engines.journeys.pack.tests.written import HEADER, written
from betterstory.engines.journeys.refused import Refused

OTHER = replace(HEADER, body="River Trust", source="UDAL")


def test_two_bodies_stand_in_two_columns_level_by_level() -> None:
    one = read_answer(written())
    two = read_answer(written("nhs-england-sde", OTHER, none=70, asked=30, missed=60, sent=3))
    table = side_by_side([one, two])
    assert table.head == ("", "Leaf Trust", "River Trust")
    assert table.rows[:4] == (
        ("All 3 steps", "about 35 people", "about 65 people (2 to 3 together)"),
        ("2 of 3 steps", "about 50 people", "in 2 to 3 together"),
        ("1 of 3 steps", "about 40 people", "about 30 people"),
        ("None of 3 steps", "about 60 people", "about 70 people"),
    )
    assert ("Source", "MHSDS in the SDE", "UDAL") in table.rows


def test_nothing_is_added_up_and_it_says_why() -> None:
    one, two = read_answer(written()), read_answer(written(header=OTHER))
    said = str(side_by_side([one, two]))
    assert "a person may be in the records of more than one body" in said
    assert one.people.shown is not None
    assert f"{2 * one.people.shown}" not in said


def test_what_differs_between_them_is_said() -> None:
    one, two = read_answer(written()), read_answer(written("nhs-england-sde", OTHER))
    assert (
        "The rules differ, so what is hidden in one may be shown in another."
        in side_by_side([one, two]).notes
    )


def test_answers_to_different_patterns_do_not_stand_together() -> None:
    one = read_answer(written())
    with pytest.raises(Refused, match="different patterns"):
        side_by_side([one, replace(one, fingerprint="0" * 64)])
    with pytest.raises(Refused, match="no answers"):
        side_by_side([])
