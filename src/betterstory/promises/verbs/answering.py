"""Answering an ask: yes (a promise), no because, not ours, later."""

import logging
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Body, Person, Post
from betterstory.promises import rules
from betterstory.promises.models import Answer, Ask, Kind, Promise
from betterstory.promises.verbs import clock
from betterstory.promises.verbs.ledger import asked_side, enter
from betterstory.promises.verbs.promising import give_word
from betterstory.promises.verbs.wording import LONGEST_NAME, LONGEST_REASON, NeedsYourYes, day_to_come, said
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class NotYoursToAnswer(Refusal):
    """Neither somebody who was asked, nor an organiser writing down what was said."""

    code, status = "not-yours-to-answer", 403
    words = _(
        "Only %(body)s can answer this. Somebody who holds a post there can, or an organiser for the room."
    )


class OneOfMany(Refusal):
    """A resident says no for all of them."""

    code, status = "one-of-many", 403
    words = _(
        "You can say yes for yourself. A no is for all of you: tell an organiser what you said together."
    )


class AlreadyAnswered(Refusal):
    """It was answered yes, or no."""

    code = "already-answered"
    words = _("This was answered already. What was said stays.")


class SayWhy(Refusal):
    """A no without a reason."""

    code, status = "say-why", 422
    words = _("Say why. The reason stands on the wall beside the no.")


class SayWhose(Refusal):
    """Not ours must name another body."""

    code, status = "say-whose", 422
    words = _("Say whose it is then: choose another body.")


class WrongPost(Refusal):
    """The post belongs to another body than the one that was asked."""

    code, status = "wrong-post", 422
    words = _("Choose a post of the body that was asked.")


@transaction.atomic
def answer_yes(
    ask: Ask,
    *,
    by: Person,
    on: date,
    words: str,
    due_on: date | None = None,
    post: Post | None = None,
    by_words: str = "",
    own_yes: bool = False,
    when_we_meet: bool = False,
    note: str = "",
    witness: str = "",
) -> Promise:
    """Say yes: a post of the body asked makes a promise to whoever asked. Of residents, one promises for
    themselves, under words of their own: a yes binds nobody else.

    After a no there may still be a yes; once a promise was taken back a body promises unasked. Before an
    election a councillor's yes waits with its promise. Raises NotYoursToAnswer, AlreadyAnswered, WrongPost,
    NeedsYourYes, PromisedToOneself, DayIsPast, SayWhen, NothingSaid or TooLong.
    """
    ask = _still_waiting(ask, by, or_refused=True)
    if ask.of is not None and (post is None or post.body_id not in (ask.of_id, ask.of.today_id)):
        raise WrongPost
    if ask.of is None and post is not None:
        raise WrongPost
    if ask.of is None and not own_yes:
        raise NeedsYourYes
    if ask.promises.exists():
        raise AlreadyAnswered
    note = said(note, most=LONGEST_REASON, needed=False)
    waits = clock.is_held(post, on)
    if not waits:
        _answer(ask, Answer.Kind.YES, by=by, on=on, words=note)
    return give_word(
        Promise(
            round=ask.round,
            words=words,
            post=post,
            person=None if post else by,
            by_words="" if post else said(by_words, most=LONGEST_NAME),
            to_words=ask.asked_by_words,
            to_circle=ask.asked_by,
            to_person=ask.asker,
            to_body=ask.asking_body,
            made_on=on,
            due_on=clock.a_day(due_on, when_we_meet=when_we_meet, on=on),
            when_we_meet=when_we_meet,
            said_with_it=note if waits else "",
            ask=ask,
            insight=ask.insight,
            witness=witness,
            size=ask.size,
        ),
        by=by,
    )


@transaction.atomic
def answer_no(ask: Ask, *, by: Person, on: date, reason: str) -> Answer:
    """Say no, and why. Raises NotYoursToAnswer, OneOfMany, AlreadyAnswered, SayWhy or TooLong."""
    ask = _to_refuse(ask, by)
    if not reason.strip():
        raise SayWhy
    return _answer(ask, Answer.Kind.NO_BECAUSE, by=by, on=on, words=reason)


@transaction.atomic
def answer_not_ours(ask: Ask, *, by: Person, on: date, whose: Body, note: str = "") -> Answer:
    """Pass an ask on to the body whose it is. The clock goes on from the day it was first asked.

    Raises NotYoursToAnswer, OneOfMany, AlreadyAnswered, SayWhose or TooLong.
    """
    ask = _to_refuse(ask, by)
    if whose.pk in (ask.of_id, ask.asking_body_id):
        raise SayWhose
    answer = _answer(ask, Answer.Kind.NOT_OURS, by=by, on=on, words=note, passed_to=whose)
    Ask.objects.filter(pk=ask.pk).update(of=whose, of_circle=None)
    return answer


@transaction.atomic
def answer_later(ask: Ask, *, by: Person, on: date, due_on: date) -> Ask:
    """Not now: an answer by a day. It is no answer yet, and its first day stays.

    Raises NotYoursToAnswer, OneOfMany, AlreadyAnswered or DayIsPast.
    """
    ask = _to_refuse(ask, by)
    day_to_come(due_on, on)
    ask.later_by = due_on
    clock.set_answer(ask)
    ask.save(update_fields=["later_by", "answer_by"])
    enter(kind=Kind.ANSWERED_LATER, about=ask, who=asked_side(ask), on=on, due_on=due_on)
    log.info("answer comes later ask=%s by=%s", ask.pk, by.pk)
    return ask


def _answer(
    ask: Ask, kind: Answer.Kind, *, by: Person, on: date, words: str, passed_to: Body | None = None
) -> Answer:
    answer = ask.answers.create(
        kind=kind,
        body=ask.of,
        circle=ask.of_circle,
        words=said(words, most=LONGEST_REASON, needed=False),
        passed_to=passed_to,
        answered_by=by,
        in_the_room=not _is_theirs(by, ask),
        on=on,
    )
    enter(
        kind=Kind(f"answered_{kind.removesuffix('_because')}"),
        about=ask,
        who=asked_side(ask),
        words=answer.words,
        on=on,
        more={"passed_to": passed_to.name if passed_to else ""},
    )
    log.info("answered ask=%s kind=%s by=%s", ask.pk, kind, by.pk)
    return answer


def _is_theirs(by: Person, ask: Ask) -> bool:
    """Somebody who was asked says it themselves."""
    return rules.stands_for(by, ask.of) if ask.of else ask.of_circle_id in by.circle_ids


def _to_refuse(ask: Ask, by: Person) -> Ask:
    ask = _still_waiting(ask, by)
    if not rules.may_refuse(by, ask):
        raise OneOfMany
    return ask


def _still_waiting(ask: Ask, by: Person, *, or_refused: bool = False) -> Ask:
    """The ask, locked and read afresh, where this person may answer it and it is still to be answered."""
    asks = Ask.objects.select_for_update(of=("self",))
    ask = asks.select_related(
        "of__today", "of_circle", "asking_body__today", "asked_by", "asker", "round", "insight"
    ).get(pk=ask.pk)
    if not rules.may_answer(by, ask):
        raise NotYoursToAnswer(body=ask.whom)
    if not (ask.is_waiting or (or_refused and ask.mark == Answer.Kind.NO_BECAUSE)):
        raise AlreadyAnswered
    return ask
