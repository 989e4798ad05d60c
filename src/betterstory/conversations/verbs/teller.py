"""The teller's word on a gathering: the sheet is right so; and the stop."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F

from betterstory.conversations.models import Approval, RunSheet, Turn
from betterstory.conversations.verbs.run_sheet import SheetChanged
from betterstory.people.models import Person
from betterstory.stories import consenting
from betterstory.stories.acting import may_decide, may_open
from betterstory.stories.pausing import TheOtherPaused
from betterstory.stories.verbs import NotYourStory

log = logging.getLogger(__name__)


@transaction.atomic
def approve(sheet: RunSheet, *, by: Person, at: datetime, edition: int) -> Approval:
    """The sheet is right as the teller read it. It opens no door: what is shown still asks each yes.

    Raises NotYourStory, SheetChanged where it was changed meanwhile, or TheOtherPaused where the other one
    of two tellers stopped it.
    """
    sheet = RunSheet.objects.select_for_update(of=("self",)).select_related("story").get(pk=sheet.pk)
    if sheet.story is None or not may_open(by, sheet.story):
        raise NotYourStory
    if sheet.edition != edition:
        raise SheetChanged
    if sheet.stopped_at and sheet.stopped_by_id not in (None, by.pk):
        raise TheOtherPaused
    RunSheet.objects.filter(pk=sheet.pk).update(stopped_at=None, stopped_by=None)
    approval, _is_new = Approval.objects.get_or_create(
        sheet=sheet, teller=by, edition=edition, defaults={"at": at}
    )
    log.info("run sheet approved sheet=%s edition=%s", sheet.pk, edition)
    return approval


@transaction.atomic
def stop_here(sheet: RunSheet, *, by: Person, at: datetime) -> None:
    """Stop the whole of one's story before this room: every yes for its circle ends, and no screen here shows
    it, what anyone may see included. Where it stood comes the next turn. Raises NotYourStory.
    """
    sheet = (
        RunSheet.objects.select_for_update(of=("self",))
        .select_related("story", "turn", "gathering__circle")
        .get(pk=sheet.pk)
    )
    if sheet.story is None or not may_decide(by, sheet.story):
        raise NotYourStory
    consenting.stop_for_circle(sheet.story, circle=sheet.gathering.circle, by=by, at=at)
    RunSheet.objects.filter(pk=sheet.pk).update(
        stopped_at=at, stopped_by=by, moves=F("moves") + 1, **_next_turn(sheet, at)
    )
    log.info("story stopped here sheet=%s", sheet.pk)


def _next_turn(sheet: RunSheet, at: datetime) -> dict[str, object]:
    """Where the screen goes from the story's own turn; elsewhere it stays."""
    if sheet.turn is None or sheet.turn.kind != Turn.Kind.STORY:
        return {}
    after = sheet.gathering.turns.filter(number__gt=sheet.turn.number).first()
    return {"turn": after, "step": 0, "turn_began_at": at} if after else {}
