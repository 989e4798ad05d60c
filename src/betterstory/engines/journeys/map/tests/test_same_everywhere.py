"""Every way of counting a map gives the same figures, on logs made at random and on real ones."""

import os
from pathlib import Path
from random import Random

import numpy
import pytest

from betterstory.engines.journeys import read_log
from betterstory.engines.journeys.arrays import Arrays
from betterstory.engines.journeys.lengths import DAY
from betterstory.engines.journeys.map import by_numpy, find_map, kernel
from betterstory.engines.journeys.map.find import people_of_each, put_together
from betterstory.engines.journeys.map.tests.tables import mapped
from betterstory.engines.journeys.refused import PatternRefused
from betterstory.engines.journeys.tests.made_up import some_log

DATA = Path(os.environ.get("BETTER_STORY_DATA") or Path(__file__).resolve().parents[7] / "shared" / "data")


def some_arrays(seed: int, people: int = 210) -> Arrays:
    """Half of the logs have a trusted order, which has holes and ties of its own; all have equal times."""
    chance = numpy.random.default_rng(seed)
    many = chance.integers(0, 12, people)
    first = numpy.concatenate([[0], numpy.cumsum(many)])
    rows = [numpy.sort(chance.integers(0, 60 * (seed % 5) + 8, each)) for each in many]
    at = numpy.concatenate(rows).astype(numpy.int64)
    order = numpy.arange(len(at)) // chance.integers(1, 4) if seed % 2 else None
    kinds = numpy.uint8 if seed % 3 else numpy.uint16
    return Arrays(
        first=first,
        activity=chance.integers(0, 1 + seed % 7, len(at)).astype(kinds),
        at=at,
        order=order,
        last_look=at.max() + chance.integers(0, 9, people),
    )


@pytest.mark.parametrize("seed", range(100))
def test_all_ways_of_counting_agree_about_random_people(seed: int) -> None:
    """100 logs of 210 people: 21,000 in all."""
    mapped(some_arrays(seed), 7, seed % 11)


@pytest.mark.parametrize("seed", range(12))
def test_all_ways_of_counting_the_people_of_each_kind_agree(seed: int) -> None:
    arrays = some_arrays(seed)
    had = [set(arrays.activity[arrays.first[p] : arrays.first[p + 1]].tolist()) for p in range(arrays.people)]
    right = [sum(kind in own for own in had) for kind in range(7)]
    assert people_of_each(arrays, 7, backend="numpy").tolist() == right
    assert people_of_each(arrays, 7).tolist() == right


@pytest.mark.parametrize("seed", range(12))
def test_all_ways_agree_about_logs_as_they_are_read(seed: int, tmp_path: Path) -> None:
    with some_log(Random(seed), tmp_path) as log:
        mapped(log.arrays(), len(log.activities), 3 * DAY)


@pytest.mark.parametrize("contacts", [0, 1])
def test_a_log_of_next_to_nobody(contacts: int) -> None:
    nothing = numpy.zeros(contacts, dtype=numpy.int64)
    arrays = Arrays(
        first=numpy.array([0, 0, contacts]),
        activity=nothing.astype(numpy.uint8),
        at=nothing,
        order=None,
        last_look=numpy.array([9, 9]),
    )
    counted = mapped(arrays, 3, 5)
    assert counted.people == contacts
    assert counted.ways.moves.sum() == 0


def test_long_and_lopsided_waits_have_exact_quartiles() -> None:
    chance = numpy.random.default_rng(7)
    people, each = 40, 60
    waits = (chance.pareto(0.4, people * each) * 1e6).astype(numpy.int64) % (300 * 365 * DAY // each) + 1
    waits[: people * each // 2] = 5
    at = numpy.cumsum(chance.permutation(waits).reshape(people, each), axis=1)
    arrays = Arrays(
        first=numpy.arange(people + 1) * each,
        activity=chance.integers(0, 2, people * each).astype(numpy.uint8),
        at=at.reshape(-1),
        order=None,
        last_look=at[:, -1],
    )
    mapped(arrays, 2, DAY)


def test_more_kinds_than_fit_in_a_byte() -> None:
    arrays = some_arrays(3)
    codes = numpy.arange(7) * 140
    mapped(put_together(arrays, codes), 981, 4)


def test_too_many_kinds_are_refused_with_a_way_out() -> None:
    with pytest.raises(PatternRefused, match="Raise the least share"):
        find_map(some_arrays(1), 1001, within=5)


def test_without_numba_numpy_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError

    monkeypatch.setattr(kernel, "compiled", missing)
    arrays = some_arrays(2)
    assert find_map(arrays, 7, within=5).same_as(by_numpy.count(arrays, 7, 5))
    with pytest.raises(PatternRefused, match="numba"):
        find_map(arrays, 7, within=5, backend="fast")


def test_true_counts_are_not_printed_or_written_down() -> None:
    counted = find_map(some_arrays(2), 7, within=5)
    assert (repr(counted), repr(counted.ways)) == ("<Counted, not shown>", "<Ways, not shown>")
    for secret in (counted, counted.ways):
        with pytest.raises(TypeError):
            secret.__reduce__()


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason=f"no public logs at {DATA}: real records were not checked")
@pytest.mark.parametrize(
    ("name", "trusted", "ways", "moves"),
    [
        ("sepsis_cases", True, 115, 14_164),
        ("sepsis_cases", False, 117, 20_467),
        ("hospital_billing_sample", True, 87, 39_951),
        ("hospital_billing_sample", False, 84, 39_854),
        ("permit_receipt", True, 99, 7_143),
        ("permit_receipt", False, 99, 7_143),
    ],
)
def test_real_logs(name: str, trusted: bool, ways: int, moves: int) -> None:
    with read_log(DATA / "eventlogs" / f"{name}.parquet", seq=None if trusted else False) as log:
        counted = mapped(log.arrays(), len(log.activities), 84 * DAY)
    assert (len(counted.ways.way), counted.ways.moves.sum()) == (ways, moves)
