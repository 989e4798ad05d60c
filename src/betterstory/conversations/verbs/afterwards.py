"""After a gathering: cards typed and read back, the photograph of the wall, and what is forgotten in time."""

import logging
import uuid
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules, wall_photographs
from betterstory.conversations.models import Gathering, WallPhotograph, WritingUp
from betterstory.conversations.models.afterwards import PHOTOGRAPH_DAYS
from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.stories import photographs
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MOST_PHOTOGRAPHS = 6
STRAYS_KEPT = timedelta(hours=1)


class NotYetMet(Refusal):
    """People have not met yet."""

    code = "not-yet-met"
    words = _("This gathering has not begun yet. Come back after it.")


class TypeFirst(Refusal):
    """Cards are read back once they are typed."""

    code = "type-first"
    words = _("First type the cards in, and say so. Then they can be read back.")


class NotThatDay(Refusal):
    """Read back before it was typed, or on a day to come."""

    code, status = "not-that-day", 422
    words = _("They were read back on a day from when they were typed until today. Write that day.")


class WallIsReadBack(Refusal):
    """The photograph has done its work."""

    code = "wall-is-read-back"
    words = _("The wall was read back. Its photographs are gone, and no new ones are kept.")


class TooManyPhotographs(Refusal):
    """More than one wall needs."""

    code, status = "too-many-photographs", 422
    words = _("Six photographs of one wall are kept at most. Throw one away first.")


class TooLateToKeep(Refusal):
    """It would be thrown away at once."""

    code = "too-late-to-keep"
    words = _("Photographs of a wall are kept for two weeks after the gathering. That time is over.")


@transaction.atomic
def say_typed(gathering: Gathering, *, by: Person, at: datetime) -> WritingUp:
    """Every card of that night is typed in. Saying it again changes nothing. Raises NotYours or NotYetMet."""
    if not rules.may_write_down(by, gathering):
        raise NotYours
    if gathering.at > at:
        raise NotYetMet
    writing_up, _is_new = WritingUp.objects.get_or_create(
        gathering=gathering, defaults={"typed_by": by, "typed_at": at}
    )
    log.info("cards typed gathering=%s by=%s", gathering.pk, by.pk)
    return writing_up


@transaction.atomic
def say_read_back(gathering: Gathering, *, on: date, by: Person, at: datetime) -> None:
    """The cards were read back to the room: the photographs of its wall go now.

    Raises NotYours, TypeFirst or NotThatDay.
    """
    if not rules.may_call(by):
        raise NotYours
    writing_up = WritingUp.objects.select_for_update().filter(gathering=gathering).first()
    if writing_up is None:
        raise TypeFirst
    if not localtime(writing_up.typed_at).date() <= on <= localtime(at).date():
        raise NotThatDay
    writing_up.read_back_on, writing_up.read_back_by = on, by
    writing_up.save(update_fields=["read_back_on", "read_back_by"])
    for photograph in gathering.photographs.all():
        _destroy(photograph)
    log.info("cards read back gathering=%s by=%s", gathering.pk, by.pk)


@transaction.atomic
def keep_photograph(gathering: Gathering, *, came: bytes, by: Person, at: datetime) -> WallPhotograph:
    """Keep a photograph of the wall, made again and sealed. Raises NotYours, NotYetMet, WallIsReadBack,
    TooLateToKeep, TooManyPhotographs, NoPicture or TooManyDots.
    """
    if not rules.may_see_wall(by, gathering):
        raise NotYours
    if gathering.at > at:
        raise NotYetMet
    if WritingUp.objects.filter(gathering=gathering).exclude(read_back_on=None).exists():
        raise WallIsReadBack
    if gathering.at + timedelta(days=PHOTOGRAPH_DAYS) <= at:
        raise TooLateToKeep
    if gathering.photographs.count() >= MOST_PHOTOGRAPHS:
        raise TooManyPhotographs
    picture = photographs.made_again(came)
    row, key = uuid.uuid4(), keyring().make()
    try:
        wall_photographs.seal(picture, row=row, key=key)
        made = WallPhotograph.objects.create(uuid=row, key=key, gathering=gathering, kept_by=by, kept_at=at)
    except BaseException:
        wall_photographs.destroy(row, key)
        raise
    log.info("wall photograph kept photograph=%s gathering=%s by=%s", made.pk, gathering.pk, by.pk)
    return made


@transaction.atomic
def throw_away_photograph(photograph: WallPhotograph, *, by: Person) -> None:
    """Take one away before its time. Raises NotYours."""
    if not rules.may_see_wall(by, photograph.gathering):
        raise NotYours
    _destroy(photograph)


def _destroy(photograph: WallPhotograph) -> None:
    row, key, gone = photograph.uuid, photograph.key, photograph.pk
    photograph.delete()
    # robust: a file that stays by mischance is looked for again by the daily round
    transaction.on_commit(lambda: wall_photographs.destroy(row, key), robust=True)
    log.info("wall photograph destroyed photograph=%s", gone)


@transaction.atomic
def throw_away_photographs_due(*, at: datetime) -> int:
    """Those kept as long as they may be, read back or not. Says how many. Safe to run again."""
    long_ago = at - timedelta(days=PHOTOGRAPH_DAYS)
    due = list(WallPhotograph.objects.filter(gathering__at__lte=long_ago))
    for photograph in due:
        _destroy(photograph)
    wall_photographs.sweep(older_than=(at - STRAYS_KEPT).timestamp())
    return len(due)
