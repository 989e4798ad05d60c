"""Making a promise, making it again, and saying how it turned out."""

import logging
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Insight
from betterstory.people.models import Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import rules
from betterstory.promises.models import Again, Judgement, Promise, Size, State, Verdict
from betterstory.promises.verbs.names import leave_names_out
from betterstory.promises.verbs.wording import (
    LONGEST,
    LONGEST_NAME,
    NeedsYourYes,
    day_to_come,
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
    due_on: date,
    to: Circle | Person,
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
    Raises NotYoursToPromise, NeedsYourYes, PromisedToOneself, DayIsPast, NothingSaid or TooLong.
    """
    if post is not None and not rules.may_speak_for(by, post.body):
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
            due_on=due_on,
            insight=insight,
            witness=witness,
            size=size,
        ),
        by=by,
    )


@transaction.atomic
def ask_for_time(
    promise: Promise, *, by: Person, on: date, due_on: date, because: str, words: str = ""
) -> Again:
    """Ask the promised side for a new day, and perhaps other words. Nothing changes until they agree.

    A second time before they did takes the place of the first: nobody agrees to a day they have not read.
    Raises NotYoursToPromise, NotOpen, DayIsPast, NothingSaid or TooLong.
    """
    promise = _locked(promise)
    if not rules.may_ask_for_time(by, promise):
        raise NotYoursToPromise
    if not promise.is_open:
        raise NotOpen
    day_to_come(due_on, on)
    promise.agains.filter(agreed_on=None).delete()
    again = promise.agains.create(
        words=said(words or promise.words, most=LONGEST),
        due_on=due_on,
        because=said(because, most=LONGEST),
        asked_by=by,
        asked_on=on,
        was_words=promise.words,
        was_due_on=promise.due_on,
    )
    log.info("more time asked promise=%s by=%s", promise.pk, by.pk)
    return again


@transaction.atomic
def make_again(again: Again, *, by: Person, on: date) -> Promise:
    """The promised side gives its word to a new day. The first words and day stay, below.

    Raises NotPromisedToYou, or NotOpen where it was judged meanwhile, or agreed already.
    """
    promise, by = _locked(again.promise), _afresh(by)
    if not rules.may_judge(by, promise):
        raise NotPromisedToYou
    agreed = Again.objects.filter(pk=again.pk, agreed_on=None).update(agreed_by=by, agreed_on=on)
    if not (agreed and promise.is_open):
        raise NotOpen
    promise.words, promise.due_on, promise.state = again.words, again.due_on, State.MADE_AGAIN
    promise.save(update_fields=["words", "due_on", "state"])
    log.info("promise made again promise=%s by=%s", promise.pk, by.pk)
    return promise


@transaction.atomic
def judge(promise: Promise, *, by: Person, on: date, verdict: Verdict, note: str = "") -> Judgement:
    """Say how a promise turned out, as the side it was made to. The newest stands; let go is the end.

    Raises NotPromisedToYou, NotOpen where it was let go or judged that day, LeaveNamesOut or TooLong.
    """
    promise, by = _locked(promise), _afresh(by)
    if not rules.may_judge(by, promise):
        raise NotPromisedToYou
    if promise.state == State.RELEASED or promise.judgements.filter(on=on).exists():
        raise NotOpen
    note = said(note, most=LONGEST, needed=False)
    leave_names_out(note, promise)
    judgement = promise.judgements.create(by=by, on=on, verdict=verdict, note=note)
    promise.state = verdict.state
    promise.save(update_fields=["state"])
    log.info("promise judged promise=%s verdict=%s by=%s", promise.pk, verdict, by.pk)
    return judgement


def give_word(promise: Promise, *, by: Person) -> Promise:
    """Save a new promise, once its day, its words and its two sides hold."""
    day_to_come(promise.due_on, promise.made_on)
    promise.words = said(promise.words, most=LONGEST)
    promise.witness = said(promise.witness, most=80, needed=False)
    promise.written_by = by
    promise.in_the_room = promise.post is not None and not rules.stands_for(by, promise.post.body)
    promise.made_by = promise.post.holder if promise.in_the_room and promise.post else by
    if _is_to_oneself(promise, by=promise.made_by or by):
        raise PromisedToOneself
    promise.save()
    log.info("promised promise=%s by=%s", promise.pk, by.pk)
    return promise


def _is_to_oneself(promise: Promise, *, by: Person) -> bool:
    """Made to the side that makes it."""
    if promise.to_person:
        return rules.is_promiser(promise.to_person, promise)
    if promise.to_body is None:
        return False
    if promise.post is not None:
        return promise.post.body_id in (promise.to_body_id, promise.to_body.followed_by_id)
    return rules.stands_for(by, promise.to_body)


def _locked(promise: Promise) -> Promise:
    """The promise, read afresh; whoever else changes it waits."""
    locked = Promise.objects.select_for_update(of=("self",)).select_related(
        "post__body", "post__holder", "to_body"
    )
    return locked.get(pk=promise.pk)


def _afresh(person: Person) -> Person:
    """The circles and posts of a person are read once; here they must be those of this moment."""
    return Person.objects.get(pk=person.pk)
