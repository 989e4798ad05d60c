"""When a gathering moves: what is read out or put up there ends thirty days after the new day at most."""

import logging

from django.db import transaction

from betterstory.people.models import Circle
from betterstory.stories.consenting import AFTER_A_GATHERING, AT_THE_GATHERING, midnight_after
from betterstory.stories.models import Consent

log = logging.getLogger(__name__)


@transaction.atomic
def day_moved(circle: Circle) -> int:
    """Yeses that would outlast the gathering by more than thirty days end then; none becomes longer."""
    if circle.meets_on is None:
        return 0
    last = midnight_after(circle.meets_on + AFTER_A_GATHERING)
    longer = Consent.objects.filter(circle=circle, use__in=AT_THE_GATHERING, ended_at=None, until__gt=last)
    shortened = longer.update(until=last)
    log.info("yeses shortened circle=%s count=%s", circle.pk, shortened)
    return shortened
