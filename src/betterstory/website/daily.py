"""The daily round: what falls due by itself. Each part may run again without harm."""

import logging
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from betterstory.behind.verbs import throw_away_arrivals
from betterstory.people.models import Once, Tries
from betterstory.stories import consenting, leaving, reminding

log = logging.getLogger(__name__)
KEEP_FORMS = timedelta(days=2)


def make_round() -> None:
    """Destroy stories taken back a week ago, open what a teller paused until today, ask before yeses end.

    Forget uploads nobody spoke for, old forms and sessions.
    """
    at = timezone.now()
    gone = consenting.destroy_those_due(at=at)
    reminding.open_those_due(at=at)
    reminding.ask_before_they_end(at=at)
    leaving.ask_back_what_ran_out(at=at)
    throw_away_arrivals(at=at)
    Once.objects.filter(sent_at__lt=at - KEEP_FORMS).delete()
    Tries.objects.filter(since__lt=at - KEEP_FORMS).delete()
    Session.objects.filter(expire_date__lt=at).delete()
    log.info("daily round made stories_destroyed=%s", gone)
