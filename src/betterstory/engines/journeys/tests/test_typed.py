"""A file that says itself what its columns hold is read with a glance, and as carefully as any other."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from betterstory.engines.journeys.aside import Aside
from betterstory.engines.journeys.asking import count
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.duckdb_rows import DuckDBRows
from betterstory.engines.journeys.fetching import Fetching
from betterstory.engines.journeys.reading import read_log
from betterstory.engines.journeys.refused import LogRefused
from betterstory.engines.journeys.toml_file import read_pattern

ROWS = """
    1 | referral | 2024-01-01 09:00 | 1
    1 | visit    | 2024-01-08 09:00 | 2
    2 | referral | 2024-01-02 09:00 | 3
    2 | visit    | 2024-03-09 09:00 | 4
    3 | visit    | 2024-02-01 09:00 | 5
"""
PATTERN = """
format = 1
name = "seen in two weeks"
[[step]]
name = "referral"
activity = ["referral"]
[[step]]
name = "visit"
activity = ["visit"]
within = "2 weeks"
"""


def parquet(folder: Path, rows: str, *, person: str = "BIGINT", time: str = "TIMESTAMP") -> Path:
    """The rows as a Parquet file with types; "-" is nothing."""
    path = folder / "contacts.parquet"
    values = []
    for line in rows.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        who, what, when, order = ("NULL" if cell == "-" else f"'{cell}'" for cell in cells)
        values.append(f"(CAST({who} AS {person}), {what}, CAST({when} AS {time}), CAST({order} AS INTEGER))")
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * FROM (VALUES {', '.join(values)}) AS made(person, activity, time, seq)) "  # noqa: S608 - our own names
            f"TO '{path}' (FORMAT parquet)"
        )
    return path


def exactly(log: ContactLog) -> tuple[int, ...]:
    return count(read_pattern(PATTERN), log).exact(because="made up").exactly


def test_what_a_glance_saw_is_what_the_long_look_sees(tmp_path: Path) -> None:
    path = parquet(tmp_path, ROWS)
    with read_log(path) as typed, read_log(path, seq=False, until=date(2024, 1, 31)) as early:
        assert typed._typed is not None
        assert exactly(typed) == (1, 1, 1)
        assert typed.activities == ("referral", "visit")
        assert (typed.first_month, typed.last_month) == ("2024-01", "2024-03")
        assert exactly(early) == (0, 1, 1)  # the third was never seen by then


LACKING = [
    ("- | visit | 2024-02-02 09:00 | 6", "no person"),
    ("4 | - | 2024-02-02 09:00 | 6", "no activity"),
    ("4 | visit | - | 6", "no time"),
]


@pytest.mark.parametrize(("row", "what"), LACKING)
def test_a_row_that_lacks_something_is_set_aside_and_said(tmp_path: Path, row: str, what: str) -> None:
    with read_log(parquet(tmp_path, f"{ROWS.strip()}\n{row}")) as log:
        assert log._typed is None
        assert log.aside == (Aside(f"{{}} with {what} were set aside.", "contacts", 1),)
        assert exactly(log) == (1, 1, 1)


def test_an_empty_text_is_no_activity(tmp_path: Path) -> None:
    path = parquet(tmp_path, ROWS.replace("3 | visit    |", "3 | |"))
    with read_log(path) as log:
        assert log._typed is None
        assert log.aside == (Aside("{} with no activity were set aside.", "contacts", 1),)


def test_an_endless_date_is_none(tmp_path: Path) -> None:
    path = parquet(tmp_path, ROWS.replace("2024-03-09 09:00", "infinity"))
    with pytest.raises(LogRefused, match="cannot be read"):
        read_log(path)


def test_an_order_with_a_hole_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LogRefused, match="hold no whole number"):
        read_log(parquet(tmp_path, ROWS.replace("| 3\n", "| -\n")))


@pytest.mark.parametrize("kind", ["VARCHAR", "DOUBLE"])
def test_other_ids_take_the_longer_way(tmp_path: Path, kind: str) -> None:
    with read_log(parquet(tmp_path, ROWS, person=kind)) as log:
        assert log._typed is None
        assert exactly(log) == (1, 1, 1)


@pytest.mark.parametrize("kind", ["DATE", "TIMESTAMPTZ", "TIMESTAMP_NS"])
def test_other_times_take_the_longer_way(tmp_path: Path, kind: str) -> None:
    with read_log(parquet(tmp_path, ROWS, time=kind)) as log:
        assert log._typed is None
        assert exactly(log) == (1, 1, 1)


def test_a_file_that_lies_about_itself_is_found_out(tmp_path: Path) -> None:
    """The glance trusts what the file says it holds; the rows themselves are looked at once more."""
    other = tmp_path / "other"
    other.mkdir()
    bad = parquet(other, f"{ROWS.strip()}\n4 | - | 2024-02-02 09:00 | 6")
    with read_log(parquet(tmp_path, ROWS)) as honest, read_log(bad) as log:
        assert honest._typed is not None
        believed = replace(honest._typed, sql=honest._typed.sql.replace(str(tmp_path), str(other)))
        rows = DuckDBRows(
            lambda: log._connection, "it", log.activities, 4, until=None, has_order=True, typed=believed
        )
        with pytest.raises(LogRefused, match="seems damaged"):
            Fetching(rows, log.activities).every()
