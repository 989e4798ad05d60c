"""Counting: a pattern asked of the place's own log becomes a release. And figures from elsewhere."""

import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from betterstory.behind import answering, counting, rules
from betterstory.behind.counting import Columns, Records
from betterstory.behind.models import ContactLog, Estimate, Pattern, Release
from betterstory.behind.verbs.logs import place_that_keeps_one, records_of, told_as, without_stop
from betterstory.behind.verbs.patterns import NotToBeCounted
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.ui.refusal import Refusal

logger = logging.getLogger(__name__)
TRIES = 3


class NotCounted(Refusal):
    """The engine does not answer, or what it would say stays in. `sentence` says why."""

    code, status = "not-counted", 422
    words = _("%(sentence)s")


class SomebodyElseCounts(Refusal):
    """Other releases kept coming while this one was counted, and it could not be held against them."""

    code = "somebody-else-counts"
    words = _("Somebody else is counting just now. Try again in a minute.")


def count(pattern: Pattern, *, log: ContactLog, by: Person, at: datetime) -> Release:
    """Ask a pattern of a log and release the answer: protected, numbered, frozen. Asked again: the same one.

    What would differ by a few people from figures that are out stays in. Takes seconds, so it is called
    outside a transaction. Raises NotYours, NoLogHere, NotToBeCounted, NotCounted or SomebodyElseCounts.
    """
    place_that_keeps_one(by)
    if not rules.is_free(pattern, at=at):
        raise NotToBeCounted
    for _try in range(TRIES):
        out = Release.objects.filter(pattern=pattern, data_mark=log.data_mark).first()
        if out is not None:
            return out
        last = _last_number()
        with told_as(NotCounted):
            figures = counting.ask(pattern.toml, _records(log), _already_out())
        figures |= {"is_invented": log.is_invented}
        figures |= {"headline": answering.headline(figures)}
        release = _release(pattern, log, figures, number=last + 1, by=by, at=at)
        if release is not None:
            logger.info("counted release=%s pattern=%s by=%s", release.number, pattern.pk, by.pk)
            return release
    raise SomebodyElseCounts


@transaction.atomic
def add_estimate(
    pattern: Pattern,
    *,
    words: str,
    source: str,
    cannot_see: str,
    by: Person,
    at: datetime,
    year: int | None = None,
) -> Estimate:
    """Write down a figure from elsewhere, with its source and whom it cannot see. Raises NotYours."""
    if not rules.may_estimate(by):
        raise NotYours
    made = pattern.estimates.create(
        words=words,
        source=without_stop(source),
        cannot_see=without_stop(cannot_see),
        year=year,
        added_by=by,
        added_at=at,
    )
    logger.info("estimate added estimate=%s by=%s", made.pk, by.pk)
    return made


def _last_number() -> int:
    return Release.objects.aggregate(last=Max("number"))["last"] or 0


def _records(log: ContactLog) -> Records:
    return records_of(log, Columns(**log.columns))


def _already_out() -> list[tuple[str, Records]]:
    """Every pattern that was released on a log that is still here."""
    releases = Release.objects.that_can_be_asked_again()
    return [
        (release.pattern.toml, _records(release.log))
        for release in releases
        if release.log and release.log.log_path.exists()
    ]


def _release(
    pattern: Pattern, log: ContactLog, figures: dict[str, object], *, number: int, by: Person, at: datetime
) -> Release | None:
    """The release, or None where another took its number meanwhile: then it was not held against that one."""
    try:
        with transaction.atomic():
            if _last_number() != number - 1:
                return None
            return Release.objects.create(
                number=number,
                pattern=pattern,
                log=log,
                figures=figures,
                rule=counting.RULE,
                source=log.source,
                period=log.period,
                cannot_see=log.cannot_see,
                data_mark=log.data_mark,
                counted_by=by,
                released_at=at,
            )
    except IntegrityError:
        return None
