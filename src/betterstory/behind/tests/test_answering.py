"""What protected figures are made to say: never more than they hold."""

from typing import Any

import pytest

from betterstory.behind import answering
from betterstory.behind.counting import StepWords

WHOLE = "About 40 people went the whole way."
AFTER = "at least 1 day after the step before; within 2 weeks of the step before"


def figures(
    groups: str, *, steps: int = 3, people: int | None = 600, everybody: bool = True
) -> dict[str, Any]:
    """Groups as "3: 40; 2: 55 = 35 on, 20 closed; 0-1: 500"; "?" is hidden."""
    return {
        "people": people,
        "has_people": everybody,
        "rule": {"name": "default", "hidden_below": 8, "nearest": 5},
        "steps": [answering.as_saved(StepWords(f"step {number}", ("x",))) for number in range(steps)],
        "groups": [_group(each) for each in groups.split("; ")],
        "waits": ["the middle one is about 6 weeks", None, None][:steps],
    }


def _group(said: str) -> dict[str, Any]:
    levels, _, counts = said.partition(": ")
    whole, _, parts = counts.partition(" = ")
    first, _, last = levels.partition("-")
    group: dict[str, Any] = {"first": int(first), "last": int(last or first), "people": _figure(whole)}
    names = {"on": "on_the_way", "closed": "way_closed", "tell": "too_early", "again": "again"}
    for part in parts.split(", ") if parts else []:
        many, _, name = part.partition(" ")
        group[names[name]] = _figure(many)
    return group


def _figure(said: str) -> int | None:
    return None if said == "?" else int(said)


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ("3: 40; 2: 55 = 35 on, 20 closed; 1: 60; 0: 445", WHOLE + " About 35 people are one step away"),
        ("3: 40; 2: 55 = ? on, ? closed; 1: 60; 0: 445", WHOLE),
        ("2-3: 45; 1: 60; 0: 445", "About 45 people are all the way there, or one step away."),
        ("0-3: 45", "About 45 people are all the way there, or up to three steps away."),
    ],
)  # fmt: skip
def test_the_headline_says_what_is_shown(groups: str, said: str) -> None:
    assert answering.headline(figures(groups)).startswith(said)


def test_a_log_of_few_people_says_fewer_than_8_and_that_it_cannot_see_everybody() -> None:
    said = answering.headline(figures("0-3: ?", people=None))
    assert "ewer than 8 people" in said
    assert "cannot see everybody" in said


def test_where_the_whole_path_hides_it_is_not_said_to_be_few() -> None:
    """In a group with those who took no step, the hidden few may just as well be the others."""
    said = " ".join(row.sentence for row in answering.draw(figures("0-3: 45", people=45)).rows)
    assert "ewer than 8" not in said


def test_those_who_took_no_step_are_never_said_to_be_some_steps_away() -> None:
    drawn = answering.wall_figures(figures("2: 40; 0-1: 500", steps=2))
    assert (drawn.behind, drawn.away) == (40, ())


def test_only_those_two_steps_away_at_most_are_drawn() -> None:
    drawn = answering.wall_figures(figures("5: 40; 4: 55; 3: 60; 2: 65; 1: 70; 0: 445", steps=5))
    assert [(away.steps, away.people) for away in drawn.away] == [(1, 55), (2, 60)]


def test_without_a_list_of_everybody_nobody_else_is_drawn() -> None:
    with_list, without = figures("3: 40; 0: 560"), figures("3: 40; 0: 560", everybody=False)
    assert answering.wall_figures(with_list).people == 600
    assert answering.wall_figures(without).people is None
    assert "no list of everybody" in answering.draw(without).in_words


def test_every_level_is_listed_with_the_whole_path_first() -> None:
    said = answering.levels(figures("3: 40; 2: 55 = 35 on, 20 closed, 10 again; 0-1: 1505"))
    assert [(level.steps, level.people) for level in said] == [
        ("all 3 steps", "about 40 people"),
        ("2 of 3 steps", "about 55 people"),
        ("none to 1 of 3 steps", "about 1,505 people"),
    ]
    assert said[1].parts == (
        "about 35 people on the way",
        "the way closed for about 20 people",
        "of them, about 10 people are on it again",
    )


def test_a_hidden_level_is_listed_as_hidden() -> None:
    assert answering.levels(figures("0-3: ?"))[0].people == "fewer than 8 people"


@pytest.mark.parametrize(
    ("step", "limit"),
    [
        (StepWords("a", ("x",)), ""),
        (StepWords("a", ("x",), within="2 weeks"), "within 2 weeks of the step before"),
        (StepWords("a", ("x",), within="2 weeks", after="1 day"), AFTER),
        (StepWords("a", ("x",), "silence", silence="18 weeks"), "no sign of it for 18 weeks"),
        (StepWords("a", ("x",), "repeat", times=3, inside="1 year"), "3 times within 1 year"),
        (StepWords("a", ("x",), without=("y", "z")), "with no y or z in between"),
    ],
)  # fmt: skip
def test_limits_are_said_in_plain_words(step: StepWords, limit: str) -> None:
    [asked] = answering.shape([answering.as_saved(step)])
    assert asked.limit == limit


def test_a_wait_is_said_only_where_there_is_one() -> None:
    assert answering.waits(figures("3: 40; 0: 560")) == ["Before “step 0”: the middle one is about 6 weeks."]
