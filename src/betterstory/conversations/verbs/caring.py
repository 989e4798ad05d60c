"""What guests need to come, and what they are given: thanks, and a fare. Sealed, and wiped in time."""

import logging
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules
from betterstory.conversations.guest_care import FARE, NEEDS, kept_until
from betterstory.conversations.models import Guest, GuestCare, RunSheet
from betterstory.conversations.models.afterwards import NEEDS_DAYS
from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
HIGHEST_FARE = Decimal(200)


class NotKeptAnyMore(Refusal):
    """The time for it is over."""

    code = "not-kept-any-more"
    words = _("What people needed for this gathering is wiped. Nothing new is kept of it.")


class NoSuchFare(Refusal):
    """Not an amount somebody pays for a way there and back."""

    code, status = "no-such-fare", 422
    words = _("Write the fare in pounds, between 0.01 and 200; or leave it empty.")


@transaction.atomic
def say_needs(guest: Guest, *, words: str, by: Person, at: datetime) -> None:
    """What would help this guest to come; empty takes it away. Raises NotYours or NotKeptAnyMore."""
    if not rules.may_answer_for(by, guest):
        raise NotYours
    if at > kept_until(guest.gathering):
        raise NotKeptAnyMore
    care, _is_new = GuestCare.objects.get_or_create(guest=guest)
    care.needs_sealed = _sealed(care, NEEDS, words.strip())
    care.save(update_fields=["needs_sealed"])
    log.info("needs said guest=%s by=%s", guest.pk, by.pk)


@transaction.atomic
def thank(guest: Guest, *, by: Person, on: date) -> None:
    """They were thanked. The first time stays. Raises NotYours."""
    if not rules.may_call(by):
        raise NotYours
    care, _is_new = GuestCare.objects.get_or_create(guest=guest)
    if care.thanked_on is None:
        care.thanked_on, care.thanked_by = on, by
        care.save(update_fields=["thanked_on", "thanked_by"])
    log.info("guest thanked guest=%s by=%s", guest.pk, by.pk)


@transaction.atomic
def pay_fare(guest: Guest, *, pounds: Decimal | None, by: Person, on: date, at: datetime) -> None:
    """Their fare was paid; how much, if somebody wants to know. Raises NotYours or NoSuchFare."""
    if not rules.may_call(by):
        raise NotYours
    if pounds is not None and not (0 < pounds <= HIGHEST_FARE and pounds == round(pounds, 2)):
        raise NoSuchFare
    care, _is_new = GuestCare.objects.get_or_create(guest=guest)
    care.fare_paid_on = on
    if pounds is not None and at <= kept_until(guest.gathering):
        care.fare_sealed = _sealed(care, FARE, f"{pounds:.2f}")
    care.save(update_fields=["fare_paid_on", "fare_sealed"])
    log.info("fare paid guest=%s by=%s", guest.pk, by.pk)


def _sealed(care: GuestCare, name: str, words: str) -> bytes:
    """Under the key of the gathering, which is made when something is first kept."""
    if not words:
        return b""
    sheet = RunSheet.objects.select_for_update().get(gathering=care.guest.gathering_id)
    if sheet.key is None:
        sheet.key = keyring().make()
        sheet.save(update_fields=["key"])
    return keyring().seal(words, key=sheet.key, name=name, row=care.uuid)


@transaction.atomic
def forget_needs_due(*, at: datetime) -> int:
    """Wipe needs and fares of gatherings two weeks past, and destroy their key, which reaches old copies.

    Says of how many gatherings. Safe to run again.
    """
    due = RunSheet.objects.exclude(key=None).filter(gathering__at__lt=at - timedelta(days=NEEDS_DAYS))
    keys = dict(due.values_list("gathering", "key"))
    GuestCare.objects.filter(guest__gathering__in=keys).update(needs_sealed=b"", fare_sealed=b"")
    due.update(key=None)
    for key in keys.values():
        transaction.on_commit(lambda key=key: keyring().destroy(key), robust=True)  # type: ignore[misc]  # bound now
    log.info("needs forgotten gatherings=%s", len(keys))
    return len(keys)
