"""The bench of votes must run, and see a wrong answer. How long it takes is not held here."""

import json
from typing import Any

import pytest

from benchmarks import __main__
from benchmarks._consensus_agree import differences
from benchmarks._consensus_case import AT_LEAST, goals
from benchmarks._consensus_votes import make
from benchmarks.consensus import ONE_THREAD


@pytest.fixture(scope="module")
def line() -> dict[str, Any]:
    """The last line of a small run without the peer."""
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.print", lambda words, **_how: said.append(words))
        for name in ONE_THREAD:
            patch.setenv(name, "1")  # as the bench itself says, and only for as long as it runs
        asked = ["consensus", "--cases", "people_100,room", "--peers", "none", "--repeats", "1"]
        assert __main__.main(asked) == 0
    spoken: dict[str, Any] = json.loads(said[-1])
    return spoken


def test_the_line_has_every_case_and_the_reason_for_what_is_absent(line: dict[str, Any]) -> None:
    assert line["bench"] == "consensus"
    assert line["cases"].keys() == {"people_100", "room", "room_mode", "room_whole"}
    for case in ("people_100", "room"):
        figures = line["cases"][case]
        assert figures["agree"] is True
        assert figures["seconds"]["better_story"] > 0
        assert (figures["ratios"], figures["absent"]["red_dwarf"]) == ({}, "it was not asked for")
    assert line["peak_mb"] > 0


def test_a_goal_that_was_not_measured_is_not_met() -> None:
    held = goals({"people_100": {"ratios": {"red_dwarf": 15.0}}, "ssis": {"ratios": {"red_dwarf": 14.9}}})
    name = "{}: red-dwarf's time over ours, at least 15"
    assert [held[name.format(case)]["met"] for case in ("people_100", "ssis", "people_500")] == [
        True,
        False,
        None,
    ]
    assert AT_LEAST["people_2000"] == 10


def test_another_answer_is_seen() -> None:
    one = {
        "positions": {"1": [1.0, 2.0], "2": [-1.0, 0.5]},
        "agreed": {"1": 0.5},
        "priorities": {"1": 2.0},
        "consensus": [[[9, 10]], []],
        "representative": {"1": [["agree", 9, 10]]},
        "groups": {"1": 1},
    }
    turned = one | {"positions": {"1": [-1.0, 2.0], "2": [1.0, 0.5]}}
    assert differences(one, turned, groups=True) == []
    for name, other in {
        "positions": {"1": [1.0, 2.1], "2": [-1.0, 0.5]},
        "agreed": {"1": 0.6},
        "priorities": {"1": 2.1},
        "consensus": [[[8, 10]], []],
        "representative": {"1": [["disagree", 9, 10]]},
        "groups": {"1": 2},
    }.items():
        assert differences(one, one | {name: other}, groups=True) == [name]


def test_made_up_votes_are_the_same_each_time_and_at_most_one_a_pair() -> None:
    first, second = make(50, 20, 400), make(50, 20, 400)
    assert all((one == other).all() for one, other in zip(first, second, strict=True))
    voice, statement, said = first
    assert len({*zip(voice.tolist(), statement.tolist(), strict=True)}) == len(said) <= 400
    assert {-1, 1} <= set(said.tolist()) <= {-1, 0, 1}
