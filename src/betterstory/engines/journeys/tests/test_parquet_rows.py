"""What Arrow reads of a Parquet file is what DuckDB would have read, and what the definition counts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from betterstory.engines.journeys import Pattern, Step, count, parquet_file, read_log
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.tests.made_up import ACTIVITIES, some_pattern
from betterstory.engines.journeys.tests.parquet_files import (
    START,
    TWO_STEPS,
    Columns,
    arrow,
    parquet,
    quickly,
    rows_of,
    some_columns,
    some_file,
    write,
)
from betterstory.engines.journeys.tests.tables import find

__all__ = ["quickly"]
polars: Any = pytest.importorskip("polars")


def without_arrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_file, "is_worth_it", lambda _path: False)


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("seed", range(12))
def test_it_counts_what_the_definition_counts(tmp_path: Path, seed: int) -> None:
    """Conditions on other columns, spells and repeats too: then DuckDB is opened after all."""
    random = Random(seed)
    columns = some_columns(random, [random.choice([n, -n, 9 * n]) for n in range(40)], ACTIVITIES)
    if seed % 2:
        del columns["seq"]
    until = None if seed % 3 else date(2024, 1, 20)
    with read_log(write(tmp_path / "log.parquet", columns, random.choice([5, 64, 1000])), until=until) as log:
        assert rows_of(log).file.rows == len(columns["person"])
        for _ in range(4):
            find(some_pattern(random), log)


@pytest.mark.usefixtures("quickly")
def test_it_says_of_a_log_what_duckdb_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def said(log: ContactLog) -> tuple[Any, ...]:
        told = log.arrays()
        held = [told.first, told.activity, told.at, told.order, told.last_look]
        facts = (
            log.name,
            log.activities,
            log.end,
            log.size,
            log.aside,
            log.columns,
            log.has_order,
            log.ids(),
        )
        return (*facts, log.first_month, log.last_month, *(None if x is None else x.tolist() for x in held))

    path = some_file(tmp_path)
    with read_log(path) as one, read_log(path, until=date(2024, 1, 15)) as early:
        by_arrow = said(one), said(early)
        assert rows_of(one)
    without_arrow(monkeypatch)
    with read_log(path) as one, read_log(path, until=date(2024, 1, 15)) as early:
        assert one._rows is None
        assert (said(one), said(early)) == by_arrow


@pytest.mark.usefixtures("quickly")
def test_duckdb_is_opened_when_it_is_needed_and_not_before(tmp_path: Path) -> None:
    with read_log(some_file(tmp_path)) as log:
        count(TWO_STEPS, log)
        assert "_connection" not in vars(log)
        assert count(TWO_STEPS, log, by="ward").people
        assert "_connection" in vars(log)
    with pytest.raises(duckdb.ConnectionException):
        log.connection.execute("SELECT 1")
    with read_log(tmp_path / "log.parquet") as log:
        assert rows_of(log)
    with pytest.raises(duckdb.ConnectionException):
        log.connection.execute("SELECT 1")


@pytest.mark.usefixtures("quickly")
def test_many_activities_are_numbered_too(tmp_path: Path) -> None:
    """More than a byte can tell apart, in a file whose parts know different ones."""
    many = [f"kind {number:04}" for number in range(700)]
    columns = some_columns(Random(1), list(range(300)), many)
    with read_log(write(tmp_path / "log.parquet", columns, 100)) as log:
        assert len(log.activities) > 256
        pattern = Pattern("two", (Step("first", tuple(many[:200])), Step("second", tuple(many[200:500]))))
        find(pattern, log)


@pytest.mark.usefixtures("quickly")
def test_parts_of_the_file_that_are_larger_than_what_is_held_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_file, "AT_ONCE", 1000)
    many = 2005
    columns: Columns = {
        "person": [number % 7 for number in range(many)],
        "activity": ["referral" if number < many - 3 else "visit" for number in range(many)],
        "time": [START + number for number in range(many)],
    }
    with read_log(write(tmp_path / "log.parquet", columns, many)) as log:
        assert rows_of(log)
        assert count(TWO_STEPS, log).exact(because="made up").exactly == (0, 4, 3)


WRITERS: dict[str, Callable[[Any, Path], None]] = {
    "polars": lambda table, path: polars.from_arrow(table).write_parquet(path),
    "polars, of few texts": lambda table, path: polars.from_arrow(few(table)).write_parquet(path),
    "pandas": lambda table, path: table.to_pandas().to_parquet(path),
    "pandas, of few texts": lambda table, path: few(table).to_pandas().to_parquet(path),
    "long texts": lambda table, path: parquet.write_table(cast(table, arrow.large_string()), path),
    "views": lambda table, path: parquet.write_table(cast(table, arrow.string_view()), path),
    "no texts by number": lambda table, path: parquet.write_table(table, path, use_dictionary=False),
    "another packing": lambda table, path: parquet.write_table(
        table, path, compression="zstd", data_page_version="2.0"
    ),
}


def cast(table: Any, kind: Any) -> Any:
    return table.set_column(1, "activity", table.column("activity").cast(kind))


def few(table: Any) -> Any:
    return table.set_column(1, "activity", table.column("activity").dictionary_encode())


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_whoever_wrote_the_file(tmp_path: Path, writer: Callable[[Any, Path], None]) -> None:
    columns = some_columns(Random(2), list(range(30)), ACTIVITIES)
    table = arrow.table(columns)
    table = table.set_column(2, "time", table.column("time").cast(arrow.timestamp("us")))
    writer(table, tmp_path / "log.parquet")
    with read_log(tmp_path / "log.parquet") as log, read_log(write(tmp_path / "own.parquet", columns)) as own:
        assert rows_of(log)
        found = [count(TWO_STEPS, one).exact(because="made up").exactly for one in (log, own)]
        assert found[0] == found[1]
        assert sum(found[0][1:])
