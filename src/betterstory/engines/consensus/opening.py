"""A table that somebody else wrote, row by row as text: CSV in any of its spellings, or Parquet."""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from betterstory.engines.consensus.refused import VotesRefused

FIRST_LINE = 1_000_000
DELIMITERS = ",;\t|"
MARKS = {
    b"PK\x03\x04": "a spreadsheet or a zip",
    b"\x1f\x8b": "packed with gzip",
    b"\xd0\xcf\x11\xe0": "a spreadsheet",
}
LOOK_AT_THE_CLOCK = 1_000
PARQUET_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most, and how long: bytes, columns, voices, seconds."""

    size: int = 500_000_000
    columns: int = 20_000
    voices: int = 1_000_000
    seconds: float = 300.0


DEFAULT = Limits()


@dataclass(frozen=True)
class Rows:
    """A table's name and columns, and its rows, each with the line it stands on and as wide as the header."""

    name: str
    columns: tuple[str, ...]
    each: Iterator[tuple[int, list[str]]]


def open_rows(path: str | Path, limits: Limits = DEFAULT) -> Rows:
    """The header is read and judged now, the rows as they are asked for. Raises VotesRefused."""
    file = Path(path)
    start = _look(file, limits)
    if start.startswith(b"PAR1"):
        return _parquet(file, limits)
    for mark, what in MARKS.items():
        if start.startswith(mark):
            raise VotesRefused(f'"{file.name}" is {what}. Unpack it, or save it as "CSV UTF-8".')
    columns, delimiter = _header(file.name, start, limits)
    rows = _timed(_csv_rows(file, delimiter, len(columns)), limits)
    next(rows, None)
    return Rows(file.name, columns, rows)


def _look(file: Path, limits: Limits) -> bytes:
    """The beginning of a file that may be read."""
    try:
        if file.is_dir():
            raise VotesRefused(f'"{file.name}" is a folder. Give the file of votes in it.')
        if not file.is_file():
            raise VotesRefused(f'There is no file "{file.name}" that can be read.')
        size = file.stat().st_size
        with file.open("rb") as opened:
            start = opened.read(FIRST_LINE)
    except VotesRefused:
        raise
    except (OSError, ValueError):
        raise VotesRefused(f'"{file.name}" can\'t be opened. Is it there, and may you read it?') from None
    if not start.strip():
        raise VotesRefused(f'"{file.name}" is empty.')
    if size > limits.size:
        raise VotesRefused(
            f'"{file.name}" is {size / 1e6:,.0f} MB, and at most {limits.size / 1e6:,.0f} MB are read here. '
            "Leave out what is no vote, or raise the limit with --size."
        )
    return start


def _header(name: str, start: bytes, limits: Limits) -> tuple[tuple[str, ...], str]:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_utf8(name)
    first = re.split(rb"[\r\n]", start.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), maxsplit=1)[0]
    try:
        line = first.decode(
            "utf-8", "strict" if len(start) < FIRST_LINE or len(first) < len(start) - 8 else "ignore"
        )
    except UnicodeDecodeError:
        raise _not_utf8(name) from None
    if "\0" in line:
        raise VotesRefused(f'"{name}" is neither a CSV nor a Parquet file.')
    delimiter = max(DELIMITERS, key=line.count)
    _few_enough(name, line.count(delimiter) + 1, limits)
    if len(first) >= FIRST_LINE - 8:
        raise VotesRefused(f'The first line of "{name}" is too long to be a list of columns.')
    try:
        columns = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        raise VotesRefused(f'The quotation marks in the first line of "{name}" don\'t close.') from None
    return _named(name, columns), delimiter


def _named(name: str, columns: list[str]) -> tuple[str, ...]:
    named = tuple(column.strip() for column in columns)
    if not any(named):
        raise VotesRefused(f'The first line of "{name}" does not name its columns.')
    seen: set[str] = set()
    for place, column in enumerate(named):
        if column in seen:
            what = f'"{column}"' if column else "without a name"
            raise VotesRefused(
                f'Two columns of "{name}" are {what}: the second is column {place + 1}. Rename it.'
            )
        seen.add(column)
    return named


def _few_enough(name: str, many: int, limits: Limits) -> None:
    if many > limits.columns:
        raise VotesRefused(
            f'"{name}" has more than {limits.columns:,} columns, and no more are read. '
            "Is each column one statement?"
        )


def _not_utf8(name: str) -> VotesRefused:
    return VotesRefused(f'"{name}" is not written in UTF-8. Save it as "CSV UTF-8".')


def _csv_rows(file: Path, delimiter: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """The header first. Empty lines are no rows."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.reader(opened, delimiter=delimiter, strict=True)
        try:
            for row in reader:
                if not row or (len(row) == 1 and not row[0].strip() and width > 1):
                    continue
                if len(row) != width:
                    raise VotesRefused(
                        f'Line {reader.line_num} of "{file.name}" has {len(row):,} cells, and the first line '
                        f"has {width:,}. Each line must have as many."
                    )
                yield reader.line_num, row
        except UnicodeDecodeError:
            raise _not_utf8(file.name) from None
        except csv.Error:
            raise VotesRefused(
                f'Line {reader.line_num} of "{file.name}" can\'t be read: do its quotation marks close?'
            ) from None


def _timed(rows: Iterator[tuple[int, list[str]]], limits: Limits) -> Iterator[tuple[int, list[str]]]:
    end = time.monotonic() + limits.seconds
    for number, row in enumerate(rows):
        if not number % LOOK_AT_THE_CLOCK and time.monotonic() > end:
            raise VotesRefused(f"Reading took more than {limits.seconds:.0f} seconds and was stopped.")
        yield row


def _parquet(file: Path, limits: Limits) -> Rows:
    import duckdb  # noqa: PLC0415 - only who reads Parquet waits for it

    connection = duckdb.connect(
        ":memory:", config={"threads": 2, "memory_limit": "2GB", "temp_directory": ""}
    )
    connection.execute("SET enable_progress_bar = false")  # it would write how far it is among our answers
    try:
        asked = connection.execute("SELECT * FROM read_parquet(?, hive_partitioning = false)", [str(file)])
    except duckdb.Error:
        raise VotesRefused(f'"{file.name}" seems damaged: it can\'t be read as Parquet.') from None

    columns = [column[0] for column in asked.description or ()]
    _few_enough(file.name, len(columns), limits)

    def rows() -> Iterator[tuple[int, list[str]]]:
        line = 0
        while many := asked.fetchmany(PARQUET_AT_ONCE):
            for row in many:
                line += 1
                yield line, ["" if cell is None or cell != cell else str(cell) for cell in row]
        connection.close()

    return Rows(file.name, _named(file.name, columns), _timed(rows(), limits))
