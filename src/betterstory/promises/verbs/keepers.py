"""The head leaves the building: who is sent it, and the letters of each month."""

import logging
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Body, Person
from betterstory.places.models import Place
from betterstory.promises import rules
from betterstory.promises.models import Entry, HeadLetter, Keeper
from betterstory.promises.verify_ledger import Head
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
TRY_AGAIN = timedelta(minutes=50)  # the round comes each hour; a letter still on its way is left alone


class NotYoursToName(Refusal):
    """Only a steward says who is sent the head."""

    code, status = "not-yours-to-name", 403
    words = _("Only a steward can say who is sent the head of the list.")


class KeepsItAlready(Refusal):
    """One address a body: two addresses of one body are one holder."""

    code, status = "keeps-it-already", 422
    words = _("It is sent to this body already. Choose another body: one body is one holder.")


class SameAddress(Refusal):
    """The address of another keeper: one reader is one holder."""

    code, status = "same-address", 422
    words = _("Another body is sent it at this address already. Choose an address of this body.")


@transaction.atomic
def name_keeper(*, body: Body, email: str, by: Person, on: date) -> Keeper:
    """Send the head to this body each month. Raises NotYoursToName, KeepsItAlready or SameAddress."""
    if not rules.may_name_keepers(by):
        raise NotYoursToName
    if Keeper.objects.filter(body=body, left_on=None).exists():
        raise KeepsItAlready
    if Keeper.objects.filter(email=email.strip().lower(), left_on=None).exists():
        raise SameAddress
    keeper = Keeper.objects.create(body=body, email=email.strip().lower(), named_by=by, since=on)
    log.info("keeper named keeper=%s body=%s", keeper.pk, body.pk)
    return keeper


@transaction.atomic
def let_keeper_go(keeper: Keeper, *, by: Person, on: date) -> None:
    """No more letters; the address goes, and what was sent stays written. Raises NotYoursToName."""
    if not rules.may_name_keepers(by):
        raise NotYoursToName
    Keeper.objects.filter(pk=keeper.pk, left_on=None).update(left_on=on, email="")
    log.info("keeper let go keeper=%s", keeper.pk)


def send_heads(*, at: datetime) -> int:
    """A letter with the newest head to every keeper who has none this month. Says how many the post took.

    Written down before it is sent and again once it was: two rounds at once send one letter, and a letter the
    post did not take is tried again at the next round, with the same head.
    """
    head = Entry.objects.head()
    if head is None:
        return 0
    month = f"{timezone.localtime(at):%Y-%m}"
    sent = 0
    for keeper in Keeper.objects.now().exclude(letters__month=month, letters__sent_at__isnull=False):
        letter = _begin(keeper, month=month, head=head, at=at)
        if letter is not None and _post(keeper, letter):
            HeadLetter.objects.filter(pk=letter.pk).update(sent_at=at)
            log.info("head sent keeper=%s letter=%s", keeper.pk, letter.pk)
            sent += 1
    return sent


@transaction.atomic
def _begin(keeper: Keeper, *, month: str, head: Head, at: datetime) -> HeadLetter | None:
    """This month's letter, ours to send; None where another round has it in hand or it was sent."""
    letter, is_new = HeadLetter.objects.select_for_update().get_or_create(
        keeper=keeper, month=month, defaults={"seq": head.seq, "letters": head.letters, "begun_at": at}
    )
    mine = HeadLetter.objects.filter(
        Q(begun_at__lte=at - TRY_AGAIN), pk=letter.pk, sent_at=None
    )  # fmt: skip
    return letter if is_new or mine.update(begun_at=at) else None


def _post(keeper: Keeper, letter: HeadLetter) -> bool:
    told = {
        "body": keeper.body.name,
        "place": Place.objects.values_list("name", flat=True).first() or "",
        "head": letter.head,
        "url": settings.URL,
    }
    words = render_to_string("promises/head_letter.txt", told)
    try:
        return bool(keeper.email and send_mail(_now("Please keep this line"), words, None, [keeper.email]))
    except OSError as why:  # the post does not answer; the next round tries again
        log.warning("head not sent keeper=%s why=%s", keeper.pk, type(why).__name__)
        return False
