"""What the daily round does for promises: each part may run again without harm."""

import logging
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from betterstory.promises import clocks
from betterstory.promises.models import OPEN, Ask, Hold, Kind, Promise
from betterstory.promises.verbs import clock
from betterstory.promises.verbs.holding import let_in
from betterstory.promises.verbs.ledger import enter
from betterstory.promises.verbs.promising import locked
from betterstory.promises.verbs.reminding import remind
from betterstory.promises.verbs.time_to_ask import ask_those_due, count_those_over
from betterstory.promises.working_days import Spans

log = logging.getLogger(__name__)
THE_GATHERING = "the day we meet"  # who moved it, in the ledger


def pass_days(*, at: datetime) -> None:
    """All of it: clocks, gatherings, elections, what residents are asked, reminders."""
    on = localtime(at).date()
    set_missing_clocks()
    move_with_gatherings(on=on)
    let_in(on=on)
    count_those_over(on=on)
    ask_those_due(on=on)
    remind(at=at)


@transaction.atomic
def move_with_gatherings(*, on: date) -> int:
    """What is due when we next meet has the day of that gathering, once it is set and when it moves."""
    promised = Promise.objects.filter(when_we_meet=True, state__in=OPEN).select_related("meets", "round")
    moved = 0
    for each in promised:
        meets = each.meets or clock.next_gathering(each.round, after=_said_on(each))
        if meets is None:
            continue
        day = clock.meeting_day(meets, on)
        if (each.meets_id, each.due_on) == (meets.pk, day):
            continue
        promise = locked(each)
        promise.meets, promise.due_on = meets, day
        promise.overdue_on = clocks.overdue_from(day, Hold.objects.spans_of(promise.post))
        promise.save(update_fields=["meets", "due_on", "overdue_on"])
        enter(kind=Kind.CHANGED, about=promise, who=THE_GATHERING, words=promise.words, on=on, due_on=day)
        moved += 1
        log.info("moved with the gathering promise=%s", promise.pk)
    return moved


def _said_on(promise: Promise) -> date:
    """The day “when we next meet” was said."""
    again = promise.agains.filter(when_we_meet=True).exclude(agreed_on=None).order_by("-pk").first()
    return again.asked_on if again else promise.made_on


@transaction.atomic
def set_missing_clocks() -> int:
    """Give a clock to what was written down before there were clocks."""
    promises = list(Promise.objects.filter(overdue_on=None).select_related("post"))
    asks = list(Ask.objects.filter(answer_by=None).select_related("of"))
    by_post = Hold.objects.by_post() if promises else {}
    for promise in promises:
        spans: Spans = by_post.get(promise.post_id or 0, [])
        promise.overdue_on = clocks.overdue_from(promise.due_on, spans)
    for ask in asks:
        clock.set_answer(ask)
    Promise.objects.bulk_update(promises, ["overdue_on"], batch_size=500)
    Ask.objects.bulk_update(asks, ["answer_by"], batch_size=500)
    return len(promises) + len(asks)
