"""The answer file: one TOML file that a person can fill in from a query's result, and read at a glance.

The head says which pattern, whose records and who checked; the rows are the result as it was pasted.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from betterstory.engines.disclosure import PROFILES, find_profile
from betterstory.engines.journeys.pack.answer import Answer, AnswerRefused, Header
from betterstory.engines.journeys.pack.answer_checks import about_rows
from betterstory.engines.journeys.pack.answer_header import about_header, header_of
from betterstory.engines.journeys.pack.answer_rows import (
    COLUMNS,
    MOST_ROWS,
    Row,
    is_row,
    read_rows,
    row_of,
    rows_from,
)
from betterstory.engines.journeys.pack.asked import fingerprint
from betterstory.engines.journeys.pattern import MOST_STEPS, Pattern
from betterstory.engines.journeys.protected import Protected

LARGEST_FILE = 64_000
SEALED = ("pattern", "fingerprint", "steps", "rule")


def read_answer(source: str | bytes | Path, pattern: Pattern | None = None) -> Answer:
    """Read an answer: a path, or the file's text or bytes. Raises AnswerRefused with all that is wrong.

    With the pattern that was asked, the answer is held against it too.
    """
    table = _table(_text(source))
    text, problems = table.get("rows"), about_header(table, pattern)
    if not isinstance(text, str):
        raise AnswerRefused(*problems, "The rows are missing: paste the result between the three marks.")
    unread: list[str] = []
    rows = read_rows(text, unread)
    if unread:  # what else the other rows would say is only an echo of this
        raise AnswerRefused(*problems, *unread)
    return _answer(table, rows, problems, pattern, by_hand="seal" not in table)


def check_answer(source: str | bytes | Path, pattern: Pattern | None = None) -> list[str]:
    """Everything that is wrong with an answer file, in sentences; nothing where it can be taken."""
    try:
        read_answer(source, pattern)
    except AnswerRefused as refused:
        return list(refused.sentences)
    return []


def from_json(said: Mapping[str, Any], pattern: Pattern | None = None) -> Answer:
    """An answer as `as_json` gave it, checked again. Raises AnswerRefused where it was changed."""
    table = {key: value for key, value in said.items() if key not in ("rows", "by_hand")}
    rows = said.get("rows")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_ROWS or not all(map(is_row, rows)):
        raise AnswerRefused("The rows of this answer cannot be read.")
    problems = about_header(table, pattern)
    by_hand = said.get("by_hand") is not False
    return _answer(table, [row_of(row) for row in rows], problems, pattern, by_hand=by_hand)


def write_answer(
    protected: Protected, pattern: Pattern, header: Header | None = None, *, with_a_list: bool
) -> str:
    """The text of an answer file for a standing that was counted here; what the header lacks is left empty.

    with_a_list: whether a person table was counted, so that people without a contact are in it too
    """
    rows = rows_from(protected, with_a_list=with_a_list)
    return _written(_named(pattern, protected.profile), header or Header(), rows, sealed=True)


def empty_answer(pattern: Pattern, rule: str, until: date | None = None) -> str:
    """The file that goes out with a pack, for an analyst to fill in."""
    return _written(_named(pattern, rule), Header(data_until=until), [], sealed=False)


def as_file(answer: Answer) -> str:
    """The text of the file of an answer that was read."""
    named = {key: value for key, value in answer.as_json().items() if key in SEALED}
    return _written(named, answer.header, answer.rows, sealed=not answer.by_hand)


def _answer(
    table: Mapping[str, Any],
    rows: list[Row],
    problems: list[str],
    pattern: Pattern | None,
    *,
    by_hand: bool,
) -> Answer:
    steps, rule = table.get("steps"), table.get("rule")
    if isinstance(steps, list) and 1 <= len(steps) <= MOST_STEPS and rule in PROFILES and rows:
        same = pattern if pattern is not None and len(pattern.steps) == len(steps) else None
        problems += about_rows(rows, len(steps), find_profile(rule), same)
    if "seal" in table and table["seal"] != _seal(table, rows):
        problems.append("A figure or a name was changed after this file was written. Ask for it anew.")
    if problems:
        raise AnswerRefused(*dict.fromkeys(problems))
    return Answer(
        pattern=table["pattern"],
        fingerprint=table["fingerprint"],
        steps=tuple(table["steps"]),
        rule=table["rule"],
        header=header_of(table),
        rows=tuple(rows),
        by_hand=by_hand,
    )


def _text(source: str | bytes | Path) -> str:
    if isinstance(source, str) and "\n" in source:
        source = source.encode("utf-8", "surrogatepass")
    try:
        if not isinstance(source, bytes):
            with Path(source).open("rb") as file:
                source = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError):
        raise AnswerRefused("There is no answer file that can be read there.") from None
    if len(source) > LARGEST_FILE:
        raise AnswerRefused("This is too large to be an answer file.")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AnswerRefused("This file is not plain text. Save it as text, in UTF-8.") from None


def _table(text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        place = str(error).rpartition("(at ")[2].rstrip(")").replace("end of document", "its end")
        at = f" at {place}" if place.startswith(("line ", "its end")) else ""
        raise AnswerRefused(f"This is not an answer file: it makes no sense{at}.") from None


def _named(pattern: Pattern, rule: str) -> dict[str, Any]:
    steps = [step.name for step in pattern.steps]
    return {"pattern": pattern.name, "fingerprint": fingerprint(pattern), "steps": steps, "rule": rule}


def _seal(table: Mapping[str, Any], rows: Sequence[Row]) -> str:
    """A print of the figures, against slips of the hand. It keeps nobody out: anybody can make one."""
    sealed = [str(table.get(name)) for name in SEALED], [list(row.as_json().values()) for row in rows]
    return hashlib.sha256(json.dumps(sealed).encode()).hexdigest()


def _written(named: Mapping[str, Any], header: Header, rows: Sequence[Row], *, sealed: bool) -> str:
    said = ["# The answer to a pattern. The page of the pack says how to fill it in.", "format = 1", ""]
    said += [f"{key} = {_quoted(named[key])}" for key in SEALED]
    said += ["", "# Fill in what is empty. A day is written like 2024-03-31, without quotation marks."]
    said += [f"{name} = {_quoted(value)}" for name, value in asdict(header).items()]
    if sealed:
        said += ["", "# A print of the figures, so that a slip of the hand is seen."]
        said += [f'seal = "{_seal(named, rows)}"']
    said += [
        "",
        "# The whole result of the question, with its head. What is hidden stays empty.",
        'rows = """',
    ]
    said += [",".join(COLUMNS), *(",".join(map(_cell, row.as_json().values())) for row in rows)]
    return "\n".join([*said, '"""', ""])


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _quoted(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps("" if value is None else value, ensure_ascii=False).replace("\x7f", "\\u007f")
