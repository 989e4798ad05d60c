"""Answers of other bodies: brought back, looked at by somebody else, shown side by side, never added up."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from betterstory.behind import answering, counting, rules, verbs
from betterstory.behind.forms.answers import AnswerForm
from betterstory.behind.forms.approving import ApproveForm, RefuseForm
from betterstory.behind.models import Answer, Pattern
from betterstory.behind.pages.drafts import not_for
from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.ui.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*rules.MAKERS)
@once
def bring(request: Visit, pk: int) -> HttpResponse:
    """Bring the file back that a body filled in."""
    pattern = get_object_or_404(Pattern.objects.with_pieces(), pk=pk)
    form = AnswerForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            brought = verbs.bring_answer(
                pattern,
                content=form.cleaned_data["file"].read(),
                cannot_see=form.cleaned_data["cannot_see"],
                by=request.somebody,
                at=request.at,
            )
        except verbs.NotAnAnswer as wrong:
            for sentence in wrong.sentences:
                form.add_error("file", sentence)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect(brought)
    told = {"pattern": pattern, "form": form}
    return render(request, "behind/bring_answer.html", told, status=422 if form.is_bound else 200)


@require_safe
@signed_in
def answer(request: Visit, pk: int) -> HttpResponse:
    """One answer as anyone would see it, and a list to go through before they do."""
    found = _found(pk)
    if not _may_see(request, found):
        return not_for(request)
    return _answer(request, found)


@require_POST
@signed_in
@once
def approve(request: Visit, pk: int) -> HttpResponse:
    """Let it out."""
    found = _found(pk)
    if not _may_see(request, found):
        return not_for(request)
    form = ApproveForm(request.POST)
    form.is_valid()
    try:
        looked_at = form.cleaned_data.get("looked_at", [])
        verbs.approve_answer(found, by=request.somebody, at=request.at, looked_at=looked_at)
    except Refusal as refusal:
        form.add_error("looked_at", refusal.sentence)
        return _answer(request, found, approving=form, status=refusal.status)
    return redirect("behind:beside", found.pattern_id)


@require_POST
@signed_in
@once
def refuse(request: Visit, pk: int) -> HttpResponse:
    """It stays in, and why."""
    found = _found(pk)
    if not _may_see(request, found):
        return not_for(request)
    form = RefuseForm(request.POST)
    form.is_valid()
    try:
        reason = form.cleaned_data.get("reason", "")
        verbs.refuse_answer(found, by=request.somebody, at=request.at, reason=reason)
    except Refusal as refusal:
        form.errors.pop("reason", None)
        form.add_error("reason", refusal.sentence)
        return _answer(request, found, refusing=form, status=refusal.status)
    return redirect("behind:index")


@require_safe
def beside(request: Visit, pk: int) -> HttpResponse:
    """What the records of several bodies said to one pattern. Anyone may see it."""
    pattern = get_object_or_404(Pattern, pk=pk)
    own = pattern.releases.first()
    answers = list(pattern.answers.out())
    if own is None and not answers:
        raise Http404
    told = {
        "pattern": pattern,
        "shape": answering.shape(counting.read(pattern.toml).steps_saved),
        "own": own,
        "answers": answers,
        "table": answering.beside([*([own.figures] if own else []), *(each.figures for each in answers)]),
    }
    return render(request, "behind/beside.html", told)


def _answer(
    request: Visit,
    found: Answer,
    *,
    approving: ApproveForm | None = None,
    refusing: RefuseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    may_approve = found.is_waiting and rules.may_approve(request.somebody, found)
    told = {
        "answer": found,
        "pattern": found.pattern,
        "answers": [found],
        "table": answering.beside([found.figures]),
        "may_approve": may_approve,
        "approving": approving or ApproveForm(),
        "refusing": refusing or RefuseForm(),
        "posts": rules.posts_that_may(found) if found.is_waiting and not may_approve else [],
    }
    return render(request, "behind/answer.html", told, status=status)


def _may_see(request: Visit, found: Answer) -> bool:
    return rules.may_make(request.somebody) or rules.may_approve(request.somebody, found)


def _found(pk: int) -> Answer:
    return get_object_or_404(Answer.objects.with_pattern(), pk=pk)
