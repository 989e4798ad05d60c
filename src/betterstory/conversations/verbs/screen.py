"""Moving the big screen on and back, from any device of those who lead."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F

from betterstory.conversations import rules
from betterstory.conversations.models import RunSheet, Turn
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours

log = logging.getLogger(__name__)


@transaction.atomic
def show(sheet: RunSheet, *, turn: Turn, step: int = 0, seen: int, by: Person, at: datetime) -> bool:
    """Put a turn on the screen, or a piece or sentence of it; its clock begins when the turn does.

    `seen` is how often the screen had been moved when the button was shown: a second hand that presses the
    same moment moves nothing, and the answer is no. Raises NotYours.
    """
    sheet = RunSheet.objects.select_for_update(of=("self",)).select_related("gathering").get(pk=sheet.pk)
    if turn.gathering_id != sheet.gathering_id or not rules.may_lead(by, sheet.gathering):
        raise NotYours
    if seen != sheet.moves:
        return False
    began = sheet.turn_began_at if turn.pk == sheet.turn_id else at
    RunSheet.objects.filter(pk=sheet.pk).update(
        turn=turn, step=step, turn_began_at=began, moves=F("moves") + 1
    )
    log.info("screen moved sheet=%s turn=%s step=%s by=%s", sheet.pk, turn.pk, step, by.pk)
    return True


@transaction.atomic
def begin_clock(sheet: RunSheet, *, by: Person, at: datetime) -> None:
    """The turn that is on the screen begins now: its clock is full again. Raises NotYours."""
    if not rules.may_lead(by, sheet.gathering):
        raise NotYours
    RunSheet.objects.filter(pk=sheet.pk).update(turn_began_at=at)
    log.info("clock begun sheet=%s by=%s", sheet.pk, by.pk)
