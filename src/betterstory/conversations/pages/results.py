"""What the room said, on a screen and on paper."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from betterstory.conversations import rules
from betterstory.conversations.models import Vote
from betterstory.conversations.pages.finding import Asked, find_gathering, with_origins
from betterstory.conversations.ranges import Range, draw_range
from betterstory.conversations.results import Result, read_results
from betterstory.people.visit import Visit, signed_in
from betterstory.stories.rules import viewer_of


@signed_in
def results(request: Visit, pk: int) -> HttpResponse:
    """What most of us agree on, what we see differently, what we do not know yet."""
    return _results(request, pk, "conversations/results.html")


@signed_in
def results_print(request: Visit, pk: int) -> HttpResponse:
    """The same, for the wall of the hall. It holds nothing of a story."""
    return _results(request, pk, "conversations/results_print.html")


def _results(request: Visit, pk: int, template: str) -> HttpResponse:
    found = find_gathering(pk)
    told: dict[str, object] = {"gathering": found, "may_call": rules.may_call(request.somebody)}
    if found.voting_open:
        # while answers come in, two looks a moment apart would show what one person said
        told["answered"] = Vote.objects.filter(statement__gathering=found).values("voice").distinct().count()
        return render(request, "conversations/results_wait.html", told)
    counted = read_results(found)
    asked = with_origins(
        [each.statement for each in counted.each], viewer=viewer_of(request.somebody), at=request.at
    )
    origins = {each.statement.pk: each for each in asked}
    told |= {
        "results": counted,
        "agreed": _drawn(counted.agreed, origins),
        "different": _drawn(counted.different, origins),
        "unknown": _drawn(counted.unknown, origins),
    }
    return render(request, template, told)


@dataclass(frozen=True)
class Drawn:
    """One sentence with what was said to it, its drawing, and where it comes from."""

    result: Result
    range: Range
    origin: Asked


def _drawn(those: list[Result], origins: dict[int, Asked]) -> list[Drawn]:
    return [Drawn(result, draw_range(result), origins[result.statement.pk]) for result in those]
