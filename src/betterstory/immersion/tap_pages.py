"""Two taps: the page to tap on, and the sheet with its square for the wall of a hall."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from betterstory.immersion import tapping
from betterstory.immersion.pages import anybody_here, either
from betterstory.people import cards
from betterstory.people.visit import Visit, once
from betterstory.places.models import Neighbourhood
from betterstory.ui.refusal import Refusal


@either
@anybody_here
@once
def tap(request: Visit, slug: str) -> HttpResponse:
    """What was it? Then: where, or with whom? And it is written down."""
    neighbourhood = get_object_or_404(Neighbourhood, slug=slug)
    told: dict[str, object] = {"neighbourhood": neighbourhood}
    what = request.POST.get("what") or request.GET.get("what", "")
    try:
        if request.method == "POST":
            there = request.POST.get("there", "")
            tapping.note(neighbourhood, what=what, there=there, by=request.somebody, at=request.at)
            messages.success(request, _("It is written down. Thank you."))
            return redirect("immersion:useful", slug=slug)
        if what:
            streets, groups = tapping.where_to_tap(neighbourhood)
            told |= {"what": what, "words": tapping.words_of(what, neighbourhood)}
            told |= {"streets": streets, "groups": groups}
            return render(request, "immersion/tap_where.html", told)
    except tapping.NothingOfTheKind as refusal:
        told["wrong"] = refusal.sentence
    told["choices"] = tapping.what_to_tap(request.somebody, neighbourhood)
    return render(request, "immersion/tap.html", told, status=422 if "wrong" in told else 200)


@require_safe
@anybody_here
def tap_on_paper(request: Visit, slug: str) -> HttpResponse:
    """A sheet with the square that leads there; where no address can be printed, it says what to do."""
    neighbourhood = get_object_or_404(Neighbourhood, slug=slug)
    told: dict[str, object] = {"neighbourhood": neighbourhood}
    try:
        address = cards.printable_address() + reverse("immersion:tap", args=[slug])
        told |= {"address": address, "qr": cards.draw_qr(address)}
    except Refusal as refusal:
        told["wrong"] = refusal.sentence
    return render(request, "immersion/tap_on_paper.html", told)
