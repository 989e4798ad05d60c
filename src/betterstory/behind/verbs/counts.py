"""Counting: a pattern asked of the place's own log becomes a draft. And figures from elsewhere."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.behind import answering, counting, rules
from betterstory.behind.models import ContactLog, Draft, Estimate, Pattern, Release
from betterstory.behind.verbs.approving import last_number
from betterstory.behind.verbs.held import already_out, records_in
from betterstory.behind.verbs.logs import place_that_keeps_one, told_as, without_stop
from betterstory.behind.verbs.patterns import NotToBeCounted
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.ui.refusal import Refusal

logger = logging.getLogger(__name__)


class NotCounted(Refusal):
    """The engine does not answer, or what it would say stays in. `sentence` says why."""

    code, status = "not-counted", 422
    words = _("%(sentence)s")


def count(pattern: Pattern, *, log: ContactLog, by: Person, at: datetime) -> Draft | Release:
    """Ask a pattern of a log. The answer is a draft, which somebody else has to look at before it is out.

    Asked again it is the same draft, or the release that came of it. What would differ by a few people from
    figures that are out stays in. Takes seconds, so it is called outside a transaction. Raises NotYours,
    NoLogHere, NotToBeCounted or NotCounted.
    """
    place_that_keeps_one(by)
    if not rules.is_free(pattern, at=at):
        raise NotToBeCounted
    known = _known(pattern, log)
    if known is not None:
        return known
    last = last_number()
    with told_as(NotCounted):
        figures = counting.ask(pattern.toml, records_in(log), already_out())
    figures |= {"is_invented": log.is_invented}
    figures |= {"headline": answering.headline(figures)}
    draft = _draft(pattern, log, figures, last=last, by=by, at=at)
    logger.info("counted draft=%s pattern=%s by=%s", draft.pk, pattern.pk, by.pk)
    return draft


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


def _known(pattern: Pattern, log: ContactLog) -> Draft | Release | None:
    """What this question gave on the same records before: released, or waiting."""
    same = {"pattern": pattern, "data_mark": log.data_mark}
    return Release.objects.filter(**same).first() or Draft.objects.waiting().filter(**same).first()


def _draft(
    pattern: Pattern, log: ContactLog, figures: dict[str, object], *, last: int, by: Person, at: datetime
) -> Draft:
    """The draft, or the one that the same question gave meanwhile."""
    said = {
        "log": log,
        "figures": figures,
        "rule": counting.RULE,
        "source": log.source,
        "period": log.period,
        "cannot_see": log.cannot_see,
        "held_against": last,
        "counted_by": by,
        "counted_at": at,
    }
    found, _new = Draft.objects.waiting().get_or_create(
        pattern=pattern, data_mark=log.data_mark, by_column="", defaults=said
    )
    return found
