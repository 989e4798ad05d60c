"""Rows as text in columns, and as CSV that no spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from betterstory.engines.disclosure import ProtectedCount

FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # a spreadsheet may run what begins with these, full-width forms too


def number(count: ProtectedCount) -> str:
    """A figure in a column: rounded, or why it is not there."""
    if count.status == "fewer":
        return f"fewer than {count.below}"
    return "not shown" if count.shown is None else f"{count.shown:,}"


def aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    """Columns two spaces apart."""
    table = [list(row) for row in rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in table]


def as_csv(rows: Iterable[Sequence[str | int | None]]) -> str:
    """The rows, all as long as the first."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    width = 0
    for row in rows:
        width = width or len(row)
        cells = [_safe(cell) for cell in row]
        writer.writerow(cells + [""] * (width - len(cells)))
    return written.getvalue()


def _safe(cell: str | int | None) -> str | int:
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell
