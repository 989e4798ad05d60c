"""Counting: a pattern asked of the place's own log becomes a draft. And figures from elsewhere."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.behind import answering, counting, rules
from betterstory.behind.counting import Counted
from betterstory.behind.models import ContactLog, Draft, Estimate, Pattern, Release
from betterstory.behind.verbs.approving import last_number
from betterstory.behind.verbs.held import held_against, out_already, records_in
from betterstory.behind.verbs.keeping import keep, keys_of_the_place
from betterstory.behind.verbs.logs import place_that_keeps_one, told_as, without_stop
from betterstory.behind.verbs.patterns import NotToBeCounted
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Neighbourhood
from betterstory.ui.refusal import Refusal

logger = logging.getLogger(__name__)


class NotCounted(Refusal):
    """The engine does not answer, or what it would say stays in. `sentence` says why."""

    code, status = "not-counted", 422
    words = _("%(sentence)s")


def count(
    pattern: Pattern, *, log: ContactLog, by: Person, at: datetime, by_column: str = ""
) -> Draft | Release:
    """Ask a pattern of a log. The answer is a draft, which somebody else has to look at before it is out.

    by_column: also where they live, by this column of the list of everybody, in whole neighbourhoods of the
    place. Asked again it is the same draft, or the release that came of it. What would differ by a few people
    from figures that are out stays in, or, on newer records of the same, stays as it was. Takes seconds, so
    it is called outside a transaction. Raises NotYours, NoLogHere, NotToBeCounted, OtherColumnOut or
    NotCounted.
    """
    place_that_keeps_one(by)
    if not rules.is_free(pattern, at=at):
        raise NotToBeCounted
    known = out_already(pattern, log.data_mark, by_column) or _waiting(pattern, log, by_column)
    if known is not None:
        return known
    last = last_number()
    with told_as(NotCounted):
        counted = counting.ask(
            pattern.toml,
            records_in(log),
            held_against(pattern, log),
            keys=keys_of_the_place(),
            by=by_column,
            areas=list(Neighbourhood.objects.values_list("name", flat=True)),
        )
    draft = _draft(pattern, log, counted, by_column=by_column, last=last, by=by, at=at)
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


def _waiting(pattern: Pattern, log: ContactLog, by_column: str) -> Draft | None:
    """What the same question gave before, if nobody has answered it yet."""
    waiting = Draft.objects.waiting().filter(pattern=pattern, data_mark=log.data_mark, by_column=by_column)
    return waiting.first()


def _draft(
    pattern: Pattern,
    log: ContactLog,
    counted: Counted,
    *,
    by_column: str,
    last: int,
    by: Person,
    at: datetime,
) -> Draft:
    """The draft, or the one that the same question gave meanwhile."""
    figures = counted.figures | {"is_invented": log.is_invented}
    said = {
        "log": log,
        "figures": figures | {"headline": answering.headline(figures)},
        "rule": counting.RULE,
        "source": log.source,
        "period": log.period,
        "cannot_see": log.cannot_see,
        "held_against": last,
        "counted_by": by,
        "counted_at": at,
        "kept_with": log,
        "kept_as": keep(log, counted.kept),
    }
    found, new = Draft.objects.waiting().get_or_create(
        pattern=pattern, data_mark=log.data_mark, by_column=by_column, defaults=said
    )
    if not new:
        (log.kept_folder / str(said["kept_as"])).unlink()
    return found
