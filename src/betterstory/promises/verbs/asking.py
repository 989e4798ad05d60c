"""Asking, and the answers: yes (a promise), no because, not ours."""

import logging
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.conversations.models import Gathering, Insight
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import rules
from betterstory.promises.models import Answer, Ask, Kind, Promise, Size
from betterstory.promises.verbs import clock
from betterstory.promises.verbs.ledger import asker, enter
from betterstory.promises.verbs.promising import give_word
from betterstory.promises.verbs.wording import (
    LONGEST,
    LONGEST_NAME,
    LONGEST_REASON,
    NeedsYourYes,
    day_to_come,
    said,
)
from betterstory.stories.models import Piece
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class NotYoursToAsk(Refusal):
    """Only an organiser asks for a circle."""

    code, status = "not-yours-to-ask", 403
    words = _("Only an organiser can ask for a whole circle. You can ask for yourself.")


class NotYoursToAnswer(Refusal):
    """Neither somebody of the body, nor an organiser writing down what was said."""

    code, status = "not-yours-to-answer", 403
    words = _(
        "Only %(body)s can answer this. Somebody who holds a post there can, or an organiser for the room."
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
def ask(
    *,
    round: Round,  # noqa: A002 - our word for one pass of the thread
    words: str,
    of: Body,
    by: Person,
    on: date,
    asked_by_words: str,
    asked_by: Circle | None = None,
    own_yes: bool = False,
    insight: Insight | None = None,
    release: Release | None = None,
    piece: Piece | None = None,
    gathering: Gathering | None = None,
    size: Size | str = "",
) -> Ask:
    """Ask something of a body: for a circle, or for oneself under words of one's own.

    `size` says which part of a plan it is, if any.
    Raises NotYoursToAsk, NeedsYourYes, NothingSaid or TooLong.
    """
    if asked_by is not None and not rules.may_ask_for(by, asked_by):
        raise NotYoursToAsk
    if asked_by is None and not own_yes:
        raise NeedsYourYes
    made = Ask(
        round=round,
        words=said(words, most=LONGEST),
        asked_by_words=said(asked_by_words, most=LONGEST_NAME),
        asked_by=asked_by,
        asker=None if asked_by else by,
        of=of,
        asked_on=on,
        insight=insight,
        release=release,
        piece=piece,
        gathering=gathering,
        written_by=by,
        size=size,
    )
    clock.set_answer(made)
    made.save()
    enter(kind=Kind.ASKED, about=made, who=asker(made), words=made.words, on=on, more={"asked_of": of.name})
    log.info("asked ask=%s body=%s", made.pk, of.pk)
    return made


@transaction.atomic
def answer_yes(
    ask: Ask,
    *,
    by: Person,
    on: date,
    post: Post,
    words: str,
    due_on: date | None = None,
    when_we_meet: bool = False,
    note: str = "",
    witness: str = "",
) -> Promise:
    """Say yes: a post of the body asked makes a promise to whoever asked.

    After a no a body may still say yes; once it took a promise back it promises unasked. Before an election
    a councillor's yes waits with its promise. Raises NotYoursToAnswer, AlreadyAnswered, WrongPost,
    PromisedToOneself, DayIsPast, SayWhen, NothingSaid or TooLong.
    """
    ask = _still_waiting(ask, by, or_refused=True)
    if post.body_id not in (ask.of_id, ask.of.today_id):
        raise WrongPost
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
            to_words=ask.asked_by_words,
            to_circle=ask.asked_by,
            to_person=ask.asker,
            made_on=on,
            due_on=due_on,
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
    """Say no, and why. Raises NotYoursToAnswer, AlreadyAnswered, SayWhy or TooLong."""
    ask = _still_waiting(ask, by)
    if not reason.strip():
        raise SayWhy
    return _answer(ask, Answer.Kind.NO_BECAUSE, by=by, on=on, words=reason)


@transaction.atomic
def answer_not_ours(ask: Ask, *, by: Person, on: date, whose: Body, note: str = "") -> Answer:
    """Pass an ask on to the body whose it is. The clock goes on from the day it was first asked.

    Raises NotYoursToAnswer, AlreadyAnswered, SayWhose or TooLong.
    """
    ask = _still_waiting(ask, by)
    if whose.pk == ask.of_id:
        raise SayWhose
    answer = _answer(ask, Answer.Kind.NOT_OURS, by=by, on=on, words=note, passed_to=whose)
    Ask.objects.filter(pk=ask.pk).update(of=whose)
    return answer


@transaction.atomic
def answer_later(ask: Ask, *, by: Person, on: date, due_on: date) -> Ask:
    """Not now: an answer by a day. It is no answer yet, and its first day stays.

    Raises NotYoursToAnswer, AlreadyAnswered or DayIsPast.
    """
    ask = _still_waiting(ask, by)
    day_to_come(due_on, on)
    ask.later_by = due_on
    clock.set_answer(ask)
    ask.save(update_fields=["later_by", "answer_by"])
    enter(kind=Kind.ANSWERED_LATER, about=ask, who=ask.of, on=on, due_on=due_on)
    log.info("answer comes later ask=%s by=%s", ask.pk, by.pk)
    return ask


def _answer(
    ask: Ask, kind: Answer.Kind, *, by: Person, on: date, words: str, passed_to: Body | None = None
) -> Answer:
    answer = ask.answers.create(
        kind=kind,
        body=ask.of,
        words=said(words, most=LONGEST_REASON, needed=False),
        passed_to=passed_to,
        answered_by=by,
        in_the_room=not rules.stands_for(by, ask.of),
        on=on,
    )
    enter(
        kind=Kind(f"answered_{kind.removesuffix('_because')}"),
        about=ask,
        who=answer.body,
        words=answer.words,
        on=on,
        more={"passed_to": passed_to.name if passed_to else ""},
    )
    log.info("answered ask=%s kind=%s by=%s", ask.pk, kind, by.pk)
    return answer


def _still_waiting(ask: Ask, by: Person, *, or_refused: bool = False) -> Ask:
    """The ask, locked and read afresh, where this person may answer it and it is still to be answered."""
    ask = (
        Ask.objects.select_for_update(of=("self",))
        .select_related("of__today", "round", "insight")
        .get(pk=ask.pk)
    )
    if not rules.may_speak_for(by, ask.of):
        raise NotYoursToAnswer(body=ask.of.name)
    if not (ask.is_waiting or (or_refused and ask.mark == Answer.Kind.NO_BECAUSE)):
        raise AlreadyAnswered
    return ask
