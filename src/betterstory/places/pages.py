"""Looking after the place: what it says about itself, its neighbourhoods, and where each round is."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.people.models import Role
from betterstory.people.visit import Visit, needs_part, once
from betterstory.places import verbs
from betterstory.places.forms import HelpForm, NeighbourhoodForm, PlaceForm, StageForm
from betterstory.places.models import Neighbourhood, Place, Round

KEEPERS = (Role.ORGANISER, Role.STEWARD)
either = require_http_methods(["GET", "HEAD", "POST"])


@either
@needs_part(Role.STEWARD)
@once
def place(request: Visit) -> HttpResponse:
    """Set the place up, or change what it says."""
    now = Place.objects.first()
    form = PlaceForm.of(now, request.POST or None)
    if form.is_valid():
        if now is None:
            verbs.found(by=request.somebody, **form.cleaned_data)
        else:
            verbs.change_place(now, by=request.somebody, **form.cleaned_data)
        return redirect("places:neighbourhoods")
    told = {"form": form, "now": now}
    return render(request, "places/place.html", told, status=422 if form.is_bound else 200)


@either
@needs_part(*KEEPERS)
@once
def help_now(request: Visit) -> HttpResponse:
    """The numbers that stand on every page of telling."""
    now = get_object_or_404(Place)
    form = HelpForm(
        request.POST or None, initial={"help_now": now.help_now, "organiser_phone": now.organiser_phone}
    )
    if form.is_valid():
        verbs.say_where_help_is(now, by=request.somebody, **form.cleaned_data)
        return redirect("places:help_now")
    return render(request, "places/help_now.html", {"form": form}, status=422 if form.is_bound else 200)


@either
@needs_part(*KEEPERS)
@once
def neighbourhoods(request: Visit) -> HttpResponse:
    """Every neighbourhood with its rounds, and a form for another."""
    form = NeighbourhoodForm(request.POST or None)
    if form.is_valid():
        made = verbs.name_neighbourhood(by=request.somebody, **form.cleaned_data)
        return redirect("places:neighbourhood", slug=made.slug)
    told = {"form": form, "neighbourhoods": Neighbourhood.objects.prefetch_related("rounds")}
    return render(request, "places/neighbourhoods.html", told, status=422 if form.is_bound else 200)


@either
@needs_part(*KEEPERS)
@once
def neighbourhood(request: Visit, slug: str) -> HttpResponse:
    """One neighbourhood: its name, its rounds, and the way to begin the next."""
    found = get_object_or_404(Neighbourhood, slug=slug)
    form = NeighbourhoodForm(request.POST or None, now=found)
    if form.is_valid():
        verbs.rename_neighbourhood(found, by=request.somebody, **form.cleaned_data)
        return redirect("places:neighbourhood", slug=slug)
    told = {"form": form, "neighbourhood": found, "rounds": found.rounds.order_by("-number")}
    return render(request, "places/neighbourhood.html", told, status=422 if form.is_bound else 200)


@either
@needs_part(*KEEPERS)
@once
def round_(request: Visit, pk: int) -> HttpResponse:
    """Say where a round is now."""
    found = get_object_or_404(Round.objects.select_related("neighbourhood"), pk=pk)
    form = StageForm(request.POST or None, initial={"to": found.stage})
    if form.is_valid():
        verbs.move_on(found, by=request.somebody, **form.cleaned_data)
        return redirect(found)
    told = {"form": form, "round": found}
    return render(request, "places/round.html", told, status=422 if form.is_bound else 200)


@require_POST
@needs_part(*KEEPERS)
@once
def end_round(request: Visit, pk: int) -> HttpResponse:
    found = get_object_or_404(Round.objects.select_related("neighbourhood"), pk=pk, ended_on=None)
    verbs.end_round(found, by=request.somebody, on=request.on)
    return redirect("places:neighbourhood", slug=found.neighbourhood.slug)
