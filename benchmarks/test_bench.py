"""A bench must run, say what was agreed, and find the same answers. How long it takes is not held here."""

import json

import pytest

from benchmarks import __main__, journeys
from benchmarks._journeys_agree import agree
from benchmarks._journeys_case import CASES, summed_up


@pytest.fixture(scope="module")
def line() -> dict[str, object]:
    """The last line of a small run without peers."""
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.print", lambda words, **_how: said.append(words))
        assert __main__.main(["journeys", "--rows", "20000", "--peers", "none", "--repeats", "1"]) == 0
    spoken: dict[str, object] = json.loads(said[-1])
    return spoken


def test_the_line_says_what_was_asked_and_of_what_machine(line: dict[str, object]) -> None:
    assert (line["bench"], line["rows"], line["people"]) == ("journeys", 20_000, 1000)
    assert isinstance(line["machine"], dict)
    assert line["machine"]["cores"] >= 1
    assert line["machine"]["loop_ms"] > 0
    assert isinstance(line["peak_mb"], float)


@pytest.mark.parametrize("case", CASES)
def test_every_case_agrees_or_says_why_it_is_absent(line: dict[str, object], case: str) -> None:
    assert isinstance(line["cases"], dict)
    figures = line["cases"][case]
    why = figures["absent"].get("better_story")
    if why:
        assert "yet" in why, why
        assert (figures["seconds"]["better_story"], figures["ratios"], figures["agree"]) == (None, {}, None)
        return
    assert figures["agree"] is True
    besides = {"many_patterns": {"one"}, "pattern_unsorted": {"file_scan"}, "map_unsorted": {"file_scan"}}
    assert set(figures["ratios"]) == {"scan"} | besides.get(case, set())
    assert all(ratio > 0 for ratio in figures["ratios"].values())


def test_a_wrong_answer_of_a_peer_is_seen() -> None:
    ours = {"seconds": [1.0, 3.0, 2.0], "answer": [5, 3, 2], "peak_mb": 1.0}
    theirs = {"seconds": [8.0], "answer": [5, 2, 3], "peak_mb": 1.0}
    figures = summed_up("pattern_sorted", {"better_story": ours, "pm4py": theirs}, [5, 3, 2])
    assert (figures["agree"], figures["ratios"]) == (False, {"pm4py": 4.0})


def test_maps_agree_whatever_their_order_and_not_where_a_move_or_a_wait_differs() -> None:
    one = [["a", "b", 2, 3.5], ["b", "a", 1, 4.0]]
    assert agree(one[::-1], one)
    assert not agree([["a", "b", 3, 3.5], one[1]], one)
    assert not agree([["a", "b", 2, 3.6], one[1]], one)
    assert not agree(one[:1], one)


def test_a_bench_that_does_not_exist_is_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["nothing"]) == 2
    assert journeys.__name__.rpartition(".")[2] in capsys.readouterr().out
