"""Counts that are not out yet: looked at by somebody else, let out or kept in. And who is a trustee."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from betterstory.behind import rules, verbs
from betterstory.behind.forms.approving import ApproveForm, RefuseForm, TrusteeForm
from betterstory.behind.models import Draft, Trustee
from betterstory.behind.pages.releases import answered
from betterstory.people.models import Person, Role
from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.ui.refusal import Refusal


@require_safe
@signed_in
def draft(request: Visit, pk: int) -> HttpResponse:
    """What is to be shown, the rule it stands under, and a list to go through before it is out."""
    found = _found(pk)
    approves = _approves(request, found)
    if not approves and not rules.may_see_draft(request.somebody, found):
        return not_for(request)
    return _draft(request, found, approves=approves)


@require_POST
@signed_in
def approve(request: Visit, pk: int) -> HttpResponse:
    """Let it out. A second press finds the release of the first."""
    found = _found(pk)
    if not rules.may_see_draft(request.somebody, found):
        return not_for(request)
    form = ApproveForm(request.POST)
    form.is_valid()
    try:
        looked_at = form.cleaned_data.get("looked_at", [])
        return redirect(verbs.approve(found, by=request.somebody, at=request.at, looked_at=looked_at))
    except Refusal as refusal:
        form.add_error("looked_at", refusal.sentence)
        approves = _approves(request, found)
        return _draft(request, found, approves=approves, approving=form, status=refusal.status)


@require_POST
@signed_in
@once
def refuse(request: Visit, pk: int) -> HttpResponse:
    """It stays in, and why."""
    found = _found(pk)
    if not rules.may_see_draft(request.somebody, found):
        return not_for(request)
    form = RefuseForm(request.POST)
    form.is_valid()
    try:
        reason = form.cleaned_data.get("reason", "")
        verbs.refuse(found, by=request.somebody, at=request.at, reason=reason)
    except Refusal as refusal:
        form.errors.pop("reason", None)
        form.add_error("reason", refusal.sentence)
        approves = _approves(request, found)
        return _draft(request, found, approves=approves, refusing=form, status=refusal.status)
    return redirect("behind:index")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.STEWARD)
@once
def trustees(request: Visit) -> HttpResponse:
    """Those a steward named to look at any figure before it is out."""
    named = Trustee.objects.filter(ended_on=None).select_related("person")
    if "end" in request.POST:
        trustee = get_object_or_404(Trustee, pk=request.POST["end"])
        verbs.end_trustee(trustee, by=request.somebody, on=request.on)
        return redirect("behind:trustees")
    others = Person.objects.filter(is_active=True).exclude(pk=request.somebody.pk)
    form = TrusteeForm(request.POST or None, people=others.exclude(pk__in=named.values("person")))
    if form.is_valid():
        verbs.name_trustee(form.cleaned_data["person"], by=request.somebody, on=request.on)
        return redirect("behind:trustees")
    told = {"trustees": named, "form": form}
    return render(request, "behind/trustees.html", told, status=422 if form.is_bound else 200)


def _approves(request: Visit, found: Draft) -> bool:
    """Whether it waits, and for somebody like the one who looks."""
    return found.is_waiting and rules.may_approve(request.somebody, found)


def _draft(
    request: Visit,
    found: Draft,
    *,
    approves: bool,
    approving: ApproveForm | None = None,
    refusing: RefuseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    told = answered(found) | {
        "draft": found,
        "may_approve": approves,
        "approving": approving or ApproveForm(),
        "refusing": refusing or RefuseForm(),
        "posts": rules.posts_that_may(found) if found.is_waiting and not approves else [],
        "before": found.pattern.drafts.filter(data_mark=found.data_mark).exclude(refused_at=None),
        "may_read_patterns": request.somebody.plays(*rules.READERS),
    }
    return render(request, "behind/draft.html", told, status=status)


def not_for(request: Visit) -> HttpResponse:
    return render(request, "403.html", {"roles": [role.label for role in rules.KEEPERS]}, status=403)


def _found(pk: int) -> Draft:
    return get_object_or_404(Draft.objects.with_pattern(), pk=pk)
