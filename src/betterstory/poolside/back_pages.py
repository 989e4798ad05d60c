"""Coming back to what we agreed: a small guided check-in, a skip said openly, what reminds us of the day."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from betterstory.people import cards
from betterstory.people.visit import Visit, once, signed_in
from betterstory.poolside import calendar_file, goodwill, showing, verbs
from betterstory.poolside.forms import SkipForm
from betterstory.poolside.models import Poolside, Return
from betterstory.poolside.pages import find, form_page
from betterstory.poolside.steps import STEPS, Steps
from betterstory.ui.refusal import Refusal

either = require_http_methods(["GET", "HEAD", "POST"])


@either
@signed_in
@once
def come_back(request: Visit, pk: int) -> HttpResponse:
    """What held, what did not, what changes: one question at a time."""
    poolside = find(request, pk)
    agreed = _agreed(request, poolside)
    if agreed is None:
        return redirect(poolside)
    steps = Steps(request.POST if request.method == "POST" else None, on=request.on)
    if steps.is_ready:
        back = verbs.come_back(
            agreed.agreement, by=request.somebody, on=request.on, **steps.form.cleaned_data
        )
        asked = getattr(back, "goodwill", None)
        return redirect("poolside:quiet", pk=pk) if asked is not None else redirect(poolside)
    told = {"poolside": poolside, "agreed": agreed, "steps": steps, "many": len(STEPS)}
    return render(request, "poolside/come_back.html", told, status=422 if steps.is_wrong else 200)


@either
@signed_in
@once
def skip(request: Visit, pk: int) -> HttpResponse:
    """Not this time, and everybody can see why."""
    poolside = find(request, pk)
    agreed = _agreed(request, poolside)
    if agreed is None:
        return redirect(poolside)
    form = SkipForm(request.POST or None, on=request.on)
    if form.is_valid():
        verbs.skip(agreed.agreement, by=request.somebody, on=request.on, **form.cleaned_data)
        return redirect(poolside)
    return form_page(request, "skip", poolside, form, agreed=agreed)


@require_safe
@signed_in
def check_in_on_paper(request: Visit, pk: int) -> HttpResponse:
    """The check-in with room to write, and a slip for each with the quiet questions, for A4."""
    poolside = find(request, pk)
    agreed = _agreed(request, poolside)
    if agreed is None:
        return redirect(poolside)
    told = {"poolside": poolside, "agreed": agreed, "quiet": goodwill.QUIET, "words": goodwill.Word}
    return render(request, "poolside/check_in_on_paper.html", told)


@require_safe
@signed_in
def calendar(request: Visit, pk: int) -> HttpResponse:
    """The day to come back as a file for a calendar."""
    poolside = find(request, pk)
    agreement = poolside.newest_agreement()
    if agreement is None:
        return redirect(poolside)
    agreement.poolside = poolside
    moved = Return.objects.filter(agreement__poolside=poolside).count()
    edition = agreement.number + moved  # each new words, each return and each skip sets the day anew
    made = calendar_file.write(agreement, edition=edition, at=request.at, url=_address(poolside))
    answer = HttpResponse(made.encode(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="poolside-{pk}.ics"'
    return answer


def _agreed(request: Visit, poolside: Poolside) -> showing.Agreed | None:
    return showing.what_is_agreed(poolside, request.somebody, showing.members_of(poolside))


def _address(poolside: Poolside) -> str:
    """Where it stands, as others reach it; "" where this machine is reached by nobody else."""
    try:
        return cards.printable_address() + reverse("poolside:table", args=[poolside.pk])
    except Refusal:
        return ""
