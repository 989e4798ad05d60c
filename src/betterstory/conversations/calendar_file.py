"""A gathering as a calendar file (RFC 5545): the same uid for ever, folded lines, and nobody's name in it."""

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Gathering, RunSheet

LINE = 75  # octets, its break not counted
SUMMARIES = {
    Gathering.Kind.HEARING: _("Come and sit with us: hearing a story"),
    Gathering.Kind.MAKING_SENSE: _("Come and sit with us: making sense"),
    Gathering.Kind.PLANNING: _("Come and sit with us: making the plan"),
}


def write(gathering: Gathering, sheet: RunSheet, *, minutes: int, url: str = "") -> str:
    """The file. Its title is what the gathering is for, not what somebody called it: that may hold a name."""
    about = [line for line in (sheet.access, sheet.interpreters, sheet.fares) if line]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Better Story//gathering 1//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{sheet.uuid}@better-story",
        f"SEQUENCE:{sheet.edition - 1}",
        f"DTSTAMP:{moment(sheet.changed_at)}",
        f"DTSTART:{moment(gathering.at)}",
        f"DTEND:{moment(gathering.at + timedelta(minutes=max(minutes, 1)))}",
        f"SUMMARY:{escaped(str(SUMMARIES[Gathering.Kind(gathering.kind)]))}",
        f"LOCATION:{escaped(gathering.where)}",
        *([f"DESCRIPTION:{escaped(chr(10).join(about))}"] if about else []),
        *([f"URL:{url}"] if url else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(folded(line) + "\r\n" for line in lines)


def moment(at: datetime) -> str:
    """In UTC, so that no table of time zones is needed."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


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
