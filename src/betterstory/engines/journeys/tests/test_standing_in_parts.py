"""A standing in its parts: each level split, each value of a column, and what may be released beside it."""

import pytest

from betterstory.engines.disclosure import Withheld, check_release, find_profile
from betterstory.engines.journeys import Standing, count, read_log
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.standing import possible_statuses
from betterstory.engines.journeys.tests.crowd import ASKED, crowd, people_who, standing
from betterstory.engines.journeys.tests.tables import pattern_of

__all__ = ["standing"]  # fixtures that tests ask for by name

DEFAULT = find_profile("default")


def test_a_split_before_a_silence_knows_that_nobody_can_be_on_the_way() -> None:
    rows = [
        *people_who(20, "referral 0", "visit 5", name="broken"),
        *people_who(30, "referral 90", name="waiting"),
        *people_who(9, "referral 0", name="silent"),
        *people_who(9, "letter 100", name="last"),
    ]
    with read_log(rows) as log:
        shown = count(pattern_of("referral; no visit for 4 weeks"), log).protect()
    assert shown.on_the_way[1].status == "none"
    assert (shown.way_closed[1].shown, shown.too_early[1].shown) == (20, 30)


def test_records_that_can_end_early_make_a_part_that_may_be_too_few() -> None:
    """With a person table of ends, too early is possible; while it is few, no part is shown."""
    rows = crowd()
    ids = sorted({row["person"] for row in rows})
    with read_log(rows, people=[{"person": person, "end": None} for person in ids]) as log:
        shown = count(ASKED, log).protect()
    assert [part[1].shown for part in (shown.on_the_way, shown.way_closed, shown.too_early)] == [None] * 3
    assert shown.exactly[1].shown == 65


def test_on_it_again_is_shown_where_both_they_and_the_rest_are_enough() -> None:
    rows = [
        *people_who(30, "referral 0", "assessment 10", name="closed"),
        *people_who(20, "referral 0", "assessment 10", "referral 90", name="again"),
        *people_who(25, "referral 60", "assessment 80", name="going"),
        *people_who(9, "referral 0", "assessment 1", "help 2", name="whole"),
        *people_who(9, "letter 100", name="last"),
    ]
    with read_log(rows) as log:
        shown = count(ASKED, log).protect()
    assert (shown.way_closed[2].shown, shown.again[2].shown, shown.on_the_way[2].shown) == (50, 20, 25)


def test_by_column_puts_small_values_together(standing: Standing) -> None:
    """Three people of South would stand alone: they are counted with North, and not named."""
    table = standing.protect().by
    assert table is not None
    assert [row.values for row in table.rows] == [("North", "others")]
    assert table.levels == ((0, 0), (1, 1), (2, 3))


def test_by_column_keeps_values_apart_that_are_enough() -> None:
    rows = [
        *people_who(100, "letter 0", name="a", ward="North"),
        *people_who(50, "referral 0", name="b", ward="North"),
        *people_who(90, "letter 0", name="c", ward="South"),
        *people_who(20, "referral 0", name="d", ward="South"),
        *people_who(9, "letter 0", name="e", ward="East"),
        *people_who(9, "letter 0", name="f", ward="West"),
        *people_who(8, "referral 0", name="g", ward="West"),
    ]
    with read_log(rows) as log:
        table = count(pattern_of("referral"), log, by="ward").protect().by
    assert table is not None
    assert [(row.name, [cell.shown for cell in row.people]) for row in table.rows] == [
        ("North", [100, 50]),
        ("South", [90, 20]),
        ("West and East", [20, 10]),
    ]
    assert "West and East: 1 steps, about 10 people; 0 steps, about 20 people" in "\n".join(table.lines())


def fingerprints(log: ContactLog, steps: str) -> dict[str, frozenset[bytes]]:
    return count(pattern_of(steps), log).fingerprints(key=b"a key of the place")


def test_a_twin_of_a_released_pattern_is_refused() -> None:
    """Within 28 and within 29 days differ by 5 people, though both counts are large."""
    rows = [
        *people_who(50, "referral 0", "assessment 28", name="a"),
        *people_who(5, "referral 0", "assessment 29", name="b"),
        *people_who(50, "referral 0", "assessment 40", name="c"),
    ]
    with read_log(rows) as log:
        released = fingerprints(log, "referral; assessment within 28 days")
        check_release(fingerprints(log, "referral; assessment within 28 days"), released, DEFAULT)
        check_release(fingerprints(log, "referral; assessment within 40 days"), released, DEFAULT)
        with pytest.raises(Withheld):
            check_release(fingerprints(log, "referral; assessment within 29 days"), released, DEFAULT)


def test_fingerprints_name_nobody_and_need_the_key(standing: Standing) -> None:
    sets = standing.fingerprints(key=b"one")
    assert sets != standing.fingerprints(key=b"another")
    assert {name: len(people) for name, people in sets.items()} == {
        "level 0 to 0": 104,
        "level 1 to 1": 63,
        "level 2 to 3": 64,
        "on_the_way 1": 22,
        "way_closed 1": 41,
        "ward 0, level 0 to 0": 104,
        "ward 0, level 1 to 1": 63,
        "ward 0, level 2 to 3": 64,
    }
    assert b"SENTINEL" not in b"".join(person for people in sets.values() for person in people)


def test_a_level_counted_together_with_another_is_not_split_either() -> None:
    """The split of level 1 would be enough, but three people walked the whole path: with them, it tells."""
    rows = [
        *people_who(50, "letter 100", name="none"),
        *people_who(40, "referral 0", name="closed"),
        *people_who(30, "referral 90", name="going"),
        *people_who(3, "referral 0", "assessment 10", name="whole"),
    ]
    with read_log(rows) as log:
        shown = count(pattern_of("referral; assessment within 30 days"), log).protect()
    assert [(group.first, group.last, group.people.shown) for group in shown.groups] == [
        (0, 0, 50),
        (1, 2, 75),
    ]
    assert [part[1].shown for part in (shown.on_the_way, shown.way_closed)] == [None, None]


@pytest.mark.parametrize(
    ("steps", "whole", "possible"),
    [
        ("a; b", None, {"on_the_way"}),
        ("a; b after 1 day", None, {"on_the_way"}),
        ("a; b within 1 day", None, {"on_the_way", "way_closed"}),
        ("a; b without c", None, {"on_the_way", "way_closed"}),
        ("a; b", "1 year", {"on_the_way", "way_closed"}),
        ("a; no b for 1 day", None, {"too_early", "way_closed"}),
    ],
)
def test_which_statuses_can_be_is_said_by_the_pattern(
    steps: str, whole: str | None, possible: set[str]
) -> None:
    pattern = pattern_of(steps, whole=whole)
    assert [set(names) for names in possible_statuses(pattern, records_end=False)] == [set(), possible, set()]
    assert possible_statuses(pattern, records_end=True)[1] == possible | {"too_early"}
