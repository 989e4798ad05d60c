"""The sentences of a gathering: add, say another way, take up what a voice wrote, put aside."""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.conversations import rules, verbs
from betterstory.conversations.forms.gatherings import OppositeForm, PutAsideForm, StatementForm, WordsForm
from betterstory.conversations.models import Gathering, Opposites, Statement
from betterstory.conversations.pages.finding import find_gathering, labels, pieces_for_room
from betterstory.conversations.pages.typing import in_a_gathering, in_a_sentence, on_a_voice_card
from betterstory.conversations.quiet import at_the_desk
from betterstory.people.models import Role
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.stories.whose import Tie, asks_whose
from betterstory.ui.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@asks_whose(in_a_gathering, tie=Tie("from_piece"))
@once
def statements(request: Visit, pk: int) -> HttpResponse:
    """Add a sentence; see all of them, also those put aside and those that wait to be read."""
    found = find_gathering(pk)
    if not rules.may_write_down(request.somebody, found):
        raise NotYours
    pieces = pieces_for_room(found, reader=request.somebody, at=request.at)
    form = StatementForm(request.POST or None, pieces=labels(pieces))
    if form.is_valid():
        chosen = form.cleaned_data.get("from_piece")
        verbs.add_statement(
            found,
            words=form.cleaned_data["words"],
            from_piece=pieces[chosen].piece if chosen else None,
            by=request.somebody,
            at=request.at,
        )
        return redirect("conversations:statements", pk=pk)
    told = {
        "gathering": found,
        "form": form,
        "statements": at_the_desk(
            found.statements.all(), gathering=found, reader=request.somebody, at=request.at
        ),
        "may_call": rules.may_call(request.somebody),
    }
    return render(request, "conversations/statements.html", told, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@asks_whose(in_a_sentence, fields=["words", "aside-because"])
@once
def statement(request: Visit, pk: int) -> HttpResponse:
    """One sentence: say it another way while nobody answered it, or put it aside."""
    found, others = _among_others(request, pk)
    asides = request.POST.get("do") == "aside"
    words = WordsForm(None if asides else request.POST or None, initial={"words": found.said or ""})
    aside = PutAsideForm(request.POST if asides else None, prefix="aside")
    form = aside if asides else words
    if form.is_valid():
        try:
            if asides:
                verbs.put_aside(found, because=form.cleaned_data["because"], by=request.somebody)
            else:
                verbs.reword(found, words=form.cleaned_data["words"], by=request.somebody)
            return redirect("conversations:statements", pk=found.gathering_id)
        except Refusal as refusal:
            form.add_error("words", refusal.sentence)
    told = {
        "statement": found,
        "gathering": found.gathering,
        "form": words,
        "aside": aside,
        "answered": found.votes.exists(),
        "opposites": [
            (each.pk, others[other])
            for each in Opposites.objects.filter(Q(one=found) | Q(other=found))
            if (other := each.other_id if each.one_id == pk else each.one_id) in others
        ],
        "opposite": OppositeForm(
            others=found.gathering.statements.asked().filter(
                pk__in=[each.pk for each in others.values() if each.said is not None]
            )
        ),
    }
    return render(request, "conversations/statement.html", told, status=422 if form.is_bound else 200)


def _among_others(request: Visit, pk: int) -> tuple[Statement, dict[int, Statement]]:
    """A sentence, and the others of its gathering by id, as their room may see them now. Raises Http404."""
    gatherings = Gathering.objects.select_related("round__neighbourhood", "circle")
    gathering = get_object_or_404(gatherings, statements=pk)
    seen = at_the_desk(
        gathering.statements.all(), gathering=gathering, reader=request.somebody, at=request.at
    )
    others = {each.pk: each for each in seen}
    found = others.pop(pk, None)
    if found is None:
        raise Http404
    found.gathering = gathering
    return found, others


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def opposite(request: Visit, pk: int) -> HttpResponse:
    """Mark two sentences that cannot both be so."""
    found = get_object_or_404(Statement, pk=pk)
    form = OppositeForm(request.POST, others=found.gathering.statements.exclude(pk=pk))
    if form.is_valid():
        verbs.mark_opposites(found, form.cleaned_data["other"], by=request.somebody)
    return redirect("conversations:statement", pk=pk)


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def not_opposite(request: Visit, pk: int) -> HttpResponse:
    """They can both be so after all."""
    marked = get_object_or_404(Opposites, pk=pk)
    verbs.unmark_opposites(marked, by=request.somebody)
    return redirect("conversations:statement", pk=marked.one_id)


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@asks_whose(on_a_voice_card, fields=[])
@once
def take_up(request: Visit, pk: int) -> HttpResponse:
    """Ask what a voice wrote; or ask one again that was put aside."""
    found = get_object_or_404(Statement, pk=pk)
    if found.put_aside:
        verbs.ask_again(found, by=request.somebody)
    else:
        verbs.take_up(found, by=request.somebody)
    return redirect("conversations:statements", pk=found.gathering_id)
