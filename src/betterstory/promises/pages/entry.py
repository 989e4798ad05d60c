"""An ask, or a promise, on a page of its own: the words, what became of them, why."""

from collections.abc import Callable, Iterable, Sequence

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from betterstory.people.models import Body, Person
from betterstory.people.visit import Visit
from betterstory.promises import rules, standing, verbs
from betterstory.promises.because import Grounds, grounds_of
from betterstory.promises.models import NOT_TO_JUDGE, Answer, Ask, Promise, Reply, State
from betterstory.promises.pages import history
from betterstory.promises.pages.wall import ask_row, promise_row
from betterstory.promises.pointing import PointedTo, pointed_to
from betterstory.stories import consenting
from betterstory.stories.models import Use
from betterstory.stories.rules import viewer_of

type More[Entry] = Callable[[Visit, Entry], dict[str, object]]


def nothing_more(_request: Visit, _entry: object) -> dict[str, object]:
    return {}


def ask(request: Visit, pk: int, *, more: More[Ask] = nothing_more) -> HttpResponse:
    """What was asked, and every answer; the answers still open to whoever may give them."""
    asks = Ask.objects.on_the_wall().select_related(
        "of__today",
        "of_circle",
        "asking_body",
        "round__neighbourhood",
        "insight__release__pattern__made_from__story",
        "release__pattern__made_from__story",
        "gathering",
    )
    replied = Exists(Reply.objects.filter(ask=OuterRef("pk")))
    found = get_object_or_404(asks.annotate(has_replies=replied), pk=pk)
    person = request.person
    may_reply_for = _may_reply_for(request, found)
    may_answer, may_refuse = _may_answer(person, found, may_reply_for)
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
        "may_answer": may_refuse and found.is_waiting,
        "may_say_yes": may_answer and (found.is_waiting or found.mark == Answer.Kind.NO_BECAUSE),
        "may_take_out": person is not None and rules.organises(person),
        "may_be_named": person is not None and rules.chose_these_words(person, found),
        "replies": standing.replies_by_body(found.replies.select_related("body"))
        if getattr(found, "has_replies", True)
        else (),
        "reply_for": may_reply_for,
        "reply_link": reverse("promises:reply_to_ask", args=[found.pk]),
    }
    return render(request, "promises/ask.html", context | more(request, found))


def note_who_saw(request: Visit, seen: Grounds | Iterable[PointedTo]) -> None:
    """A line of a story was shown: its teller can read to whom."""
    if isinstance(seen, Grounds):
        versions = seen.versions
    else:
        versions = {each.moment.piece.version for each in seen if each.moment is not None}
    for version in versions:
        consenting.note_seen(version, use=Use.QUOTE, on=request.on, person=request.person)


def promise(request: Visit, pk: int, *, more: More[Promise] = nothing_more) -> HttpResponse:
    """What was promised, how it stands, and why."""
    promises = Promise.objects.with_what_was_said().select_related(
        "post__holder",
        "post__today__holder",
        "ask__of",
        "to_body",
        "ask__release__pattern__made_from__story",
        "insight__release__pattern__made_from__story",
    )
    found = get_object_or_404(promises.with_beside(), pk=pk)
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
    has_pointers = getattr(found, "has_pointers", True)
    pointers = pointed_to(found, viewer=viewer_of(person), at=request.at) if has_pointers else []
    note_who_saw(request, pointers)
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
        "beside": standing.beside(found, on=request.on),
        "pointers": pointers,
        **_may(request, found),
    }
    return render(request, "promises/promise.html", context | more(request, found))


def _may_answer(person: Person | None, ask: Ask, theirs: Sequence[Body]) -> tuple[bool, bool]:
    """Whether whoever looks may answer, and may refuse; as `rules.may_answer` and `may_refuse`, of posts that
    are read already.
    """
    if person is None:
        return False, False
    organises = rules.organises(person)
    if ask.of is None:
        return organises or ask.of_circle_id in person.circle_ids, organises
    asked = {ask.of.pk, ask.of.today_id}
    may = organises or any(body.pk in asked for body in theirs)
    return may, may


def _may(request: Visit, found: Promise) -> dict[str, object]:
    """What whoever looks may put beside it. Whom it is about is read once."""
    person = request.person
    if person is None:
        return {}
    may_reply = _may_reply_for(request, found)
    promised = rules.is_promised(person, found)
    is_theirs = bool(may_reply) or rules.gave_word(person, found)
    organises = rules.organises(person)
    to_many = found.to_circle_id is not None and found.state != State.RELEASED
    return {
        "may_ask_residents": to_many and (organises or promised) and not is_theirs,
        "may_say_own_view": is_theirs,
        "may_point": organises or promised or is_theirs,
        "may_take_away": organises,
        "reply_for": may_reply,
        "reply_link": reverse("promises:reply_to_promise", args=[found.pk]),
    }


def _may_reply_for(request: Visit, entry: Ask | Promise) -> list[Body]:
    """Bodies this entry is about where whoever looks holds a post. One query."""
    if request.person is None:
        return []
    held = set(request.person.posts.values_list("body", flat=True))
    return [body for body in {each.pk: each for each in verbs.bodies_of(entry)}.values() if body.pk in held]
