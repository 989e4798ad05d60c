"""What to do now, for anybody; and raising a concern, for anybody who came in."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from betterstory.people.models import Role
from betterstory.people.visit import Visit, came_in, once
from betterstory.stories import acting, showing
from betterstory.stories import rules as consent
from betterstory.stories.models import Concern, Piece, Story, Use, Version, Worry
from betterstory.stories.safeguarding import concerns, rules
from betterstory.stories.safeguarding.beside import for_teller
from betterstory.stories.safeguarding.forms import RaiseForm

either = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def now(request: Visit) -> HttpResponse:
    """What to do now. No story is needed to read it, nor to have come in."""
    person = request.person
    context = {
        "posts": rules.posts(),
        "story": request.GET.get("story", "")[:36],
        "reads": person is not None and person.plays(Role.SAFETY),
        "steward": person is not None and person.plays(Role.STEWARD),
        "mine": what_i_raised(request),
    }
    return render(request, "stories/safety/now.html", context)


@require_safe
def on_paper(request: Visit) -> HttpResponse:
    """The same on one sheet of A4, for the wall of the hall."""
    return render(request, "stories/safety/now_print.html", {"posts": rules.posts()})


@require_safe
def who(request: Visit) -> HttpResponse:
    """Who answers for what is kept, use by use."""
    steward = request.person is not None and request.person.plays(Role.STEWARD)
    return render(request, "stories/safety/who.html", {"posts": rules.posts(), "steward": steward})


@either
@came_in
@once
def raise_(request: Visit) -> HttpResponse:
    """A few words, a kind, and whom it is about: no story has to be open."""
    story = named_story(request)
    pieces = pieces_of(request, story)
    form = RaiseForm(request.POST or None, by=request.somebody, pieces=pieces)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        chosen = told.get("which")
        piece = Piece.objects.select_related("version").get(pk=chosen) if chosen else None
        concern = concerns.raise_concern(
            by=request.somebody,
            kind=Worry(told["kind"]),
            words=told["words"],
            at=request.at,
            story=story,
            piece=piece,
            about=told["about"],
            outside_only=told["outside_only"],
        )
        return redirect("stories:safety:raised", key=concern.uuid)
    context = {"form": form, "about_a_story": story is not None}
    return render(request, "stories/safety/raise.html", context, status=422 if form.is_bound else 200)


def named_story(request: Visit) -> Story | None:
    """The story the address names, if the person looking tells it, writes in it, or may read it."""
    try:
        key = UUID(request.GET.get("story", ""))
    except ValueError:
        return None
    story = Story.objects.select_related("teller").filter(uuid=key, destroyed_at=None).first()
    if story is None or acting.may_change(request.somebody, story):
        return story
    versions = Version.objects.filter(story=story).select_related("story")
    return story if consent.may_look_each(request.somebody, versions, request.at) else None


def pieces_of(request: Visit, story: Story | None) -> list[tuple[str, str]]:
    """Its pieces, with the words that its teller, or whoever writes in it, reads anyway."""
    if story is None or not acting.may_change(request.somebody, story):
        return []
    version = story.newest()
    version.story = story
    shown = showing.show_whole(version, viewer=request.somebody, use=Use.READ, at=request.at)
    if shown is None:
        return []
    steps = [(str(told.step.pk), told.words[:60]) for told in shown.steps]
    return steps + [(str(gap.pk), words[:60]) for gap, words in shown.gaps]


@require_safe
@came_in
def raised(request: Visit, key: UUID) -> HttpResponse:
    """It is written down. Now ring: a note wakes nobody."""
    concern = get_object_or_404(Concern, uuid=key)
    if concern.raised_by_id != request.somebody.pk or concern.about_id == request.somebody.pk:
        raise Http404
    readers = rules.readers_of(concern.about, outside_only=concern.outside_only)
    return render(request, "stories/safety/raised.html", {"concern": concern, "readers": readers})


@require_safe
@came_in
def beside(request: Visit, key: UUID) -> HttpResponse:
    """What was opened of my story to keep somebody safe, and whether its words wait. For its teller alone."""
    story = get_object_or_404(Story, uuid=key)
    if not acting.may_open(request.somebody, story):  # not with a card that may be found either
        raise Http404
    context = {"story": story, "beside": for_teller(story, at=request.at)}
    return render(request, "stories/safety/beside.html", context)


def what_i_raised(request: Visit) -> list[dict[str, object]]:
    """What the person looking raised of late, without a word of it: the day, and where it stands."""
    somebody = request.person or request.arriving
    if somebody is None:
        return []
    mine = Concern.objects.filter(raised_by=somebody, forgotten_at=None).exclude(about=somebody)
    if Story.objects.told_by(somebody).exclude(held_at=None).exists():
        return []  # their card may be in other hands: not even that something was raised
    return [
        {"on": concern.raised_at, "label": concerns.standing_of(concern).label}
        for concern in mine.prefetch_related("entries")[:5]
    ]
