"""Cards to invite people with: make a sheet of them, see which are out, withdraw one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.people import cards, rules, verbs
from betterstory.people.forms import InviteForm
from betterstory.people.models import Invitation, Role
from betterstory.people.visit import Visit, needs_part, once
from betterstory.ui.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def invite(request: Visit) -> HttpResponse:
    """Make cards. Their codes stand on this one answer and nowhere else; a second press shows the list."""
    roles = [role for role in Role if rules.may_invite(request.somebody, role)]
    form = InviteForm(request.POST or None, roles=roles)
    if form.is_valid():
        try:
            return _sheet(request, form)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    out = Invitation.objects.usable(request.at).open_to(request.somebody).select_related("circle", "person")
    told = {"form": form, "out": out.order_by("-made_at")[:100], "cannot_print": _why_not()}
    return render(request, "people/invite.html", told, status=422 if form.is_bound else 200)


def _sheet(request: Visit, form: InviteForm) -> HttpResponse:
    cards.come_in_address()  # before any code is made
    told = form.cleaned_data
    made = verbs.invite_several(
        greetings=told["names"], role=told["role"], circle=told["circle"], by=request.somebody, at=request.at
    )
    sheet = [cards.printed(card.greeting, code) for card, code in made]
    response = render(
        request, "people/sheet.html", {"cards": sheet, "when": told["when"], "where": told["where"]}
    )
    response["Content-Location"] = request.path
    return response


def _why_not() -> str:
    try:
        cards.come_in_address()
    except Refusal as refusal:
        return refusal.sentence
    return ""


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def withdraw(request: Visit, pk: int) -> HttpResponse:
    card = get_object_or_404(Invitation.objects.open_to(request.somebody), pk=pk)
    verbs.withdraw_card(card, by=request.somebody, at=request.at)
    return redirect("people:invite")
