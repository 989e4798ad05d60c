"""A Parquet file that lacks anything, is strange, damaged or lies is left to DuckDB, or refused."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from betterstory.engines.journeys import Limits, LogRefused, count, parquet_file, read_log
from betterstory.engines.journeys.parquet_file import Bounds, ParquetFile
from betterstory.engines.journeys.parquet_kinds import read_kinds
from betterstory.engines.journeys.parquet_rows import ParquetRows
from betterstory.engines.journeys.tests.made_up import ACTIVITIES
from betterstory.engines.journeys.tests.parquet_files import (
    TWO_STEPS,
    arrow,
    parquet,
    quickly,
    rows_of,
    some_columns,
    some_file,
    write,
)

__all__ = ["quickly"]

NOT_ITS = {
    "no person": ("person", None, "were set aside"),
    "no activity": ("activity", None, "were set aside"),
    "an empty activity": ("activity", "", "were set aside"),
    "no time": ("time", None, "were set aside"),
    "a year that is none": ("time", 2**62, "cannot be read"),
    "an order with a hole": ("seq", None, "hold no whole number"),
    "ids far apart": ("person", 2**50, ""),
}


@pytest.mark.parametrize(("column", "value", "said"), NOT_ITS.values(), ids=NOT_ITS)
def test_what_lacks_anything_is_left_to_duckdb(tmp_path: Path, column: str, value: object, said: str) -> None:
    columns = some_columns(Random(3), list(range(5, 60)), ACTIVITIES)
    columns[column][4] = value
    try:
        with read_log(write(tmp_path / "log.parquet", columns)) as log:
            assert log._rows is None
            words = " ".join(log.set_aside)
    except LogRefused as refused:
        words = str(refused)
    assert said in words


def nested() -> Any:
    return arrow.array([[1]] * 3)


OTHER_KINDS: dict[str, dict[str, Callable[[], Any]]] = {
    "a list beside": {"more": nested},
    "bytes beside": {"more": lambda: arrow.array([b"a"] * 3)},
    "a point in a name": {"more.or less": lambda: arrow.array([1] * 3)},
    "two names alike": {"Ward": lambda: arrow.array(["N"] * 3), "ward": lambda: arrow.array(["N"] * 3)},
    "ids in texts": {"person": lambda: arrow.array(["1", "2", "3"])},
    "ids without a sign": {"person": lambda: arrow.array([1, 2, 3], arrow.uint64())},
    "times with a zone": {"time": lambda: arrow.array([1, 2, 3], arrow.timestamp("us", tz="UTC"))},
    "times in thousandths": {"time": lambda: arrow.array([1, 2, 3], arrow.timestamp("ms"))},
    "days": {"time": lambda: arrow.array([1, 2, 3], arrow.date32())},
}


@pytest.mark.parametrize("other", OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_other_columns_than_it_knows_are_left_to_duckdb(
    tmp_path: Path, other: dict[str, Callable[[], Any]]
) -> None:
    usual = {"person": arrow.array([1, 2, 3]), "activity": arrow.array(["a"] * 3)}
    times = {"time": arrow.array([1, 2, 3], arrow.timestamp("us"))}
    made = usual | times | {name: make() for name, make in other.items()}
    parquet.write_table(arrow.table(made), tmp_path / "log.parquet")
    with read_log(tmp_path / "log.parquet") as log:
        assert log._rows is None
        assert log.size == 3


def test_plain_columns_beside_are_known_by_name(tmp_path: Path) -> None:
    beside = {
        "born": arrow.array([1, 2, 3], arrow.date32()),
        "cost": arrow.array([1.5, 2, 3]),
        "first": arrow.array([True, False, None]),
        "ward": arrow.array(["N", "S", None]).dictionary_encode(),
        "small": arrow.array([1, 2, 3], arrow.uint8()),
    }
    usual = {"person": arrow.array([1, 2, 3], arrow.int32()), "activity": arrow.array(["a"] * 3)}
    times = {"time": arrow.array([1, 2, 3], arrow.timestamp("us"))}
    parquet.write_table(arrow.table(usual | times | beside), tmp_path / "log.parquet")
    with read_log(tmp_path / "log.parquet") as log:
        assert rows_of(log)
        assert log.columns == tuple(beside)
        assert next(iter(log.rows())).columns["cost"] == "1.5"


def damage(path: Path) -> None:
    """Noise where the rows are; what the file says of itself stays."""
    whole = bytearray(path.read_bytes())
    for place in range(4, len(whole) - 4 - int.from_bytes(whole[-8:-4], "little") - 4, 3):
        whole[place] ^= 0xFF
    path.write_bytes(whole)


def test_a_damaged_file_is_refused_in_the_usual_words(tmp_path: Path) -> None:
    path = some_file(tmp_path)
    damage(path)
    with pytest.raises(LogRefused, match="It seems damaged"):
        read_log(path)


@pytest.mark.usefixtures("quickly")
def test_a_file_that_became_another_one_is_refused(tmp_path: Path) -> None:
    path = some_file(tmp_path)
    with read_log(path) as log:
        columns = some_columns(Random(4), list(range(5, 60)), ACTIVITIES)
        write(path, columns)
        with pytest.raises(LogRefused, match="seems damaged"):
            count(TWO_STEPS, log)
    with read_log(path) as log:
        damage(path)
        with pytest.raises(LogRefused, match="seems damaged"):
            count(TWO_STEPS, log)


LIES: dict[str, Callable[[ParquetRows], ParquetRows]] = {
    "less than the least id": lambda rows: replace(
        rows, persons=Bounds(rows.persons.least + 1, rows.persons.most)
    ),
    "more than the most": lambda rows: replace(
        rows, persons=Bounds(rows.persons.least, rows.persons.most - 1)
    ),
    "earlier than the first": lambda rows: replace(rows, times=Bounds(rows.times.least + 1, rows.times.most)),
    "later than the last": lambda rows: replace(rows, times=Bounds(rows.times.least, rows.times.most - 1)),
}


@pytest.mark.usefixtures("quickly")
def test_a_file_with_the_same_rows_in_another_order_is_another_one(tmp_path: Path) -> None:
    columns = some_columns(Random(3), list(range(5, 60)), ACTIVITIES)
    path = write(tmp_path / "log.parquet", columns)
    with read_log(path) as log:
        assert rows_of(log)
        write(path, {name: column[::-1] for name, column in columns.items()})
        with pytest.raises(LogRefused, match="seems damaged"):
            count(TWO_STEPS, log)


@pytest.mark.usefixtures("quickly")
def test_what_was_read_before_must_fit_what_is_read_now(tmp_path: Path) -> None:
    columns = some_columns(Random(3), list(range(5, 60)), ACTIVITIES) | {"hole": []}
    columns["hole"] = [None, *columns["seq"][1:]]
    with read_log(write(tmp_path / "log.parquet", columns)) as log:
        rows = rows_of(log)
        fewer = replace(rows.kinds, of_row=rows.kinds.of_row[:-1])
        for other in (replace(rows, kinds=fewer), replace(rows, roles=rows.roles | {"seq": "hole"})):
            with pytest.raises(LogRefused, match="seems damaged"):
                other.take(None, None)
        numbering = rows.number()
        assert rows.take(None, numbering)[0].ids.tolist() == numbering.ids.tolist()
        with pytest.raises(LogRefused, match="seems damaged"):
            rows.take(None, replace(numbering, ids=numbering.ids + 1))


def test_half_a_file_is_not_taken_for_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = parquet_file.look(some_file(tmp_path), Limits())
    assert file is not None
    assert read_kinds(file, "activity", 100, 2)
    whole = ParquetFile.read
    monkeypatch.setattr(ParquetFile, "read", lambda *given, **named: islice(whole(*given, **named), 2))
    assert read_kinds(file, "activity", 100, 2) is None


@pytest.mark.usefixtures("quickly")
def test_a_last_day_before_everything_leaves_nobody(tmp_path: Path) -> None:
    with (
        read_log(some_file(tmp_path), until=date(2023, 12, 31)) as log,
        pytest.raises(LogRefused, match="Nobody has a contact"),
    ):
        count(TWO_STEPS, log)


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_file_that_lies_about_itself_is_found_out(
    tmp_path: Path, lie: Callable[[ParquetRows], ParquetRows]
) -> None:
    """Ids point into a table that is as large as the file says it must be."""
    with read_log(some_file(tmp_path)) as log:
        rows = rows_of(log)
        with pytest.raises(LogRefused, match="seems damaged"):
            lie(rows).take(None, None)


def test_it_says_nothing_of_single_people(tmp_path: Path) -> None:
    columns = some_columns(Random(1), [123456789], ["referral"])
    with read_log(write(tmp_path / "log.parquet", columns)) as log:
        log.arrays()
        said = f"{rows_of(log)!r} {rows_of(log).file!r} {rows_of(log).kinds!r} {log!r}"
        assert "123456789" not in said
        assert "referral" not in said


def test_too_many_activities_are_refused_by_duckdb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = some_file(tmp_path)
    for module in ("reading", "facts"):
        monkeypatch.setattr(sys.modules[f"betterstory.engines.journeys.{module}"], "MOST_ACTIVITIES", 5)
    with pytest.raises(LogRefused, match="more than 5 different activities"):
        read_log(path)


def test_more_rows_than_fit_are_left_to_duckdb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = some_file(tmp_path)
    monkeypatch.setattr(parquet_file, "MOST_ROWS", 20)
    with read_log(path) as log:
        assert log._rows is None


def test_a_small_file_does_not_wait_for_arrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, table = some_file(tmp_path), tmp_path / "log.csv"
    table.write_text("person,activity,time\n1,a,2024-01-01\n")
    assert parquet_file.is_worth_it(path)  # it is in use here
    assert not parquet_file.is_worth_it(table)
    monkeypatch.delitem(sys.modules, "pyarrow.parquet")
    assert not parquet_file.is_worth_it(path)
    monkeypatch.setattr(parquet_file, "WORTH_STARTING", path.stat().st_size)
    assert parquet_file.is_worth_it(path)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert not parquet_file.is_worth_it(path)
