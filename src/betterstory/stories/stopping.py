"""Stopping one story before one circle: every yes for it ends, whatever it was for."""

import logging
from datetime import datetime

from django.db import transaction

from betterstory.people.models import Circle, Person
from betterstory.stories import acting, ended, leaving
from betterstory.stories.models import Consent, Story
from betterstory.stories.refusals import NotYourStory

log = logging.getLogger(__name__)


@transaction.atomic
def stop_for_circle(story: Story, *, circle: Circle, by: Person, at: datetime) -> int:
    """End every yes of a story for this circle; says how many. Others stay. Raises NotYourStory."""
    if not acting.may_decide(by, story):
        raise NotYourStory
    open_still = Consent.objects.filter(version__story=story, circle=circle, ended_at=None)
    rows = list(open_still.values_list("uuid", flat=True))
    for row in rows:
        ended.write(ended.YES, row, at=at)
    open_still.update(ended_at=at)
    if rows:
        leaving.ask_back(story, at=at)
    log.info("story stopped for a circle story=%s circle=%s yeses=%s", story.pk, circle.pk, len(rows))
    return len(rows)
