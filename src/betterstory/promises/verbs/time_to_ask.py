"""Residents are asked when the time for it has come, and counted when it is over: nobody has to press for it,
and nobody can leave it undone.

What is asked, when and for how long is stated in docs/decisions/0023-what-the-cards-decide.md.
"""

import logging
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from betterstory.conversations.models import Side, Voice
from betterstory.promises.models import OPEN, Judging, Promise, State
from betterstory.promises.verbs import clock
from betterstory.promises.verbs.judging import FOUR_WEEKS, PRIVATE, begin, count, said_done_on
from betterstory.promises.verbs.promising import locked

log = logging.getLogger(__name__)
ITS_DAY = "the day for it"  # who asked or counted, in the ledger
ASKED_FOR = timedelta(days=28)
NOT_AFTER = timedelta(days=92)  # what came due before is asked by hand, or not at all
TO_CLOSE = timedelta(days=7)  # how long an organiser has to close it


def ask_those_due(*, on: date) -> int:
    """Ask of each promise to many that is late and was not asked about since its day, and of each that was
    said done four weeks ago. Gives how many.
    """
    late = [(each, False) for each in _late(on)]
    done = [(each, True) for each in _done_four_weeks_ago(on)]
    return sum(_ask(promise, on=on, four_weeks=four_weeks) for promise, four_weeks in late + done)


def count_those_over(*, on: date) -> int:
    """Count what no organiser closed in the week after its last day. Gives how many."""
    over = Judging.objects.filter(closed_on=None, closes_on__lte=on - TO_CLOSE).order_by("pk")
    return sum(_count(each, on) for each in over)


def _to_many() -> QuerySet[Promise]:
    """Promised to people who can be asked: residents of its round have cards, and are not asked just now."""
    cards = Voice.objects.filter(round=OuterRef("round"), side=Side.RESIDENT, lost_at=None)
    asking = Judging.objects.filter(promise=OuterRef("pk"), closed_on=None)
    found = Promise.objects.filter(Exists(cards), ~Exists(asking), to_circle__isnull=False)
    return found.exclude(to_circle__kind__in=PRIVATE).order_by("pk")


def _late(on: date) -> QuerySet[Promise]:
    """Late, and residents were not asked until its day or after."""
    asked = Judging.objects.filter(
        promise=OuterRef("pk"), kind=Judging.Kind.TURNED_OUT, closes_on__gte=OuterRef("due_on")
    )
    late = _to_many().filter(state__in=OPEN, overdue_on__lte=on, overdue_on__gt=on - NOT_AFTER)
    return late.filter(~Exists(asked))


def _done_four_weeks_ago(on: date) -> Iterator[Promise]:
    """Said done four weeks ago or somewhat longer, and not asked about since."""
    said = Q(state__in=[State.KEPT, State.PARTLY]) | Q(state__in=OPEN, own_views__isnull=False)
    for promise in _to_many().filter(said).distinct():
        done_on = said_done_on(promise)
        if done_on is None or not done_on + FOUR_WEEKS <= on < done_on + FOUR_WEEKS + NOT_AFTER:
            continue
        asked = promise.judgings.filter(kind=Judging.Kind.FOUR_WEEKS, opened_on__gte=done_on)
        if not asked.exists():
            yield promise


@transaction.atomic
def _ask(promise: Promise, *, on: date, four_weeks: bool) -> int:
    """Begin to ask, where nobody did meanwhile and no election is near."""
    promise = locked(promise)
    if promise.judgings.filter(closed_on=None).exists() or clock.is_held(promise.post, on):
        return 0
    begin(promise, by=None, who=ITS_DAY, on=on, until=on + ASKED_FOR, four_weeks=four_weeks)
    return 1


@transaction.atomic
def _count(judging: Judging, on: date) -> int:
    judging = Judging.objects.select_for_update(of=("self",)).get(pk=judging.pk)
    promise = locked(judging.promise)
    if judging.closed_on is not None:
        return 0
    count(judging, promise, by=None, on=on)
    return 1
