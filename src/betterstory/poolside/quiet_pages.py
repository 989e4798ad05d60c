"""Pages of the goodwill: the three quiet questions, for oneself, and the line for everybody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from betterstory.people.visit import Visit, once, signed_in
from betterstory.poolside import goodwill, line_picture, rules
from betterstory.poolside.pages import find
from betterstory.poolside.quiet_forms import QuietForm


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@once
def quiet(request: Visit, pk: int) -> HttpResponse:
    """Answer for myself, once. What was said is never shown again, to me neither."""
    poolside = find(request, pk)
    asked = goodwill.open_for(poolside, request.somebody, on=request.on)
    form = QuietForm(request.POST or None)
    if asked is None:
        if request.method == "POST":
            raise goodwill.OverByNow
        return redirect("poolside:goodwill", pk=pk)
    if form.is_valid():
        goodwill.say(asked, words=form.words, by=request.somebody, on=request.on)
        messages.success(request, _("Thank you. It is in, and nobody can tell that it is yours."))
        return redirect(poolside)
    told = {"poolside": poolside, "form": form, "asked": asked, "fewest": rules.FEWEST}
    return render(request, "poolside/quiet.html", told, status=422 if form.is_bound else 200)


@require_safe
@signed_in
def line(request: Visit, pk: int) -> HttpResponse:
    """How the goodwill stands, over time, for the whole circle."""
    poolside = find(request, pk)
    points = goodwill.line(poolside)
    told = {
        "poolside": poolside,
        "points": points,
        "quiet": goodwill.QUIET,
        "strips": line_picture.strips(points) if any(point.words for point in points) else [],
        "heights": line_picture.heights(),
        "box": line_picture,
        "asked": goodwill.open_for(poolside, request.somebody, on=request.on),
        "fewest": rules.FEWEST,
        "talks": poolside.talks.all(),
    }
    return render(request, "poolside/goodwill.html", told)
