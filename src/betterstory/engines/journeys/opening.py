"""Opening files that somebody else wrote: what may be opened, how it is looked at, behind what locks.

DuckDB reads the files. It may touch those files and nothing else, its settings are locked before the first
byte is read, and whatever it says about a file is replaced by a sentence of ours, because its own words
repeat what is in the rows.
"""
# ruff: noqa: S608 - the names and texts in this SQL are ours, or pass quoted() or text()

import csv
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from betterstory.engines.journeys.refused import LogRefused

FIRST_LINE = 1_000_000
LONGEST_FIELD = 1_000_000
DELIMITERS = ",;\t|"
MARKS = {b"PK\x03\x04": "a packed file (a spreadsheet or a zip)", b"\x1f\x8b": "a packed file (gzip)"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most: bytes of all files together, columns of one; memory and threads of DuckDB."""

    size: int = 2_000_000_000
    columns: int = 1000
    memory: str = "2GB"
    threads: int = 2


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is named by people, as it is written in SQL, and its type."""

    name: str
    sql: str
    type: str


@dataclass(frozen=True, slots=True)
class Table:
    """Something DuckDB can select from: its name for people, its SQL, its columns."""

    name: str
    sql: str
    columns: tuple[Column, ...]

    def find(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


def columns_of(path: str | Path, limits: Limits = DEFAULT) -> tuple[str, ...]:
    """The column names of a CSV or Parquet file. Raises LogRefused."""
    checked = check_files([path], limits)
    with connect(checked, limits) as connection:
        return tuple(column.name for column in look(connection, checked[0], limits).columns)


def check_files(paths: Sequence[str | Path], limits: Limits) -> list[Path]:
    """The real paths of files that may be opened."""
    checked = []
    for path in map(Path, paths):
        try:
            real = path.resolve(strict=True)
        except (OSError, ValueError, RuntimeError):
            raise LogRefused(f'There is no file "{path.name}" that can be read.') from None
        if not real.is_file():
            raise LogRefused(f'"{path.name}" is not a file.')
        if any(sign in "*?[]{}" or not sign.isprintable() for sign in str(real)):
            raise LogRefused(f'Please rename "{path.name}": its name or folder holds * ? [ ] {{ }} or worse.')
        checked.append(real)
    size = sum(path.stat().st_size for path in checked)
    if size > limits.size:
        raise LogRefused(
            f"This is {size / 1e9:.1f} GB, and at most {limits.size / 1e9:.1f} GB are read here. "
            "Take only the years and the columns that are asked about, or raise the limit."
        )
    return checked


def connect(paths: Iterable[Path], limits: Limits) -> duckdb.DuckDBPyConnection:
    """A database in memory that can read these files and nothing else, and cannot be told otherwise."""
    connection = duckdb.connect(
        ":memory:", config={"threads": limits.threads, "memory_limit": limits.memory, "temp_directory": ""}
    )
    allowed = ", ".join(text(str(path)) for path in paths)
    for setting in (
        f"allowed_paths = [{allowed}]",
        # where it takes us for somebody at a keyboard, it would write how far it is among our answers
        "enable_progress_bar = false",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "python_enable_replacements = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
    return connection


def look(connection: duckdb.DuckDBPyConnection, path: Path, limits: Limits) -> Table:
    """A file's columns, and how to select from it."""
    try:
        with path.open("rb") as file:
            start = file.read(FIRST_LINE)
    except OSError:
        raise LogRefused(f'"{path.name}" is there but may not be read.') from None
    if not start.strip():
        raise LogRefused(f'"{path.name}" is empty.')
    for mark, what in MARKS.items():
        if start.startswith(mark):
            raise LogRefused(f'"{path.name}" is {what}. Unpack it, or save it as CSV.')
    if start.startswith(b"PAR1"):
        return _parquet(connection, path, limits)
    return _csv(path, start, limits)


def _parquet(connection: duckdb.DuckDBPyConnection, path: Path, limits: Limits) -> Table:
    return described(connection, path.name, parquet_sql(path), limits)


def parquet_sql(path: Path) -> str:
    """How to select from a Parquet file."""
    # without hive_partitioning = false, a folder called "person=3" would add a column
    return f"read_parquet({text(str(path))}, hive_partitioning = false, file_row_number = false)"


def described(connection: duckdb.DuckDBPyConnection, name: str, sql: str, limits: Limits) -> Table:
    """A table whose columns DuckDB knows by name and type."""
    rows = run(connection, f"DESCRIBE SELECT * FROM {sql}", name).fetchall()
    _few_enough(name, len(rows), limits)
    return Table(name, sql, tuple(Column(row[0], quoted(row[0]), row[1]) for row in rows))


def _csv(path: Path, start: bytes, limits: Limits) -> Table:
    """All columns are read as text, by place: no guessing, and a name cannot become part of the SQL."""
    names, delimiter = csv_header(path.name, start, limits)
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(names)))
    sql = (
        f"read_csv({text(str(path))}, columns = {{{columns}}}, delim = {text(delimiter)}, header = true, "
        "auto_detect = false, quote = '\"', escape = '\"', nullstr = '', compression = 'none', "
        f"max_line_size = {LONGEST_FIELD})"
    )
    return Table(path.name, sql, tuple(Column(n, f"c{place}", "VARCHAR") for place, n in enumerate(names)))


def csv_header(name: str, start: bytes, limits: Limits) -> tuple[list[str], str]:
    """The column names in the first line of a CSV, and what stands between them. Raises LogRefused."""
    try:
        # a character cut in two at the end of what was read is not the file's fault
        words = start.decode("utf-8-sig", errors="strict" if len(start) < FIRST_LINE else "ignore")
    except UnicodeDecodeError:
        raise LogRefused(f'"{name}" is not written in UTF-8. Save it as "CSV UTF-8".') from None
    if "\0" in words:
        raise LogRefused(f'"{name}" is neither a CSV nor a Parquet file.')
    line = re.split(r"[\r\n]", words, maxsplit=1)[0]
    if len(words) == len(line) and len(start) >= FIRST_LINE:
        raise LogRefused(f'The first line of "{name}" is too long to be a list of column names.')
    delimiter = max(DELIMITERS, key=line.count)
    _few_enough(name, line.count(delimiter) + 1, limits)
    names = [""]
    with suppress(csv.Error):
        names = [column.strip() for column in next(csv.reader([line], delimiter=delimiter))]
    if not any(names):
        raise LogRefused(f'The first line of "{name}" does not name its columns.')
    return names, delimiter


def _few_enough(name: str, columns: int, limits: Limits) -> None:
    if columns > limits.columns:
        raise LogRefused(f'"{name}" has more than {limits.columns:,} columns. Take the few that are needed.')


def run(connection: duckdb.DuckDBPyConnection, sql: str, name: str) -> duckdb.DuckDBPyConnection:
    """Run SQL over somebody's file. Whatever goes wrong becomes one sentence without a word of the file."""
    try:
        return connection.execute(sql)
    except (duckdb.ParserException, duckdb.CatalogException):
        raise  # our own mistake, not the file's
    except duckdb.OutOfMemoryException:
        raise LogRefused(
            f"{name} needs more memory than is allowed here. Take only the years asked about."
        ) from None
    except (duckdb.Error, UnicodeDecodeError, RecursionError) as error:
        raise LogRefused(f"{name} cannot be read{_line(error)}. {_reason(error)}") from None


def run_one(connection: duckdb.DuckDBPyConnection, sql: str, name: str) -> tuple[Any, ...]:
    """The one row of a question that has exactly one."""
    return run(connection, sql, name).fetchall()[0]


def _line(error: Exception) -> str:
    """DuckDB names the line of a CSV; that much of its message is safe to repeat."""
    words = str(error).partition("CSV Error on Line: ")[2].split()
    return f" at line {words[0]}" if words and words[0].isdigit() else ""


def _reason(error: Exception) -> str:
    message = str(error).lower()
    if "not utf-8" in message or "invalid unicode" in message:
        return 'It is not written in UTF-8: save it as "CSV UTF-8".'
    if "csv error" in message:
        return "Each line must have as many columns as the first, and quotation marks must close."
    return "It seems damaged, or is not what its name says."


def text(value: str) -> str:
    """A text in SQL."""
    return "'" + value.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A column's name in SQL."""
    return '"' + name.replace('"', '""') + '"'
