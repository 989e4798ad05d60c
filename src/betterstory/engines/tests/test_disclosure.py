"""The one door: what a number about people may look like, and that it cannot be turned back."""

import dataclasses
import pickle

import pytest

from betterstory.engines.disclosure import (
    NOBODY,
    Held,
    Profile,
    ProtectedCount,
    ProtectedWait,
    Withheld,
    check_release,
    each_part,
    find_profile,
    hold,
    part_of,
    parts_of_a_whole,
    protect,
    protect_waits,
    share,
    split,
    total,
)

DEFAULT = find_profile("default")
NHS = find_profile("nhs-england-sde")


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (0, "fewer than 8 people"),
        (7, "fewer than 8 people"),
        (8, "about 10 people"),
        (12, "about 10 people"),
        (13, "about 15 people"),
        (122, "about 120 people"),
        (10_003, "about 10,005 people"),
    ],
)
def test_few_are_not_counted_and_more_are_rounded(people: int, words: str) -> None:
    assert str(protect(people, DEFAULT)) == words


def test_a_stricter_rule_hides_more() -> None:
    assert str(protect(9, NHS)) == "fewer than 10 people"
    assert str(protect(10, NHS)) == "about 10 people"


def test_a_rule_is_never_looser_than_the_default() -> None:
    for name, below, nearest in (("a", 7, 5), ("b", 8, 1), ("c", 8, 4), ("d", 8, 0)):
        with pytest.raises(ValueError, match="never looser"):
            Profile(name, below, nearest)
    assert Profile("e", 20, 10).rounded(25) == 30
    with pytest.raises(Withheld, match='no rule called "none"'):
        find_profile("none")


def test_a_protected_count_does_not_hold_the_true_one() -> None:
    """Whatever way it is taken apart: 7 people leave what 0 people leave, 118 what 122 leave."""
    for one, other in ((0, 7), (118, 122)):
        first, second = protect(one, DEFAULT), protect(other, DEFAULT)
        assert repr(first) == repr(second)
        assert pickle.dumps(first) == pickle.dumps(second)
        assert dataclasses.asdict(first) == dataclasses.asdict(second)


def test_sums_are_sums_of_what_is_shown() -> None:
    assert total([protect(people, DEFAULT) for people in (7, 12, 13)]) == 25


def shown(parts: list[int]) -> list[tuple[int, int, int | None]]:
    return [(group.first, group.last, group.people.shown) for group in parts_of_a_whole(parts, DEFAULT)]


@pytest.mark.parametrize(
    ("parts", "groups"),
    [
        ([100, 50, 20], [(0, 0, 100), (1, 1, 50), (2, 2, 20)]),
        ([1, 707, 58, 250, 34], [(0, 1, 710), (2, 2, 60), (3, 3, 250), (4, 4, 35)]),
        ([100, 50, 3], [(0, 0, 100), (1, 2, 55)]),
        ([100, 50, 3, 4], [(0, 0, 100), (1, 3, 55)]),
        ([100, 50, 4, 4], [(0, 0, 100), (1, 1, 50), (2, 3, 10)]),
        ([100, 0, 0, 60], [(0, 2, 100), (3, 3, 60)]),
        ([98, 0, 0], [(0, 2, 100)]),
        ([3, 2, 2], [(0, 2, None)]),
        ([0], [(0, 0, None)]),
    ],
)
def test_parts_of_a_known_total_are_put_together_until_each_is_enough(
    parts: list[int], groups: list[tuple[int, int, int | None]]
) -> None:
    assert shown(parts) == groups


def test_what_is_said_of_a_part_that_is_not_shown_is_known_from_the_rule_alone() -> None:
    """In a group the parts above its lowest are few, else they would stand alone; at the first part the group
    may have been closed from either side, so nothing is said."""
    assert [part.status for part in each_part(parts_of_a_whole([100, 50, 4, 3], DEFAULT))] == [
        "shown",
        "together",
        "fewer",
        "fewer",
    ]
    assert [part.status for part in each_part(parts_of_a_whole([1, 50, 20], DEFAULT))] == [
        "together",
        "together",
        "shown",
    ]
    assert [part.status for part in each_part(parts_of_a_whole([1, 2, 3], DEFAULT))] == ["fewer"] * 3


