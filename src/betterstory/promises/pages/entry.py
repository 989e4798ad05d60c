"""An ask, or a promise, on a page of its own: the words, what became of them, why."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from betterstory.people.visit import Visit
from betterstory.promises import rules
from betterstory.promises.because import grounds_of
from betterstory.promises.models import Answer, Ask, Promise, State
from betterstory.promises.pages import history
from betterstory.promises.pages.wall import ask_row, promise_row
from betterstory.stories.rules import viewer_of


def ask(request: Visit, pk: int) -> HttpResponse:
    """What was asked, and every answer; the answers still open to whoever may give them."""
    asks = Ask.objects.on_the_wall().select_related(
        "of", "round__neighbourhood", "insight__release", "release", "gathering"
    )
    found = get_object_or_404(asks, pk=pk)
    person = request.person
    may_answer = person is not None and rules.may_speak_for(person, found.of)
    grounds = grounds_of(
        card=found.insight,
        release=found.release or (found.insight.release if found.insight else None),
        ask=found,
        viewer=viewer_of(person),
        at=request.at,
    )
    context = {
        "row": ask_row(found, request.on),
        "lines": history.of_ask(found),
        "grounds": grounds,
        "may_answer": may_answer and found.is_waiting,
        "may_say_yes": may_answer and (found.is_waiting or found.mark == Answer.Kind.NO_BECAUSE),
        "may_be_named": person is not None and rules.chose_these_words(person, found),
    }
    return render(request, "promises/ask.html", context)


def promise(request: Visit, pk: int) -> HttpResponse:
    """What was promised, how it stands, and why."""
    promises = Promise.objects.on_the_wall().select_related(
        "post__body", "round__neighbourhood", "to_circle", "ask__of", "ask__release", "insight__release"
    )
    found = get_object_or_404(promises.prefetch_related("agains", "judgements"), pk=pk)
    person = request.person
    if person is not None:
        prefetch_related_objects([person], "posts")  # read once for all the rules below
    may_judge = person is not None and rules.may_judge(person, found)
    asked_for = next((again for again in found.agains.all() if not again.is_agreed), None)
    grounds = grounds_of(
        card=found.insight,
        release=(found.ask.release if found.ask else None)
        or (found.insight.release if found.insight else None),
        ask=found.ask,
        viewer=viewer_of(person),
        at=request.at,
    )
    context = {
        "row": promise_row(found, request.on),
        "lines": history.of_promise(found),
        "grounds": grounds,
        "asked_for": asked_for if found.is_open else None,
        "may_agree": may_judge and found.is_open and asked_for is not None,
        "may_judge": may_judge and found.state != State.RELEASED,
        "may_ask_for_time": found.is_open and person is not None and rules.may_ask_for_time(person, found),
        "may_be_named": person is not None and rules.chose_these_words(person, found),
    }
    return render(request, "promises/promise.html", context)
