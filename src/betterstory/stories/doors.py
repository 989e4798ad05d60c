"""The teller's page: what I said yes to, who saw it, stop, pause, take it all back."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from betterstory.people.models import Circle, Membership, Role
from betterstory.people.visit import Visit, came_in, needs_part, once, signed_in
from betterstory.stories import care, consenting, rules, showing
from betterstory.stories.forms import BadDayForm, YesForm
from betterstory.stories.models import Consent, Piece, Seen, Story, Use, Version
from betterstory.stories.redacting.rules import was_read
from betterstory.stories.safeguarding.beside import marked


def my_story(request: Visit, key: UUID) -> Story:
    """The story of the person looking; to anybody else it is not there."""
    told = marked(Story.objects.select_related("teller", "paused_by", "thanks"), at=request.at)
    story = get_object_or_404(told, uuid=key)
    if not rules.may_decide(request.somebody, story):
        raise Http404
    return story


def agreed_version(story: Story) -> Version | None:
    """The newest version its teller agreed to."""
    version = story.versions.exclude(agreed_at=None).order_by("-number").first()
    if version is not None:
        version.story = story
    return version


def quietly(page: str, key: UUID) -> HttpResponse:
    """Go on to a page, and have the browser forget the pages it keeps for its Back button."""
    answer = redirect(page, key=key)
    answer["Clear-Site-Data"] = '"cache"'
    return answer


@came_in
def mine(request: Visit, key: UUID) -> HttpResponse:
    """Everything about my story on one page."""
    story = my_story(request, key)
    if story.destroyed_at:
        return render(request, "stories/gone.html", {"story": story})
    newest = story.newest()
    newest.story = story
    shown = showing.show_whole(newest, viewer=request.somebody, use=Use.READ, at=request.at)
    yeses = (
        Consent.objects.filter(version__story=story)
        .select_related("circle", "asked_by", "piece__version__story", "version")
        .order_by("ended_at", "until")
    )
    lines = [yes.piece for yes in yeses if yes.piece is not None]
    quoted = showing.show_each(lines, viewer=request.somebody, use=Use.QUOTE, at=request.at)
    doors = [
        {
            "yes": yes,
            "line": quoted[yes.piece_id].words if yes.piece_id else None,
            "open": yes.ended_at is None and yes.until > request.at and not story.is_quiet,
            "to_come": yes.begins_at > request.at,
            "last_day": yes.until - timedelta(seconds=1),
        }
        for yes in yeses
    ]
    seen = Seen.objects.filter(story=story).select_related("person", "circle").order_by("-on", "pk")[:50]
    helpers = Membership.objects.filter(circle=story.helpers_id, left_at=None).select_related("person")
    context = {
        "story": story,
        "shown": shown,
        "doors": doors,
        "seen": seen,
        "agreed": agreed_version(story),
        "owed": care.owed(
            story.care.select_related("owed_by", "story__teller"), viewer=request.somebody, on=request.on
        ),
        "thanks": care.thanks_words(story, viewer=request.somebody),
        "is_teller": True,
        "helpers": [each.person.name for each in helpers] if story.helpers_id else [],
    }
    return render(request, "stories/mine.html", context)


@signed_in
@once
def say_yes(request: Visit, key: UUID) -> HttpResponse:
    """One yes: for what, for whom, until when."""
    story = my_story(request, key)
    version = agreed_version(story)
    if story.is_quiet:
        return redirect("stories:mine", key=key)
    if version is None:
        return redirect("stories:read_back", key=key)
    shown = showing.show_whole(version, viewer=request.somebody, use=Use.READ, at=request.at)
    form = YesForm(
        request.POST or None, lines=lines_of(shown), circles=circles_to_choose(request, story), on=request.on
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        chosen = told.pop("piece")
        piece = get_object_or_404(Piece, pk=chosen, version=version) if chosen else None
        try:
            consenting.say_yes(version, by=request.somebody, at=request.at, piece=piece, **told)
        except consenting.ReadEveryLine as refused:
            form.add_error("audience", refused.sentence)
        else:
            return redirect("stories:mine", key=key)
    context = {
        "form": form,
        "shown": shown,
        "was_read": was_read(version, pieces=shown.pieces if shown else None),
    }
    return render(request, "stories/say_yes.html", context, status=422 if form.is_bound else 200)


def lines_of(shown: showing.ShownStory | None) -> list[tuple[str, str]]:
    """Each line that can be said yes to by itself."""
    if shown is None:
        return []
    steps = [(str(told.step.pk), told.words[:90]) for told in shown.steps]
    gaps = [(str(gap.pk), words[:90]) for gap, words in shown.gaps]
    return steps + gaps + [(str(wish.piece.pk), (wish.words or "")[:90]) for wish in shown.wishes]


def circles_to_choose(request: Visit, story: Story) -> list[Circle]:
    """Circles that still meet: gatherings, poolsides, named ones the teller is in, their own helpers."""
    kinds = [Circle.Kind.GATHERING, Circle.Kind.POOLSIDE]
    mine = Q(kind=Circle.Kind.NAMED, pk__in=request.somebody.circle_ids) | Q(pk=story.helpers_id)
    return list(Circle.objects.exclude(ends_on__lt=request.on).filter(Q(kind__in=kinds) | mine))


@require_http_methods(["GET", "POST"])
@came_in
@once
def stop(request: Visit, key: UUID, yes: int) -> HttpResponse:
    """The second tap of stopping one yes."""
    story = my_story(request, key)
    found = get_object_or_404(
        Consent.objects.select_related("version__story", "circle"), pk=yes, version__story=story
    )
    if request.method == "POST":
        consenting.stop(found, by=request.somebody, at=request.at)
        return quietly("stories:mine", key)
    return render(request, "stories/stop.html", {"story": story, "yes": found})


@came_in
@once
def pause(request: Visit, key: UUID) -> HttpResponse:
    """Shut every door for now."""
    story = my_story(request, key)
    if request.method == "POST":
        consenting.pause(story, by=request.somebody, at=request.at)
        return quietly("stories:mine", key)
    return render(request, "stories/pause.html", {"story": story})


@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def bad_day(request: Visit) -> HttpResponse:
    """Somebody rang on a bad day: shut every door of whatever they told. Nothing of it is shown here."""
    form = BadDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        teller = form.cleaned_data["teller"]
        consenting.pause_for(teller, by=request.somebody, at=request.at)
        messages.info(request, _("Everything %(name)s told is paused.") % {"name": teller.name})
        return redirect("stories:bad_day")
    return render(request, "stories/bad_day.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["POST"])
@signed_in
@once
def open_again(request: Visit, key: UUID) -> HttpResponse:
    """Open the doors that were open before the pause."""
    consenting.unpause(my_story(request, key), by=request.somebody, at=request.at)
    return redirect("stories:mine", key=key)


@came_in
@once
def stop_everything(request: Visit, key: UUID) -> HttpResponse:
    """End every yes; the story stays for its teller alone."""
    story = my_story(request, key)
    if request.method == "POST":
        consenting.stop_everything(story, by=request.somebody, at=request.at)
        return quietly("stories:mine", key)
    return render(request, "stories/stop_everything.html", {"story": story})


@came_in
@once
def take_back(request: Visit, key: UUID) -> HttpResponse:
    """Take it all back: quiet at once; for good in seven days, or now."""
    story = my_story(request, key)
    if request.method == "POST":
        now = request.POST.get("how") == "now"
        consenting.take_back(story, by=request.somebody, at=request.at, for_good_now=now)
        return quietly("stories:mine", key)
    return render(request, "stories/take_back.html", {"story": story})


@require_http_methods(["POST"])
@signed_in
@once
def have_back(request: Visit, key: UUID) -> HttpResponse:
    """Change one's mind within the seven days."""
    consenting.undo_take_back(my_story(request, key), by=request.somebody, at=request.at)
    return redirect("stories:mine", key=key)


@require_http_methods(["POST"])
@signed_in
@once
def let_helpers_go(request: Visit, key: UUID) -> HttpResponse:
    """Whoever wrote it down sees the open page no more."""
    consenting.let_helpers_go(my_story(request, key), by=request.somebody, at=request.at)
    return redirect("stories:mine", key=key)
