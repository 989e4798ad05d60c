"""Before an election: what councillors promise waits, and the clocks of what they owe stand still."""

import logging
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Body, Person, Post
from betterstory.people.verbs import NotYours
from betterstory.promises import clocks, rules
from betterstory.promises.models import OPEN, Answer, Ask, Hold, Kind, Promise, State
from betterstory.promises.verbs import clock
from betterstory.promises.verbs.ledger import asked_side, enter
from betterstory.promises.verbs.promising import enter_made, locked
from betterstory.promises.verbs.wording import day_to_come
from betterstory.promises.working_days import DAY
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
LONGEST_HOLD = timedelta(days=60)


class WrongDays(Refusal):
    """A hold that ends before it begins, or lasts so long that nothing would ever be owed."""

    code, status = "wrong-days", 422
    words = _("Choose a last day after the first one, 60 days later at most.")


class WhichPosts(Refusal):
    """A hold without a post, or with one of another body."""

    code, status = "which-posts", 422
    words = _("Choose which posts of this body stand for election.")


@transaction.atomic
def hold(body: Body, *, posts: Sequence[Post], from_on: date, until_on: date, by: Person, on: date) -> Hold:
    """Write down the days before an election. Raises NotYours, DayIsPast, WrongDays or WhichPosts."""
    if not rules.organises(by):
        raise NotYours
    day_to_come(until_on, on)
    if not from_on <= until_on <= from_on + LONGEST_HOLD:
        raise WrongDays
    if not posts or any(post.body_id != body.pk for post in posts):
        raise WhichPosts
    made = Hold.objects.create(body=body, from_on=from_on, until_on=until_on, set_by=by)
    made.posts.set(posts)
    _set_clocks_of(body, posts)
    log.info("held hold=%s body=%s by=%s", made.pk, body.pk, by.pk)
    return made


@transaction.atomic
def end_hold(held: Hold, *, by: Person, on: date) -> None:
    """The hold ends now; one that did not begin goes. What waited comes in. Raises NotYours."""
    if not rules.organises(by):
        raise NotYours
    body, posts = held.body, list(held.posts.all())
    if held.from_on >= on:
        held.delete()
    elif held.until_on >= on:
        held.until_on = on - DAY
        held.save(update_fields=["until_on"])
    _set_clocks_of(body, posts)
    let_in(on=on)
    log.info("hold ended body=%s by=%s", body.pk, by.pk)


@transaction.atomic
def let_in(*, on: date) -> int:
    """The election is over: what waited is promised now, and answers its ask. Gives how many."""
    waiting = Promise.objects.filter(state=State.WAITS).select_related("post").order_by("pk")
    over = [promise for promise in waiting if not clock.is_held(promise.post, on)]
    for each in over:
        promise = locked(each)
        promise.state = State.MADE
        promise.save(update_fields=["state"])
        _answer_its_ask(promise, on)
        enter_made(promise, on=on)
        log.info("let in after the election promise=%s", promise.pk)
    return len(over)


def _answer_its_ask(promise: Promise, on: date) -> None:
    ask = promise.ask
    if ask is None or ask.answers.filter(kind=Answer.Kind.YES).exists():
        return
    answer = ask.answers.create(
        kind=Answer.Kind.YES,
        body=ask.of,
        words=promise.said_with_it,
        answered_by=promise.made_by,
        in_the_room=promise.in_the_room,
        on=on,
    )
    enter(kind=Kind.ANSWERED_YES, about=ask, who=asked_side(ask), words=answer.words, on=on)


def _set_clocks_of(body: Body, posts: Sequence[Post]) -> None:
    """Work out again when what they owe counts as late."""
    owed = Promise.objects.filter(
        Q(post__in=posts) | Q(post__today__in=posts), state__in=[*OPEN, State.WAITS]
    )
    for promise in owed.select_related("post"):
        late = clocks.overdue_from(promise.due_on, Hold.objects.spans_of(promise.post))
        Promise.objects.filter(pk=promise.pk).update(overdue_on=late)
    for ask in Ask.objects.filter(Q(of=body) | Q(of__today=body)).select_related("of"):
        clock.set_answer(ask)
        Ask.objects.filter(pk=ask.pk).update(answer_by=ask.answer_by)
