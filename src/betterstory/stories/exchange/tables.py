"""Tables that a spreadsheet opens without running anything.

A text cell that begins, after any spaces, with a sign a spreadsheet takes for a formula gets an apostrophe
before it; so do the wide forms of those signs. Numbers are written as numbers: -2 stays -2.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from betterstory.stories.exchange.placing import tidy

# after spaces and signs that take no room: = + - @ and their wide forms, or a tab or line end at the front
FORMULA = re.compile(
    r"[\t\r\n]"
    r"|[\s\u200b-\u200f\u2060-\u2064\ufeff\u00ad]*"
    r"[=+\-@\uff1d\uff0b\uff0d\uff20\ufe63\ufe62\ufe66\ufe6b\u2212]"
)
type Cell = str | int | None


def write(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file, UTF-8 with the mark that tells a spreadsheet so."""
    held = io.StringIO()
    out = csv.writer(held, lineterminator="\r\n")
    out.writerow([safe(name) for name in head])
    out.writerows([safe(cell) for cell in row] for row in rows)
    return held.getvalue().encode("utf-8-sig")


def safe(cell: Cell) -> str | int:
    """The cell as it may be written."""
    if cell is None:
        return ""
    if isinstance(cell, int):
        return cell
    words = tidy(cell)
    return f"'{words}" if begins_a_formula(words) else words


def begins_a_formula(words: str) -> bool:
    """Whether a spreadsheet may take it for something to work out."""
    return FORMULA.match(words) is not None
