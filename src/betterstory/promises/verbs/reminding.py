"""Reminding whoever keeps a promise: once for each step, inside its days, and never somebody who left."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.promises import clocks, rules
from betterstory.promises.models import (
    OPEN,
    CalendarAddress,
    Channel,
    Hold,
    HowReminded,
    Promise,
    Reminder,
    Step,
)
from betterstory.promises.working_days import DAY, Spans
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
BEFORE = timedelta(days=7)
LOOK_BACK = timedelta(days=120)  # a grace that a hold made long


class NumberNeeded(Refusal):
    """A text message needs a number."""

    code, status = "number-needed", 422
    words = _("Write the number for the text message: 7 to 15 figures.")


class AddressNeeded(Refusal):
    """An e-mail needs an address."""

    code, status = "address-needed", 422
    words = _("There is no e-mail address yet. Give one on your own page first, or choose another way.")


def steps_of(promise: Promise, without: Spans) -> Iterator[tuple[Step, date, date]]:
    """Each prompt with its first and last day; a prompt without a day is left out."""
    due, made = promise.due_on, promise.made_on
    told = [
        (Step.SOON, max(due - BEFORE, made + DAY), due - DAY),
        (Step.TODAY, due, due),
        (Step.GRACE, due + DAY, promise.counts_late_from - DAY),
    ]
    if promise.waits_to_be_confirmed:
        told.append((Step.CONFIRM, made + DAY, clocks.confirm_by(made, without)))
    return (each for each in told if each[1] <= each[2])


def remind(*, at: datetime) -> int:
    """Write down the prompts that are due, and send those by e-mail. Running it again sends none twice."""
    on = localtime(at).date()
    for promise in _owed_soon(on):
        _write_down(promise, on)
    sent = sum(_send(each, at) for each in _to_send(on))
    log.info("reminders sent count=%s", sent)
    return sent


def _owed_soon(on: date) -> Iterator[Promise]:
    days = Q(due_on__gte=on - LOOK_BACK, due_on__lte=on + BEFORE) | Q(
        in_the_room=True, confirmation=None, made_on__gte=on - LOOK_BACK
    )
    owed = Promise.objects.filter(days, state__in=OPEN)
    related = ("post__holder", "post__today__holder", "person", "confirmation")
    return owed.select_related(*related).iterator(chunk_size=200)


def _write_down(promise: Promise, on: date) -> None:
    keeper = promise.keeper
    if keeper is None or not is_here(keeper):
        return
    spans = Hold.objects.spans_of(promise.post)
    if any(first <= on <= last for first, last in spans):
        return
    for step, first, last in steps_of(promise, spans):
        if first <= on <= last:
            Reminder.objects.get_or_create(
                promise=promise,
                step=step,
                due_on=promise.due_on,
                person=keeper,
                defaults={"channel": channel_of(keeper), "from_on": first, "until_on": last},
            )


def is_here(person: Person) -> bool:
    """Takes part here still."""
    return person.is_active and person.parts.filter(left_on=None).exists()


def channel_of(person: Person) -> Channel:
    """As they chose; else by e-mail where there is an address, else on paper."""
    chosen = HowReminded.objects.filter(person=person).first()
    if chosen and not (chosen.channel == Channel.EMAIL and not person.email):
        return Channel(chosen.channel)
    return Channel.EMAIL if person.email else Channel.PRINT


def still_theirs(reminders: list[Reminder]) -> list[Reminder]:
    """Those whose person keeps the promise now, and is here; the others are nobody's any more."""
    return [each for each in reminders if each.person == each.promise.keeper and is_here(each.person)]


def waiting(on: date) -> list[Reminder]:
    """To be given today: two queries and one for each person."""
    found = Reminder.objects.waiting(on).select_related(
        "person__how_reminded", "promise__post__body", "promise__post__holder", "promise__post__today__holder"
    )
    return still_theirs(list(found.select_related("promise__person", "promise__post__today__body")))


def _to_send(on: date) -> list[Reminder]:
    return [each for each in waiting(on) if each.channel == Channel.EMAIL and each.person.email]


def _send(reminder: Reminder, at: datetime) -> int:
    """Taken first, then sent, so that two rounds at once send one; not sent, it waits for the next round."""
    if not Reminder.objects.filter(pk=reminder.pk, given_at=None).update(given_at=at):
        return 0
    told = {"step": reminder.get_step_display(), "url": address_of(reminder), "due_on": reminder.due_on}
    words = render_to_string("promises/reminder_letter.txt", told)
    try:
        sent = send_mail(_now("Something you promised"), words, None, [reminder.person.email])
    except OSError as why:
        sent = 0
        log.warning("reminder not sent reminder=%s why=%s", reminder.pk, type(why).__name__)
    if not sent:
        Reminder.objects.filter(pk=reminder.pk).update(given_at=None)
    return sent


def address_of(reminder: Reminder) -> str:
    return f"{settings.URL}/promises/{reminder.promise_id}/"


@transaction.atomic
def give(reminder: Reminder, *, by: Person, at: datetime) -> Reminder:
    """A text was sent, or a slip put into a hand. A second press changes nothing. Raises NotYours."""
    if not rules.organises(by):
        raise NotYours
    Reminder.objects.filter(pk=reminder.pk, given_at=None).update(given_at=at, given_by=by)
    log.info("reminder given reminder=%s by=%s", reminder.pk, by.pk)
    return reminder


@transaction.atomic
def choose_reminders(person: Person, *, by: Person, channel: Channel, number: str = "") -> HowReminded:
    """How somebody likes to be reminded: they say it, or an organiser for them.

    Raises NotYours, NumberNeeded or AddressNeeded.
    """
    if by.pk != person.pk and not rules.organises(by):
        raise NotYours
    figures = "".join(sign for sign in number if sign.isascii() and (sign.isdigit() or sign == "+"))
    if channel == Channel.TEXT and not 7 <= len(figures.lstrip("+")) <= 15:
        raise NumberNeeded
    if channel == Channel.EMAIL and not person.email:
        raise AddressNeeded
    kept = {"channel": channel, "number": figures if channel == Channel.TEXT else ""}
    chosen, _made = HowReminded.objects.update_or_create(person=person, defaults=kept)
    Reminder.objects.filter(person=person, given_at=None).update(channel=channel)
    log.info("reminders chosen person=%s by=%s", person.pk, by.pk)
    return chosen


@transaction.atomic
def renew_calendar(person: Person, *, is_on: bool = True) -> CalendarAddress:
    """A new address for one's calendar; the old one is no good from now on. Or none at all."""
    address, made = CalendarAddress.objects.select_for_update().get_or_create(person=person)
    if not made:
        address.turn += 1
    address.is_on = is_on
    address.save(update_fields=["turn", "is_on"])
    log.info("calendar address renewed person=%s", person.pk)
    return address
