"""People whose ids are whole numbers are counted like everybody, whatever the numbers are."""

from datetime import date
from random import Random

import numpy
import pytest

from betterstory.engines.journeys import LogRefused, compiled, read_log
from betterstory.engines.journeys.arranging import FEW
from betterstory.engines.journeys.numbered import Numbered, numbered
from betterstory.engines.journeys.tests.made_up import ACTIVITIES, some_pattern
from betterstory.engines.journeys.tests.tables import find

polars = pytest.importorskip("polars", reason="no polars here: ids that are whole numbers were not checked")


def table(random: Random, *, ids: list[int], trusted: bool, many: int = 9) -> object:
    rows = [
        {
            "person": person,
            "activity": random.choice([*ACTIVITIES, None]),
            "time": random.choice([None, *range(30), *range(30)]),
            "ward": random.choice(["North", "South", None]),
            "came": random.choice(["yes", "no"]),
        }
        for person in ids
        for _ in range(random.randint(0, many))
    ]
    random.shuffle(rows)
    made = polars.DataFrame(rows)
    days = polars.lit(1_704_067_200_000_000) + polars.col("time") * 86_400_000_000
    made = made.with_columns(days.cast(polars.Datetime("us")).alias("time"))
    order = polars.Series("seq", [random.randint(0, 3) for _ in rows])
    return made.with_columns(order) if trusted else made


@pytest.mark.parametrize("seed", range(12))
def test_ids_that_are_whole_numbers_are_counted_like_texts(seed: int) -> None:
    random = Random(seed)
    ids = [random.choice([number, -number, 2**40 * number]) for number in range(40)]
    made = table(random, ids=list(set(ids)), trusted=seed % 2 == 0)
    with read_log(made) as log:
        assert log.is_numbered
        for _ in range(4):
            find(some_pattern(random), log)


@pytest.mark.parametrize("in_use", [True, False])
def test_somebody_with_very_many_contacts_is_put_in_order(
    monkeypatch: pytest.MonkeyPatch, *, in_use: bool
) -> None:
    if in_use and not compiled.is_here():
        pytest.skip("numba is not here: its way of sorting was not checked")
    monkeypatch.setattr(compiled, "is_worth_it", lambda _contacts: in_use)
    for trusted in (True, False):
        made = table(Random(1), ids=[7, 8, 9], trusted=trusted, many=20 * FEW)
        with read_log(made) as log:
            asked = log.numbered.arrays(len(log.activities), log.end)
        whose = numpy.repeat(numpy.arange(3), numpy.diff(asked.first))
        order = numpy.zeros(len(asked.at), dtype=int) if asked.order is None else asked.order
        keys = list(zip(whose.tolist(), asked.at.tolist(), order.tolist(), strict=True))
        assert keys == sorted(keys)
        assert len(keys) > 3 * FEW


@pytest.mark.parametrize("numbers", [[5], [3, 3, 3], [-2, 9, 9, 4], [2**62, -(2**62), 0, 0]])
@pytest.mark.parametrize("in_use", [True, False])
def test_ids_get_codes_in_their_order(
    monkeypatch: pytest.MonkeyPatch, numbers: list[int], *, in_use: bool
) -> None:
    if in_use and not compiled.is_here():
        pytest.skip("numba is not here: its way of numbering was not checked")
    monkeypatch.setattr(compiled, "is_worth_it", lambda _contacts: in_use)
    order = sorted(set(numbers))
    for size in (numpy.int32, numpy.int64) if max(map(abs, numbers)) < 2**31 else (numpy.int64,):
        ids, code = numbered(numpy.array(numbers, dtype=size))
        assert ids.tolist() == order
        assert code.tolist() == [order.index(number) for number in numbers]


@pytest.mark.parametrize("trusted", [True, False])
def test_contacts_come_in_the_same_order_from_every_loop_and_any_threads(
    monkeypatch: pytest.MonkeyPatch, *, trusted: bool
) -> None:
    if not compiled.is_here():
        pytest.skip("numba is not here: its way of sorting was not checked")
    random = numpy.random.default_rng(5)
    for many in (1, 2, 3, 50, 3000):
        ids, code = numpy.unique(random.integers(max(many // 20, 1), size=many), return_inverse=True)
        kind, at = random.integers(5, size=many, dtype=numpy.uint8), random.integers(30, size=many)
        order = random.integers(3, size=many) if trusted else numpy.zeros(0, dtype=numpy.int64)
        log = Numbered(ids, code.astype(numpy.int32), kind, at, order)
        for tells in ([True] * 5, [True, False, True, False, False], [False] * 5):
            monkeypatch.setattr(compiled, "is_worth_it", lambda _contacts: False)
            right = [each.tolist() for each in log._in_order(tells)]
            said = numpy.array([*tells, *[False] * 251])
            for threads in (1, 2, 3):
                assert [each.tolist() for each in log._arranged(said, threads)] == right


def test_nobody_up_to_the_last_day_is_said() -> None:
    made = table(Random(2), ids=[1, 2, 3], trusted=False)
    with (
        read_log(made, until=date(1999, 1, 1)) as log,
        pytest.raises(LogRefused, match="Nobody has a contact"),
    ):
        log.ids()
