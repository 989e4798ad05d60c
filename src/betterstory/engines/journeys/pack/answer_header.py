"""What stands above the rows of an answer: read word by word, since nothing in it is trusted."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from betterstory.engines.disclosure import PROFILES
from betterstory.engines.journeys.pack.answer import Header
from betterstory.engines.journeys.pack.answer_rows import FORMULA
from betterstory.engines.journeys.pack.asked import fingerprint
from betterstory.engines.journeys.pattern import MOST_STEPS, Pattern
from betterstory.engines.journeys.words import did_you_mean, listed

DAYS = {
    "period_from": "the first day of the records that were looked at",
    "period_to": "the last day of the records that were looked at",
    "data_until": "the last day the data are complete for",
    "checked_on": "the day the figures were checked",
}
TEXTS = {
    "body": "say whose records these are",
    "source": "say which data set it is, and where",
    "checked_by": "name who checked that the figures may leave",
}
KEYS = (
    *("format", "pattern", "fingerprint", "steps", "rule", "body", "source", "period_from", "period_to"),
    *("data_until", "checked_by", "checked_on", "notes", "seal", "rows"),
)
LONGEST_TEXT = 300
MAY_STAND = "\n\t\u200c\u200d"
LONGEST_NOTES = 2000


def about_header(table: Mapping[str, Any], pattern: Pattern | None) -> list[str]:
    """Everything that is wrong above the rows."""
    said = [
        f"An answer file has nothing like one of its lines.{_near(key)}" for key in table if key not in KEYS
    ]
    if table.get("format") != 1 or table["format"] is True:
        said.append("An answer file says format = 1 at the top: that is the only format there is.")
    said += _about_pattern(table, pattern)
    if table.get("rule") not in PROFILES:
        said.append(f"There is no such rule. The rules are {listed(list(PROFILES))}.")
    said += [f"{name}: {words}." for name, words in TEXTS.items() if not _has_words(table.get(name))]
    for name, most in {**dict.fromkeys(TEXTS, LONGEST_TEXT), "notes": LONGEST_NOTES}.items():
        said += _about_text(name, table.get(name, ""), most)
    said += [
        f"{name}: write {words}, like {name} = 2024-03-31."
        for name, words in DAYS.items()
        if day_of(table.get(name)) is None
    ]
    return said + _about_days(table)


def _about_pattern(table: Mapping[str, Any], pattern: Pattern | None) -> list[str]:
    name, steps = table.get("pattern"), table.get("steps")
    said = (
        [] if _has_words(name) and not _hides(str(name)) else ["pattern: the name of the pattern is missing."]
    )
    if not (
        isinstance(steps, list)
        and 1 <= len(steps) <= MOST_STEPS
        and all(_has_words(step) and not _hides(step) and len(step) <= LONGEST_NOTES for step in steps)
    ):
        said.append("steps: the names of the steps are missing. They came with the pack.")
    print_ = table.get("fingerprint")
    if not (isinstance(print_, str) and len(print_) == 64 and set(print_) <= set("0123456789abcdef")):
        said.append("fingerprint: this is not the print of a pattern. It came with the pack: copy it whole.")
    elif pattern is not None and print_ != fingerprint(pattern):
        said.append(
            "This is the answer to another pattern: the fingerprints differ. "
            "Perhaps the pattern was changed after the pack was made."
        )
    elif pattern is not None and (name != pattern.name or steps != [step.name for step in pattern.steps]):
        said.append("The fingerprint is right, but the names of the pattern or its steps were changed.")
    return said


def _about_days(table: Mapping[str, Any]) -> list[str]:
    start, end, until, checked = (day_of(table.get(name)) for name in DAYS)
    said = []
    if start and end and end < start:
        said.append("The period ends before it starts.")
    if end and until and until < end:
        said.append("The period goes on after the last day the data are complete for.")
    if until and checked and checked < until:
        said.append("The figures were checked before the data were complete.")
    return said


def _about_text(name: str, text: object, most: int) -> list[str]:
    if not isinstance(text, str):
        return [f"{name}: write words, in quotation marks."]
    said = [f"{name}: at most {most} letters."] if len(text) > most else []
    if text.lstrip().startswith(FORMULA):
        said.append(f"{name}: this starts like a formula. Start with a word.")
    if _hides(text):
        said.append(f"{name}: this holds signs that nobody can see. Type it again.")
    return said


def header_of(table: Mapping[str, Any]) -> Header:
    """The header of an answer in which nothing is wrong."""
    return Header(
        body=table["body"].strip(),
        source=table["source"].strip(),
        period_from=day_of(table["period_from"]),
        period_to=day_of(table["period_to"]),
        data_until=day_of(table["data_until"]),
        checked_by=table["checked_by"].strip(),
        checked_on=day_of(table["checked_on"]),
        notes=" ".join(table.get("notes", "").split()),
    )


def day_of(value: object) -> date | None:
    """A day, as TOML has them or as text."""
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _has_words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _hides(text: str) -> bool:
    """Signs that move or hide what stands beside them. Some scripts need the joiners, so they may stand."""
    return any(
        unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") and sign not in MAY_STAND
        for sign in text
    )


def _near(key: str) -> str:
    return did_you_mean(key, KEYS) if key.isidentifier() and len(key) < 40 else ""
