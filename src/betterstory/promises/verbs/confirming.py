"""A post says whether what was written down for it in the room stands."""

import logging
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.promises import clocks, rules
from betterstory.promises.models import Answer, Confirmation, Hold, Kind, Promise, State
from betterstory.promises.verbs.ledger import asked_side, enter, promiser
from betterstory.promises.verbs.names import leave_names_out
from betterstory.promises.verbs.promising import (
    NotYoursToPromise,
    afresh,
    locked,
)
from betterstory.promises.verbs.wording import LONGEST, in_order, said
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class NothingToConfirm(Refusal):
    """It was said by the post itself, confirmed already, or is over."""

    code = "nothing-to-confirm"
    words = _("There is nothing to confirm here: it stands already, or it is over.")


class TooLateToTakeBack(Refusal):
    """The days for it are past: what is promised stands, and can be made again with the other side."""

    code = "too-late-to-take-back"
    words = _("The five working days for this are past. Talk with the other side, and ask to make it again.")


@transaction.atomic
def confirm(promise: Promise, *, by: Person, on: date) -> Confirmation:
    """It stands as it was written down. Also after the days for it. Raises NotYoursToPromise or
    NothingToConfirm.
    """
    promise = _to_confirm(promise, by, on)
    made = Confirmation.objects.create(promise=promise, kind=Confirmation.Kind.CONFIRMED, by=by, on=on)
    enter(kind=Kind.CONFIRMED, about=promise, who=promiser(promise), on=on)
    log.info("promise confirmed promise=%s by=%s", promise.pk, by.pk)
    return made


@transaction.atomic
def take_back(promise: Promise, *, by: Person, on: date, because: str) -> Confirmation:
    """It cannot be promised so, and why: within five working days of being written down.

    The ask it answered is answered: no, because. Raises NotYoursToPromise, NothingToConfirm,
    TooLateToTakeBack, LeaveNamesOut, NothingSaid or TooLong.
    """
    promise = _to_confirm(promise, by, on)
    if promise.state != State.MADE:  # both sides agreed to a new day since
        raise NothingToConfirm
    if on > clocks.confirm_by(promise.made_on, Hold.objects.spans_of(promise.post)):
        raise TooLateToTakeBack
    because = said(because, most=LONGEST)
    leave_names_out(because, promise)
    kind = Confirmation.Kind.TAKEN_BACK
    made = Confirmation.objects.create(promise=promise, kind=kind, because=because, by=by, on=on)
    promise.state = State.TAKEN_BACK
    promise.save(update_fields=["state"])
    if promise.ask:
        no = Answer.Kind.NO_BECAUSE
        ask = promise.ask
        ask.answers.create(kind=no, body=ask.of, words=because, answered_by=by, on=on)
        enter(kind=Kind.ANSWERED_NO, about=ask, who=asked_side(ask), words=because, on=on)
    enter(kind=Kind.TAKEN_BACK, about=promise, who=promiser(promise), words=because, on=on)
    log.info("promise taken back promise=%s by=%s", promise.pk, by.pk)
    return made


def _to_confirm(promise: Promise, by: Person, on: date) -> Promise:
    promise, by = locked(promise), afresh(by)
    if not rules.may_confirm(by, promise):
        raise NotYoursToPromise
    if not promise.waits_to_be_confirmed:
        raise NothingToConfirm
    in_order(on, promise.made_on)
    return promise
