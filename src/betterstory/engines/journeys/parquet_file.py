"""A Parquet file as Arrow reads it, where that is installed: quicker than the way through DuckDB.

Only a file that says itself what its columns are and lacks nothing is read so. Of any other, of a damaged one
and of a strange one nothing is said here: DuckDB reads it then, and says what is wrong.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from betterstory.engines.journeys.opening import Column, Limits, Table, parquet_sql, quoted

WORTH_STARTING = 20_000_000
"""A file of fewer bytes is read by DuckDB before Arrow is even there."""
MOST_ROWS = 40_000_000
"""More would fill the memory, which only DuckDB counts."""
AT_ONCE = 1_000_000
"""So many rows at most are unpacked at once by each thread; a part of a file seldom has more."""

WRONG = (ValueError, TypeError, LookupError, OSError, NotImplementedError, MemoryError)
"""What a file that is damaged, strange, or no more what it was, makes Arrow raise."""

FLAT = ("BOOLEAN", "INT32", "INT64", "FLOAT", "DOUBLE")
WHOLE = ("Int(bitWidth=32, isSigned=true)", "Int(bitWidth=64, isSigned=true)")


def is_worth_it(path: Path) -> bool:
    """Whether Arrow is here, and either in use already or worth the wait for it."""
    if sys.modules.get("pyarrow", True) is None or find_spec("pyarrow") is None:
        return False
    try:
        with path.open("rb") as file:
            is_parquet = file.read(4) == b"PAR1"
    except OSError:
        return False
    return is_parquet and ("pyarrow.parquet" in sys.modules or path.stat().st_size >= WORTH_STARTING)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a column says it holds, as whole numbers; times in microseconds."""

    least: int
    most: int


@dataclass(frozen=True)
class ParquetFile:
    """What a file says of itself. It speaks of single people: never shown."""

    path: Path
    table: Table
    said: Any

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"

    @property
    def rows(self) -> int:
        return int(self.said.num_rows)

    @cached_property
    def starts(self) -> list[int]:
        """Where each part of the file starts, and where the last one ends."""
        starts = [0]
        for part in range(self.said.num_row_groups):
            starts.append(starts[-1] + self.said.row_group(part).num_rows)
        return starts

    def bounds(self, column: str) -> Bounds | None:
        """Of a whole number or a time; None where the file does not say it of every row."""
        place = [c.name for c in self.table.columns].index(column)
        found = []
        for part in range(self.said.num_row_groups):
            told = self.said.row_group(part).column(place).statistics
            if told is None or not told.has_min_max or not told.has_null_count or told.null_count:
                return None
            found.append((told.min_raw, told.max_raw))
        return Bounds(min(least for least, _ in found), max(most for _, most in found)) if found else None

    def read(self, parts: range, columns: list[str], written: str | None = None) -> Iterator[Any]:
        """The rows of these parts of the file, some at a time, as Arrow has them. Raises ValueError for a
        file that is not the same any more, and what Arrow raises for a damaged one.

        written: the column of texts, given as numbers and the texts that these stand for
        """
        with _opened(self.path, [written] if written else None) as file:
            if not file.metadata.equals(self.said):
                raise ValueError("not the same file")
            yield from file.iter_batches(AT_ONCE, row_groups=list(parts), columns=columns, use_threads=False)

    def shares(self, threads: int) -> list[range]:
        """Its parts, for each thread those that hold about as many rows."""
        cuts = [0]
        for thread in range(1, threads + 1):
            so_far = self.rows * thread // threads
            cuts.append(next(part for part, start in enumerate(self.starts) if start >= so_far))
        return [range(begin, end) for begin, end in pairwise(cuts) if begin < end]


def look(path: Path, limits: Limits) -> ParquetFile | None:
    """The file, where each of its columns holds plain values; else None."""
    try:
        with _opened(path) as file:
            said, told = file.metadata, file.schema
            columns = [told.column(place) for place in range(len(told))]
    except WRONG:
        return None
    names = [column.name for column in columns]
    alike = len({name.casefold() for name in names}) < len(names)
    # Arrow takes a point in a name for a way into a record
    strange = any(column.path != column.name or "." in column.name for column in columns)
    if alike or strange or len(names) > limits.columns or not 0 < said.num_rows <= MOST_ROWS:
        return None
    kinds = [_kind(column) for column in columns]
    if None in kinds:
        return None
    listed = tuple(Column(name, quoted(name), kind or "") for name, kind in zip(names, kinds, strict=True))
    return ParquetFile(path, Table(path.name, parquet_sql(path), listed), said)


def _opened(path: Path, texts: list[str] | None = None) -> Any:
    from pyarrow import parquet  # noqa: PLC0415 - takes a while, so only where it is used

    return parquet.ParquetFile(path, read_dictionary=texts, pre_buffer=False, arrow_extensions_enabled=False)


def _kind(column: Any) -> str | None:
    """What DuckDB calls it; of what is no person, activity, time or order it is enough that it is plain."""
    if column.max_repetition_level or column.max_definition_level > 1:
        return None
    held, meant = column.physical_type, str(column.logical_type.type)
    if held == "BYTE_ARRAY":
        return "VARCHAR" if meant == "STRING" else None
    if held not in FLAT:
        return None
    if held == "INT64" and meant == "TIMESTAMP":
        return _kind_of_time(str(column.logical_type))
    if meant == "NONE" or str(column.logical_type) in WHOLE:
        return {"INT32": "INTEGER", "INT64": "BIGINT"}.get(held, held)
    return "OTHER"


def _kind_of_time(meant: str) -> str:
    plain = "isAdjustedToUTC=false" in meant and "timeUnit=microseconds" in meant
    return "TIMESTAMP" if plain else "OTHER"
