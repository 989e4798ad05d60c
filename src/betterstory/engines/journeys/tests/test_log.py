"""Reading a log: own column names, every kind of source, what is set aside."""
# ruff: noqa: S608 - the SQL is these tests' own

import csv
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest

from betterstory.engines.journeys import columns_of, count, read_log
from betterstory.engines.journeys.tests.log_files import SMALL, exactly, refusal, small, write
from betterstory.engines.journeys.tests.tables import pattern_of

__all__ = ["small"]


def test_a_csv_and_a_parquet_file_say_the_same(small: Path, tmp_path: Path) -> None:
    parquet = tmp_path / "log.parquet"
    duckdb.sql(f"COPY (SELECT * FROM '{small}') TO '{parquet}'")
    assert exactly(small) == exactly(str(parquet)) == (0, 1, 1)


def test_rows_and_tables_of_other_programs_are_logs_too(small: Path) -> None:
    rows = list(csv.DictReader(SMALL.splitlines()))
    assert exactly(rows) == (0, 1, 1)
    table = duckdb.sql(f"SELECT * FROM '{small}'")

    class Arrow:
        """Speaks Arrow and nothing else, as a polars, pandas or pyarrow table does."""

        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            assert table is not None
            return table.__arrow_c_stream__(requested_schema)

    assert exactly(Arrow()) == (0, 1, 1)
    assert exactly(table) == (0, 1, 1)


def test_several_files_are_one_log(tmp_path: Path) -> None:
    first = write(tmp_path, "person,activity,time\nann,referral,2024-01-01\n", "a.csv")
    second = write(tmp_path, "time;person;ward;activity\n2024-01-05;ann;North;assessment\n", "b.csv")
    assert exactly([first, second]) == (0, 0, 1)
    assert exactly([first, second], "referral; assessment where ward is North") == (0, 0, 1)


def test_own_column_names_are_named(tmp_path: Path) -> None:
    log = write(tmp_path, "who,what,when,n\nann,referral,2024-01-01,1\nann,assessment,2024-01-01,2\n")
    people = write(tmp_path, "who,from\nann,2024-01-01\neve,2024-01-01\n", "people.csv")
    names = {"person": "who", "activity": "what", "time": "when"}
    assert exactly(log, **names) == (0, 1, 0)
    assert exactly(log, **names, seq="n") == (0, 0, 1)
    assert exactly(log, **names, seq="n", people=people, starts="from") == (1, 0, 1)
    assert columns_of(log) == ("who", "what", "when", "n")


def test_case_id_and_timestamp_are_usual_names_too(tmp_path: Path) -> None:
    assert exactly(write(tmp_path, "case_id,activity,timestamp\nann,referral,2024-01-01\n"), "referral") == (
        0,
        1,
    )


def test_an_id_that_reads_na_or_has_leading_noughts_stays_as_it_is(tmp_path: Path) -> None:
    words = "person,activity,time\nNA,referral,2024-01-01\n007,referral,2024-01-01\n7,referral,2024-01-01\n"
    with read_log(write(tmp_path, words)) as log:
        assert log.ids() == ["007", "7", "NA"]


def test_numbers_as_ids_meet_the_same_numbers_as_text(tmp_path: Path) -> None:
    parquet = tmp_path / "log.parquet"
    day = "'2024-01-01'::TIMESTAMP AS time, 'referral' AS activity"
    duckdb.sql(f"COPY (SELECT 12::BIGINT AS person, {day} UNION ALL SELECT 13, {day}) TO '{parquet}'")
    assert exactly(parquet, "referral", people=[{"person": "12"}, {"person": 13.0}]) == (0, 2)


def test_what_says_too_little_is_set_aside_and_counted_aloud(tmp_path: Path) -> None:
    words = SMALL + ",referral,2024-01-01\n" * 9 + "ann,,2024-01-01\n" + "ann,referral,\n" * 3
    with read_log(write(tmp_path, words), people=[{"person": "ann"}, {"person": None}]) as log:
        assert log.set_aside == (
            "About 10 contacts with no person were set aside.",
            "Fewer than 8 contacts with no activity were set aside.",
            "Fewer than 8 contacts with no time were set aside.",
            "Fewer than 8 rows of the person table with no person were set aside.",
            "Fewer than 8 people who had contacts are not in the person table; "
            "their contacts were set aside.",
        )
        exact = count(pattern_of("referral"), log).exact(because="a test")
    assert exact.set_aside[0] == "9 contacts with no person were set aside."
    assert exact.set_aside[-1].startswith("1 people who had contacts are not in the person table")


def test_an_empty_text_and_a_number_that_is_none_are_nothing(tmp_path: Path) -> None:
    parquet = tmp_path / "log.parquet"
    for nobody in ("''", "'nan'::DOUBLE"):
        duckdb.sql(
            f"""COPY (SELECT {nobody} AS person, 'a' AS activity, DATE '2024-01-01' AS time, 'x' AS code
                UNION ALL SELECT 5, 'a', DATE '2024-01-01', 'y') TO '{parquet}'"""
        )
        with read_log(parquet) as log:
            assert log.ids() == ["5"]
            assert log.set_aside == ("Fewer than 8 contacts with no person were set aside.",)
        assert exactly(parquet, "a", person="code") == (0, 2)


