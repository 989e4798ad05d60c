"""The rows of an answer: the result of the protected query, as it is pasted. Nothing in it is trusted."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from betterstory.engines.disclosure import Group, ProtectedCount
from betterstory.engines.journeys.protected import Protected
from betterstory.engines.journeys.words import did_you_mean

STATUSES = ("on_the_way", "way_closed", "too_early")
NUMBERS = ("level_from", "level_to", "people", *STATUSES, "again", "denominator")
COLUMNS = (
    *("rule", "level_from", "level_to", "status", "people", "split_status", *STATUSES),
    *("again_status", "again", "denominator", "denominator_is"),
)
WITH_A_LIST, CONTACTS_ALONE = "the person table", "people with a contact"
SPLIT = ("shown", "not shown", "none")
MOST_ROWS = 60
MOST_PEOPLE = 100_000_000
HIDDEN = {"", "null", "none", "nan", "<na>"}
WHOLE = re.compile(r"\d{1,20}(?:\.0+)?", re.ASCII)  # some tools write 120.0 where a column has empty cells
NEGATIVE = re.compile(r"[-−]\s*\d.*", re.ASCII)
FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the query gives it. A hidden figure is None; the words beside it say why."""

    rule: str
    first: int
    last: int
    status: str
    people: int | None
    split_status: str
    on_the_way: int | None
    way_closed: int | None
    too_early: int | None
    again_status: str
    again: int | None
    denominator: int | None
    denominator_is: str

    @property
    def said(self) -> str:
        """ "Level 2", "Levels 0 to 1"."""
        return f"Level {self.first}" if self.first == self.last else f"Levels {self.first} to {self.last}"

    @property
    def parts(self) -> dict[str, int | None]:
        return {name: getattr(self, name) for name in STATUSES}

    def as_json(self) -> dict[str, Any]:
        """By the names the columns have in the file."""
        return {name: getattr(self, INSIDE.get(name, name)) for name in COLUMNS}


INSIDE = {"level_from": "first", "level_to": "last"}


def row_of(cells: Mapping[str, Any]) -> Row:
    """A row from its cells by the names of the columns."""
    return Row(**{INSIDE.get(name, name): cells[name] for name in COLUMNS})


def read_rows(text: str, problems: list[str]) -> list[Row]:
    """The rows that could be read; what could not is a sentence more in `problems`."""
    lines = [line for line in text.strip().splitlines() if line.strip(" \t,;")]
    if len(lines) < 2:
        problems.append("There are no rows. Paste the whole result of the question, with its head.")
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
    wrong = list(_about_head(head))
    problems += wrong
    rows = [] if wrong else [_row(head, cells, at, problems) for at, cells in enumerate(table[1:], start=1)]
    return [row for row in rows if row is not None]


def _between(head: str) -> str:
    """A result that is copied from a grid has tabs; one that is saved has commas, or semicolons."""
    return "\t" if "\t" in head else ";" if ";" in head else ","


def _about_head(head: Sequence[str]) -> Iterator[str]:
    for name in COLUMNS:
        if name not in head:
            yield f"The rows have no column {name}. Paste the whole result, with its head."
    for name in head:
        if name not in COLUMNS:
            near = did_you_mean(name, COLUMNS) if name.isidentifier() and len(name) < 40 else ""
            yield f"The rows have a column that an answer does not have.{near}"
    if len(set(head)) < len(head):
        yield "Two columns of the rows have one name."


def _row(head: list[str], cells: list[str], number: int, problems: list[str]) -> Row | None:
    if len(cells) != len(head):
        problems.append(f"Row {number} does not have as many cells as the head.")
        return None
    named: dict[str, Any] = dict(zip(head, (cell.strip() for cell in cells), strict=True))
    wrong = [f"Row {number}, {name}: {said}" for name in NUMBERS if (said := _wrong(name, named[name]))]
    problems += wrong
    if wrong:
        return None
    for name in NUMBERS:
        named[name] = None if named[name].lower() in HIDDEN else int(named[name].partition(".")[0])
    return row_of(named)


def _wrong(name: str, cell: str) -> str:
    """What is wrong with a cell; never the cell itself."""
    if cell.lower() in HIDDEN:
        return "a level needs a number." if name.startswith("level") else ""
    if NEGATIVE.fullmatch(cell):
        return "this is below zero, and no count of people is."
    if cell.startswith(FORMULA):
        return "this starts like a formula. Paste the figures alone."
    if not WHOLE.fullmatch(cell):
        return "this is not a whole number, or empty where it is hidden. Write 1200, not 1,200."
    if int(cell.partition(".")[0]) > MOST_PEOPLE:
        return "this is more people than any records here hold."
    return ""


def is_row(cells: object) -> bool:
    """Whether this could be a row that was stored."""
    if not isinstance(cells, dict) or set(cells) != set(COLUMNS):
        return False
    numbers = [cells[name] for name in NUMBERS]
    return (
        all(one is None or (type(one) is int and 0 <= one <= MOST_PEOPLE) for one in numbers)
        and None not in (cells["level_from"], cells["level_to"])
        and all(isinstance(cells[name], str) for name in COLUMNS if name not in NUMBERS)
    )


def rows_from(protected: Protected, *, with_a_list: bool) -> list[Row]:
    """The rows that the protected query would give for a standing that was counted here."""
    hidden = protected.groups[0].people.shown is None
    everybody = None if hidden else sum(group.people.shown or 0 for group in protected.groups)
    everywhere = {
        "rule": protected.profile,
        "denominator": everybody,
        "denominator_is": WITH_A_LIST if with_a_list else CONTACTS_ALONE,
    }
    return [row_of(everywhere | _cells(protected, group)) for group in protected.groups]


def _cells(protected: Protected, group: Group) -> dict[str, Any]:
    alone, people = group.first == group.last, group.people
    parts = {name: getattr(protected, name)[group.first] for name in STATUSES}
    again = protected.again[group.first]
    split = _said(tuple(parts.values())) if alone else "not shown"
    back = _said((again,)) if alone else "not shown"
    shown = {name: count.shown if split == "shown" else None for name, count in parts.items()}
    return shown | {
        "level_from": group.first,
        "level_to": group.last,
        "status": "shown" if people.shown is not None else f"fewer than {people.below}",
        "people": people.shown,
        "split_status": split,
        "again_status": back,
        "again": again.shown if back == "shown" else None,
    }


def _said(counts: Sequence[ProtectedCount]) -> str:
    """Shown, not shown, or none where nobody can be in any of them."""
    if all(count.status == "none" for count in counts):
        return "none"
    return "shown" if any(count.shown for count in counts) else "not shown"
