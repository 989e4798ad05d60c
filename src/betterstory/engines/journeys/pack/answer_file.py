"""The answer file: one TOML file that a person can fill in from a query's result, and read at a glance.

The head says which pattern, whose records and who checked; the rows are the result as it was pasted.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from betterstory.engines.disclosure import NOBODY, PROFILES, ProtectedCount, find_profile
from betterstory.engines.journeys.pack import answer_checks as checks
from betterstory.engines.journeys.pack.answer import (
    STATUSES,
    Answer,
    AnsweredLevel,
    AnswerRefused,
    Header,
    row_of,
    rows_of,
)
from betterstory.engines.journeys.pack.answer_header import about_header, header_of
from betterstory.engines.journeys.pack.answer_table import COLUMNS, MOST_ROWS, Row, read_rows
from betterstory.engines.journeys.pack.asked import fingerprint
from betterstory.engines.journeys.pattern import MOST_STEPS, Pattern
from betterstory.engines.journeys.protected import Protected

LARGEST_FILE = 64_000
SEALED = ("pattern", "fingerprint", "steps", "rule")


def check_answer(source: str | bytes | Path, pattern: Pattern | None = None) -> list[str]:
    """Everything that is wrong with an answer file, in sentences; nothing where it can be taken."""
    try:
        read_answer(source, pattern)
    except AnswerRefused as refused:
        return list(refused.sentences)
    return []


def read_answer(source: str | bytes | Path, pattern: Pattern | None = None) -> Answer:
    """Read an answer: a path, or the file's text or bytes. Raises AnswerRefused with all that is wrong."""
    table = _table(_text(source))
    text, problems = table.get("rows"), about_header(table, pattern)
    if not isinstance(text, str):
        raise AnswerRefused((*problems, "The rows are missing: paste the result between the three marks."))
    rows = read_rows(text, str(table.get("rule")), problems)
    return _answer(table, rows, problems, pattern)


def from_json(said: Mapping[str, Any], pattern: Pattern | None = None) -> Answer:
    """An answer as `as_json` gave it, checked again. Raises AnswerRefused where it was changed."""
    table = {key: value for key, value in said.items() if key not in ("levels", "by_hand")}
    table["people"] = "hidden" if table.get("people") is None else table["people"]
    rows = said.get("levels")
    if not isinstance(rows, list) or len(rows) > MOST_ROWS or not all(_is_row(row) for row in rows):
        raise AnswerRefused(("The levels of this answer cannot be read.",))
    answer = _answer(table, rows, about_header(table, pattern), pattern)
    return answer if said.get("by_hand", True) else _sealed(answer)


def _answer(
    table: Mapping[str, Any], rows: list[Row], problems: list[str], pattern: Pattern | None
) -> Answer:
    steps = table.get("steps")
    if isinstance(steps, list) and 1 <= len(steps) <= MOST_STEPS and rows:
        problems += checks.about_levels(rows, len(steps))
        if table.get("rule") in PROFILES:
            problems += checks.about_figures(rows, len(steps), find_profile(table["rule"]))
        if pattern is not None and len(steps) == len(pattern.steps):
            problems += checks.about_possible(rows, pattern)
        problems += checks.about_people(table.get("people"), rows)
    seal = table.get("seal")
    if seal is not None and seal != _seal(table, rows):
        problems.append(
            "A figure or a name was changed by hand after this file was written. Ask for it anew."
        )
    if problems:
        raise AnswerRefused(tuple(dict.fromkeys(problems)))
    below = find_profile(table["rule"]).hidden_below
    return Answer(
        pattern=table["pattern"],
        fingerprint=table["fingerprint"],
        steps=tuple(table["steps"]),
        rule=table["rule"],
        header=header_of(table),
        levels=tuple(_level(row, below) for row in rows),
        by_hand=seal is None,
    )


def _sealed(answer: Answer) -> Answer:
    return Answer(
        answer.pattern, answer.fingerprint, answer.steps, answer.rule, answer.header, answer.levels, False
    )


def _level(row: Row, below: int) -> AnsweredLevel:
    people = row["people"]
    whole = ProtectedCount(people, "fewer" if people is None else "shown", below)
    parts = {name: _part(row[name], below) for name in STATUSES}
    return AnsweredLevel(row["level_from"] or 0, row["level_to"] or 0, whole, **parts)


