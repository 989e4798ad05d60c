"""What is said beside an entry, apart from it: the promiser's own view, and a body's reply."""

import logging
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Body, Person
from betterstory.promises import rules
from betterstory.promises.models import Ask, Kind, OwnView, Promise, Reply
from betterstory.promises.verbs.ledger import enter, promiser
from betterstory.promises.verbs.names import leave_names_out
from betterstory.promises.verbs.promising import locked
from betterstory.promises.verbs.wording import LONGEST, LONGEST_REASON, said
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class NotYourView(Refusal):
    """A promiser's own view in somebody else's name."""

    code, status = "not-your-view", 403
    words = _("Only whoever promised this can say how they see it themselves.")


class NotYourReply(Refusal):
    """A body's reply by somebody who holds no post there."""

    code, status = "not-your-reply", 403
    words = _("Only somebody who holds a post at %(body)s can reply for it.")


class NotAboutThem(Refusal):
    """A body replies to an entry that is not about it."""

    code, status = "not-about-them", 422
    words = _("This entry is not about %(body)s, so it has no reply here.")


@transaction.atomic
def say_own_view(promise: Promise, *, by: Person, on: date, view: OwnView.View, words: str = "") -> OwnView:
    """How whoever promised sees it. The promise stays as the other side said it; older views are kept.

    Raises NotYourView, LeaveNamesOut or TooLong.
    """
    promise = locked(promise)
    if not rules.is_promiser(by, promise):
        raise NotYourView
    words = said(words, most=LONGEST, needed=False)
    leave_names_out(words, promise)
    number = (promise.own_views.aggregate(last=Max("number"))["last"] or 0) + 1
    made = promise.own_views.create(view=view, words=words, by=by, on=on, number=number)
    enter(kind=Kind.OWN_VIEW, about=promise, who=promiser(promise), words=words, on=on)
    log.info("own view said promise=%s number=%s by=%s", promise.pk, number, by.pk)
    return made


@transaction.atomic
def reply(entry: Ask | Promise, *, body: Body, words: str, by: Person, on: date) -> Reply:
    """A body's own words beside an entry about it. A new one takes its place; the older are kept below.

    Raises NotYourReply, NotAboutThem, LeaveNamesOut, NothingSaid or TooLong.
    """
    if not rules.may_reply(by, body):
        raise NotYourReply(body=body.name)
    if body.pk not in {each.pk for each in bodies_of(entry)}:
        raise NotAboutThem(body=body.name)
    words = said(words, most=LONGEST_REASON)
    ask = promise = None
    if isinstance(entry, Promise):
        promise = locked(entry)
        leave_names_out(words, promise)
        before = promise.replies.filter(body=body)
    else:
        ask = Ask.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        before = ask.replies.filter(body=body)
    number = (before.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Reply.objects.create(ask=ask, promise=promise, body=body, words=words, by=by, on=on, number=number)
    enter(kind=Kind.REPLIED, about=promise or entry, who=body, words=words, on=on)
    log.info("replied reply=%s body=%s by=%s", made.pk, body.pk, by.pk)
    return made


def bodies_of(entry: Ask | Promise) -> list[Body]:
    """Whom an entry is about: the body that promised; those that were asked, or answered. And who followed
    each of them. Fetch a promise with `post__body`, an ask with its answers.
    """
    if isinstance(entry, Promise):
        posts = [entry.post, entry.post.today] if entry.post else []
        found = [post.body for post in posts if post]
    else:
        answered = [answer.body for answer in entry.answers.all()]
        found = [body for body in [entry.of, *answered] if body is not None]
    return [*found, *(body.today for body in found if body.today)]
