"""A gathering as a calendar file (RFC 5545): the same uid for ever, folded lines, and nobody's name in it."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Gathering, RunSheet
from betterstory.ui.calendar import escaped, file_of, folded, moment

__all__ = ["escaped", "folded", "moment", "write"]

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
    return file_of(lines)
