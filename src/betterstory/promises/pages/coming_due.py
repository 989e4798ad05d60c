"""What became late of late, and what is due before we next meet."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from betterstory.conversations.models import Gathering
from betterstory.people.visit import Visit
from betterstory.places.models import Round
from betterstory.promises import clocks
from betterstory.promises.models import Ask, Promise
from betterstory.promises.pages.clock_words import held
from betterstory.promises.pages.wall import AskRow, PromiseRow, ask_row, promise_row

MOST = 40  # of each


@dataclass(frozen=True)
class Due:
    """One round: when it next meets, or when we look ahead to, and what is due by then."""

    round: Round
    gathering: Gathering | None
    until: date
    promises: list[PromiseRow]
    asks: list[AskRow]


@require_safe
def late(request: Visit) -> HttpResponse:
    """Promises and answers that became late in the last fourteen days, in the order of the days."""
    on, still = request.on, held(request.on)
    first = on - clocks.LATELY
    promises = Promise.objects.on_the_wall().became_late(first, on).order_by("overdue_on", "pk")[:MOST]
    asks = Ask.objects.on_the_wall().became_late(first, on).order_by("answer_by", "pk")[:MOST]
    context = {
        "first": first,
        "promises": [promise_row(each, on, still) for each in promises],
        "asks": [ask_row(each, on) for each in asks],
        "still": still,
    }
    return render(request, "promises/late.html", context)


@require_safe
def due(request: Visit) -> HttpResponse:
    """What is due before each round next meets."""
    return render(request, "promises/due.html", {"rounds": due_before_we_meet(request.on)})


@require_safe
def on_paper(request: Visit) -> HttpResponse:
    """The same, to take to whoever owes it."""
    return render(request, "promises/due_print.html", {"rounds": due_before_we_meet(request.on)})


def due_before_we_meet(on: date) -> list[Due]:
    """Of each round that runs: open promises due by its next gathering, and asks that wait. Six queries.

    Where no gathering is set it looks twelve weeks ahead, as “when we next meet” does.
    """
    still = held(on)
    rounds = list(Round.objects.filter(ended_on=None).select_related("neighbourhood"))
    rounds.sort(key=lambda each: each.neighbourhood.name)
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
    return [
        Due(
            round=each,
            gathering=meets.get(each.pk),
            until=ends[each.pk],
            promises=[promise_row(one, on, still) for one in promises if one.round_id == each.pk][:MOST],
            asks=[ask_row(one, on) for one in asks if one.round_id == each.pk][:MOST],
        )
        for each in rounds
    ]
