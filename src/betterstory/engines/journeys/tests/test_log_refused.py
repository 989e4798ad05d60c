"""What is no log is refused with a sentence that says what to do, and nothing of it is repeated."""
# ruff: noqa: S608 - the SQL is these tests' own

import gzip
from pathlib import Path
from typing import Any

import duckdb
import pytest

from betterstory.engines.journeys import Limits, read_log
from betterstory.engines.journeys.tests.log_files import SMALL, exactly, refusal, small, write

__all__ = ["small"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", '"log.csv" is empty.'),
        ("\n\n", '"log.csv" is empty.'),
        ("person,activity,time\n", "names its columns but holds no contacts"),
        (
            "person,activity,tme\na,b,2024-01-01\n",
            "has no column called time or timestamp. Say which one holds",
        ),
        ("a;b\n1;2\n", 'Its columns are "a" and "b".'),
        ("person,activity,time,time\na,b,2024-01-01,2024-01-01\n", 'more than one column called "time"'),
        ("person,activity,time\na,b,soon\n", "The first is in row 1 below the column names."),
        ("person,activity,time\na,b,2024-01-01\na,b,31/12/2024\n", "The first is in row 2"),
        ("person,activity,time\na,b,infinity\n", "cannot be read"),
        ("person,activity,time\na,b,2024-02-30\n", "cannot be read"),
        ("person,activity,time\na,b,24-01-01\n", "cannot be read"),
        ("person,activity,time\na,b,2024-01-01 10:00 Europe/London\n", "cannot be read"),
        ("person,activity,time\na,b,2024-01-01 10:00\na,b,2024-01-01 10:00Z\n", "time zone and some do not"),
        (
            "person,activity,time\n,b,2024-01-01\na,,2024-01-01\n",
            "No row of log.csv says who, what and when.",
        ),
        ("person,activity,time,seq\na,b,2024-01-01,\n", "has places that hold no whole number"),
        ("person,activity,time,seq\na,b,2024-01-01,first\n", "has places that hold no whole number"),
        ("person,activity,time\na,b,2024-01-01,extra\n", "at line 2. Each line must have as many columns"),
        ('person,activity,time\na,"b,2024-01-01\n', "Each line must have as many columns"),
        ("person,activity,time\nJosé,b,2024-01-01\n".encode("latin-1"), "is not written in UTF-8"),
        (b"person,activity,time\n" + b"a,b,2024-01-01\n" * 70_000 + b"\xe9,b,2024-01-01\n", "UTF-8"),
        ("person,activity,time\n".encode("utf-16"), "is not written in UTF-8"),
        (b"person\0,activity,time\n", "is neither a CSV nor a Parquet file"),
        (b"PAR1 and then nothing", "seems damaged"),
        (b"PK\x03\x04 a spreadsheet", "Unpack it, or save it as CSV"),
        (gzip.compress(SMALL.encode(), mtime=0), "Unpack it, or save it as CSV"),
        (",".join(f"c{n}" for n in range(1_000_000)), "too long to be a list of column names"),
        (",".join(f"c{n}" for n in range(1001)) + "\n", "has more than 1,000 columns"),
        ("x" * 2_000_000, "too long to be a list of column names"),
        ("person,activity,time\na," + "b" * 3_000_000 + ",2024-01-01\n", "cannot be read"),
    ],
)
def test_a_file_that_is_no_log_is_refused_with_a_sentence(
    tmp_path: Path, words: str | bytes, sentence: str
) -> None:
    assert sentence in refusal(write(tmp_path, words))


def test_a_named_column_that_is_missing_brings_the_nearest_names(small: Path) -> None:
    assert 'no column called "tim". Did you mean "time"?' in refusal(small, time="tim")


def test_a_refusal_never_repeats_what_stands_in_a_row(tmp_path: Path) -> None:
    for words in (
        "person,activity,time\nSECRET,b,SECRET\n",
        "person,activity,time\nSECRET,b,2024-01-01,SECRET\n",
        'person,activity,time\n"SECRET,b,2024-01-01\n',
        "person,activity,time,seq\nSECRET,b,2024-01-01,SECRET\n",
        "person,activity,time\n" + "SECRET" * 400_000 + ",b,2024-01-01\n",
    ):
        assert "SECRET" not in refusal(write(tmp_path, words))


def test_a_log_past_the_limit_is_refused_before_it_is_read(small: Path) -> None:
    with small.open("ab") as file:
        file.truncate(2_100_000_000)
    assert "This is 2.1 GB, and at most 2.0 GB are read here." in refusal(small)