@pytest.mark.parametrize(
    ("first", "second", "level"),
    [
        ("2024-01-01", "2024-01-01 00:00:00.000001", 2),
        ("2024-01-01T10:00", "2024-01-01 10:00:00.5", 2),
        ("2024/01/01 10:00", "2024-01-01 10:00", 1),
        ("2024-01-01T10:00:00Z", "2024-01-01T10:30:00+01:00", 1),  # half past nine in UTC
        ("2024-01-01T10:00:00+01:00", "2024-01-01T09:30:00Z", 2),
        ("2024-01-01 10:00:00-05", "2024-01-01 14:59:59 UTC", 1),
    ],
)
def test_times_are_read_as_written_and_zones_are_turned_to_utc(
    tmp_path: Path, first: str, second: str, level: int
) -> None:
    words = f"person,activity,time\nann,referral,{first}\nann,assessment,{second}\n"
    assert exactly(write(tmp_path, words)).index(1) == level


def test_times_of_a_table_with_zones_are_turned_to_utc() -> None:
    cet = timezone(timedelta(hours=1))
    rows = [
        {"person": "ann", "activity": "referral", "time": datetime(2024, 1, 1, 10, tzinfo=UTC)},
        {"person": "ann", "activity": "assessment", "time": datetime(2024, 1, 1, 10, 30, tzinfo=cet)},
    ]
    assert exactly(rows) == (0, 1, 0)


@pytest.mark.parametrize(
    "kind", ["DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_NS", "TIMESTAMPTZ", "TIMESTAMPTZ_NS"]
)
def test_every_kind_of_date_is_read(kind: str, tmp_path: Path) -> None:
    parquet = tmp_path / "log.parquet"
    first, second = (
        f"'ann' AS person, 'a' AS activity, '{day}'::{kind} AS time" for day in ("2024-01-01", "2024-01-08")
    )
    duckdb.sql(f"COPY (SELECT {first} UNION ALL SELECT {second}) TO '{parquet}'")
    assert exactly(parquet, "a; a within 7 days") == (0, 0, 1)
    assert exactly(parquet, "a; a within 6 days") == (0, 1, 0)


def test_another_way_of_writing_dates_can_be_named(tmp_path: Path) -> None:
    path = write(tmp_path, "person,activity,time\nann,referral,01/02/2024\nann,assessment,02/01/2024\n")
    assert "cannot be read" in refusal(path)
    assert exactly(path, time_format="%d/%m/%Y") == (0, 1, 0)
    assert exactly(path, time_format="%m/%d/%Y") == (0, 0, 1)


def test_a_column_is_compared_by_its_text_whatever_its_type(tmp_path: Path) -> None:
    parquet = tmp_path / "log.parquet"
    duckdb.sql(
        f"""COPY (SELECT 'ann' AS person, 'a' AS activity, DATE '2024-01-01' AS time, 85::DOUBLE AS age,
            true AS urgent, 1.50::DECIMAL(5,2) AS score, 7::TINYINT AS band, DATE '1950-01-02' AS born,
            TIMESTAMPTZ '2024-01-01 10:00:00+00' AS seen) TO '{parquet}'"""
    )
    for column, value in [
        ("age", "85"),
        ("urgent", "true"),
        ("score", "1.5"),
        ("band", "7"),
        ("born", "1950-01-02"),
        ("seen", "2024-01-01 10:00:00"),
    ]:
        assert exactly(parquet, f"a where {column} is {value}") == (0, 1), column
        assert exactly(parquet, f"a where {column} is other") == (1, 0), column


def test_the_names_of_columns_may_be_anything(tmp_path: Path) -> None:
    """A quotation mark or a semicolon in a name is a sign like any other."""
    parquet = tmp_path / "log.parquet"
    duckdb.sql(
        f"""COPY (SELECT 'x' AS "pe""rson; DROP", 'a' AS activity, DATE '2024-01-01' AS time)
            TO '{parquet}'"""
    )
    assert exactly(parquet, "a", person='pe"rson; DROP') == (0, 1)
    words = '"pe""rson; DROP",activity,time\nx,"it\'s ""odd"" --",2024-01-01\n'
    assert exactly(write(tmp_path, words), 'it\'s "odd" --', person='pe"rson; DROP') == (0, 1)


def test_what_a_log_prints_is_protected(tmp_path: Path) -> None:
    with read_log(write(tmp_path, SMALL)) as log:
        assert "fewer than 8 contacts of fewer than 8 people" in repr(log)
        assert "ann" not in repr(log)


def test_a_log_can_be_watched_until_a_day(small: Path) -> None:
    assert exactly(small, until=date(2024, 1, 4)) == (0, 2, 0)
    assert "Nobody has a contact up to the last day" in refusal(small, until=date(2020, 1, 1))
