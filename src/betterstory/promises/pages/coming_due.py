"""What became late of late, and what is due before we next meet."""

from collections.abc import Iterable, Sized
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from betterstory.conversations.models import Gathering
from betterstory.people.visit import Visit
from betterstory.places.models import Round
from betterstory.promises import clocks, rules
from betterstory.promises.models import Ask, Judging, Promise
from betterstory.promises.pages.clock_words import held
from betterstory.promises.pages.narrowing import page_in
from betterstory.promises.pages.wall import AskRow, PromiseRow, ask_row, promise_row
from betterstory.promises.verbs.time_to_ask import TO_CLOSE

MOST = 40  # of each
LATE_PAGE = 15  # of each
A_PAGE, OF_EACH = 7, 5  # neighbourhoods beside each other, and how much of each, so that the page stays light


@dataclass(frozen=True)
class Due:
    """One round: when it next meets, or when we look ahead to, and what is due by then."""

    round: Round
    gathering: Gathering | None
    until: date
    promises: list[PromiseRow]
    asks: list[AskRow]
    more: int = 0  # that only the page of this neighbourhood shows


@dataclass(frozen=True)
class AskedNow:
    """One time that residents are asked: still, or to be closed, until it is counted by itself."""

    judging: Judging
    takes_answers: bool
    by_itself_on: date


@require_safe
def late(request: Visit) -> HttpResponse:
    """Promises and answers that became late in the last fourteen days, in the order of the days."""
    on, page = request.on, page_in(request)
    first, start, end = on - clocks.LATELY, (page - 1) * LATE_PAGE, page * LATE_PAGE
    late_promises = Promise.objects.on_the_wall().became_late(first, on)
    promises = list(late_promises.order_by("overdue_on", "pk")[start:end])
    late_asks = Ask.objects.on_the_wall().became_late(first, on)
    asks = list(late_asks.order_by("answer_by", "pk")[start:end])
    still = held(on)
    more = _after(late_promises, promises, end) + _after(late_asks, asks, end)
    context = {
        "first": first,
        "promises": [promise_row(each, on, still) for each in promises],
        "asks": [ask_row(each, on) for each in asks],
        "still": still,
        "further": page + 1 if more else None,
        "more": more,
        "back_to": page - 1,
    }
    return render(request, "promises/late.html", context)


def _after(found: QuerySet[Promise] | QuerySet[Ask], shown: Sized, end: int) -> int:
    """How many stand on the pages behind this one; asked only where this one is full."""
    return max(0, found.count() - end) if len(shown) == LATE_PAGE else 0


@require_safe
def due(request: Visit) -> HttpResponse:
    """What is due before each round next meets."""
    may_remind = request.person is not None and rules.organises(request.person)
    told: dict[str, object] = {
        "may_remind": may_remind,
        "asked_now": asked_now(request.on) if may_remind else [],
    }
    return render(request, "promises/due.html", _due(request) | told)


@require_safe
def on_paper(request: Visit) -> HttpResponse:
    """The same, to take to whoever owes it."""
    return render(request, "promises/due_print.html", _due(request))


def asked_now(on: date) -> list[AskedNow]:
    """What residents are asked, the first to end first: what is to be closed comes before all. One query."""
    asking = Judging.objects.filter(closed_on=None).order_by("closes_on", "pk")
    found = asking.select_related("promise__post__body", "promise__round__neighbourhood")
    return [AskedNow(each, each.takes_answers(on=on), each.closes_on + TO_CLOSE) for each in found[:MOST]]


def _due(request: Visit) -> dict[str, object]:
    """Some neighbourhoods beside each other, by name; or one alone, with more of it."""
    alone = request.GET.get("neighbourhood", "")
    running = Round.objects.filter(ended_on=None).select_related("neighbourhood")
    if alone:
        return {
            "rounds": due_before_we_meet(running.filter(neighbourhood__slug=alone), request.on, most=MOST),
            "alone": alone,
        }
    page = page_in(request)
    rounds = list(running.order_by("neighbourhood__name", "number")[(page - 1) * A_PAGE : page * A_PAGE + 1])
    return {
        "rounds": due_before_we_meet(rounds[:A_PAGE], request.on, most=OF_EACH),
        "further": page + 1 if len(rounds) > A_PAGE else 0,
        "back_to": page - 1,
    }


def due_before_we_meet(rounds: Iterable[Round], on: date, *, most: int) -> list[Due]:
    """Of each round: open promises due by its next gathering, and asks that wait. Six queries.

    Where no gathering is set it looks twelve weeks ahead, as “when we next meet” does.
    """
    still, rounds = held(on), list(rounds)
    meets: dict[int, Gathering] = {}
    for gathering in Gathering.objects.filter(round__in=rounds, at__date__gte=on).order_by("-at"):
        meets[gathering.round_id] = gathering
    ends = {
        each.pk: localtime(meets[each.pk].at).date() if each.pk in meets else on + clocks.NEXT_MEETING_WITHIN
        for each in rounds
    }
    last = max(ends.values(), default=on)
    owed = Promise.objects.on_the_wall().still_open().filter(round__in=rounds, due_on__lte=last)
    promises = [each for each in owed if each.due_on <= ends[each.round_id]]
    asks = list(Ask.objects.on_the_wall().waiting().filter(round__in=rounds))
    found = []
    for each in rounds:
        its_promises = [one for one in promises if one.round_id == each.pk]
        its_asks = [one for one in asks if one.round_id == each.pk]
        found.append(
            Due(
                round=each,
                gathering=meets.get(each.pk),
                until=ends[each.pk],
                promises=[promise_row(one, on, still) for one in its_promises[:most]],
                asks=[ask_row(one, on) for one in its_asks[:most]],
                more=max(0, len(its_promises) - most) + max(0, len(its_asks) - most),
            )
        )
    return found
