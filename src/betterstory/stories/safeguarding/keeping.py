"""How long what is written about safety is kept, and forgetting it when that is over."""

import logging
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import Prefetch
from django.utils.timezone import localtime

from betterstory.people import keys
from betterstory.stories import ended
from betterstory.stories.models import Asked, Concern, Entry, Hold, Opening, Worry
from betterstory.stories.safeguarding import held
from betterstory.stories.safeguarding.states import Kind, State, standing

log = logging.getLogger(__name__)
# Years after a concern was closed. Ours, where no law names a figure: ask your own adviser before the first.
YEARS = {Worry.ADULT: 6, Worry.CHILD: 25, Worry.SELF_HARM: 6, Worry.ALLEGATION: 10}
REQUEST_YEARS = 2


def years_later(day: date, years: int) -> date:
    """The same day so many years on; the last of February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def forget_on(concern: Concern) -> date | None:
    """The day a closed concern is forgotten; None while it is open. Reads prefetched `entries`."""
    entries = list(concern.entries.all())
    if standing(entries).state != State.CLOSED:
        return None
    closed = max(entry.at for entry in entries if entry.kind == Kind.CLOSED)
    return years_later(localtime(closed).date(), YEARS[Worry(concern.kind)])


def forget_those_due(*, at: datetime) -> int:
    """Forget concerns and requests whose time is over; says how many. Safe to run again."""
    today = localtime(at).date()
    kept = Concern.objects.filter(forgotten_at=None).prefetch_related(
        Prefetch("entries", Entry.objects.all())
    )
    due = [concern for concern in kept if (day := forget_on(concern)) is not None and day <= today]
    waiting = set(held.holding(at).values_list("concern_id", flat=True))
    gone = [concern for concern in due if concern.pk not in waiting]
    for concern in gone:
        _forget(concern, at=at)
    return len(gone) + _forget_requests(today)


@transaction.atomic
def _forget(concern: Concern, *, at: datetime) -> None:
    """Its key is destroyed; what is left is that there was one, of which kind, and when."""
    Concern.objects.filter(pk=concern.pk).wipe(
        forgotten_at=at, words_sealed=b"", about=None, raised_by=None, story=None, piece=None
    )
    Entry.objects.filter(concern=concern).wipe(words_sealed=b"", by=None)
    Opening.objects.filter(concern=concern).wipe(reason_sealed=b"")
    holds = Hold.objects.filter(concern=concern)
    gone = [concern.key, *(hold.key for hold in holds if hold.key)]
    holds.update(reason_sealed=b"")
    ended.write(ended.FORGOTTEN, concern.uuid, at=at)
    for key in gone:
        transaction.on_commit(partial(keys.keyring().destroy, key), robust=True)
    if not concern.accuses:  # the log said nothing of it before, and a line now would say why
        log.info("concern forgotten concern=%s", concern.uuid)


def _forget_requests(today: date) -> int:
    """Requests answered long enough ago go with their key."""
    due = [
        asked
        for asked in Asked.objects.exclude(answered_on=None)
        if asked.answered_on and years_later(asked.answered_on, REQUEST_YEARS) <= today
    ]
    for asked in due:
        asked.delete()
        keys.keyring().destroy(asked.key)
    return len(due)
