"""How a calendar file is written (RFC 5545): values escaped, long lines folded, moments in UTC."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

LINE = 75  # octets, its break not counted


def file_of(lines: Sequence[str]) -> str:
    """The lines as a file."""
    return "".join(folded(line) + "\r\n" for line in lines)


def moment(at: datetime) -> str:
    """In UTC, so that no table of time zones is needed."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def whole_day(on: date) -> str:
    return f"{on:%Y%m%d}"


def escaped(words: str) -> str:
    """Text as a value: its own marks behind a backslash, line breaks as \\n, no other control letters."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(letter for letter in lines if letter == "\n" or (letter >= " " and letter != "\x7f"))
    for mark in ("\\", ";", ","):
        kept = kept.replace(mark, f"\\{mark}")
    return kept.replace("\n", "\\n")


def folded(line: str) -> str:
    """A long line in several, none over 75 octets, no letter cut in two."""
    parts: list[str] = []
    part = ""
    for letter in line:
        room = LINE if not parts else LINE - 1  # the space that the next line begins with
        if len((part + letter).encode()) > room:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
