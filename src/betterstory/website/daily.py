"""The daily round: what falls due by itself. Each part may run again without harm."""

import logging
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from betterstory.behind.verbs import throw_away_arrivals
from betterstory.conversations.pages.inbox import throw_away_inboxes
from betterstory.conversations.verbs import forget_needs_due, me_too, throw_away_photographs_due
from betterstory.people.keys import keyring
from betterstory.people.keys.rotating import forget_retired
from betterstory.people.models import Once, Tries
from betterstory.poolside import goodwill
from betterstory.promises.verbs import pass_days, send_heads
from betterstory.stories import care, consenting, leaves, leaving, reminding, sealed_files
from betterstory.stories.safeguarding import keeping
from betterstory.website.keeping import copying, restoring
from betterstory.website.keeping.trouble import CannotKeep

log = logging.getLogger(__name__)
KEEP_FORMS = timedelta(days=2)


def make_round() -> None:
    """Destroy stories taken back a week ago, open what a teller paused until today, ask before yeses end.

    Say what care is late. Close quiet questions whose week is over. Forget what was kept its time: what was
    written beside a “me too” or about safety, uploads nobody spoke for, sealed files of nothing, what guests
    needed, photographs of walls, old forms and sessions. Let the clocks of promises go on, and remind whoever
    keeps them. Send the head of the ledger, once a month. Lay leaves where one is missing.
    """
    at = timezone.now()
    gone = consenting.destroy_those_due(at=at)
    reminding.open_those_due(at=at)
    reminding.ask_before_they_end(at=at)
    leaving.ask_back_what_ran_out(at=at)
    leaves.lay_missing()
    me_too.wipe_those_due(on=timezone.localtime(at).date())
    late = care.mark_late(on=timezone.localtime(at).date())
    forgotten = keeping.forget_those_due(at=at)
    sealed_files.sweep(older_than=(at - KEEP_FORMS).timestamp())
    throw_away_arrivals(at=at)
    throw_away_inboxes(older_than=(at - KEEP_FORMS).timestamp())
    forget_needs_due(at=at)
    goodwill.settle_those_due(on=timezone.localtime(at).date())
    throw_away_photographs_due(at=at)
    pass_days(at=at)
    Once.objects.filter(sent_at__lt=at - KEEP_FORMS).delete()
    Tries.objects.filter(since__lt=at - KEEP_FORMS).delete()
    Session.objects.filter(expire_date__lt=at).delete()
    send_heads(at=at)
    keep_safe(at=at)
    log.info("daily round made stories_destroyed=%s care_late=%s forgotten=%s", gone, late, forgotten)


def keep_safe(*, at: datetime) -> None:
    """Once a day a copy, where somebody is named for it; and what is kept no longer than it may be, goes."""
    forget_retired(keyring(), at=at)
    copying.throw_away_old(at=at)
    restoring.throw_away_before(at=at)
    try:
        copying.copy_ended()
        if copying.is_due(at=at):
            copying.make_copies(at=at)
    except (
        CannotKeep,
        OSError,
    ) as why:  # written in the record, said on the steward's page, tried in an hour
        log.warning("no copy was made why=%s", type(why).__name__)
