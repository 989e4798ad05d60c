"""A pattern as a small TOML file that a person can read and write. `format = 1`."""

import json
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

from betterstory.engines.journeys.lengths import Length, read_length
from betterstory.engines.journeys.pattern import Pattern, Spells, Step, Where
from betterstory.engines.journeys.refused import PatternRefused
from betterstory.engines.journeys.words import did_you_mean

LARGEST_FILE = 1_000_000
OF_PATTERN = ("format", "name", "whole_within", "spells", "step")
OF_STEP = ("name", "activity", "where", "within", "after", "without", "silence", "times", "in")
OF_SPELLS = ("gap", "activity", "at")


def read_pattern(path_or_text: str | Path) -> Pattern:
    """Read a pattern from a file, or from the text of one. Raises PatternRefused with what to change."""
    text = _text(path_or_text)
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = str(error).rpartition("(at ")[2].rstrip(")").replace("end of document", "its end")
        said = f"This is not a pattern file: it makes no sense at {place or 'some place'}."
        raise PatternRefused(said) from None
    _known(table, OF_PATTERN, "A pattern")
    if table.get("format") != 1 or table["format"] is True:
        raise PatternRefused("A pattern file says format = 1 at the top: that is the only format there is.")
    steps = table.get("step", [])
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise PatternRefused("Each step of a pattern starts with [[step]] on a line of its own.")
    return Pattern(
        name=_words(table, "name", "The pattern"),
        steps=tuple(_step(step, number) for number, step in enumerate(steps, start=1)),
        whole_within=_length(table, "whole_within", "The pattern"),
        spells=_spells(table["spells"]) if "spells" in table else None,
    )


def _text(path_or_text: str | Path) -> str:
    if isinstance(path_or_text, str) and ("\n" in path_or_text or "=" in path_or_text):
        return path_or_text
    path = Path(path_or_text)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise PatternRefused(f"{path.name} is too large to be a pattern.")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        if isinstance(error, PatternRefused):
            raise
        raise PatternRefused(f'There is no pattern file that can be read at "{path}".') from None


def _step(table: Mapping[str, Any], number: int) -> Step:
    said = f"Step {number}"
    _known(table, OF_STEP, said)
    times = table.get("times", 1)
    if type(times) is not int or ("times" in table and times < 2):
        raise PatternRefused(f"{said} is a repeat: times must be a whole number from 2 to 1000.")
    return Step(
        name=_words(table, "name", said),
        activity=_names(table, "activity", said),
        where=_where(table.get("where", {}), said),
        within=_length(table, "within", said),
        after=_length(table, "after", said),
        without=_names(table, "without", said),
        times=times,
        inside=_length(table, "in", said),
        silence=_length(table, "silence", said),
    )


def _spells(table: Any) -> Spells:
    if not isinstance(table, dict):
        raise PatternRefused("Spells are a part of their own that starts with [spells].")
    _known(table, OF_SPELLS, "Spells")
    gap = _length(table, "gap", "Spells")
    if gap is None:
        raise PatternRefused('Spells need a gap, like gap = "14 days".')
    return Spells(gap=gap, activity=_names(table, "activity", "Spells"), at=table.get("at", "start"))


def _where(table: Any, said: str) -> Where:
    if not isinstance(table, dict):
        raise PatternRefused(f'{said}: write where = {{ column = "value" }}.')
    return tuple(
        (column, tuple(_value(value, said) for value in (values if isinstance(values, list) else [values])))
        for column, values in table.items()
    )


def _value(value: Any, said: str) -> str:
    """A value as the text it is compared by; see `log.py` for the same of a column."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.isoformat(sep=" ")
        case str() | int() | float() | date() | time():
            return str(value)
    raise PatternRefused(f'{said}: a value in "where" is a text, a number, true or false, or a date.')


def _words(table: Mapping[str, Any], key: str, said: str) -> str:
    value = table.get(key)
    if not isinstance(value, str):
        raise PatternRefused(f'{said} needs a {key}, in quotation marks, like {key} = "...".')
    return value


def _names(table: Mapping[str, Any], key: str, said: str) -> tuple[str, ...]:
    names = table.get(key, [])
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise PatternRefused(f'{said}: {key} is a list of names, like {key} = ["Referral", "Assessment"].')
    return tuple(dict.fromkeys(names))


def _length(table: Mapping[str, Any], key: str, said: str) -> Length | None:
    if key not in table:
        return None
    if not isinstance(table[key], str):
        raise PatternRefused(f'{said}: {key} is a number and a word in quotation marks, like "18 weeks".')
    try:
        return read_length(table[key])
    except PatternRefused as refused:
        raise PatternRefused(f"{said}: {refused.sentence}") from None


def _known(table: Mapping[str, Any], keys: tuple[str, ...], said: str) -> None:
    for key in table:
        if key not in keys:
            raise PatternRefused(f'{said} cannot say "{key}".{did_you_mean(key, keys)}')


def write_pattern(pattern: Pattern) -> str:
    """The text of the pattern's file. Reading it gives the same pattern back."""
    lines = ["format = 1", f"name = {_quoted(pattern.name)}"]
    if pattern.whole_within is not None:
        lines.append(f"whole_within = {_quoted(str(pattern.whole_within))}")
    if pattern.spells is not None:
        spells = pattern.spells
        lines += ["", "[spells]", f"gap = {_quoted(str(spells.gap))}", f'at = "{spells.at}"']
        lines += [f"activity = {_list(spells.activity)}"] if spells.activity else []
    for step in pattern.steps:
        lines += ["", "[[step]]", *_step_lines(step)]
    return "\n".join(lines) + "\n"


def fingerprint(pattern: Pattern) -> str:
    """The same for patterns that ask the same, however their files are laid out."""
    return sha256(write_pattern(pattern).encode()).hexdigest()


def _step_lines(step: Step) -> list[str]:
    lines = [f"name = {_quoted(step.name)}", f"activity = {_list(step.activity)}"]
    if step.where:
        columns = ", ".join(f"{_quoted(column)} = {_list(values)}" for column, values in step.where)
        lines.append(f"where = {{ {columns} }}")
    if step.kind == "repeat":
        lines.append(f"times = {step.times}")
    lengths = {"in": step.inside, "silence": step.silence, "within": step.within, "after": step.after}
    lines += [f"{key} = {_quoted(str(length))}" for key, length in lengths.items() if length is not None]
    return [*lines, f"without = {_list(step.without)}"] if step.without else lines


def _list(names: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, names))}]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