def test_a_log_that_needs_more_memory_than_allowed_is_refused(tmp_path: Path) -> None:
    rows = "".join(f"person number {n},referral,2024-01-01\n" for n in range(300_000))
    path = write(tmp_path, "person,activity,time\n" + rows)
    assert "needs more memory than is allowed" in refusal(path, limits=Limits(memory="10MB", threads=1))


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("no-such-file.csv", 'There is no file "no-such-file.csv"'),
        ("/dev/zero", '"zero" is not a file'),
        ("/tmp", '"tmp" is not a file'),  # noqa: S108 - any folder will do
        ("s3://bucket/log.csv", 'There is no file "log.csv"'),
        ("a\0b", "There is no file"),
        ([], "A list of rows needs at least one row"),
        ([1, 2], "A list of rows needs at least one row"),
        (42, "This is none."),
    ],
)
def test_only_files_and_tables_can_be_logs(source: Any, sentence: str) -> None:
    assert sentence in refusal(source)


def test_a_name_that_could_mean_several_files_is_refused(tmp_path: Path) -> None:
    write(tmp_path, SMALL, "other.csv")
    assert "Please rename" in refusal(write(tmp_path, SMALL, "*.csv"))


def test_a_folder_called_like_a_column_adds_no_column(tmp_path: Path) -> None:
    folder = tmp_path / "ward=North"
    folder.mkdir()
    parquet = folder / "log.parquet"
    duckdb.sql(f"COPY (SELECT 'ann' AS person, 'a' AS activity, DATE '2024-01-01' AS time) TO '{parquet}'")
    with read_log(parquet) as log:
        assert log.columns == ()


def test_a_quotation_mark_in_the_path_is_only_a_sign(tmp_path: Path) -> None:
    folder = tmp_path / "Sam's '); DROP TABLE x; --"
    folder.mkdir()
    assert exactly(write(folder, SMALL)) == (0, 1, 1)


def test_nested_columns_cannot_be_asked_and_do_no_harm(tmp_path: Path) -> None:
    parquet = tmp_path / "log.parquet"
    duckdb.sql(
        f"""COPY (SELECT 'ann' AS person, 'a' AS activity, DATE '2024-01-01' AS time, [1, 2] AS many,
            {{'a': 1}} AS record, 'x'::BLOB AS bytes) TO '{parquet}'"""
    )
    with read_log(parquet) as log:
        assert log.columns == ()
    assert "holds lists or records" in refusal(parquet, person="many")


def test_a_time_column_of_numbers_is_refused(tmp_path: Path) -> None:
    parquet = tmp_path / "log.parquet"
    duckdb.sql(f"COPY (SELECT 'ann' AS person, 'a' AS activity, 20240101 AS time) TO '{parquet}'")
    assert "does not hold dates" in refusal(parquet)


def test_free_text_is_no_activity() -> None:
    rows = [{"person": "ann", "activity": f"note {n}", "time": "2024-01-01"} for n in range(20_001)]
    assert "more than 20,000 different activities" in refusal(rows)


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ([{"person": "ann"}, {"person": "ann"}], "Someone stands in the person table more than once"),
        ([{"person": None}], "holds no people"),
        ([{"name": "ann"}], "has no column called person or case_id"),
        ([{"person": "ann", "end": "soon"}], "Some dates in the person table cannot be read"),
        ([{"person": "ann", "start": "2024-13-01"}], "Some dates in the person table cannot be read"),
    ],
)
def test_a_person_table_that_cannot_be_is_refused(small: Path, people: Any, sentence: str) -> None:
    assert sentence in refusal(small, people=people)


def test_nothing_but_the_given_file_can_be_read_and_nothing_can_be_unlocked(
    small: Path, tmp_path: Path
) -> None:
    secret = write(tmp_path, "a,b\n1,2\n", "secret.csv")
    link = tmp_path / "link.csv"
    link.symlink_to(secret)
    with read_log(small) as log:
        for sql in (
            f"SELECT * FROM read_text('{secret}')",
            f"SELECT * FROM read_csv('{tmp_path}/../{tmp_path.name}/secret.csv')",
            f"SELECT * FROM '{link}'",
            f"SELECT * FROM glob('{tmp_path}/*')",
            f"COPY (SELECT 1) TO '{tmp_path}/out.csv'",
            f"ATTACH '{tmp_path}/other.db'",
            "INSTALL httpfs",
            "SET threads = 8",
            "SET enable_external_access = true",
            "RESET lock_configuration",
        ):
            with pytest.raises(duckdb.Error):
                log.connection.execute(sql).fetchall()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.csv", "log.csv", "secret.csv"]
