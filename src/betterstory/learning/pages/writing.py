"""Writing a lesson, writing it again, offering it; what changed because of it, and who says so too."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from betterstory.learning import rules, verbs
from betterstory.learning.forms import PARTS, AgainForm, LessonForm, OutcomeForm, SaySoForm, TakeOutForm
from betterstory.learning.models import Lesson, Outcome, Reach, Trial, Wording
from betterstory.learning.offering import keys_of, on_offer, things_of
from betterstory.learning.pages.finding import find
from betterstory.learning.pages.forms_answered import carried_out, form_page, takes_a_form
from betterstory.learning.pages.typing import in_a_round, instead_of_words, under_a_lesson, under_an_outcome
from betterstory.people.visit import Visit, once, signed_in
from betterstory.places.models import Round
from betterstory.places.rules import may_organise
from betterstory.stories.whose import Tie, asks_whose


@signed_in
def where(request: Visit) -> HttpResponse:
    """Which round was it learned in? Those whose rooms this person was in; for an organiser all."""
    rounds = Round.objects.select_related("neighbourhood")
    if not may_organise(request.somebody):
        rounds = rounds.filter(pk__in=rules.rounds_of(request.somebody))
    return render(request, "learning/where.html", {"rounds": rounds})


@takes_a_form
@signed_in
@asks_whose(in_a_round, fields=PARTS, tie=Tie("piece"))
@once
def write(request: Visit, round_pk: int) -> HttpResponse:
    """Write down what a round learned."""
    current = get_object_or_404(Round.objects.select_related("neighbourhood"), pk=round_pk)
    if not rules.may_write(request.somebody, current):
        raise verbs.NotYoursToWrite
    grew_from = _trial(request, current)
    offer = on_offer(current, viewer=request.somebody, at=request.at)
    start = {"about": current.stage, "reach": Reach.PARTNERSHIP, "points": request.GET.getlist("points")}
    form = LessonForm(request.POST or None, offer=offer, initial=start)
    made = carried_out(
        form,
        lambda: verbs.write(
            form.words,
            round=current,
            by=request.somebody,
            on=request.on,
            points=form.pointed,
            about=form.cleaned_data["about"],
            reach=form.cleaned_data["reach"],
            came_from=grew_from,
        ),
    )
    if made:
        return redirect("learning:lesson", pk=made.pk)
    return form_page(request, "learning/write.html", form, round=current, grew_from=grew_from)


def _trial(request: Visit, current: Round) -> Trial | None:
    """The lesson of another round that was tried here, where this one grows from it."""
    key = request.GET.get("from", "")
    if not key.isdecimal():
        return None
    trials = Trial.objects.select_related("lesson__round__neighbourhood")
    return get_object_or_404(trials, pk=int(key), round=current)


@takes_a_form
@signed_in
@asks_whose(under_a_lesson, fields=[*PARTS, "because"], tie=Tie("piece"))
@once
def write_again(request: Visit, pk: int) -> HttpResponse:
    """Say it better; what stood before stays below."""
    lesson = get_object_or_404(Lesson.objects.with_words(), pk=pk)
    if not rules.may_write(request.somebody, lesson.round):
        raise verbs.NotYoursToWrite
    keys, offer = keys_of(lesson.words), on_offer(lesson.round, viewer=request.somebody, at=request.at)
    piece = next((pk for pk, _words in offer.moments if f"piece-{pk}" in keys), "")
    shown = {f"piece-{piece}", *(key for key, _words in offer.things)}
    unseen = [key for key in keys if key not in shown]  # not theirs to see, so not theirs to drop
    start = {part: getattr(lesson.words, part) for part in PARTS}
    form = AgainForm(
        request.POST or None,
        offer=offer,
        initial={**start, "points": keys, "piece": piece, "after": lesson.version},
    )
    made = carried_out(
        form,
        lambda: verbs.write_again(
            lesson,
            form.words,
            after=form.cleaned_data["after"],
            because=form.cleaned_data["because"],
            by=request.somebody,
            on=request.on,
            points=[*form.pointed, *things_of(unseen)],
        ),
    )
    if made:
        return redirect("learning:lesson", pk=pk)
    return form_page(request, "learning/write_again.html", form, lesson=lesson)


@require_POST
@signed_in
@once
def offer(request: Visit, pk: int) -> HttpResponse:
    """Offer it to other neighbourhoods."""
    lesson = get_object_or_404(Lesson, pk=pk)
    verbs.offer(lesson, by=request.somebody, on=request.on)
    return redirect("learning:lesson", pk=pk)


@takes_a_form
@signed_in
@asks_whose(under_a_lesson, fields=["who", "what", "matters", "our_part"])
@once
def outcome(request: Visit, pk: int) -> HttpResponse:
    """Write down who changed what because of it."""
    lesson = get_object_or_404(Lesson.objects.select_related("round__neighbourhood"), pk=pk)
    if not rules.may_write(request.somebody, lesson.round):
        raise verbs.NotYoursToWrite
    form = OutcomeForm(request.POST or None)
    made = carried_out(
        form, lambda: verbs.tell_outcome(lesson, by=request.somebody, on=request.on, **form.cleaned_data)
    )
    if made:
        return redirect("learning:lesson", pk=pk)
    return form_page(request, "learning/outcome.html", form, lesson=lesson)


@takes_a_form
@signed_in
@asks_whose(under_an_outcome, fields=["called", "words"])
@once
def say_so(request: Visit, pk: int) -> HttpResponse:
    """I say so too, by my own sign-in."""
    found = get_object_or_404(Outcome.objects.select_related("lesson"), pk=pk)
    find(request, found.lesson_id)  # nobody learns of a lesson they may not read
    if not rules.may_say_so(request.somebody, found):
        raise verbs.NotYoursToSaySo
    form = SaySoForm(request.POST or None)
    made = carried_out(
        form, lambda: verbs.say_so(found, by=request.somebody, on=request.on, **form.cleaned_data)
    )
    if made:
        return redirect("learning:lesson", pk=found.lesson_id)
    return form_page(request, "learning/say_so.html", form, outcome=found)


@require_POST
@signed_in
@once
def unsay(request: Visit, pk: int) -> HttpResponse:
    """Take back what I said of it."""
    found = get_object_or_404(Outcome, pk=pk)
    verbs.unsay(found, by=request.somebody, on=request.on)
    return redirect("learning:lesson", pk=found.lesson_id)


@takes_a_form
@signed_in
@asks_whose(instead_of_words, fields=["because"])
@once
def take_out(request: Visit, pk: int) -> HttpResponse:
    """Take old words out that should never have stood there."""
    wording = get_object_or_404(Wording.objects.select_related("lesson__round"), pk=pk)
    if not rules.may_take_out(request.somebody):
        raise verbs.NotYoursToWrite
    form = TakeOutForm(request.POST or None)
    made = carried_out(
        form, lambda: verbs.take_out(wording, by=request.somebody, on=request.on, **form.cleaned_data)
    )
    if made:
        return redirect("learning:lesson", pk=wording.lesson_id)
    return form_page(request, "learning/take_out.html", form, wording=wording)
