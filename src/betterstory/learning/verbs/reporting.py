"""Making a report of a round, opening it to anyone, and closing it again."""

import logging
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from betterstory.learning.models import ALWAYS, Part, Report, ReportPart
from betterstory.learning.reporting import rules
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.promises.verbs.wording import TooLong, said
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
LONGEST_TITLE, LONGEST_WORDS = 120, 1200


class NotYoursToReport(Refusal):
    """Only an organiser or a steward makes and opens reports."""

    code, status = "not-yours-to-report", 403
    words = _("An organiser or a steward makes reports. Ask one of them.")


class NotForYou(Refusal):
    """A report that is for the partnership."""

    code, status = "not-for-you", 403
    words = _("This is for the partnership. Come in first if you are one of them, or ask an organiser.")


class DayToCome(Refusal):
    """A report of a day that has not been."""

    code, status = "day-to-come", 422
    words = _("This day is still to come. Choose today or a day that has been.")


class BeforeTheRound(Refusal):
    """A report of a day before there was anything to report."""

    code, status = "before-the-round", 422
    words = _("The round had not begun on this day. Choose a later one.")


@transaction.atomic
def make_report(
    *,
    round: Round,  # noqa: A002 - our word for one pass of the thread
    by: Person,
    on: date,
    as_of: date,
    title: str,
    parts: Mapping[Part, str],
) -> Report:
    """Make the next numbered version: these parts, each with words of one's own, as things stood on a day.

    What was not done, refused, or got worse is always among them, whatever was chosen.
    Raises NotYoursToReport, DayToCome, BeforeTheRound, NothingSaid or TooLong.
    """
    if not rules.may_report(by):
        raise NotYoursToReport
    if as_of > on:
        raise DayToCome
    if as_of < round.began_on:
        raise BeforeTheRound
    Round.objects.select_for_update().get(pk=round.pk)  # two at once get two numbers
    last = Report.objects.filter(round=round).aggregate(last=Max("number"))["last"] or 0
    report = Report.objects.create(
        round=round,
        number=last + 1,
        title=said(title, most=LONGEST_TITLE),
        as_of=as_of,
        made_by=by,
        made_on=on,
    )
    wanted = [part for part in Part if part in parts or part in ALWAYS]
    ReportPart.objects.bulk_create(
        ReportPart(report=report, part=part, words=_own_words(parts.get(part, ""))) for part in wanted
    )
    log.info("report made report=%s round=%s by=%s", report.pk, round.pk, by.pk)
    return report


@transaction.atomic
def open_to_anyone(report: Report, *, by: Person, on: date) -> Report:
    """Let anyone with the address read it; quotes are then asked for, for anyone. Raises NotYoursToReport."""
    return _let_in(report, by=by, since=report.open_since or on)


@transaction.atomic
def close(report: Report, *, by: Person) -> Report:
    """For the partnership alone again. Raises NotYoursToReport."""
    return _let_in(report, by=by, since=None)


def _let_in(report: Report, *, by: Person, since: date | None) -> Report:
    if not rules.may_report(by):
        raise NotYoursToReport
    report.open_since = since
    report.save(update_fields=["open_since"])
    log.info("report open=%s report=%s by=%s", since is not None, report.pk, by.pk)
    return report


def _own_words(words: str) -> str:
    """In paragraphs, as they were typed."""
    words = "\n".join(line.strip() for line in words.strip().splitlines())
    if len(words) > LONGEST_WORDS:
        raise TooLong(most=LONGEST_WORDS)
    return words
