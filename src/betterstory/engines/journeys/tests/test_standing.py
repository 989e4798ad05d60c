"""What a standing shows by itself, in whatever way it is printed, written down or taken apart."""

import copy
import dataclasses
import json
import pickle
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from betterstory.engines.disclosure import Withheld, check_release, find_profile
from betterstory.engines.journeys import Standing, count, read_log
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.standing import possible_statuses
from betterstory.engines.journeys.tests.tables import DAY_0, pattern_of

DEFAULT = find_profile("default")


def people_who(number: int, *contacts: str, name: str, ward: str = "North") -> list[dict[str, Any]]:
    """So many people with these contacts: "referral 0", "assessment 20"."""
    made = []
    for place in range(number):
        for contact in contacts:
            activity, day = contact.split()
            time = DAY_0 + timedelta(days=float(day))
            made.append({"person": f"{name}{place}", "activity": activity, "time": time, "ward": ward})
    return made


def crowd(whole: int = 3) -> list[dict[str, Any]]:
    """A few who walked the whole path, and many who did not. The data end on day 100."""
    return [
        *people_who(103, "letter 0", name="none"),
        *people_who(41, "referral 0", name="closed"),
        *people_who(22, "referral 90", name="going"),
        *people_who(61, "referral 0", "assessment 10", name="two"),
        *people_who(whole, "referral 0", "assessment 10", "help 20", name="SENTINEL", ward="South"),
        *people_who(1, "letter 100", name="last"),
    ]


ASKED = pattern_of("referral; assessment within 30 days; help within 30 days")


@pytest.fixture
def standing() -> Standing:
    with read_log(crowd()) as log:
        return count(ASKED, log, by="ward")


def every_number(thing: Any) -> Iterator[int]:
    """Each whole number that can be reached from a thing by looking into it."""
    if isinstance(thing, bool) or thing is None or isinstance(thing, str):
        return
    if isinstance(thing, int | float):
        yield int(thing)
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from every_number(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from every_number(value)
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from every_number(getattr(thing, field.name))


def test_levels_and_statuses_as_they_are_shown(standing: Standing) -> None:
    shown = standing.protect()
    assert [count.shown for count in shown.exactly] == [105, 60, None, None]
    assert [count.status for count in shown.exactly] == ["shown", "shown", "together", "fewer"]
    assert [count.shown for count in shown.on_the_way] == [0, 20, None, 0]
    assert [count.shown for count in shown.way_closed] == [0, 40, None, 0]
    assert [(group.first, group.last, group.people.shown) for group in shown.groups] == [
        (0, 0, 105),
        (1, 1, 60),
        (2, 3, 65),
    ]
    assert [count.shown for count in shown.at_least] == [230, 125, 65, None]


def test_it_is_read_in_words(standing: Standing) -> None:
    assert str(standing).splitlines()[:6] == [
        "About 230 people in the records.",
        "2 to 3 of 3 steps: about 65 people.",
        "1 of 3 steps: about 60 people.",
        "    can still go on: about 20 people",
        "    the way closed: about 40 people",
        "None of 3 steps: about 105 people.",
    ]


def test_a_level_with_a_split_is_the_sum_of_its_shown_parts() -> None:
    """41 and 22 are shown as 40 and 20, so their level reads 60 and not 65."""
    with read_log(crowd()) as log:
        assert count(ASKED, log).protect().exactly[1].shown == 60


def test_no_way_of_looking_at_it_gives_a_true_count_away(standing: Standing) -> None:
    protected = standing.protect()
    for number in every_number([protected, standing.as_json()]):
        assert number % 5 == 0 or number in (1, 2, 3, 8)  # levels, and the 8 of "fewer than 8"
    said = [
        repr(standing),
        str(standing),
        standing._repr_html_(),
        repr(protected),
        json.dumps(standing.as_json()),
    ]
    for text in said:
        assert not {"103", "104", "41", "22", "61", "63", "231"} & {*_numbers(text)}
        assert "SENTINEL" not in text


def _numbers(text: str) -> list[str]:
    return "".join(sign if sign.isdigit() else " " for sign in text).split()


def test_it_cannot_be_written_down_or_copied_out_by_accident(standing: Standing) -> None:
    ways: list[Callable[[Any], object]] = [pickle.dumps, copy.copy, copy.deepcopy, json.dumps, vars]
    for way in [*ways, dataclasses.asdict]:
        with pytest.raises(TypeError):
            way(standing)
    assert "not shown" in repr(standing._figures)
    assert pickle.loads(pickle.dumps(standing.protect())) == standing.protect()  # noqa: S301 - our own bytes


def test_one_person_more_never_shows_as_one() -> None:
    shown = []
    for whole in range(1, 20):
        with read_log(crowd(whole)) as log:
            shown.append(list(every_number(count(ASKED, log).as_json())))
    assert shown[1] == shown[2]  # one more on the whole path, and nothing changes at all
    for one, other in pairwise(shown):
        assert one == other or all(number % 5 == 0 or number <= 3 for number in other)


def test_exact_figures_need_a_reason_and_say_so_on_every_line(standing: Standing) -> None:
    for nothing in ("", "  "):
        with pytest.raises(Withheld, match="say why"):
            standing.exact(because=nothing)
    exact = standing.exact(because="checking a\nrelease")
    assert exact.exactly == (104, 63, 61, 3)
    for line in str(exact).splitlines():
        assert line.endswith("[exact, not to be shared: checking a release]")
    assert exact.as_json()["not_to_be_shared"] == "checking a release"
    assert exact.as_json()["protected"] is False


def test_the_object_for_programs_has_these_names(standing: Standing) -> None:
    names = ["people", "steps", "exactly", "at_least", "on_the_way", "way_closed", "too_early", "again"]
    assert list(standing.as_json()) == [*names, "together", "by", "protected"]
    assert list(standing.exact(because="a test").as_json()) == [*names, "by", "protected", "not_to_be_shared"]
    assert standing.as_json()["steps"] == [step.name for step in ASKED.steps]


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


def test_a_log_of_few_people_says_only_that() -> None:
    with read_log(people_who(7, "referral 0", name="p")) as log:
        shown = count(pattern_of("referral"), log).protect()
    assert str(shown.people) == "fewer than 8 people"
    assert {count.shown for count in (*shown.exactly, *shown.at_least)} == {None}


def test_another_rule_can_be_asked_for(standing: Standing) -> None:
    assert standing.protect("nhs-england-sde").exactly[3].words() == "fewer than 10 people"
    with pytest.raises(Withheld):
        standing.protect("no such rule")


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
