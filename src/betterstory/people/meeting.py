"""The day a circle meets, moved."""

import logging
from datetime import date

from django.db import transaction

from betterstory.people import rules
from betterstory.people.models import Circle, Person
from betterstory.people.verbs import NotYours

log = logging.getLogger(__name__)


@transaction.atomic
def meet_on(circle: Circle, *, day: date, name: str, ends_on: date, by: Person) -> None:
    """It meets on another day, and is called after that. Raises NotYours."""
    if not rules.may_keep_circles(by):
        raise NotYours
    circle.name, circle.meets_on, circle.ends_on = name, day, ends_on
    circle.save(update_fields=["name", "meets_on", "ends_on"])
    log.info("circle moved circle=%s by=%s", circle.pk, by.pk)
