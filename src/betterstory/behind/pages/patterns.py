"""Patterns as they stand: read aloud, asked of records, with figures from elsewhere beside them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from betterstory.behind import answering, counting, rules, verbs
from betterstory.behind.forms.patterns import CountForm, EstimateForm
from betterstory.behind.models import ContactLog, Pattern
from betterstory.people.visit import Visit, needs_part, once
from betterstory.places.context import place_of
from betterstory.ui.refusal import Refusal


@require_safe
@needs_part(*rules.READERS)
def patterns(request: Visit) -> HttpResponse:
    """Every pattern, the newest first."""
    told = {
        "patterns": Pattern.objects.prefetch_related("releases"),
        "may_make": rules.may_make(request.somebody),
    }
    return render(request, "behind/patterns.html", told)


@require_safe
@needs_part(*rules.READERS)
def pattern(request: Visit, pk: int) -> HttpResponse:
    """One pattern, read aloud; what came of it; and the way to ask it of records."""
    return _pattern(request, _found(pk), CountForm(logs=list(ContactLog.objects.all())))


@require_POST
@needs_part(*rules.KEEPERS)
def count(request: Visit, pk: int) -> HttpResponse:
    """Ask it of a log. A second press finds the draft of the first: nothing is ever counted twice."""
    found = _found(pk)
    form = CountForm(request.POST, logs=list(ContactLog.objects.all()))
    if form.is_valid():
        try:
            counted = verbs.count(
                found,
                log=form.cleaned_data["log"],
                by_column=form.cleaned_data.get("by_column", ""),
                by=request.somebody,
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(form.about(refusal.sentence), refusal.sentence)
        else:
            return redirect(counted)
    return _pattern(request, found, form)


def _pattern(request: Visit, found: Pattern, form: CountForm) -> HttpResponse:
    shape = counting.read(found.toml)
    tied = rules.is_tied(found, at=request.at)
    told = {
        "pattern": found,
        "said": shape.said,
        "shape": answering.shape([answering.as_saved(step) for step in shape.steps]),
        "releases": found.releases.all(),
        "drafts": found.drafts.filter(release=None) if rules.may_keep(request.somebody) else [],
        "estimates": found.estimates.all(),
        "tied": tied,
        "may_be_counted": tied or not found.from_a_story,
        "may_keep": rules.may_keep(request.somebody),
        "may_make": rules.may_make(request.somebody),
        "may_estimate": rules.may_estimate(request.somebody),
        "keeps_a_log": rules.keeps_a_log(place_of(request)),
        "logs": form.logs,
        "form": form,
    }
    return render(request, "behind/pattern.html", told, status=422 if form.is_bound else 200)


@require_safe
@needs_part(*rules.READERS)
def as_file(request: Visit, pk: int) -> HttpResponse:
    """The pattern as the small file that travels."""
    found = get_object_or_404(Pattern, pk=pk)
    name = f"pattern-{found.pk}.toml"
    return HttpResponse(
        found.toml,
        content_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*rules.ESTIMATORS)
@once
def estimate(request: Visit, pk: int) -> HttpResponse:
    """Write down a figure from elsewhere. It stands beside what was counted and is never added to it."""
    found = _found(pk)
    form = EstimateForm(request.POST or None)
    if form.is_valid():
        verbs.add_estimate(found, by=request.somebody, at=request.at, **form.cleaned_data)
        newest = found.releases.first()
        return redirect(newest or found)
    told = {"pattern": found, "form": form}
    return render(request, "behind/estimate.html", told, status=422 if form.is_bound else 200)


def _found(pk: int) -> Pattern:
    return get_object_or_404(Pattern.objects.with_pieces(), pk=pk)
