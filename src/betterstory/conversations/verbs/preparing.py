"""Preparing: the day and the place, how people get in, whose story is heard, the words to send."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules, text_message
from betterstory.conversations.models import Gathering, RunSheet
from betterstory.conversations.verbs.gatherings import CIRCLE_LIFE, DayIsPast, circle_name
from betterstory.conversations.verbs.run_sheet import changed, check_titles, open_sheet
from betterstory.people import meeting as circles
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.poolside.models import Poolside
from betterstory.poolside.rules import is_round_the_table
from betterstory.stories import meeting
from betterstory.stories.models import Story
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class TooManyLetters(Refusal):
    """More than one text message holds."""

    code, status = "too-many-letters", 422
    words = _("This is too long for one text message: it may hold %(most)s letters, and it holds %(many)s.")


@dataclass(frozen=True)
class Prepared:
    """How a gathering is to be."""

    when: datetime
    where: str
    check_in: str = ""
    access: str = ""
    interpreters: str = ""
    fares: str = ""
    story: Story | None = None
    poolside: Poolside | None = None


@transaction.atomic
def prepare(gathering: Gathering, told: Prepared, *, by: Person, at: datetime, edition: int) -> None:
    """Change what was prepared. Raises NotYours, SheetChanged, NoTitles, or DayIsPast for a new day."""
    sheet = open_sheet(gathering, by=by, edition=edition)
    if told.story is not None and told.story.neighbourhood_id != gathering.round.neighbourhood_id:
        raise NotYours
    other_wall = told.poolside is not None and told.poolside.pk != sheet.poolside_id
    if other_wall and not is_round_the_table(by, told.poolside, localtime(at).date()):  # type: ignore[arg-type]  # there is one
        raise NotYours
    if told.when != gathering.at:
        if told.when < at:
            raise DayIsPast
        _move_day(gathering, told.when, by=by)
    check_titles(gathering.kind, told.check_in)
    gathering.at, gathering.where, gathering.check_in = told.when, told.where, told.check_in
    gathering.save(update_fields=["at", "where", "check_in"])
    if told.story != sheet.story:  # another teller has said nothing yet, neither yes nor stop
        sheet.stopped_at = sheet.stopped_by = None
    sheet.access, sheet.interpreters, sheet.fares = told.access, told.interpreters, told.fares
    sheet.story, sheet.poolside = told.story, told.poolside
    sheet.save()
    changed(sheet, at=at)
    log.info("gathering prepared gathering=%s by=%s", gathering.pk, by.pk)


def _move_day(gathering: Gathering, when: datetime, *, by: Person) -> None:
    """The circle meets on the new day, and what may be shown at the gathering ends with it."""
    day, circle = localtime(when).date(), gathering.circle
    if day == circle.meets_on:
        return
    name = circle_name(gathering.title, day)
    circles.meet_on(circle, day=day, name=name, ends_on=day + CIRCLE_LIFE, by=by)
    meeting.day_moved(circle)


@transaction.atomic
def keep_text_message(gathering: Gathering, *, words: str, by: Person) -> None:
    """Keep the words of the text message. Raises NotYours or TooManyLetters."""
    if not rules.may_call(by):
        raise NotYours
    weighed = text_message.weigh(words)
    if weighed.many > weighed.most:
        raise TooManyLetters(most=weighed.most, many=weighed.many)
    RunSheet.objects.filter(gathering=gathering).update(text_message=words)
    log.info("text message kept gathering=%s by=%s", gathering.pk, by.pk)
