"""Setting the clocks: the day something is due, when it counts as late, and where clocks stand still."""

from datetime import date

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Gathering
from betterstory.people.models import Post
from betterstory.places.models import Round
from betterstory.promises import clocks
from betterstory.promises.models import Ask, Hold, Promise
from betterstory.promises.working_days import Spans
from betterstory.ui.refusal import Refusal


class SayWhen(Refusal):
    """Neither a day, nor when we next meet."""

    code, status = "say-when", 422
    words = _("Say by when: choose a day, or “when we next meet”.")


def a_day(due_on: date | None, *, when_we_meet: bool, on: date) -> date:
    """The day that was said; “when we next meet” gets its own by `set_day`. Raises SayWhen."""
    if when_we_meet:
        return on
    if due_on is None:
        raise SayWhen
    return due_on


def set_day(promise: Promise, *, on: date) -> None:
    """The day it is due, that of the next gathering where it is promised so, and when it counts as late."""
    if promise.when_we_meet:
        promise.meets = next_gathering(promise.round, after=on)
        promise.due_on = meeting_day(promise.meets, on)
    promise.overdue_on = clocks.overdue_from(promise.due_on, Hold.objects.spans_of(promise.post))


def set_answer(ask: Ask, spans: Spans | None = None) -> None:
    """The last day an answer is in time. The day they named themselves counts where it is later."""
    if spans is None:
        spans = Hold.objects.spans_of_body(ask.of) if ask.of else ()
    ask.answer_by = max(clocks.answer_by(ask.asked_on, spans), ask.later_by or date.min)


def next_gathering(round_: Round, *, after: date) -> Gathering | None:
    """The first gathering of a round on a later day."""
    gatherings = Gathering.objects.filter(round=round_, at__date__gt=after)
    return gatherings.order_by("at").first()


def meeting_day(gathering: Gathering | None, on: date) -> date:
    """The day of a gathering; where none is set, the day by which we said there would be one."""
    return localtime(gathering.at).date() if gathering else on + clocks.NEXT_MEETING_WITHIN


def is_held(post: Post | None, on: date) -> bool:
    """An election is near, and what this post promises waits."""
    if post is None:
        return False
    return Hold.objects.on(on).filter(Q(posts=post) | Q(posts=post.today_id or post.pk)).exists()
