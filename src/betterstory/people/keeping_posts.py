"""Bodies and their posts over the years: who holds a post, and which post or body followed which.

`followed_by` is what was said; `today`, the last of a chain, is worked out from it here, so that a page
finds who keeps a promise now without walking a chain.
"""

import logging
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people import rules
from betterstory.people.models import Body, Holding, Person, Post, Ring
from betterstory.people.refusals import NotYours
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class Circular(Refusal):
    """A body or a post that would, by way of others, be followed by itself."""

    code, status = "circular", 422
    words = _("This would go round in a circle: the other one was followed by this one. Choose another.")


class DayOutOfOrder(Refusal):
    """A hand-over before the last one, or on a day that is still to come."""

    code, status = "day-out-of-order", 422
    words = _("Choose a day after the last change of this post, and not after today.")


@transaction.atomic
def name_body(*, name: str, ring: Ring, by: Person) -> Body:
    """Write down an organisation. Raises NotYours."""
    if not rules.may_name_bodies(by):
        raise NotYours
    body, _made = Body.objects.get_or_create(name=name, defaults={"ring": ring})
    log.info("body named body=%s", body.pk)
    return body


@transaction.atomic
def name_post(
    *, body: Body, title: str, by: Person, holder: Person | None = None, on: date | None = None
) -> Post:
    """Write down a post in a body, and who holds it. Raises NotYours."""
    if not rules.may_name_bodies(by):
        raise NotYours
    post, made = Post.objects.get_or_create(body=body, title=title, defaults={"holder": holder})
    if made and holder:
        post.holdings.create(person=holder, from_on=on)
    log.info("post named post=%s", post.pk)
    return post


@transaction.atomic
def hand_over(
    post: Post, *, to: Person | None, by: Person, on: date | None = None, today: date | None = None
) -> None:
    """Somebody else holds the post from this day, or nobody; its promises stay with the post.

    `today` is the last day that can be meant. Raises NotYours or DayOutOfOrder.
    """
    if not rules.may_name_bodies(by):
        raise NotYours
    given, post = post, Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if to is not None and post.holder_id == to.pk:
        return
    if on is not None:
        _check_order(post, on, today)
    given.holder = to
    if post.holder_id and not post.holdings.filter(is_over=False).exists():
        post.holdings.create(person_id=post.holder_id)  # held before holdings were written down
    post.holdings.filter(is_over=False).update(until_on=on, is_over=True)
    if to is not None:
        post.holdings.create(person=to, from_on=on)
    Post.objects.filter(pk=post.pk).update(holder=to)
    log.info("post handed over post=%s", post.pk)


def _check_order(post: Post, on: date, today: date | None) -> None:
    told = post.holdings.values_list("from_on", "until_on")
    if any(day is not None and on < day for days in told for day in days) or (today and on > today):
        raise DayOutOfOrder


@transaction.atomic
def follow[Kept: (Body, Post)](kept: Kept, *, by_this: Kept | None, by: Person) -> None:
    """Another body or post took this one's place, and what it owes; None takes that back.

    Raises NotYours, or Circular where the other one was, by way of any others, followed by this one.
    """
    if not rules.may_name_bodies(by):
        raise NotYours
    model = type(kept)
    after = dict(model._default_manager.select_for_update().values_list("pk", "followed_by"))
    after[kept.pk] = by_this.pk if by_this else None
    if kept.pk in chain(kept.pk, after):
        raise Circular
    model._default_manager.filter(pk=kept.pk).update(followed_by=by_this)
    for pk in after:
        links = chain(pk, after)
        last = links[-1] if links else None
        model._default_manager.filter(pk=pk).exclude(today=last).update(today=last)
    log.info("followed kind=%s followed=%s by=%s", model.__name__.lower(), kept.pk, by.pk)


def chain(pk: int, after: dict[int, int | None]) -> list[int]:
    """What came after, in order; it ends where it meets itself."""
    met: list[int] = []
    following = after.get(pk)
    while following is not None and following not in met:
        met.append(following)
        following = after.get(following)
    return met


def holdings_of(post: Post) -> list[Holding]:
    """Who held it, the newest first."""
    return list(post.holdings.select_related("person").order_by("-pk"))
