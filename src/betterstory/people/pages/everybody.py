"""Who takes part here, for organisers and stewards: their parts, and a way back in when it is lost."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from betterstory.people import cards, rules, verbs
from betterstory.people.forms import PartForm
from betterstory.people.models import Part, Person, Role
from betterstory.people.visit import Visit, needs_part, once
from betterstory.ui.refusal import Refusal


@require_safe
@needs_part(Role.ORGANISER, Role.STEWARD)
def everybody(request: Visit) -> HttpResponse:
    """Everybody, by name."""
    parts = Part.objects.filter(left_on=None, person__is_active=True).select_related("person")
    by_person: dict[Person, list[str]] = {}
    for part in parts.order_by("person__name", "person_id", "joined_on", "pk"):
        by_person.setdefault(part.person, []).append(part.get_role_display())
    return render(request, "people/everybody.html", {"everybody": by_person.items()})


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def somebody(request: Visit, pk: int) -> HttpResponse:
    """One person: their parts; a steward may give another."""
    person = get_object_or_404(Person, pk=pk)
    form = PartForm(request.POST or None)
    if form.is_valid():
        verbs.give_part(person=person, role=form.cleaned_data["role"], by=request.somebody, on=request.on)
        return redirect("people:somebody", pk=pk)
    told = {
        "them": person,
        "parts": person.parts.filter(left_on=None).order_by("joined_on"),
        "posts": person.posts.select_related("body"),
        "form": form,
        "may_give_parts": rules.may_give_parts(request.somebody),
        "may_help": rules.may_help_back_in(request.somebody, person) and person != request.somebody,
    }
    return render(request, "people/somebody.html", told, status=422 if form.is_bound else 200)


@require_POST
@needs_part(Role.STEWARD)
@once
def end_part(request: Visit, pk: int) -> HttpResponse:
    part = get_object_or_404(Part, pk=pk, left_on=None)
    verbs.end_part(part, by=request.somebody, on=request.on)
    return redirect("people:somebody", pk=part.person_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def card_for(request: Visit, pk: int) -> HttpResponse:
    """A card for somebody whose way in is lost, to be handed to them. Their own page says it was made."""
    person = get_object_or_404(Person, pk=pk)
    if request.method != "POST":
        return redirect("people:somebody", pk=pk)
    try:
        cards.come_in_address()  # before any code is made
        card, code = verbs.make_return_card(person, by=request.somebody, at=request.at)
        sheet = [cards.printed(card.greeting, code)]
    except Refusal as refusal:
        return render(request, "ui/refused.html", {"refusal": refusal}, status=refusal.status)
    response = render(request, "people/return_card.html", {"cards": sheet, "until": card.expires_at})
    response["Content-Location"] = request.path
    return response


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def forget_factors(request: Visit, pk: int) -> HttpResponse:
    """Their phone is lost: what was on it opens nothing any more."""
    verbs.forget_factors(get_object_or_404(Person, pk=pk), by=request.somebody)
    return redirect("people:somebody", pk=pk)
