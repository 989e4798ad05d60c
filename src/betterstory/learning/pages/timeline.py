"""The timeline of a round: the river and the list, and the same as a table to take out."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from betterstory.learning.reporting import river, rules, table
from betterstory.learning.reporting.timeline import Moment, Timeline, by_month, timeline_of
from betterstory.learning.verbs.reporting import NotForYou
from betterstory.people.visit import Visit, once, signed_in
from betterstory.places.models import Round
from betterstory.stories import consenting
from betterstory.stories.leaving import note_file
from betterstory.stories.models import Use
from betterstory.stories.rules import PARTNERS

A_PAGE = 90  # moments, so that the page stays light; the table has them all


@require_safe
@signed_in
def timeline(request: Visit, round_pk: int) -> HttpResponse:
    """What happened, month by month; later months on pages after it."""
    round_ = found_round(round_pk)
    told = _read(request, round_)
    consenting.note_seen_each(told.quotes.versions, use=Use.REPORT, on=request.on, person=request.somebody)
    pages = _pages(told.moments)
    page = _page(request.GET.get("page", ""), len(pages))
    context = {
        "round": round_,
        "river": river.lay_out(told.moments, began_on=round_.began_on, on=request.on),
        "months": by_month(pages[page - 1]) if pages else [],
        "page": page,
        "earlier": page - 1,
        "later": page + 1 if page < len(pages) else None,
        "is_partner": rules.is_partner(request.somebody),
        "may_write": rules.may_write(request.somebody),
    }
    return render(request, "learning/timeline.html", context)


@require_POST
@signed_in
@once
def take_table(request: Visit, round_pk: int) -> HttpResponse:
    """The whole timeline as a file; what it quotes is numbered, and can be asked back."""
    if not rules.is_partner(request.somebody):
        raise NotForYou
    round_ = found_round(round_pk)
    told = _read(request, round_)
    if told.quotes.pieces:
        note_file(told.quotes.pieces, by=request.somebody, use=Use.REPORT, at=request.at)
        consenting.note_seen_each(
            told.quotes.versions, use=Use.REPORT, on=request.on, person=request.somebody
        )
    name = f"timeline-{round_.neighbourhood.slug}-{round_.number}.csv"
    return HttpResponse(
        table.as_csv(told),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Location": reverse("learning:timeline", args=[round_pk]),
        },
    )


def found_round(pk: int) -> Round:
    return get_object_or_404(Round.objects.select_related("neighbourhood"), pk=pk)


def _read(request: Visit, round_: Round) -> Timeline:
    """Quotes as they are cleared for the partnership; to others, as they are cleared for them."""
    is_partner = rules.is_partner(request.somebody)
    return timeline_of(
        round_,
        viewer=PARTNERS if is_partner else request.somebody,
        looks=request.somebody,
        on=request.on,
        at=request.at,
        is_partner=is_partner,
    )


def _pages(moments: list[Moment]) -> list[list[Moment]]:
    """Whole months as far as they fit; a month that is longer than a page goes over."""
    pages: list[list[Moment]] = []
    for _month, several in by_month(moments):
        if pages and len(pages[-1]) + len(several) <= A_PAGE:
            pages[-1].extend(several)
        else:
            pages += [several[at : at + A_PAGE] for at in range(0, len(several), A_PAGE)]
    return pages


def _page(asked: str, many: int) -> int:
    return min(int(asked), max(many, 1)) if asked.isdecimal() and len(asked) < 6 and int(asked) else 1
