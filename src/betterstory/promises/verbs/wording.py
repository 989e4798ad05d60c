"""What any words and days on the wall keep to, and the name that stands there by one's own yes."""

import logging
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.promises import rules
from betterstory.promises.models import Ask, Promise
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
LONGEST = 300  # letters of an ask, a promise or a note
LONGEST_REASON = 500
LONGEST_NAME = 120


class NothingSaid(Refusal):
    """Words are missing."""

    code, status = "nothing-said", 422
    words = _("Write a few words.")


class TooLong(Refusal):
    """More words than a wall can hold."""

    code, status = "too-long", 422
    words = _("This is too long for the wall. Say it in %(most)s letters.")


class DayIsPast(Refusal):
    """The day a promise is due has gone by already."""

    code, status = "day-is-past", 422
    words = _("This day has gone by. Choose today or a day to come.")


class ClockSetBack(Refusal):
    """Today is before something that was written down already."""

    code = "clock-set-back"
    words = _(
        "This is dated before something that stands here already. Is the clock of this computer right?"
        " Nothing was changed."
    )


class NeedsYourYes(Refusal):
    """A person's name stands on the open wall by their own yes alone."""

    code, status = "needs-your-yes", 422
    words = _("Anyone can read the wall. Say yes to that first.")


class NotYourName(Refusal):
    """The name on the wall is another person's."""

    code, status = "not-your-name", 403
    words = _("Only the person themselves can say what they are called on the wall.")


@transaction.atomic
def be_named(entry: Ask | Promise, *, by: Person, words: str) -> str:
    """What I am called on the wall, by my own yes; no words takes my name off it. Gives what stands there.

    Raises NotYourName, or TooLong.
    """
    if not rules.chose_these_words(by, entry):
        raise NotYourName
    name = said(words, most=LONGEST_NAME, needed=False) or somebody()
    if isinstance(entry, Ask):
        Ask.objects.filter(pk=entry.pk).update(asked_by_words=name)
        Promise.objects.filter(ask=entry, to_person=by).update(to_words=name)
    elif by.pk == entry.person_id:
        Promise.objects.filter(pk=entry.pk).update(by_words=name)
    else:
        Promise.objects.filter(pk=entry.pk).update(to_words=name)
    log.info("name on the wall changed entry=%s by=%s", entry.pk, by.pk)
    return name


def said(words: str, *, most: int, needed: bool = True) -> str:
    """The words on one line, as they can stand on the wall. Raises NothingSaid or TooLong."""
    words = " ".join(words.split())
    if needed and not words:
        raise NothingSaid
    if len(words) > most:
        raise TooLong(most=most)
    return words


def day_to_come(due_on: date, on: date) -> None:
    if due_on < on:
        raise DayIsPast


def in_order(on: date, *before: date | None) -> None:
    """Nothing is written before what stands there already. Raises ClockSetBack."""
    if any(day is not None and on < day for day in before):
        raise ClockSetBack


def somebody() -> str:
    return _now("somebody here")
