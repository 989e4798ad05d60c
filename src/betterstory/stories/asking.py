"""Pages that ask more: about a step, about languages, and how a step looked to somebody else."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from betterstory.people.visit import Visit, once, signed_in
from betterstory.stories import acting, beside, describing, rules, showing, tongues, verbs
from betterstory.stories.models import Reading, Step, Use
from betterstory.stories.questions import QUESTIONS, next_after
from betterstory.stories.table import ask, found_step, opened, their_story
from betterstory.stories.telling_forms import BesideForm, LanguageForm, LookForm


@signed_in
@once
def about(request: Visit, key: UUID, step: int, asked: str) -> HttpResponse:
    """One question about one step."""
    question = QUESTIONS.get(asked)
    if question is None:
        raise Http404
    story = their_story(request, key)
    shown = opened(request, story)
    told = found_step(shown, step)
    told.step.version = shown.version
    mark = verbs.mark_of_piece(told.step)
    form = question.form(request.POST or None, initial={**question.filled(told), "as_read": mark})
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            change = describing.reword if asked == "what" else describing.describe
            change(told.step, by=request.somebody, **answers)
        except verbs.ChangedSince as refused:
            form.add_error(None, refused.sentence)
        else:
            return _on(key, step, next_after(asked, moment=str(answers.get("moment", ""))))
    return ask(
        request,
        shown,
        form,
        title=question.title,
        then=question.then,
        template="stories/about.html",
        before=told.words if asked != "what" else "",
        step=step,
        next_question=next_after(asked),
        mark=mark,
    )


def _on(key: UUID, step: int, asked: str) -> HttpResponse:
    if asked == "gap":
        return redirect("stories:gap", key=key, step=step)
    if asked:
        return redirect("stories:about", key=key, step=step, asked=asked)
    return redirect("stories:moments", key=key)


@signed_in
@once
def language(request: Visit, key: UUID) -> HttpResponse:
    """In which language it is told, who interprets, and a second one to keep it in."""
    story = their_story(request, key)
    shown = opened(request, story)
    said = tongues.said_in(shown.version, viewer=request.somebody, at=request.at)
    form = LanguageForm(request.POST or None, initial=vars(said))
    if request.method == "POST" and form.is_valid():
        tongues.say_language(story, by=request.somebody, **form.cleaned_data)
        second = form.cleaned_data["other_language"]
        return redirect("stories:two_languages" if second else "stories:way", key=key)
    return ask(
        request,
        shown,
        form,
        title=_("Which language is it told in?"),
        lead=_("Tell it in the language you think in."),
        then=_("Next you choose how to tell it."),
        skip="stories:way",
        all_labels=True,
    )


@signed_in
@once
def two_languages(request: Visit, key: UUID) -> HttpResponse:
    """The same words in the second language, beside the first."""
    story = their_story(request, key)
    shown = opened(request, story)
    said = tongues.said_in(shown.version, viewer=request.somebody, at=request.at)
    form = BesideForm(request.POST or None, initial={"words": said.words})
    if request.method == "POST" and form.is_valid():
        tongues.write_beside(story, by=request.somebody, words=form.cleaned_data["words"])
        return redirect("stories:way", key=key)
    return ask(
        request,
        shown,
        form,
        title=_("The same in the second language"),
        lead=_("Both stand side by side. Neither is the copy."),
        then=_("Next you choose how to tell it."),
        skip="stories:way",
        mark=str(len(said.words)),
    )


@signed_in
@once
def look(request: Visit, key: UUID, step: int) -> HttpResponse:
    """How a step looked from where somebody else stood: for whoever the teller lets read it."""
    found = get_object_or_404(
        Step.objects.select_related("version__story__teller"), pk=step, version__story__uuid=key
    )
    if not rules.may_stand_beside(request.somebody, found.version, request.at):
        raise Http404
    shown = showing.show_whole(found.version, viewer=request.somebody, use=Use.READ, at=request.at)
    if shown is None:
        raise Http404
    form = LookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        beside.stand_beside(found, by=request.somebody, at=request.at, words=form.cleaned_data["words"])
        return redirect("stories:story", key=key)
    context = {"shown": shown, "form": form, "before": found_step(shown, step).words}
    return render(request, "stories/look.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
@once
def judge_look(request: Visit, key: UUID, reading: int) -> HttpResponse:
    """The teller lets it stand beside their step, or it goes."""
    found = get_object_or_404(
        Reading.objects.select_related("step__version__story"), pk=reading, step__version__story__uuid=key
    )
    if "in" in request.POST:
        beside.let_in(found, by=request.somebody, at=request.at)
    else:
        beside.keep_out(found, by=request.somebody)
    is_teller = acting.may_decide(request.somebody, found.step.version.story)
    return redirect("stories:looks" if is_teller else "stories:story", key=key)


@signed_in
def looks(request: Visit, key: UUID) -> HttpResponse:
    """For the teller: every view of others, let in or not."""
    story = their_story(request, key)
    if not acting.may_decide(request.somebody, story):
        raise Http404
    found = []
    for version in story.versions.order_by("-number")[:3]:
        version.story = story
        found += beside.readings_of(version, viewer=request.somebody, at=request.at)
    steps = [each.reading.step for each in found]
    words = showing.show_each(steps, viewer=request.somebody, use=Use.READ, at=request.at)
    rows = [(each, words[each.reading.step_id].words) for each in found]
    return render(request, "stories/looks.html", {"story": story, "rows": rows})
