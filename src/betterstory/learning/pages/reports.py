"""Reports: choosing parts, reading one on paper, the list behind each figure, and who may read it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from betterstory.learning.forms.report import ReportForm, own
from betterstory.learning.models import CHOSEN, Part, Report, ReportPart
from betterstory.learning.pages.timeline import found_round
from betterstory.learning.pages.typed import in_a_round
from betterstory.learning.reporting import paper, rules
from betterstory.learning.reporting.figures import count
from betterstory.learning.verbs import reporting as verbs
from betterstory.people.visit import Visit, once, signed_in
from betterstory.stories import consenting
from betterstory.stories.leaving import note_copy
from betterstory.stories.models import Use
from betterstory.stories.whose import asks_whose
from betterstory.ui.refusal import Refusal

ON_A_PAGE = 120
TYPED = ["title", *(own(part) for part in Part)]


@require_safe
@signed_in
def reports(request: Visit, round_pk: int) -> HttpResponse:
    """Every version that was made of this round."""
    if not rules.is_partner(request.somebody):
        raise verbs.NotForYou
    round_ = found_round(round_pk)
    context = {
        "round": round_,
        "reports": list(Report.objects.filter(round=round_)),
        "may_report": rules.may_report(request.somebody),
    }
    return render(request, "learning/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@asks_whose(in_a_round, fields=TYPED)
@once
def new_report(request: Visit, round_pk: int) -> HttpResponse:
    """Choose parts, a day and words; what was made before is where it begins."""
    if not rules.may_report(request.somebody):
        raise verbs.NotYoursToReport
    round_ = found_round(round_pk)
    form = ReportForm(request.POST or None, initial=_begin_with(request, round_pk))
    if form.is_valid():
        try:
            made = verbs.make_report(
                round=round_,
                by=request.somebody,
                on=request.on,
                as_of=form.cleaned_data["as_of"],
                title=form.cleaned_data["title"],
                parts=form.chosen(),
            )
            return redirect("learning:report", key=made.key)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.put_right(refusal)
    context = {"round": round_, "form": form}
    return render(request, "learning/new_report.html", context, status=422 if form.is_bound else 200)


@require_safe
def report(request: Visit, key: UUID) -> HttpResponse:
    """The report itself, made for paper."""
    found, parts = _found(request, key)
    made = paper.compose(found, parts, at=request.at)
    consenting.note_seen_each(made.quotes.versions, use=Use.REPORT, on=request.on, person=request.person)
    copy = request.GET.get("copy", "")
    context = {
        "report": found,
        "round": found.round,
        "paper": made,
        "copy": copy if copy.isascii() and copy.isdecimal() and len(copy) < 10 else "",
        "address": f"{settings.URL}{found.get_absolute_url()}",
        "may_report": request.person is not None and rules.may_report(request.person),
        "is_partner": rules.is_partner(request.person),
        "as_of": found.as_of,
    }
    return render(request, "learning/report.html", context)


@require_POST
@signed_in
@once
def take_copy(request: Visit, key: UUID) -> HttpResponse:
    """A numbered copy for paper: what it quotes can be asked back by that number."""
    found, parts = _found(request, key)
    asks = paper.compose(found, parts, at=request.at)
    left = note_copy(asks.quotes.pieces, by=request.somebody, use=Use.REPORT, at=request.at)
    return redirect(f"{found.get_absolute_url()}?copy={left.number}")


@require_safe
def counted(request: Visit, key: UUID, slug: str) -> HttpResponse:
    """What one figure counts, line by line, as of the report's day."""
    found, _parts = _found(request, key)
    figure = count(paper.reading_of(found), at=request.at).figures.get(slug)
    if figure is None:
        raise Http404
    first = ON_A_PAGE * (_page(request.GET.get("page", "")) - 1)
    context = {
        "report": found,
        "round": found.round,
        "figure": figure,
        "rows": figure.rows[first : first + ON_A_PAGE],
        "start": first + 1,
        "next": first // ON_A_PAGE + 2 if len(figure.rows) > first + ON_A_PAGE else None,
        "as_of": found.as_of,
    }
    return render(request, "learning/counted.html", context)


@require_POST
@signed_in
@once
def let_in(request: Visit, key: UUID, anyone: bool) -> HttpResponse:
    """Open it to anyone with the address, or close it again."""
    found, _parts = _found(request, key)
    if anyone:
        verbs.open_to_anyone(found, by=request.somebody, on=request.on)
    else:
        verbs.close(found, by=request.somebody)
    return redirect(found)


def _found(request: Visit, key: UUID) -> tuple[Report, list[ReportPart]]:
    """The report, where whoever looks may read it. Raises Http404 or NotForYou."""
    both = paper.found(key)
    if both is None:
        raise Http404
    if not rules.may_read(request.person, both[0]):
        raise verbs.NotForYou
    return both


def _begin_with(request: Visit, round_pk: int) -> dict[str, Any]:
    """An earlier version to begin from, where one is named; else every part, as of today."""
    number = request.GET.get("from", "")
    told: dict[str, Any] = {"as_of": request.on, "parts": [part.value for part in CHOSEN]}
    if not (number.isascii() and number.isdecimal() and len(number) < 5):
        return told
    earlier = get_object_or_404(Report.objects.prefetch_related("parts"), round=round_pk, number=int(number))
    parts = list(earlier.parts.all())
    return {
        "title": earlier.title,
        "as_of": request.on,
        "parts": [each.part for each in parts],
        **{own(Part(each.part)): each.words for each in parts},
    }


def _page(asked: str) -> int:
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 and int(asked) else 1
