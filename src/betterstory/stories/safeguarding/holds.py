"""Naming a legal hold, and ending it. It delays destruction alone; the teller reads it on their page."""

import logging
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people import keys
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.stories import consenting, ended
from betterstory.stories.models import Concern, Hold, Story
from betterstory.stories.safeguarding import concerns, held, rules
from betterstory.stories.safeguarding.door import SHORTEST_REASON, NotOpenToYou, ReasonFirst, locked_story
from betterstory.stories.safeguarding.sealing import HOLD, seal
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class NotThatLong(Refusal):
    """A hold has an end, and is asked anew after half a year."""

    code, status = "not-that-long", 422
    words = _("Choose a day after today, and within 180 days. You can ask again then.")


@transaction.atomic
def hold(concern: Concern, *, reason: str, until: datetime, by: Person, at: datetime) -> Hold:
    """Keep a story's words until a day. Raises NotOpenToYou, ReasonFirst or NotThatLong."""
    story = locked_story(concern)
    if story is None or not rules.may_open(by, concern):
        raise NotOpenToYou
    if by.pk not in concerns.standing_now(concern).readers:
        raise NotOpenToYou
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonFirst
    if not at < until <= at + timedelta(days=Hold.LONGEST_DAYS + 1):
        raise NotThatLong
    row, key = uuid.uuid4(), keys.keyring().make()
    named = Hold.objects.create(
        uuid=row,
        story=story,
        concern=concern,
        key=key,
        reason_sealed=seal(reason.strip()[: concerns.FEW_WORDS], key=key, name=HOLD, row=row),
        by=by,
        at=at,
        until=until,
        wanted_gone_at=_wanted_before(story, at),
    )
    ended.write(ended.HELD, story.uuid, at=at, hold=str(row), until=until.isoformat())
    log.info("hold named hold=%s story=%s", row, story.pk)
    return named


def _wanted_before(story: Story, at: datetime) -> datetime | None:
    """A second hold over the first does not forget that the teller wanted it gone."""
    waiting = held.holding(at).filter(story=story).exclude(wanted_gone_at=None)
    return waiting.values_list("wanted_gone_at", flat=True).first()


@transaction.atomic
def end(named: Hold, *, by: Person, at: datetime) -> None:
    """The hold is over. What its teller wanted gone goes at once. Raises NotYours."""
    if not rules.holds_post(by) or (named.concern is not None and not rules.may_see(by, named.concern)):
        raise NotYours
    story = Story.objects.select_for_update().get(pk=named.story_id)
    Hold.objects.filter(pk=named.pk, ended_at=None).update(ended_at=at)
    ended.write(ended.HOLD_OVER, story.uuid, at=at, hold=str(named.uuid))
    log.info("hold ended hold=%s by=%s", named.uuid, by.pk)
    consenting.destroy_if_due(story.pk, at=at)
