"""The pages that look up: home, a neighbourhood's home, and the thread both ways."""

from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from betterstory.behind import rules as counted
from betterstory.people.models import Role
from betterstory.people.visit import Visit
from betterstory.places.models import Neighbourhood, Round
from betterstory.poolside import repairing
from betterstory.promises.models import Promise
from betterstory.promises.pages.narrowing import page_in
from betterstory.stories import consenting
from betterstory.stories.models import Use, Version
from betterstory.stories.rules import viewer_of
from betterstory.website import learned, thread
from betterstory.website.around import look_around

ON_HOME = 12  # of a city's many neighbourhoods
A_PAGE = 25  # on the list of them


def home(request: Visit) -> HttpResponse:
    """The first page: what this is, and where to go from here."""
    keeps_safe = request.person is not None and request.person.plays(Role.SAFETY)
    is_asked = request.person is not None and repairing.is_asked(request.person, on=request.on)
    every = begun_first()
    context = {
        "neighbourhoods": every[:ON_HOME],
        "more": len(every) > ON_HOME,
        "keeps_safe": keeps_safe,
        "is_asked": is_asked,
    }
    return render(request, "website/home.html", context)


def neighbourhoods(request: Visit) -> HttpResponse:
    """Every neighbourhood, and where it is, a page at a time."""
    every = begun_first()
    page = min(page_in(request), max(1, -(-len(every) // A_PAGE)))
    context = {
        "neighbourhoods": every[(page - 1) * A_PAGE : page * A_PAGE],
        "earlier": page - 1,
        "later": page + 1 if len(every) > page * A_PAGE else None,
        "left": len(every) - page * A_PAGE,
    }
    return render(request, "website/neighbourhoods.html", context)


def begun_first() -> list[Neighbourhood]:
    """Every neighbourhood with its newest round, those with a round before those without. Two queries."""
    newest = Round.objects.filter(neighbourhood=OuterRef("pk")).order_by("-number").values("pk")[:1]
    of_each = Neighbourhood.objects.order_by().values_list(Subquery(newest))
    every = Neighbourhood.objects.prefetch_related(Prefetch("rounds", Round.objects.filter(pk__in=of_each)))
    return sorted(every, key=lambda each: (each.current_round is None, each.name))


def neighbourhood(request: Visit, slug: str) -> HttpResponse:
    """The organiser's page: where we are, what is next, what is owed."""
    rounds = Round.objects.select_related("neighbourhood").order_by("-number")
    current = rounds.filter(neighbourhood__slug=slug).first()
    found = current.neighbourhood if current else get_object_or_404(Neighbourhood, slug=slug)
    context = {
        "neighbourhood": found,
        "around": look_around(current, request.person, on=request.on, at=request.at),
        "learned": learned.learned_in(found, request.person),
    }
    return render(request, "website/neighbourhood.html", context)


def thread_of_promise(request: Visit, pk: int) -> HttpResponse:
    """From a promise, down to the moment in one person's life that it answers."""
    promises = Promise.objects.select_related(
        "post__body", "person", "ask__of", "ask__of_circle", "ask__release__pattern", "round__neighbourhood"
    )
    promise = get_object_or_404(promises, pk=pk)
    looking = thread.Looking(viewer_of(request.person), request.at, request.on)
    walked = thread.down_from(promise, looking)
    note_quoted(request, walked)
    story = next((knot.link for knot in walked.knots if knot.link.startswith("/stories/")), "")
    other_way = story.replace("/stories/", "/thread/story/")
    context = {
        "knots": thread.tie(walked.knots),
        "neighbourhood": promise.round.neighbourhood,
        "down": True,
        "other_way": other_way,
        "learned": learned.elsewhere(Q(promise=promise), request.person),
    }
    return render(request, "website/thread.html", context)


def thread_of_story(request: Visit, key: UUID) -> HttpResponse:
    """From a story, up to what it changed; for whoever may see the story."""
    versions = list(
        Version.objects.filter(story__uuid=key).select_related("story__neighbourhood").order_by("number")
    )
    if not versions:
        raise Http404
    looking, story = thread.Looking(viewer_of(request.person), request.at, request.on), versions[0].story
    begun = thread.beginning_of(versions, looking)
    if begun is None:
        return render(request, "stories/quiet.html", status=403)
    knots = thread.up_from(begun, looking)
    every = thread.begin_with(begun.title, story, knots)
    context = {"knots": thread.tie(every), "neighbourhood": story.neighbourhood, "story": story}
    context |= {"other_way": thread.other_end(knots)}
    asks = request.person is not None and counted.may_make(request.person)
    to_count = begun.version.pk if asks and begun.version.agreed_at else None
    context |= {"story_title": begun.title, "to_count": to_count}
    return render(request, "website/thread.html", context)


def note_quoted(request: Visit, walked: thread.Thread) -> None:
    """Whose words were shown: noted for the teller, once a day."""
    versions = {piece.version for piece in walked.seen}
    consenting.note_seen_each(versions, use=Use.QUOTE, on=request.on, person=request.person)


def robots(request: Visit) -> HttpResponse:
    """Search engines keep out: what a teller takes back must not live on in one."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")