def _part(figure: int | None, below: int) -> ProtectedCount:
    if figure is None:
        return ProtectedCount(None, "together", below)
    return ProtectedCount(figure, "shown", below) if figure else NOBODY


def _is_row(row: object) -> bool:
    return (
        isinstance(row, dict)
        and set(row) == set(COLUMNS)
        and all(figure is None or (type(figure) is int and 0 <= figure < 10**9) for figure in row.values())
        and None not in (row["level_from"], row["level_to"])
    )


def _text(source: str | bytes | Path) -> str:
    if isinstance(source, str) and "\n" in source:
        source = source.encode("utf-8", "surrogatepass")
    try:
        if not isinstance(source, bytes):
            with Path(source).open("rb") as file:
                source = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError):
        raise AnswerRefused(("There is no answer file that can be read there.",)) from None
    if len(source) > LARGEST_FILE:
        raise AnswerRefused(("This is too large to be an answer file.",))
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AnswerRefused(("This file is not plain text. Save it as text, in UTF-8.",)) from None


def _table(text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        place = str(error).rpartition("(at ")[2].rstrip(")").replace("end of document", "its end")
        at = f" at {place}" if place.startswith(("line ", "its end")) else ""
        raise AnswerRefused((f"This is not an answer file: it makes no sense{at}.",)) from None


def _seal(table: Mapping[str, Any], rows: list[Row]) -> str:
    """The print of the figures, against slips of the hand. It keeps nobody out: anybody can make one."""
    sealed = [table.get(name) for name in SEALED], [[row[name] for name in COLUMNS] for row in rows]
    return hashlib.sha256(json.dumps(sealed, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()


def write_answer(protected: Protected, header: Header, pattern: Pattern) -> str:
    """The text of an answer file for a standing that was counted here. Empty parts are left to fill in."""
    rows = rows_of(protected)
    people = sum(row["people"] or 0 for row in rows)
    return _written(pattern, protected.profile, header, rows, people or "hidden", sealed=True)


def empty_answer(pattern: Pattern, rule: str, until: date | None = None) -> str:
    """The file that goes out with a pack, for an analyst to fill in."""
    return _written(pattern, rule, Header(data_until=until), [], "", sealed=False)


def as_file(answer: Answer) -> str:
    """The text of the file of an answer that was read."""
    rows = [row_of(level) for level in answer.levels]
    people = answer.people.shown or "hidden"
    table = {"pattern": answer.pattern, "fingerprint": answer.fingerprint}
    return _lines(table, answer.steps, answer.rule, answer.header, rows, people, sealed=not answer.by_hand)


def _written(
    pattern: Pattern, rule: str, header: Header, rows: list[Row], people: int | str, *, sealed: bool
) -> str:
    table = {"pattern": pattern.name, "fingerprint": fingerprint(pattern)}
    steps = tuple(step.name for step in pattern.steps)
    return _lines(table, steps, rule, header, rows, people, sealed=sealed)


def _lines(
    named: Mapping[str, str],
    steps: tuple[str, ...],
    rule: str,
    header: Header,
    rows: list[Row],
    people: int | str,
    *,
    sealed: bool,
) -> str:
    table: dict[str, Any] = {**named, "steps": list(steps), "rule": rule}
    said = ["# An answer to a pattern. Every line is explained in the pack's README.", "format = 1"]
    said += [f"{key} = {_quoted(value)}" for key, value in table.items()]
    said += ["", "# Fill in what is empty. A day is written like 2024-03-31."]
    for name in Header.__slots__:
        said.append(f"{name} = {_quoted(getattr(header, name))}")
    said += ["", "# The sum of the column people below, or hidden.", f"people = {_quoted(people)}"]
    if sealed:
        said += [
            "# A print of the figures, so that a slip of the hand is seen.",
            f'seal = "{_seal(table, rows)}"',
        ]
    said += ["", "# The result of the question, with its head. What is hidden stays empty.", 'rows = """']
    said += [",".join(COLUMNS), *(",".join(_cell(row[name]) for name in COLUMNS) for row in rows)]
    return "\n".join([*said, '"""', ""])


def _cell(figure: int | None) -> str:
    return "" if figure is None else str(figure)


def _quoted(value: object) -> str:
    if isinstance(value, int | date):
        return str(value)
    return json.dumps("" if value is None else value, ensure_ascii=False).replace("\x7f", "\\u007f")
