"""What the room said, on a screen and on paper."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from betterstory.conversations import chairs, me_too, rules, verdicts
from betterstory.conversations.grouping import Sides
from betterstory.conversations.models import Statement, Typed, Vote
from betterstory.conversations.pages.finding import Asked, find_gathering, with_origins
from betterstory.conversations.ranges import Range, draw_range
from betterstory.conversations.results import Result, Results, read_results
from betterstory.people.visit import Visit, signed_in
from betterstory.stories.rules import ANYONE, Viewer, viewer_of


@signed_in
def results(request: Visit, pk: int) -> HttpResponse:
    """What most of us agree on, what we see differently, what we do not know yet."""
    return _results(request, pk, "conversations/results.html")


@signed_in
def results_print(request: Visit, pk: int) -> HttpResponse:
    """The same, for the wall of the hall: a print asks as the circle of its room, or as anyone."""
    return _results(request, pk, "conversations/results_print.html", on_paper=True)


def _results(request: Visit, pk: int, template: str, *, on_paper: bool = False) -> HttpResponse:
    found = find_gathering(pk)
    told: dict[str, object] = {"gathering": found, "may_call": rules.may_call(request.somebody)}
    if found.voting_open:
        # while answers come in, two looks a moment apart would show what one person said
        told["answered"] = Vote.objects.filter(statement__gathering=found).values("voice").distinct().count()
        typed = Typed.objects.filter(pile__gathering=found)
        told["unread"] = typed.waiting().count() + typed.differing().count()
        return render(request, "conversations/results_wait.html", told)
    viewer: Viewer = viewer_of(request.somebody)
    if on_paper:
        viewer = found.circle if found.circle_id in request.somebody.circle_ids else ANYONE
    counted = read_results(found)
    asked = with_origins([each.statement for each in counted.each], viewer=viewer, at=request.at)
    origins = {each.statement.pk: each for each in asked}
    counted = counted.without_others_than(origins)
    told |= {
        "results": counted,
        "chairs": chairs.draw(counted.in_hall or counted.people, counted.elsewhere or 0),
        "chairs_say": _say_chairs(counted),
        "sides": _sides(counted),
        "agreed": _drawn(counted.agreed, origins, counted.sides),
        "different": _drawn(counted.different, origins, counted.sides),
        "me_toos": me_too.hear(me_too.of(found), viewer=viewer, at=request.at),
        "again": _pairs(counted.again),
        "unknown": _drawn(counted.unknown, origins, counted.sides),
    }
    return render(request, template, told)


def _say_chairs(counted: Results) -> str:
    if counted.in_hall is None:
        return _("A chair each, seen from above.")
    return _("A chair each, seen from above. Dashed chairs answered from elsewhere.")


@dataclass(frozen=True)
class Drawn:
    """One sentence with what was said to it, its drawing, and where it comes from."""

    result: Result
    range: Range
    origin: Asked
    in_groups: str = ""
    in_top: int | None = None


def _drawn(those: list[Result], origins: dict[int, Asked], sides: Sides | None) -> list[Drawn]:
    drawn = []
    for result in those:
        pk = result.statement.pk
        grouped = sides.grouped.get(pk) if sides else None
        words = verdicts.say_in_groups(grouped) if grouped else ""
        in_top = sides.in_top.get(pk) if sides else None
        drawn.append(Drawn(result, draw_range(result), origins[pk], words, in_top))
    return drawn


def _sides(counted: Results) -> verdicts.Said | None:
    """Whether there are sides, in words; None while that is still being worked out."""
    if counted.sides is None:
        return None
    said = [each.statement for each in counted.each if each.statement.said is not None]
    return verdicts.say(counted.sides, {each.pk: each for each in said})


def _pairs(those: list[Result]) -> list[tuple[Statement, Statement]]:
    """Each two sentences that say the opposite, once."""
    pairs = {}
    for each in those:
        if each.opposite is not None:
            one, other = sorted((each.statement, each.opposite), key=lambda it: it.number)
            pairs[one.pk, other.pk] = (one, other)
    return list(pairs.values())
