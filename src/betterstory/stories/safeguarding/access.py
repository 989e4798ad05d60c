"""Somebody asks what is kept about them: written down, due in one calendar month, answered once."""

import calendar
import logging
import uuid
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people import keys
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.stories.models import Asked
from betterstory.stories.safeguarding import rules
from betterstory.stories.safeguarding.concerns import FEW_WORDS, SayWhat
from betterstory.stories.safeguarding.sealing import CHECKED, WHO, seal
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class AnsweredBefore(Refusal):
    """An answer that went out is not written over."""

    code = "answered-before"
    words = _("This was answered before. If they ask again, write down a new request.")


class NotBeforeToday(Refusal):
    """A request from a day to come."""

    code, status = "not-before-today", 422
    words = _("Choose the day they asked: today, or before.")


def one_month_after(day: date) -> date:
    """The same day of the next month, or its last where there is none: how the law counts a month."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@transaction.atomic
def take_down(*, kind: Asked.Kind, who: str, asked_on: date, by: Person, on: date) -> Asked:
    """Write down who asked, and for what. Raises NotYours, SayWhat or NotBeforeToday."""
    if not rules.may_take_requests(by):
        raise NotYours
    if not who.strip():
        raise SayWhat
    if asked_on > on:
        raise NotBeforeToday
    row, key = uuid.uuid4(), keys.keyring().make()
    asked = Asked.objects.create(
        uuid=row,
        key=key,
        kind=kind,
        who_sealed=seal(who.strip()[:FEW_WORDS], key=key, name=WHO, row=row),
        asked_on=asked_on,
        due_on=one_month_after(asked_on),
        taken_by=by,
    )
    log.info("request taken asked=%s by=%s", row, by.pk)
    return asked


@transaction.atomic
def answer(asked: Asked, *, how: Asked.Answer, checked: str, by: Person, on: date) -> None:
    """Write down what was looked through, and the answer. Raises NotYours, SayWhat or AnsweredBefore."""
    if not rules.may_take_requests(by):
        raise NotYours
    if not checked.strip():
        raise SayWhat
    sealed = seal(checked.strip()[:FEW_WORDS], key=asked.key, name=CHECKED, row=asked.uuid)
    first = Asked.objects.filter(pk=asked.pk, answered_on=None).update(
        answer=how, checked_sealed=sealed, answered_by=by, answered_on=on
    )
    if not first:
        raise AnsweredBefore
    log.info("request answered asked=%s by=%s", asked.uuid, by.pk)
