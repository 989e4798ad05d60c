"""Making a promise, and saying how it turned out."""

import logging
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Insight
from betterstory.people.models import Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import rules
from betterstory.promises.models import NOT_TO_JUDGE, Judgement, Kind, Promise, Size, State, Verdict
from betterstory.promises.verbs import clock
from betterstory.promises.verbs.ledger import enter, promised_side, promiser
from betterstory.promises.verbs.names import leave_names_out
from betterstory.promises.verbs.wording import (
    LONGEST,
    LONGEST_NAME,
    NeedsYourYes,
    day_to_come,
    in_order,
    said,
    somebody,
)
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class NotYoursToPromise(Refusal):
    """A promise in somebody else's name."""

    code, status = "not-yours-to-promise", 403
    words = _("Promise for yourself, or for a body where you hold a post.")


class PromisedToOneself(Refusal):
    """A promise to the side that makes it: nobody else could ever say that it was kept."""

    code, status = "promised-to-oneself", 422
    words = _("A promise is made to the other side, who can say that it was kept. Choose somebody else.")


class NotPromisedToYou(Refusal):
    """Only the side a promise was made to can judge it."""

    code, status = "not-promised-to-you", 403
    words = _("Only somebody it was promised to can say this, and never whoever promised it.")


class NotOpen(Refusal):
    """It was let go, or somebody said today how it turned out."""

    code = "not-open"
    words = _("This was let go, or somebody it was made to has said today how it turned out.")


@transaction.atomic
def make(
    *,
    round: Round,  # noqa: A002 - our word for one pass of the thread
    words: str,
    by: Person,
    on: date,
    to: Circle | Person,
    due_on: date | None = None,
    when_we_meet: bool = False,
    to_words: str = "",
    post: Post | None = None,
    by_words: str = "",
    own_yes: bool = False,
    insight: Insight | None = None,
    witness: str = "",
    size: Size | str = "",
) -> Promise:
    """Promise something nobody asked for: for a post, or for oneself under words of one's own.

    A person it is made to stands on the wall as "somebody here" until they say otherwise (`be_named`).
    `when_we_meet` stands in the place of a day. Before an election a councillor's promise waits.
    Raises NotYoursToPromise, NeedsYourYes, PromisedToOneself, DayIsPast, SayWhen, NothingSaid or TooLong.
    """
    if post is not None and not rules.may_promise_for(by, post):
        raise NotYoursToPromise
    if post is None and not own_yes:
        raise NeedsYourYes
    to_circle, to_person = (to, None) if isinstance(to, Circle) else (None, to)
    return give_word(
        Promise(
            round=round,
            words=words,
            post=post,
            person=None if post else by,
            by_words="" if post else said(by_words, most=LONGEST_NAME),
            to_words=somebody() if to_person else said(to_words, most=LONGEST_NAME),
            to_circle=to_circle,
            to_person=to_person,
            made_on=on,
            due_on=clock.a_day(due_on, when_we_meet=when_we_meet, on=on),
            when_we_meet=when_we_meet,
            insight=insight,
            witness=witness,
            size=size,
        ),
        by=by,
    )


@transaction.atomic
def judge(
    promise: Promise,
    *,
    by: Person,
    on: date,
    verdict: Verdict,
    note: str = "",
    face_to_face: bool | None = None,
) -> Judgement:
    """Say how a promise turned out, as the side it was made to. The newest stands; let go is the end.

    `face_to_face`: whether they came and told us. Raises NotPromisedToYou, NotOpen where it was let go, taken
    back, waits or was judged that day, ClockSetBack, LeaveNamesOut or TooLong.
    """
    promise, by = locked(promise), afresh(by)
    if not rules.may_judge(by, promise):
        raise NotPromisedToYou
    said_on = promise.judgements.aggregate(last=Max("on"))["last"]
    if promise.state in NOT_TO_JUDGE or said_on == on:
        raise NotOpen
    in_order(on, promise.made_on, said_on)
    note = said(note, most=LONGEST, needed=False)
    leave_names_out(note, promise)
    judgement = promise.judgements.create(by=by, on=on, verdict=verdict, note=note, face_to_face=face_to_face)
    promise.state = verdict.state
    promise.save(update_fields=["state"])
    enter(kind=Kind(verdict.value), about=promise, who=promised_side(promise), words=note, on=on)
    log.info("promise judged promise=%s verdict=%s by=%s", promise.pk, verdict, by.pk)
    return judgement


def give_word(promise: Promise, *, by: Person) -> Promise:
    """Save a new promise, once its day, its words and its two sides hold."""
    clock.set_day(promise, on=promise.made_on)
    day_to_come(promise.due_on, promise.made_on)
    promise.words = said(promise.words, most=LONGEST)
    promise.witness = said(promise.witness, most=80, needed=False)
    promise.written_by = by
    promise.in_the_room = promise.post is not None and not rules.speaks_for(by, promise.post)
    promise.made_by = promise.keeper if promise.in_the_room else by
    if _is_to_oneself(promise, by=promise.made_by or by):
        raise PromisedToOneself
    if clock.is_held(promise.post, promise.made_on):
        promise.state = State.WAITS
    promise.save()
    if (
        promise.state == State.WAITS
    ):  # its words are nobody's to read before the election, the ledger's neither
        enter(kind=Kind.HELD, about=promise, who=promiser(promise), on=promise.made_on)
    else:
        enter_made(promise, on=promise.made_on)
    log.info("promised promise=%s by=%s state=%s", promise.pk, by.pk, promise.state)
    return promise


def _is_to_oneself(promise: Promise, *, by: Person) -> bool:
    """Made to the side that makes it."""
    if promise.to_person:
        return rules.is_promiser(promise.to_person, promise)
    if promise.to_body is None:
        return False
    if promise.post is not None:
        return promise.post.body_id in (promise.to_body_id, promise.to_body.today_id)
    return rules.stands_for(by, promise.to_body)


def enter_made(promise: Promise, *, on: date) -> None:
    """Its entry in the ledger."""
    enter(
        kind=Kind.MADE,
        about=promise,
        who=promiser(promise),
        words=promise.words,
        on=on,
        due_on=promise.due_on,
        more={"to": "" if promise.to_person else promise.to_words},
    )


def locked(promise: Promise) -> Promise:
    """The promise, read afresh; whoever else changes it waits."""
    found = Promise.objects.select_for_update(of=("self",)).select_related(
        "post__body__today",
        "post__holder",
        "post__today__body__today",
        "post__today__holder",
        "confirmation",
        "to_body__today",
        "to_circle",
    )
    return found.get(pk=promise.pk)


def afresh(person: Person) -> Person:
    """The circles and posts of a person are read once; here they must be those of this moment."""
    return Person.objects.get(pk=person.pk)
