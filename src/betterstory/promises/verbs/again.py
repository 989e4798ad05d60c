"""A promise made again: another day, or other words, once both sides agree."""

import logging
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.promises import rules
from betterstory.promises.models import Again, Confirmation, Kind, Promise, State
from betterstory.promises.verbs import clock
from betterstory.promises.verbs.ledger import enter, promised_side, promiser
from betterstory.promises.verbs.names import leave_names_out
from betterstory.promises.verbs.promising import (
    NotOpen,
    NotPromisedToYou,
    NotYoursToPromise,
    afresh,
    locked,
)
from betterstory.promises.verbs.wording import LONGEST, day_to_come, in_order, said
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class SameWords(Refusal):
    """Other words were asked for that are the same."""

    code, status = "same-words", 422
    words = _("These are the words it has already. Change them, or leave it as it is.")


@transaction.atomic
def ask_for_time(
    promise: Promise,
    *,
    by: Person,
    on: date,
    because: str,
    due_on: date | None = None,
    when_we_meet: bool = False,
    words: str = "",
    face_to_face: bool | None = None,
) -> Again:
    """Ask the promised side for a new day, and perhaps other words. Nothing changes until they agree.

    A second time before they did takes the place of the first: nobody agrees to a day they have not read.
    Raises NotYoursToPromise, NotOpen, DayIsPast, SayWhen, LeaveNamesOut, NothingSaid or TooLong.
    """
    promise = _to_change(promise, by, on)
    if when_we_meet:
        due_on = clock.meeting_day(clock.next_gathering(promise.round, after=on), on)
    if due_on is None:
        raise clock.SayWhen
    day_to_come(due_on, on)
    again = _ask(
        promise,
        by=by,
        on=on,
        words=said(words or promise.words, most=LONGEST),
        due_on=due_on,
        because=said(because, most=LONGEST),
        face_to_face=face_to_face,
        when_we_meet=when_we_meet,
    )
    enter(
        kind=Kind.TIME_ASKED, about=promise, who=promiser(promise), words=again.because, on=on, due_on=due_on
    )
    log.info("more time asked promise=%s by=%s", promise.pk, by.pk)
    return again


@transaction.atomic
def word_otherwise(promise: Promise, *, by: Person, on: date, words: str, because: str) -> Again:
    """Ask the promised side for other words; the day stays. Nothing changes until they agree.

    Raises NotYoursToPromise, NotOpen, SameWords, LeaveNamesOut, NothingSaid or TooLong.
    """
    promise = _to_change(promise, by, on)
    words = said(words, most=LONGEST)
    if words == promise.words:
        raise SameWords
    again = _ask(
        promise,
        by=by,
        on=on,
        words=words,
        due_on=promise.due_on,
        because=said(because, most=LONGEST),
        when_we_meet=promise.when_we_meet,
    )
    enter(kind=Kind.WORDS_ASKED, about=promise, who=promiser(promise), words=words, on=on)
    log.info("other words asked promise=%s by=%s", promise.pk, by.pk)
    return again


@transaction.atomic
def make_again(again: Again, *, by: Person, on: date) -> Promise:
    """The promised side gives its word to a new day, or to other words. What stood first stays, below.

    Other words for what was written down in the room confirm it too. Raises NotPromisedToYou, or NotOpen
    where it was judged meanwhile, or agreed already.
    """
    promise, by = locked(again.promise), afresh(by)
    if not rules.may_judge(by, promise):
        raise NotPromisedToYou
    found = Again.objects.select_related("asked_by").filter(pk=again.pk, agreed_on=None).first()
    if found is None or not promise.is_open:
        raise NotOpen
    again = found
    in_order(on, again.asked_on)
    Again.objects.filter(pk=again.pk).update(agreed_by=by, agreed_on=on)
    promise.words = again.words
    if not again.is_wording:
        promise.state, promise.due_on = State.MADE_AGAIN, again.due_on
        promise.when_we_meet, promise.meets = again.when_we_meet, None
        clock.set_day(promise, on=again.asked_on)
    promise.save(update_fields=["words", "due_on", "state", "when_we_meet", "meets", "overdue_on"])
    _confirm_with_it(promise, again, on)
    enter(
        kind=Kind.CHANGED if again.is_wording else Kind.MADE_AGAIN,
        about=promise,
        who=promised_side(promise),
        words=promise.words,
        on=on,
        due_on=promise.due_on,
    )
    log.info("promise made again promise=%s by=%s", promise.pk, by.pk)
    return promise


def _to_change(promise: Promise, by: Person, on: date) -> Promise:
    promise = locked(promise)
    if not rules.may_ask_for_time(by, promise):
        raise NotYoursToPromise
    if not promise.is_open:
        raise NotOpen
    in_order(on, promise.made_on)
    return promise


def _ask(promise: Promise, *, by: Person, on: date, words: str, because: str, **more: object) -> Again:
    leave_names_out(because, promise)
    promise.agains.filter(agreed_on=None).delete()
    told = {"was_words": promise.words, "was_due_on": promise.due_on, **more}
    return promise.agains.create(words=words, because=because, asked_by=by, asked_on=on, **told)


def _confirm_with_it(promise: Promise, again: Again, on: date) -> None:
    """The post itself asked for it: what it asked for stands as its word."""
    asker = again.asked_by
    if asker and promise.waits_to_be_confirmed and rules.may_confirm(asker, promise):
        kind = Confirmation.Kind.OTHER_WORDS
        Confirmation.objects.create(promise=promise, kind=kind, by=asker, on=on)
