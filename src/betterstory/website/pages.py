"""The pages that look up: home, a neighbourhood's home, and the thread."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from betterstory.people.visit import Visit
from betterstory.places.models import Neighbourhood


def home(request: Visit) -> HttpResponse:
    """The first page."""
    return render(request, "website/home.html", {})


def neighbourhoods(request: Visit) -> HttpResponse:
    """Every neighbourhood."""
    return render(request, "website/neighbourhoods.html", {"neighbourhoods": Neighbourhood.objects.all()})


def neighbourhood(request: Visit, slug: str) -> HttpResponse:
    """The organiser's page: where we are, what is next, what is owed."""
    return render(
        request,
        "website/neighbourhood.html",
        {"neighbourhood": get_object_or_404(Neighbourhood, slug=slug)},
    )
