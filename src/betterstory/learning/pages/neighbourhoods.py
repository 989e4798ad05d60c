"""All neighbourhoods on one page, and the same on paper. In order of name; no score, no ranking."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from betterstory.learning.neighbours import look
from betterstory.people.visit import Visit
from betterstory.stories import consenting
from betterstory.stories.models import Use
from betterstory.stories.rules import ANYONE, Viewer, viewer_of


@require_safe
def neighbourhoods(request: Visit) -> HttpResponse:
    """Where each is, what they share, what travels between them, what is owed to each."""
    return _show(request, "learning/neighbourhoods.html", viewer_of(request.person))


@require_safe
def on_paper(request: Visit) -> HttpResponse:
    """For a wall, on A4 or A3: it asks as anyone."""
    return _show(request, "learning/neighbourhoods_print.html", ANYONE)


def _show(request: Visit, template: str, viewer: Viewer) -> HttpResponse:
    number = request.GET.get("page", "1")
    page = int(number) if number.isdecimal() and 0 < int(number) < 10_000 else 1
    found = look(page=page, viewer=viewer, at=request.at, on=request.on)
    consenting.note_seen_each(found.seen, use=Use.QUOTE, on=request.on, person=request.person)
    told = {
        "found": found,
        "page": page,
        "earlier": page - 1,
        "later": page + 1 if found.has_more else 0,
        "large": request.GET.get("paper") == "a3",
    }
    return render(request, template, told)
