"""Typing in hours, money and outside events, and putting them right: always by a new row."""

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from betterstory.learning.models import OutsideEvent, Sector, Spent
from betterstory.learning.reporting import rules
from betterstory.people.models import Body, Person
from betterstory.places.models import Round
from betterstory.promises.verbs.wording import said
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
LONGEST_FOR, LONGEST_EVENT = 200, 300
MOST_HOURS, MOST_POUNDS = Decimal(100_000), Decimal(100_000_000)
LONG_BEFORE = timedelta(days=3 * 366)
LONG_AHEAD = timedelta(days=3 * 366)


class NotYoursToType(Refusal):
    """Only somebody of the partnership types these; only its writer or an organiser puts one right."""

    code, status = "not-yours-to-type", 403
    words = _("An organiser, a steward or a partner types this. Another’s row is put right by an organiser.")


class NotYet(Refusal):
    """A day that is still to come."""

    code, status = "not-yet", 422
    words = _("This day is still to come. Write it down once it has been.")


class LongBefore(Refusal):
    """A day years before the round: a slip of the hand."""

    code, status = "long-before", 422
    words = _("This is years before the round began. Look at the day again.")


class LongAhead(Refusal):
    """Announced for a day years away: a slip of the hand."""

    code, status = "long-ahead", 422
    words = _("This is years away. Look at the day again.")


class HoursOrPounds(Refusal):
    """A row without any amount."""

    code, status = "hours-or-pounds", 422
    words = _("Write hours, or pounds, or both.")


class BelowZero(Refusal):
    """An amount below nothing. What was wrong is put right, not written against."""

    code, status = "below-zero", 422
    words = _("An amount cannot be below zero. If an earlier row was wrong, put that row right.")


class TooMuch(Refusal):
    """An amount no round could spend."""

    code, status = "too-much", 422
    words = _("This is more than a round could spend. Look at the amount again.")


class SayWhy(Refusal):
    """Putting right without a reason."""

    code, status = "say-why", 422
    words = _("Say in a few words why it is put right. The earlier row stays below.")


class PutRightAlready(Refusal):
    """Somebody put this row right a moment ago."""

    code = "put-right-already"
    words = _("This row was put right already. Look at the newest one.")


@transaction.atomic
def write_spent(
    *,
    round: Round,  # noqa: A002 - our word for one pass of the thread
    by: Person,
    on: date,
    when: date,
    sector: Sector,
    what_for: str,
    hours: Decimal = Decimal(0),
    pounds: Decimal = Decimal(0),
    is_month: bool = False,
    puts_right: Spent | None = None,
    because: str = "",
) -> Spent:
    """Write down hours or money of a sector, or put an earlier row right: that one stays, below the new.

    Raises NotYoursToType, NotYet, LongBefore, HoursOrPounds, BelowZero, TooMuch, SayWhy, PutRightAlready,
    NothingSaid or TooLong.
    """
    when = when.replace(day=1) if is_month else when
    _check(round, by, on, when, puts_right, because)
    if hours < 0 or pounds < 0:
        raise BelowZero
    if hours > MOST_HOURS or pounds > MOST_POUNDS:
        raise TooMuch
    if not (hours or pounds):
        raise HoursOrPounds
    row = Spent(
        round=round,
        on=when,
        is_month=is_month,
        sector=sector,
        hours=hours,
        pounds=pounds,
        what_for=said(what_for, most=LONGEST_FOR),
    )
    return _write(row, by=by, on=on, puts_right=puts_right, because=because)


@transaction.atomic
def write_outside(
    *,
    round: Round,  # noqa: A002 - our word for one pass of the thread
    by: Person,
    on: date,
    when: date,
    words: str,
    bodies: Iterable[Body] = (),
    puts_right: OutsideEvent | None = None,
    because: str = "",
) -> OutsideEvent:
    """Write down what changed around a round, or put an earlier row right. What is announced may lie ahead.

    Raises NotYoursToType, LongBefore, LongAhead, SayWhy, PutRightAlready, NothingSaid or TooLong.
    """
    _check(round, by, on, min(when, on), puts_right, because)
    if when > on + LONG_AHEAD:
        raise LongAhead
    row = OutsideEvent(round=round, on=when, words=said(words, most=LONGEST_EVENT))
    made = _write(row, by=by, on=on, puts_right=puts_right, because=because)
    made.bodies.set(bodies)
    return made


@transaction.atomic
def take_out[Row: (Spent, OutsideEvent)](row: Row, *, by: Person, on: date, because: str) -> Row:
    """Say that a row should not have been written. It stays below, with the reason; nothing is counted.

    Raises NotYoursToType, SayWhy, PutRightAlready or TooLong.
    """
    _check(row.round, by, on, min(row.on, on), row, because)
    out = type(row)(round=row.round, on=row.on, is_out=True)
    if isinstance(out, Spent) and isinstance(row, Spent):
        out.is_month, out.sector, out.what_for = row.is_month, row.sector, row.what_for
    elif isinstance(out, OutsideEvent) and isinstance(row, OutsideEvent):
        out.words = row.words
    return _write(out, by=by, on=on, puts_right=row, because=because)


def _check(
    round_: Round, by: Person, on: date, when: date, earlier: Spent | OutsideEvent | None, because: str
) -> None:
    """What holds for every typed row."""
    if not (rules.may_put_right(by, earlier) if earlier else rules.may_write(by)):
        raise NotYoursToType
    if when > on:
        raise NotYet
    if when < round_.began_on - LONG_BEFORE:
        raise LongBefore
    if earlier is not None and not because.strip():
        raise SayWhy


def _write[Row: (Spent, OutsideEvent)](
    row: Row, *, by: Person, on: date, puts_right: Row | None, because: str
) -> Row:
    row.written_by, row.written_as, row.written_on = by, rules.written_as(by), on
    row.because = said(because, most=LONGEST_EVENT, needed=False)
    if puts_right is not None:
        row.round, row.puts_right = puts_right.round, puts_right
    try:
        with transaction.atomic():  # two at once: the database holds that a row is put right once
            row.save()
    except IntegrityError as twice:
        raise PutRightAlready from twice
    log.info("typed in row=%s kind=%s by=%s", row.pk, row._meta.model_name, by.pk)
    return row
