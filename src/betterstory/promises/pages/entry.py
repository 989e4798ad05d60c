"""An ask, or a promise, on a page of its own: the words, what became of them, why."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from betterstory.people.visit import Visit
from betterstory.promises import rules
from betterstory.promises.because import Grounds, grounds_of
from betterstory.promises.models import NOT_TO_JUDGE, Again, Answer, Ask, Promise, State
from betterstory.promises.pages import history
from betterstory.promises.pages.wall import ask_row, promise_row
from betterstory.stories import consenting
from betterstory.stories.models import Use
from betterstory.stories.rules import viewer_of

type More[Entry] = Callable[[Visit, Entry], dict[str, object]]


def nothing_more(_request: Visit, _entry: object) -> dict[str, object]:
    return {}


def ask(request: Visit, pk: int, *, more: More[Ask] = nothing_more) -> HttpResponse:
    """What was asked, and every answer; the answers still open to whoever may give them."""
    asks = Ask.objects.on_the_wall().select_related(
        "of",
        "round__neighbourhood",
        "insight__release__pattern__made_from__story",
        "release__pattern__made_from__story",
        "gathering",
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
    note_who_saw(request, grounds)
    context = {
        "row": ask_row(found, request.on),
        "lines": history.of_ask(found),
        "grounds": grounds,
        "may_answer": may_answer and found.is_waiting,
        "may_say_yes": may_answer and (found.is_waiting or found.mark == Answer.Kind.NO_BECAUSE),
        "may_take_out": person is not None and rules.organises(person),
        "may_be_named": person is not None and rules.chose_these_words(person, found),
    }
    return render(request, "promises/ask.html", context | more(request, found))


def note_who_saw(request: Visit, grounds: Grounds) -> None:
    """A line of a story was shown: its teller can read to whom."""
    for version in grounds.versions:
        consenting.note_seen(version, use=Use.QUOTE, on=request.on, person=request.person)


def promise(request: Visit, pk: int, *, more: More[Promise] = nothing_more) -> HttpResponse:
    """What was promised, how it stands, and why."""
    promises = Promise.objects.with_what_was_said().select_related(
        "post__today__holder",
        "ask__of",
        "ask__release__pattern__made_from__story",
        "insight__release__pattern__made_from__story",
    )
    made_again = Exists(Again.objects.filter(promise=OuterRef("pk")))
    found = get_object_or_404(promises.annotate(has_agains=made_again), pk=pk)
    agains = list(found.agains.all()) if getattr(found, "has_agains", True) else []
    judgements = list(found.judgements.all()) if getattr(found, "said_on", True) else []
    person = request.person
    if found.state == State.WAITS and not (person and rules.may_see_what_waits(person, found)):
        raise Http404
    # a colleague of the promiser is offered it too, and told at the next page whose it is: one query less
    may_judge = person is not None and rules.is_promised(person, found) and not rules.gave_word(person, found)
    may_ask_for_time = person is not None and (
        rules.gave_word(person, found) or (rules.organises(person) and found.post is not None)
    )
    asked_for = next((again for again in agains if not again.is_agreed), None)
    grounds = grounds_of(
        card=found.insight,
        release=(found.ask.release if found.ask else None)
        or (found.insight.release if found.insight else None),
        ask=found.ask,
        viewer=viewer_of(person),
        at=request.at,
    )
    note_who_saw(request, grounds)
    context = {
        "row": promise_row(found, request.on),
        "lines": history.of_promise(found, agains, judgements),
        "grounds": grounds,
        "asked_for": asked_for if found.is_open else None,
        "may_agree": may_judge and found.is_open and asked_for is not None,
        "may_judge": may_judge and found.state not in NOT_TO_JUDGE,
        "may_confirm": person is not None
        and found.waits_to_be_confirmed
        and rules.may_confirm(person, found),
        "may_ask_for_time": found.is_open and may_ask_for_time,
        "may_take_out": person is not None and rules.organises(person),
        "may_be_named": person is not None and rules.chose_these_words(person, found),
    }
    return render(request, "promises/promise.html", context | more(request, found))
