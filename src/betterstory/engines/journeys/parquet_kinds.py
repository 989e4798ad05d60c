"""Which activity each row of a Parquet file is of: its texts are numbered already, so no text is compared."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy

from betterstory.engines.journeys.arrays import Whole
from betterstory.engines.journeys.parquet_file import ParquetFile

type Size = type[numpy.uint8 | numpy.uint32]


@dataclass(frozen=True, slots=True, repr=False)
class Kinds:
    """names: the activities as they were met; of_row: a place a row: which of those it is, from 0."""

    names: tuple[str, ...]
    of_row: Whole


def read_kinds(file: ParquetFile, column: str, most: int, threads: int) -> Kinds | None:
    """None where a row has no activity, or where there are more of them than `most`. Raises what Arrow raises
    for a damaged file."""
    return _read(file, column, min(most, 256), threads, numpy.uint8) or _read(
        file, column, most, threads, numpy.uint32
    )


def _read(file: ParquetFile, column: str, most: int, threads: int, size: Size) -> Kinds | None:
    numbers: dict[str, int] = {}
    of_row = numpy.empty(file.rows, dtype=size)
    lock = Lock()

    def read(share: range) -> bool:
        begun = file.starts[share.start]
        for rows in file.read(share, [column], written=column):
            told = rows.column(0)
            if told.null_count:
                return False
            own = _own_numbers(told.dictionary.to_pylist(), numbers, lock)
            if len(numbers) > most:
                return False
            there = of_row[begun : begun + len(told)]
            numpy.take(numpy.array(own, dtype=size), told.indices.to_numpy(), out=there)
            begun += len(told)
        return begun == file.starts[share.stop]

    with ThreadPoolExecutor(threads) as pool:
        is_whole = all(list(pool.map(read, file.shares(threads))))
    return Kinds(tuple(numbers), of_row) if is_whole and "" not in numbers else None


def _own_numbers(texts: list[str], numbers: dict[str, int], lock: Any) -> list[int]:
    """The numbers of these; whichever was not met before gets the next one."""
    with lock:
        return [numbers.setdefault(text, len(numbers)) for text in texts]
