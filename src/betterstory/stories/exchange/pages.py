"""Taking a copy out."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from betterstory.people.models import Circle
from betterstory.people.visit import Visit, needs_part, once
from betterstory.stories import acting, consenting
from betterstory.stories.exchange.forms import CopyForm
from betterstory.stories.exchange.making import FORMATS, Format
from betterstory.stories.exchange.taking import as_project, what_may_leave
from betterstory.stories.leaving import note
from betterstory.stories.models import Leaving as Left
from betterstory.stories.models import Use
from betterstory.stories.rules import Viewer
from betterstory.ui.refusal import Refusal


class NothingMayLeave(Refusal):
    """No teller said yes."""

    code, status = "nothing-may-leave", 422
    words = _("No teller has said yes to a report for these people. Ask a teller first, or choose others.")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*acting.STUDYING)
@once
def take_copy(request: Visit) -> HttpResponse:
    """Choose for whom and for which tool; the copy is the answer."""
    form = CopyForm(request.POST or None, circles=_circles(request))
    if form.is_valid():
        try:
            return _copy(request, form.cleaned_data["audience"], FORMATS[form.cleaned_data["format"]])
        except NothingMayLeave as refusal:
            form.add_error("audience", refusal.sentence)
    return render(request, "stories/take_copy.html", {"form": form}, status=422 if form.is_bound else 200)


def _circles(request: Visit) -> list[Circle]:
    """Rooms the person is in and that still meet; a teller's helpers are no audience of a report."""
    mine = Circle.objects.filter(pk__in=request.somebody.circle_ids)
    return list(mine.exclude(kind=Circle.Kind.HELPERS).exclude(ends_on__lt=request.on))


def _copy(request: Visit, audience: Viewer, kind: Format) -> HttpResponse:
    """Make it, number it, write down what it holds, and hand it over. Raises NothingMayLeave."""
    leaving = [] if kind.name == "qdc" else what_may_leave(audience, at=request.at)
    if not leaving and kind.name != "qdc":
        raise NothingMayLeave
    held = [each.version for each in leaving if each.text]
    pieces = [shown.piece for each in leaving for shown in each.pieces]
    left = note([*held, *pieces], by=request.somebody, use=Use.REPORT, how=Left.How.EXPORT, at=request.at)
    number = str(left.number)
    project = as_project(leaving, audience=audience, number=number, at=request.at)
    circle = audience if isinstance(audience, Circle) else None
    consenting.note_seen_each(
        [each.version for each in leaving],
        use=Use.REPORT,
        on=request.on,
        circle=circle,
        person=None if circle else request.somebody,
    )
    return HttpResponse(
        kind.write(project),
        content_type=kind.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="stories-{number}.{kind.ending}"',
            "Content-Location": reverse("stories:take_copy"),  # a second press comes back to the page
        },
    )
