"""Pages of telling: the limits first, then words, what happened, gaps, wishes, and reading back."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from betterstory.people.models import Ring
from betterstory.people.visit import Visit, once, signed_in
from betterstory.stories import rules, showing, verbs
from betterstory.stories.forms import BeginForm, GapForm, StepForm, WishForm, WordsForm
from betterstory.stories.models import Gap, Moment, Piece, Story, Use, Wish
from betterstory.stories.picturing import picture_of
from betterstory.stories.showing import ShownStory


def their_story(request: Visit, key: UUID) -> Story:
    """A story the person looking may write in; to anybody else it is not there."""
    story = get_object_or_404(Story.objects.select_related("teller", "neighbourhood"), uuid=key)
    if not rules.may_change(request.somebody, story):
        raise Http404
    return story


def opened(request: Visit, story: Story) -> ShownStory:
    """Its newest version, for whoever writes in it."""
    version = story.newest()
    version.story = story
    shown = showing.show_whole(version, viewer=request.somebody, use=Use.READ, at=request.at)
    if shown is None:
        raise Http404
    return shown


@signed_in
@once
def begin(request: Visit) -> HttpResponse:
    """What must be passed on comes first; then a name for the teller and the story."""
    form = BeginForm(request.POST or None, by=request.somebody)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        story = verbs.begin(
            by=request.somebody,
            teller=told.get("teller") or request.somebody,
            neighbourhood=told["neighbourhood"],
            title=told["title"],
            chosen_name=told["chosen_name"],
            limits_heard=told["limits_heard"],
            at=request.at,
        )
        return redirect("stories:words", key=story.uuid)
    return render(request, "stories/begin.html", {"form": form}, status=_status(request))


@signed_in
@once
def words(request: Visit, key: UUID) -> HttpResponse:
    """The story in the teller's own words."""
    story = their_story(request, key)
    shown = opened(request, story)
    form = WordsForm(
        request.POST or None, initial={"text": shown.text, "as_read": verbs.mark_of(shown.version)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            verbs.write(story, by=request.somebody, at=request.at, **form.cleaned_data)
        except verbs.ChangedSince as refused:
            form.add_error("text", refused.sentence)
        else:
            return redirect("stories:moments", key=key)
    return render(request, "stories/words.html", {"shown": shown, "form": form}, status=_status(request))


@signed_in
@once
def moments(request: Visit, key: UUID) -> HttpResponse:
    """What happened, one thing at a time."""
    story = their_story(request, key)
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        moment = Moment(told.pop("moment"))
        rings = [Ring(ring) for ring in told.pop("rings")]
        step = verbs.add_step(story, by=request.somebody, moment=moment, rings=rings, **told)
        if moment in (Moment.WAITING, Moment.DROPPED, Moment.SENT_BACK):
            return redirect("stories:gap", key=key, step=step.pk)
        return redirect("stories:moments", key=key)
    context = {"shown": opened(request, story), "form": form}
    return render(request, "stories/moments.html", context, status=_status(request))


@signed_in
@once
def gap(request: Visit, key: UUID, step: int) -> HttpResponse:
    """The hole after a step."""
    story = their_story(request, key)
    shown = opened(request, story)
    before = next((told for told in shown.steps if told.step.pk == step), None)
    if before is None:
        raise Http404
    after = before.step
    kinds = {Moment.DROPPED: Gap.GapKind.DROPPED, Moment.SENT_BACK: Gap.GapKind.SENT_BACK}
    form = GapForm(request.POST or None, initial={"kind": kinds.get(Moment(after.moment), Gap.GapKind.WAIT)})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        kind, ring = Gap.GapKind(told["kind"]), Ring(told["ring"])
        verbs.name_gap(story, by=request.somebody, after=after, words=told["words"], kind=kind, ring=ring)
        return redirect("stories:moments", key=key)
    context = {"shown": shown, "form": form, "before": before.words}
    return render(request, "stories/gap.html", context, status=_status(request))


@signed_in
@once
def wishes(request: Visit, key: UUID) -> HttpResponse:
    """What would keep me well, what I can give, what I hope for."""
    story = their_story(request, key)
    form = WishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        verbs.wish(story, by=request.somebody, words=told["words"], kind=Wish.WishKind(told["kind"]))
        return redirect("stories:wishes", key=key)
    context = {"shown": opened(request, story), "form": form}
    return render(request, "stories/wishes.html", context, status=_status(request))


@require_POST
@signed_in
@once
def remove(request: Visit, key: UUID, piece: int) -> HttpResponse:
    """Take one piece out again."""
    story = their_story(request, key)
    found = get_object_or_404(Piece.objects.select_related("version__story"), pk=piece, version__story=story)
    verbs.remove(found, by=request.somebody)
    if "read-back" in request.GET:
        return redirect("stories:read_back", key=key)
    return redirect("stories:wishes" if found.kind == Piece.Kind.WISH else "stories:moments", key=key)


@signed_in
@once
def read_back(request: Visit, key: UUID) -> HttpResponse:
    """The whole of it, read back; the teller says: so it is."""
    story = their_story(request, key)
    if request.method == "POST":
        verbs.agree(story, by=request.somebody, at=request.at, as_read=request.POST.get("as_read", ""))
        return redirect("stories:mine", key=key)
    shown = opened(request, story)
    context = {
        "shown": shown,
        "picture": picture_of(shown),
        "as_read": verbs.mark_of(shown.version, shown.pieces),
        "bits": shown.bits,
        "is_teller": rules.may_decide(request.somebody, story),
    }
    return render(request, "stories/read_back.html", context)


@require_POST
@signed_in
@once
def change(request: Visit, key: UUID) -> HttpResponse:
    """Begin a new version; what was agreed before keeps its own yeses."""
    story = their_story(request, key)
    verbs.begin_version(story, by=request.somebody, at=request.at)
    return redirect("stories:words", key=key)


def _status(request: Visit) -> int:
    return 422 if request.method == "POST" else 200
