"""Circles: named audiences with an end, and who is in them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.people import verbs
from betterstory.people.forms import CircleForm, PersonForm
from betterstory.people.models import Circle, Person, Role
from betterstory.people.visit import Visit, needs_part, once

KEEPERS = (Role.ORGANISER, Role.STEWARD)
# a teller's helpers are the teller's own business, and stand on the story's page
OPEN = Circle.objects.exclude(kind=Circle.Kind.HELPERS)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*KEEPERS)
@once
def circles(request: Visit) -> HttpResponse:
    """Every circle, and a form for another."""
    form = CircleForm(request.POST or None)
    if form.is_valid():
        circle = verbs.open_circle(by=request.somebody, **form.cleaned_data)
        return redirect("people:circle", pk=circle.pk)
    told = {"circles": OPEN.all().with_size(), "form": form}
    return render(request, "people/circles.html", told, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*KEEPERS)
@once
def circle(request: Visit, pk: int) -> HttpResponse:
    """Who is in a circle; bring somebody in."""
    found = get_object_or_404(OPEN.all(), pk=pk)
    members = found.memberships.filter(left_at=None).select_related("person").order_by("person__name")
    others = Person.objects.filter(is_active=True).exclude(
        pk__in=found.memberships.filter(left_at=None).values("person_id")
    )
    form = PersonForm(request.POST or None, people=others.order_by("name"))
    if form.is_valid():
        verbs.join(circle=found, person=form.cleaned_data["person"], at=request.at, by=request.somebody)
        return redirect("people:circle", pk=pk)
    told = {"circle": found, "members": members, "form": form}
    return render(request, "people/circle.html", told, status=422 if form.is_bound else 200)


@require_POST
@needs_part(*KEEPERS)
@once
def take_out(request: Visit, pk: int, person: int) -> HttpResponse:
    found = get_object_or_404(OPEN.all(), pk=pk)
    verbs.leave(circle=found, person=get_object_or_404(Person, pk=person), at=request.at, by=request.somebody)
    return redirect("people:circle", pk=pk)
