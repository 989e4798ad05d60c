"""The day to come back, as a calendar file: one event a circle, whatever the day is moved to."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from betterstory.poolside.models import Agreement
from betterstory.ui.calendar import escaped, file_of, moment, whole_day


def write(agreement: Agreement, *, edition: int, at: datetime, url: str = "") -> str:
    """The file. Nobody's name is in it, and not the circle's: calendars are read over shoulders.

    The uid is the circle's for ever, so that a later file moves the event and makes no second one;
    `edition` says which file is newer.
    """
    day = agreement.come_back_on
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Better Story//poolside 1//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:poolside-{agreement.poolside.uuid}@better-story",
        f"SEQUENCE:{edition}",
        f"DTSTAMP:{moment(at)}",
        f"DTSTART;VALUE=DATE:{whole_day(day)}",
        f"DTEND;VALUE=DATE:{whole_day(day + timedelta(days=1))}",
        f"SUMMARY:{escaped(_('Back to the poolside'))}",
        f"DESCRIPTION:{escaped(_('What held, what did not, what changes.'))}",
        *([f"URL:{url}"] if url else []),
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escaped(_('Tomorrow we come back to what we agreed.'))}",
        "TRIGGER:-PT12H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return file_of(lines)
