"""What a standing shows by itself, in whatever way it is printed, written down or taken apart."""

import copy
import dataclasses
import json
import pickle
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from betterstory.engines.disclosure import Withheld
from betterstory.engines.journeys import Standing, count, read_log
from betterstory.engines.journeys.tests.crowd import ASKED, crowd, people_who, standing
from betterstory.engines.journeys.tests.tables import pattern_of

__all__ = ["standing"]  # fixtures that tests ask for by name


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


def test_a_log_of_few_people_says_only_that() -> None:
    with read_log(people_who(7, "referral 0", name="p")) as log:
        shown = count(pattern_of("referral"), log).protect()
    assert str(shown.people) == "fewer than 8 people"
    assert {count.shown for count in (*shown.exactly, *shown.at_least)} == {None}


def test_another_rule_can_be_asked_for(standing: Standing) -> None:
    assert standing.protect("nhs-england-sde").exactly[3].words() == "fewer than 10 people"
    with pytest.raises(Withheld):
        standing.protect("no such rule")
