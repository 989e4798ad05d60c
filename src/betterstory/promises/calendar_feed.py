"""Days of promises and answers as a calendar (RFC 5545): uids for ever, and no name beyond the wall's."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from betterstory.conversations.calendar_file import escaped, folded, moment
from betterstory.promises.models import Ask, Promise

MOST = 300  # of each, so that a calendar stays light


def write(*, name: str, promises: Iterable[Promise], asks: Iterable[Ask], url: str, at: datetime) -> str:
    """The file. Words stand in it as they stand on the open wall today."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Better Story//promises 1//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        *(line for each in promises for line in _promise(each, url, at)),
        *(line for each in asks for line in _ask(each, url, at)),
        "END:VCALENDAR",
    ]
    return "".join(folded(line) + "\r\n" for line in lines)


def _promise(promise: Promise, url: str, at: datetime) -> list[str]:
    told = _("%(who)s, to %(whom)s.") % {"who": promise.who, "whom": promise.to_words}
    if promise.kept_today:
        told += " " + _("Today kept by %(who)s.") % {"who": promise.kept_today}
    return [
        "BEGIN:VEVENT",
        f"UID:promise-{promise.uuid}@better-story",
        f"DTSTAMP:{moment(at)}",
        f"DTSTART;VALUE=DATE:{promise.due_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{promise.due_on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(_('Promised by today: “%(words)s”') % {'words': promise.words})}",
        f"DESCRIPTION:{escaped(told)}",
        f"URL:{url}/promises/{promise.pk}/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _ask(ask: Ask, url: str, at: datetime) -> list[str]:
    due = ask.answer_due_on
    told = _("%(who)s asked %(body)s.") % {"who": ask.asked_by_words, "body": ask.whom}
    return [
        "BEGIN:VEVENT",
        f"UID:ask-{ask.uuid}@better-story",
        f"DTSTAMP:{moment(at)}",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(_('An answer is due by today: “%(words)s”') % {'words': ask.words})}",
        f"DESCRIPTION:{escaped(told)}",
        f"URL:{url}/promises/asks/{ask.pk}/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
