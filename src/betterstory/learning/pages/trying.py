"""Taking a lesson up elsewhere, and saying how it stands there."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from betterstory.learning import rules, verbs
from betterstory.learning.forms import TrialForm
from betterstory.learning.models import Trial
from betterstory.learning.pages.finding import find
from betterstory.learning.pages.forms_answered import carried_out, form_page, takes_a_form
from betterstory.learning.pages.typing import where_it_is_tried
from betterstory.people.visit import Visit, once, signed_in
from betterstory.places.models import Round
from betterstory.places.rules import may_organise
from betterstory.stories.whose import asks_whose


@signed_in
def where(request: Visit, pk: int) -> HttpResponse:
    """In which round? Those that still run, whose rooms this person is in; for an organiser all."""
    found = find(request, pk)
    rounds = (
        Round.objects.filter(ended_on=None).exclude(pk=found.lesson.round_id).select_related("neighbourhood")
    )
    if not may_organise(request.somebody):
        rounds = rounds.filter(pk__in=rules.rounds_of(request.somebody))
    if not found.lesson.is_offered:
        rounds = rounds.filter(neighbourhood=found.lesson.round.neighbourhood_id)
    told = {"lesson": found.lesson, "words": found.words, "rounds": rounds}
    return render(request, "learning/where_to_try.html", told)


@takes_a_form
@signed_in
@asks_whose(where_it_is_tried, fields=["reason", "changed", "came_of"])
@once
def say_how(request: Visit, pk: int, round_pk: int) -> HttpResponse:
    """How it stands in this round, and why."""
    found = find(request, pk)
    current = get_object_or_404(Round.objects.select_related("neighbourhood"), pk=round_pk)
    if not rules.may_try(request.somebody, current):
        raise verbs.NotYoursToTry
    said = Trial.objects.with_words().filter(lesson=pk, round=current).first()
    start: dict[str, object] = {"after": 0, "standing": request.GET.get("standing", "")}
    if said:
        now = said.words
        start = {
            "after": said.version,
            "standing": now.standing,
            "reason": now.reason,
            "changed": now.changed,
            "came_of": now.came_of,
        }
    form = TrialForm(request.POST or None, initial=start)
    made = carried_out(
        form,
        lambda: verbs.say_how(
            found.lesson, round=current, by=request.somebody, on=request.on, **form.cleaned_data
        ),
    )
    if made:
        return redirect("learning:lesson", pk=pk)
    return form_page(
        request,
        "learning/say_how.html",
        form,
        lesson=found.lesson,
        words=found.words,
        round=current,
        trial=said,
        before=list(said.sayings.all()) if said else [],
    )
