"""Lines look drawn by hand, always by the same hand, and never move what they are about."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betterstory.ui import hand


def points(path: str) -> list[tuple[float, float]]:
    """The points of a path made of M and l, without its Z."""
    start, *_ = re.findall(r"M(\S+) (\S+?)(?=[lZ])", path)
    x, y = map(float, start)
    found = [(x, y)]
    for run in re.findall(r"l([^lZ]+)", path):
        numbers = [float(each) for each in re.findall(r"-?\d*\.?\d+", run)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


@given(st.integers(0, 500), st.integers(30, 800))
def test_no_point_is_pushed_further_than_it_may_be(seed: int, far: int) -> None:
    drawn = points(hand.line([(0, 0), (far, 0)], seed=seed))
    assert all(abs(y) <= hand.PUSH + 0.06 for _, y in drawn)
    # a line of 37 px has no better halves than 18.5
    assert all(12 <= b[0] - a[0] <= 18.6 for a, b in pairwise(drawn)), "a point every 13 to 17 px"


@given(st.integers(0, 500), st.floats(1, 900), st.floats(1, 900))
def test_corners_stay_where_they_are(seed: int, wide: float, high: float) -> None:
    drawn = points(hand.box(10, 20, wide, high, seed=seed))
    for corner in [(10, 20), (10 + wide, 20), (10 + wide, 20 + high), (10, 20 + high)]:
        assert any(abs(x - corner[0]) < 0.11 and abs(y - corner[1]) < 0.11 for x, y in drawn)
    assert abs(drawn[-1][0] - 10) < 0.11, "it closes where it began, however often it was rounded"
    assert abs(drawn[-1][1] - 20) < 0.11


def test_the_same_seed_draws_the_same_line_and_another_another() -> None:
    first, again, other = (hand.box(0, 0, 120, 60, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_noise_changes_little_from_place_to_place() -> None:
    noise = [hand.smooth(3, place / 10) for place in range(200)]
    assert all(-1 <= each <= 1 for each in noise)
    assert max(abs(b - a) for a, b in pairwise(noise)) < 0.35
    assert max(noise) > 0.5 > -0.5 > min(noise), "and it does wander"


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (0.04, "0"), (-0.04, "0"), (10.25, "10.2"), (-3.0, "-3"), (100.5, "100.5")],
)
def test_coordinates_are_short(value: float, text: str) -> None:
    assert hand.number(value) == text


def test_a_straight_path_goes_from_point_to_point() -> None:
    assert hand.path([(0, 0), (10.5, 2), (3, 4)], closed=True) == "M0 0L10.5 2L3 4Z"
    assert hand.line([(0, 0), (5, 0)], seed=1) == "M0 0l5 0", "too short to wander"
