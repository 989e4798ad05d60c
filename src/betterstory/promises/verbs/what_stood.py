"""What stood before the ledger began gets one entry each, openly marked as such: once, by an upgrade."""

import logging
from datetime import date

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from betterstory.promises.models import Ask, Entry, Kind, Promise, State
from betterstory.promises.verbs.ledger import asker, enter, promiser

log = logging.getLogger(__name__)


@transaction.atomic
def enter_what_stood(*, on: date) -> int:
    """Write down each ask and promise that no entry is about, as it stands today. Gives how many.

    It does not say that they stood so before: nobody can. Run again it finds none. What waits until after an
    election comes in when it is over, and then has its own entry.
    """
    asks = _without_entry(Ask.objects.all(), "ask").select_related("of", "of_circle", "asked_by")
    promises = _without_entry(Promise.objects.exclude(state=State.WAITS), "promise")
    many = 0
    for ask in asks.select_related("asking_body").order_by("asked_on", "pk"):
        more = {"asked_of": ask.whom, "since": ask.asked_on.isoformat(), "state": ask.mark}
        enter(kind=Kind.STOOD, about=ask, who=asker(ask), words=ask.words, on=on, more=more)
        many += 1
    for promise in promises.select_related("post__body").order_by("made_on", "pk"):
        enter(
            kind=Kind.STOOD,
            about=promise,
            who=promiser(promise),
            words=promise.words,
            on=on,
            due_on=promise.due_on,
            more={
                "to": "" if promise.to_person_id else promise.to_words,
                "since": promise.made_on.isoformat(),
                "state": promise.state,
            },
        )
        many += 1
    log.info("what stood before the ledger was entered count=%s", many)
    return many


def _without_entry[Row: (Ask, Promise)](rows: QuerySet[Row], name: str) -> QuerySet[Row]:
    """Those that no entry is about."""
    about = Concat(Value(f"{name} "), Cast(OuterRef("pk"), CharField()))
    return rows.filter(~Exists(Entry.objects.filter(about=about)))
