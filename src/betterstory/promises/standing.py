"""What stands beside an entry: what residents said, the promiser's own view, replies, and what is pointed to.

Nothing here moves a promise.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import CharField, IntegerField, Q, Value

from betterstory.people.models import Body
from betterstory.promises import tally
from betterstory.promises.models import Ask, Judging, OwnView, Promise, Reply, State
from betterstory.promises.verbs import FOUR_WEEKS


@dataclass(frozen=True)
class Counted:
    """One time that residents were asked. `words` is empty until it is counted."""

    judging: Judging
    takes_answers: bool
    words: str
    ways: str
    became_the_word: bool
    not_put_right: bool  # closed as kept, and residents say four weeks later that it is not


@dataclass(frozen=True)
class Newest[Row]:
    """What stands now, and what stood before it, the newest first."""

    now: Row
    before: tuple[Row, ...]


@dataclass(frozen=True)
class Beside:
    """All that stands beside one promise on its page."""

    counts: tuple[Counted, ...] = ()
    own_view: Newest[OwnView] | None = None
    replies: tuple[Newest[Reply], ...] = ()
    is_asking: bool = False
    is_four_weeks_on: bool = False


@dataclass(frozen=True)
class OnTheWall:
    """What stands beside entries of a page of the wall, by their ids."""

    counts: Mapping[int, Counted] = field(default_factory=dict)
    of_promises: Mapping[int, list[Reply]] = field(default_factory=dict)
    of_asks: Mapping[int, list[Reply]] = field(default_factory=dict)


def beside(promise: Promise, *, on: date) -> Beside:
    """Two queries at most. Fetch it `with_beside`."""
    judgings = list(promise.judgings.all()) if getattr(promise, "has_judgings", True) else []
    counts = tuple(counted(each, promise, on=on) for each in judgings)
    views, replies = _views_and_replies(promise)
    still_asking = any(each.closed_on is None for each in judgings)
    return Beside(
        counts,
        _newest(views) if views else None,
        replies_by_body(replies),
        is_asking=still_asking,
        is_four_weeks_on=not still_asking and _four_weeks_on(promise, views, on=on),
    )


def _views_and_replies(promise: Promise) -> tuple[list[OwnView], list[Reply]]:
    """Both in one query, in order; none where there are none."""
    if not (getattr(promise, "has_views", True) or getattr(promise, "has_replies", True)):
        return [], []
    nobody, nothing = Value(None, IntegerField()), Value("", CharField())
    views = promise.own_views.order_by().values_list("number", "on", "words", "view", nobody, nothing)
    said = promise.replies.order_by().values_list("number", "on", "words", nothing, "body", "body__name")
    own: list[OwnView] = []
    replies: list[Reply] = []
    for number, on, words, view, body, name in views.union(said, all=True).order_by("number"):
        if body is None:
            own.append(OwnView(promise=promise, number=number, on=on, words=words, view=view))
        else:
            its = Body(pk=body, name=name)
            replies.append(Reply(promise=promise, number=number, on=on, words=words, body=its))
    return own, replies


def _four_weeks_on(promise: Promise, views: Sequence[OwnView], *, on: date) -> bool:
    """As `verbs.is_four_weeks_on`, of what is read already."""
    said_on: date | None = getattr(promise, "said_on", None)
    if said_on is None:
        good = views and views[-1].view in (OwnView.View.KEPT, OwnView.View.PARTLY)
        return bool(good and on >= views[-1].on + FOUR_WEEKS)
    return promise.state in (State.KEPT, State.PARTLY) and on >= said_on + FOUR_WEEKS


def counted(judging: Judging, promise: Promise, *, on: date) -> Counted:
    """How often what was said, as it was counted; no query."""
    is_open = judging.closed_on is None
    told = tally.Tally() if is_open else tally.count(judging)
    most = tally.most_said(told)
    return Counted(
        judging,
        judging.takes_answers(on=on),
        "" if is_open else tally.in_words(told, four_weeks=judging.is_four_weeks),
        "" if is_open else told.ways,
        became_the_word=judging.judgement_id is not None,
        not_put_right=judging.is_four_weeks
        and not is_open
        and promise.state in (State.KEPT, State.PARTLY)
        and most is not None
        and most.state == State.NOT_KEPT,
    )


def on_the_wall(promises: Iterable[Promise], asks: Iterable[Ask], *, on: date) -> OnTheWall:
    """For a page of the wall: the newest closed count of each promise, and the replies. Two queries."""
    by_pk = {promise.pk: promise for promise in promises}
    of_asks = [ask.pk for ask in asks]
    judged = [pk for pk, promise in by_pk.items() if getattr(promise, "has_judgings", True)]
    closed = Judging.objects.filter(promise__in=judged).exclude(closed_on=None).order_by("pk")
    counts = {each.promise_id: counted(each, by_pk[each.promise_id], on=on) for each in closed}
    about = Q(promise__in=by_pk) | Q(ask__in=of_asks)
    to_promises: dict[int, list[Reply]] = {}
    to_asks: dict[int, list[Reply]] = {}
    newest: dict[tuple[int | None, int | None, int], Reply] = {}
    for reply in Reply.objects.filter(about).select_related("body").order_by("number"):
        newest[reply.promise_id, reply.ask_id, reply.body_id] = reply
    for reply in newest.values():
        if reply.promise_id is not None:
            to_promises.setdefault(reply.promise_id, []).append(reply)
        elif reply.ask_id is not None:
            to_asks.setdefault(reply.ask_id, []).append(reply)
    return OnTheWall(counts, to_promises, to_asks)


def replies_by_body(replies: Iterable[Reply]) -> tuple[Newest[Reply], ...]:
    """Of each body the newest, with the older below it; bodies by name."""
    by_body: dict[int, list[Reply]] = {}
    for each in sorted(replies, key=lambda each: (each.body.name, each.number)):
        by_body.setdefault(each.body_id, []).append(each)
    return tuple(_newest(theirs) for theirs in by_body.values())


def _newest[Row](rows: Sequence[Row]) -> Newest[Row]:
    return Newest(rows[-1], tuple(reversed(rows[:-1])))
