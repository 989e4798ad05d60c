"""The teller's page: what I said yes to, who saw it, stop, pause, take it all back."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import F, FilteredRelation, Q, StringAgg, Value
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from betterstory.people import limits
from betterstory.people.models import Membership, Role
from betterstory.people.visit import Visit, came_in, needs_part, once, signed_in
from betterstory.stories import acting, care, checking, consenting, leaving, owing, reminding, showing
from betterstory.stories.door_forms import PauseForm, WordForm
from betterstory.stories.forms import BadDayForm
from betterstory.stories.models import Consent, Seen, Shut, Story, Use
from betterstory.stories.safeguarding.beside import marked

APART = "\n"  # no name holds one


def my_story(request: Visit, key: UUID) -> Story:
    """The story of the person looking; to anybody else it is not there."""
    told = marked(Story.objects.all(), at=request.at).annotate(
        shut_by_me=FilteredRelation("shut", condition=Q(shut__teller=request.somebody)),  # one at most
        shut_by_me_id=F("shut_by_me__pk"),
    )
    story = get_object_or_404(
        told.select_related(
            "teller",
            "second_teller",
            "paused_by",
            "thanks",
            "shut_by_me__paused_by",  # type: ignore[misc]  # the plugin of mypy knows no filtered relation
        ),
        uuid=key,
    )
    if not acting.may_decide(request.somebody, story):
        raise Http404
    return story


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
    if story.held_at:
        held = {"story": story, "form": WordForm(), "shut": shut_by_me(story)}
        return render(request, "stories/held.html", held)
    versions = list(story.versions.order_by("-number"))
    for version in versions:
        version.story = story
    agreed = next((version for version in versions if version.agreed_at), None)
    context = {
        "story": story,
        "title": showing.title_of(versions[:1], viewer=request.somebody, at=request.at),
        "doors": doors_of(story, request),
        "seen": Seen.objects.filter(story=story)
        .select_related("person", "circle")
        .order_by("-on", "pk")[:50],
        "left": list(leaving.leavings_of(story)[:30]),
        "agreed": agreed,
        "unfinished": versions[0] != agreed,
        "helpers": helpers_of(story),
        "shut": shut_by_me(story),
        "word_form": WordForm(),
        "owed": care.owed(
            story.care.select_related("owed_by", "story__teller"), viewer=request.somebody, on=request.on
        ),
        "thanks": care.thanks_words(story, viewer=request.somebody),
        "is_teller": True,
    }
    return render(request, "stories/mine.html", context)


def doors_of(story: Story, request: Visit) -> list[dict[str, object]]:
    """Each yes of a story, as its teller reads it: the line, whether it is open, what came of it."""
    yeses = list(
        Consent.objects.filter(version__story=story)
        .select_related("circle", "asked_by", "piece__version__story", "version", "waits_for")
        .annotate(names=StringAgg("bodies__name", delimiter=Value(APART)))
        .order_by("ended_at", "until")
    )
    lines = [yes.piece for yes in yeses if yes.piece is not None]
    quoted = showing.show_each(lines, viewer=request.somebody, use=Use.QUOTE, at=request.at)
    told = owing.told_to(story, viewer=request.somebody)
    soon = request.at + reminding.ASKED_BEFORE
    found: list[dict[str, object]] = []
    for yes in yeses:
        last_day = _last_day(yes)
        still = yes.until > request.at and last_day >= request.on
        runs = yes.ended_at is None and still and not story.is_quiet
        opens = runs and yes.waits_for_id is None
        found.append(
            {
                "yes": yes,
                "bodies": sorted(yes.names.split(APART)) if yes.names else [],
                "line": quoted[yes.piece_id].words if yes.piece_id else None,
                "open": opens,
                "waits_for_me": runs and yes.waits_for_id == request.somebody.pk,
                "waits": runs and yes.waits_for_id is not None,
                "ends_soon": opens and yes.until <= soon,
                "to_come": yes.begins_at > request.at,
                "last_day": last_day,
                "told": told.get(yes.pk, []),
            }
        )
    # what stands open, or waits, comes before what has run out: that is what one comes here to stop
    return sorted(found, key=lambda door: not (door["open"] or door["waits"]))


def _last_day(yes: Consent) -> date:
    """Of a yes; where its circle ends before it, there is nobody left whom it is for."""
    day = localtime(yes.until - timedelta(seconds=1)).date()
    ends_on = yes.circle.ends_on if yes.circle else None
    return min(day, ends_on or day)


def shut_by_me(story: Story) -> Shut | None:
    """What this teller has shut of it, or had shut for them: of two, each opens their own.

    It was read with `my_story`.
    """
    read = vars(story)
    return read["shut_by_me"] if read["shut_by_me_id"] is not None else None


def helpers_of(story: Story) -> list[str]:
    """Who writes with the teller now."""
    if not story.helpers_id:
        return []
    there = Membership.objects.filter(circle=story.helpers_id, left_at=None).select_related("person")
    return [each.person.name for each in there]


@require_http_methods(["POST"])
@signed_in
@once
def say_yes_too(request: Visit, key: UUID, yes: int) -> HttpResponse:
    """The second of two says yes as well; or the teller, to what somebody said for them."""
    found = get_object_or_404(Consent, pk=yes, version__story=my_story(request, key))
    consenting.say_yes_too(found, by=request.somebody, at=request.at)
    return redirect("stories:mine", key=key)


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
    if story.held_at:  # what it was said yes to is not for a card that may be found
        return redirect("stories:mine", key=key)
    return render(request, "stories/stop.html", {"story": story, "yes": found})


@came_in
@once
def pause(request: Visit, key: UUID) -> HttpResponse:
    """Shut every door for now, or until a day."""
    story = my_story(request, key)
    form = PauseForm(request.POST or None, on=request.on)
    if request.method == "POST" and form.is_valid():
        opens_on = form.cleaned_data["opens_on"]
        if form.cleaned_data["every"]:
            consenting.pause_all(by=request.somebody, at=request.at, opens_on=opens_on)
        else:
            consenting.pause(story, by=request.somebody, at=request.at, opens_on=opens_on)
        return quietly("stories:mine", key)
    context = {"story": story, "form": form}
    return render(request, "stories/pause.html", context, status=422 if form.is_bound else 200)


@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def bad_day(request: Visit) -> HttpResponse:
    """Somebody rang on a bad day: shut every door of whatever they told. Nothing of it is shown here."""
    form = BadDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        teller, also = form.cleaned_data["teller"], form.cleaned_data["also"]
        paused = consenting.pause_for(teller, by=request.somebody, at=request.at)
        if "card" in also:
            checking.card_may_be_found(teller, by=request.somebody, at=request.at)
        if "helpers" in also:
            consenting.let_helpers_go_for(teller, by=request.somebody, at=request.at)
        if paused:
            messages.info(request, _("Everything %(name)s told is paused.") % {"name": teller.name})
        else:  # the wrong name was chosen, and the right doors are open still
            messages.error(
                request, _("%(name)s told no story here. Is it somebody else’s?") % {"name": teller.name}
            )
        return redirect("stories:bad_day")
    return render(request, "stories/bad_day.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["POST"])
@signed_in
def open_again(request: Visit, key: UUID) -> HttpResponseBase:
    """Open the doors again that a pause shut. Guesses at a word are counted where nothing undoes it."""
    if request.POST.get("word"):
        who = str(request.somebody.pk)
        limits.count_try(what="second word", who=who, most=5, within=timedelta(hours=1), at=request.at)
    return _open_again(request, key)


@once
def _open_again(request: Visit, key: UUID) -> HttpResponse:
    story, word = my_story(request, key), request.POST.get("word", "")
    if story.held_at:
        consenting.known_again(request.somebody, word=word, at=request.at)
        if my_story(request, key).held_at:
            messages.info(request, _("It stays shut until we know the other one of you too."))
    elif not consenting.unpause(story, by=request.somebody, word=word, at=request.at):
        messages.info(request, _("You opened it. It stays shut until the other one of you opens it too."))
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
    if not consenting.undo_take_back(my_story(request, key), by=request.somebody, at=request.at):
        messages.info(
            request, _("You want it back. The other one of you took it back too, so it still goes.")
        )
    return redirect("stories:mine", key=key)


@require_http_methods(["POST"])
@signed_in
@once
def let_helpers_go(request: Visit, key: UUID) -> HttpResponse:
    """Whoever wrote it down sees the open page no more."""
    consenting.let_helpers_go(my_story(request, key), by=request.somebody, at=request.at)
    return redirect("stories:mine", key=key)