def test_a_split_is_shown_only_where_each_possible_part_is_enough() -> None:
    possible = {"on_the_way", "way_closed"}
    enough = split({"on_the_way": 12, "way_closed": 30, "too_early": 0}, possible, DEFAULT)
    assert {name: part.shown for name, part in enough.items()} == {
        "on_the_way": 10,
        "way_closed": 30,
        "too_early": 0,
    }
    assert enough["too_early"] == NOBODY
    too_few = split({"on_the_way": 7, "way_closed": 30, "too_early": 0}, possible, DEFAULT)
    assert (too_few["on_the_way"].shown, too_few["way_closed"].shown) == (None, None)


def test_some_of_a_shown_count_need_the_rest_to_be_enough_too() -> None:
    assert part_of(20, 40, DEFAULT).shown == 20
    assert part_of(33, 40, DEFAULT).shown is None
    assert part_of(7, 40, DEFAULT).shown is None


@pytest.mark.parametrize(
    ("part", "whole", "hundredths"),
    [
        (20, 100, 20),
        (120, 10_000, 1.2),
        (1255, 3995, 31),
        (20, 45, None),  # of fewer than 50 people no share is said
        (0, 100, None),
        (100, 100, None),  # all of them, so hardly anybody is left over
        (95, 100, None),
        (90, 100, 90),
    ],
)
def test_shares_are_whole_and_never_about_few(part: int, whole: int, hundredths: float | None) -> None:
    assert share(ProtectedCount(part, "shown"), ProtectedCount(whole, "shown")) == hundredths


def test_there_is_no_share_of_what_is_hidden() -> None:
    hidden, shown_count = protect(7, DEFAULT), protect(100, DEFAULT)
    assert share(hidden, shown_count) is None
    assert share(shown_count, hidden) is None


def test_waits_need_twenty_people_and_come_in_whole_weeks() -> None:
    assert protect_waits([1.9] * 19) is None
    assert protect_waits([1.9] * 20) == ProtectedWait(1, 1, 1)
    assert str(protect_waits([0.5] * 20)) == "most are less than a week"
    assert str(protect_waits([0.5] * 11 + [4.0] * 9)) == (
        "the middle one is less than a week, and a quarter are 4 weeks or more"
    )


def people(*numbers: int) -> frozenset[bytes]:
    return frozenset(str(number).encode() for number in numbers)


def test_on_the_same_data_a_difference_of_a_few_people_is_refused() -> None:
    earlier = {"within 28 days": people(*range(100))}
    check_release({"within 28 days": people(*range(100))}, earlier, DEFAULT)
    check_release({"within 60 days": people(*range(108))}, earlier, DEFAULT)
    for number in (101, 107, 99, 93):
        with pytest.raises(Withheld, match="could point at someone"):
            check_release({"within 29 days": people(*range(number))}, earlier, DEFAULT)


def test_as_many_people_but_not_the_same_is_a_difference_too() -> None:
    with pytest.raises(Withheld):
        check_release({"a": people(*range(1, 101))}, {"b": people(*range(100))}, DEFAULT)


def test_on_newer_data_a_count_that_hardly_changed_keeps_its_figure() -> None:
    """102 people would be shown as 100, 103 as 105: one person more would be seen to come."""
    shown_count = protect(102, DEFAULT)
    earlier = people(*range(102))
    assert hold(people(*range(103)), earlier, shown_count, DEFAULT) == Held(shown_count, no_clear_change=True)
    assert hold(people(*range(110)), earlier, shown_count, DEFAULT) == Held(protect(110, DEFAULT), False)
