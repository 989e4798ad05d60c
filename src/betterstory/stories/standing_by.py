"""Pages for those a teller relies on: what is owed to tellers, what is asked back, who speaks for whom."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from betterstory.people.models import Person, Role
from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.stories import acting, checking, leaving, owing, reminding, speaking
from betterstory.stories.door_forms import AnswerForm, CameOfItForm
from betterstory.stories.models import Act, Channel, Consent, Recall, Shut, Speaker
from betterstory.ui.refusal import Refusal


@signed_in
def standing_by(request: Visit) -> HttpResponse:
    """What this person owes tellers. No word of a story stands here."""
    person = request.somebody
    context: dict[str, Any] = {
        "asked_back": list(leaving.asked_of(person)[:30]),
        "answer": AnswerForm(),
        "spoken_for": list(spoken_for(person)),
        "is_team": acting.is_team(person),
    }
    if acting.is_team(person):
        context |= {
            "to_ask": reminding.tellers_to_ask(at=request.at),
            "to_read_back": list(speaking.to_read_back(person)[:30]),
            "owed": list(owing.owed(at=request.at)[:30]),
            "came_of_it": CameOfItForm(),
            "shut": people_shut_out(),
        }
    return render(request, "stories/standing_by.html", context)


def spoken_for(person: Person) -> QuerySet[Speaker]:
    """For whom this person may act."""
    chosen = Speaker.objects.filter(person=person, ended_at=None, story__destroyed_at=None)
    return chosen.select_related("story__teller", "story__second_teller", "chosen_by").order_by("pk")


def people_shut_out() -> list[Person]:
    """Tellers whose stories the team shut: two of the team can say that they met them."""
    shut = Shut.objects.filter(paused_by_team=True, story__destroyed_at=None).values("teller")
    return list(Person.objects.filter(pk__in=shut).order_by("name"))


@require_POST
@signed_in
@once
def answer(request: Visit, pk: int) -> HttpResponse:
    """Whoever took it says what became of it."""
    recall = get_object_or_404(Recall.objects.select_related("leaving"), pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = Recall.Answer(form.cleaned_data["answer"])
        leaving.answer(recall, by=request.somebody, answer=said, at=request.at)
        messages.info(request, _("Thank you. The teller sees your answer."))
    return redirect("stories:standing_by")


@require_POST
@signed_in
@once
def act(request: Visit, pk: int) -> HttpResponse:
    """Shut something for a teller who rang."""
    speaker = get_object_or_404(spoken_for(request.somebody), pk=pk)
    try:
        kind, how = Act.Kind(request.POST.get("kind", "")), Channel(request.POST.get("how", ""))
    except ValueError as unknown:
        raise Http404 from unknown
    speaking.act_for(
        speaker.story, by=request.somebody, teller=speaker.chosen_by, kind=kind, how=how, at=request.at
    )
    messages.info(request, _("It is done, and noted as done by you for them."))
    return redirect("stories:standing_by")


@needs_part(Role.ORGANISER, Role.STEWARD)
@require_POST
@once
def read_back(request: Visit, pk: int) -> HttpResponse:
    """An act was read back to the teller, the other way."""
    done = get_object_or_404(Act.objects.select_related("story", "teller", "yes__version__story"), pk=pk)
    right = request.POST.get("right") == "yes"
    speaking.read_back(done, by=request.somebody, how=done.other_channel, right=right, at=request.at)
    return redirect("stories:standing_by")


@needs_part(Role.ORGANISER, Role.STEWARD)
@require_POST
@once
def tell(request: Visit, yes: int) -> HttpResponse:
    """Tell a teller what came of one use."""
    found = get_object_or_404(Consent.objects.select_related("version__story"), pk=yes)
    try:
        owing.tell(found, by=request.somebody, words=request.POST.get("words", ""), at=request.at)
    except Refusal as refused:
        messages.error(request, refused.sentence)
    else:
        messages.info(request, _("They see it on their page."))
    return redirect("stories:standing_by")


@needs_part(Role.ORGANISER, Role.STEWARD)
@require_POST
@once
def met(request: Visit, pk: int) -> HttpResponse:
    """One of the team met a teller face to face."""
    teller = get_object_or_404(Person, pk=pk, is_active=True)
    checking.met(teller, by=request.somebody, at=request.at)
    messages.info(request, _("Noted. One more of the team has to meet them within a day."))
    return redirect("stories:standing_by")


@needs_part(Role.ORGANISER, Role.STEWARD)
@require_POST
@once
def as_wished(request: Visit, pk: int) -> HttpResponse:
    """A teller died, or cannot be reached: what they wished beforehand is done."""
    teller = get_object_or_404(Person, pk=pk)
    many = reminding.do_as_wished(teller, by=request.somebody, at=request.at)
    if many:
        messages.info(request, _("It is done as they wished."))
    else:
        messages.error(
            request, _("Not yet. It takes four weeks of silence, and somebody else than who paused it.")
        )
    return redirect("stories:standing_by")
