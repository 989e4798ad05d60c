"""The rows of an answer file, as they are pasted from the result of a query. Nothing in them is trusted."""

import csv
import re
from collections.abc import Sequence

from betterstory.engines.journeys.pack.answer import STATUSES
from betterstory.engines.journeys.words import did_you_mean

type Row = dict[str, int | None]

COLUMNS = ("level_from", "level_to", "people", *STATUSES)
EXTRA = ("rule",)
MOST_ROWS = 60
MOST_PEOPLE = 100_000_000
HIDDEN = {"", "null", "none", "nan", "<na>"}
WHOLE = re.compile(r"\d{1,20}(?:\.0+)?", re.ASCII)  # some tools write 120.0 where a column has empty cells
NEGATIVE = re.compile(r"[-−]\s*\d.*", re.ASCII)
FORMULA = ("=", "+", "-", "@")


def read_rows(text: str, rule: str, problems: list[str]) -> list[Row]:
    """The rows that could be read; what could not is a sentence more in `problems`."""
    lines = [line for line in text.strip().splitlines() if line.strip(" \t,;")]
    if not lines:
        problems.append(
            "There are no rows. Paste the whole result of the question under rows, with its head."
        )
        return []
    if len(lines) > MOST_ROWS + 1:
        problems.append(f"There are more than {MOST_ROWS} rows, and no pattern has so many levels.")
        return []
    try:
        table = list(csv.reader(lines, delimiter=_between(lines[0]), skipinitialspace=True, strict=True))
    except csv.Error:
        problems.append("The rows are no table: look for a quotation mark that is open.")
        return []
    head = [name.strip().lower() for name in table[0]]
    if not _head_fits(head, problems):
        return []
    return [
        row
        for number, cells in enumerate(table[1:], start=1)
        if (row := _row(head, cells, number, rule, problems)) is not None
    ]


def _between(head: str) -> str:
    """A result that is copied from a grid has tabs; one that is saved has commas, or semicolons."""
    return "\t" if "\t" in head else ";" if ";" in head else ","


def _head_fits(head: Sequence[str], problems: list[str]) -> bool:
    said = len(problems)
    for name in COLUMNS:
        if name not in head:
            problems.append(f"The rows have no column {name}. Paste the head of the result too.")
    for name in head:
        if name not in (*COLUMNS, *EXTRA):
            near = did_you_mean(name, COLUMNS) if name.isidentifier() else ""
            problems.append(f"The rows have a column that an answer does not have.{near}")
    if len(set(head)) < len(head):
        problems.append("Two columns of the rows have one name.")
    return len(problems) == said


def _row(head: list[str], cells: list[str], number: int, rule: str, problems: list[str]) -> Row | None:
    if len(cells) != len(head):
        problems.append(f"Row {number} does not have as many cells as the head.")
        return None
    named = dict(zip(head, (cell.strip() for cell in cells), strict=True))
    if named.get("rule", rule) != rule:
        problems.append(f"Row {number} was protected by another rule than the file says.")
    row: Row = {}
    for name in COLUMNS:
        wrong = _wrong(name, named[name])
        if wrong:
            problems.append(f"Row {number}, {name}: {wrong}")
            return None
        row[name] = None if named[name].lower() in HIDDEN else int(named[name].partition(".")[0])
    return row


def _wrong(name: str, cell: str) -> str:
    """What is wrong with a cell; never the cell itself."""
    if cell.lower() in HIDDEN:
        return "a level needs a number." if name.startswith("level") else ""
    if NEGATIVE.fullmatch(cell):
        return "this is below zero, and no count of people is."
    if cell.startswith(FORMULA):
        return "this starts like a formula. Paste the figures alone."
    if not cell.isascii() or not WHOLE.fullmatch(cell):
        return "this is not a whole number, or an empty cell for what is hidden. Write 1200, not 1,200."
    if int(cell.partition(".")[0]) > MOST_PEOPLE:
        return "this is more people than any records here hold."
    return ""
