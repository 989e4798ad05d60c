"""Pages of telling: is now a good time, the limits first, then one small question a page."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from betterstory.people.models import Ring
from betterstory.people.visit import Visit, once, signed_in
from betterstory.places.models import Neighbourhood
from betterstory.stories import acting, margins, tongues, verbs
from betterstory.stories.models import Gap, Moment, Piece, ReadBack, Wish
from betterstory.stories.picturing import picture_of
from betterstory.stories.questions import NEED_A_GAP
from betterstory.stories.safeguarding import rules as safety
from betterstory.stories.table import ask, found_step, opened, their_story
from betterstory.stories.telling_forms import (
    BeginForm,
    GapForm,
    NameForm,
    ReadBackForm,
    StepForm,
    TitleForm,
    WishForm,
    WordsForm,
)

GAP_QUESTIONS = {
    "words": _("What was missing after this?"),
    "kind": _("What kind of gap was it?"),
    "ring": _("Who should have been there?"),
}
WISHES = {
    Wish.WishKind.KEEPS_ME_WELL: (_("What would keep you well?"), _("Next we ask what you can give.")),
    Wish.WishKind.CAN_GIVE: (_("What can you give?"), _("Next we ask what you hope for.")),
    Wish.WishKind.HOPE: (_("What do you hope for?"), _("Next we read it all back to you.")),
}


@require_safe
@signed_in
def ready(request: Visit) -> HttpResponse:
    """Before anything: is now a good time?"""
    return render(request, "stories/ready.html")


@require_safe
@signed_in
def not_today(request: Visit) -> HttpResponse:
    """A no to that is a good answer."""
    return render(request, "stories/not_today.html")


@signed_in
@once
def begin(request: Visit) -> HttpResponse:
    """What must be passed on comes first; then whose story it is, and where."""
    sent = request.POST.copy() if request.method == "POST" else None
    places = list(Neighbourhood.objects.values_list("pk", flat=True)[:2])
    if sent is not None and len(places) == 1:
        sent.setdefault("neighbourhood", str(places[0]))
    form = BeginForm(sent, by=request.somebody)
    if sent is not None and form.is_valid():
        told = form.cleaned_data
        told["teller"] = told.get("teller") or request.somebody
        story = verbs.begin(by=request.somebody, at=request.at, **told)
        return redirect("stories:thanks", key=story.uuid)
    asking, carried = form.asking, form.carried
    shown = form if form.is_wrong else BeginForm(by=request.somebody, initial=carried)
    context = {
        "form": shown,
        "asking": shown[asking],
        "is_first": asking == "limits_heard",
        "carried": carried,
        "lead": safety.first(),
    }
    return render(request, "stories/begin.html", context, status=422 if form.is_wrong else 200)


@signed_in
@once
def name(request: Visit, key: UUID) -> HttpResponse:
    """What the teller is called in it."""
    story = their_story(request, key)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verbs.call_it(story, by=request.somebody, **form.cleaned_data)
        return redirect("stories:title", key=key)
    return ask(
        request,
        opened(request, story),
        form,
        title=_("What shall we call you in it?"),
        then=_("Next we ask what to call the story."),
        skip="stories:title",
    )


@signed_in
@once
def title(request: Visit, key: UUID) -> HttpResponse:
    """What the story is called."""
    story = their_story(request, key)
    form = TitleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verbs.call_it(story, by=request.somebody, **form.cleaned_data)
        return redirect("stories:way", key=key)
    return ask(
        request,
        opened(request, story),
        form,
        title=_("What shall we call the story?"),
        then=_("Next you choose how to tell it."),
        skip="stories:way",
    )


@require_safe
@signed_in
def way(request: Visit, key: UUID) -> HttpResponse:
    """Type it, say it, or photograph a page."""
    shown = opened(request, their_story(request, key))
    return ask(request, shown, None, title=_("How would you like to tell it?"), template="stories/way.html")


@signed_in
@once
def words(request: Visit, key: UUID) -> HttpResponse:
    """The story in the teller's own words."""
    story = their_story(request, key)
    shown = opened(request, story)
    mark = verbs.mark_of(shown.version)
    form = WordsForm(request.POST or None, initial={"text": shown.text, "as_read": mark})
    if request.method == "POST" and form.is_valid():
        try:
            verbs.write(story, by=request.somebody, at=request.at, **form.cleaned_data)
        except verbs.ChangedSince as refused:
            form.add_error("text", refused.sentence)
        else:
            return redirect("stories:moments", key=key)
    return ask(
        request,
        shown,
        form,
        title=_("Tell it in your own words"),
        lead=_("Tell it as you would to a friend."),
        then=_("Next we ask what happened, one thing at a time."),
        skip="stories:moments",
        mark=mark,
    )


@signed_in
@once
def moments(request: Visit, key: UUID) -> HttpResponse:
    """What happened, one thing at a time."""
    story = their_story(request, key)
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        step = verbs.add_step(story, by=request.somebody, **form.cleaned_data)
        return redirect("stories:about", key=key, step=step.pk, asked="who")
    shown = opened(request, story)
    return ask(
        request,
        shown,
        form,
        title=_("What happened next?") if shown.steps else _("What happened first?"),
        then=_("Next we ask who was there."),
        template="stories/moments.html",
        mark=str(len(shown.steps)),
    )


@signed_in
@once
def gap(request: Visit, key: UUID, step: int) -> HttpResponse:
    """The hole after a step."""
    story = their_story(request, key)
    shown = opened(request, story)
    before = found_step(shown, step)
    kinds = {Moment.DROPPED: Gap.GapKind.DROPPED, Moment.SENT_BACK: Gap.GapKind.SENT_BACK}
    likely = kinds.get(Moment(before.step.moment), Gap.GapKind.WAIT)
    sent = request.POST.copy() if request.method == "POST" else None
    if sent is not None and before.step.moment in NEED_A_GAP:
        sent.setdefault("kind", likely)  # what kind of moment it was says so already
    form = GapForm(sent, initial={"kind": likely})
    if sent is not None and form.is_valid():
        told = form.cleaned_data
        kind, ring = Gap.GapKind(told["kind"]), Ring(told["ring"])
        verbs.name_gap(
            story, by=request.somebody, after=before.step, words=told["words"], kind=kind, ring=ring
        )
        return redirect("stories:about", key=key, step=step, asked="lasted")
    return ask(
        request,
        shown,
        form,
        title=GAP_QUESTIONS[form.asking],
        then="" if form.asking == "words" else _("Next we ask how long it was."),
        asking=(form if form.is_wrong else GapForm(initial={"kind": likely}))[form.asking],
        carried=form.carried,
        status=422 if form.is_wrong else 200,
        before=before.words,
        template="stories/gap.html",
        step=step,
    )


@signed_in
@once
def wishes(request: Visit, key: UUID, kind: str = Wish.WishKind.KEEPS_ME_WELL.value) -> HttpResponse:
    """What would keep me well, what I can give, what I hope for: a page each."""
    story = their_story(request, key)
    if kind not in Wish.WishKind.values:
        raise Http404
    asked = Wish.WishKind(kind)
    kinds = list(Wish.WishKind)
    later = kinds[kinds.index(asked) + 1 :]
    form = WishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verbs.wish(story, by=request.somebody, words=form.cleaned_data["words"], kind=asked)
        if "more" in request.POST:
            return redirect("stories:wishes_of", key=key, kind=kind)
        return (
            redirect("stories:wishes_of", key=key, kind=later[0])
            if later
            else redirect("stories:read_back", key=key)
        )
    shown = opened(request, story)
    question, then = WISHES[asked]
    return ask(
        request,
        shown,
        form,
        title=question,
        then=then,
        template="stories/wishes.html",
        kind=asked,
        later=later[0] if later else None,
        mark=str(len(shown.wishes)),
    )


@require_POST
@signed_in
@once
def remove(request: Visit, key: UUID, piece: int) -> HttpResponse:
    """Take one piece out again."""
    story = their_story(request, key)
    found = get_object_or_404(
        Piece.objects.select_related("version__story", "wish"), pk=piece, version__story=story
    )
    kind = found.wish.wish_kind if found.kind == Piece.Kind.WISH else ""
    verbs.remove(found, by=request.somebody)
    if "read-back" in request.GET:
        return redirect("stories:read_back", key=key)
    return redirect("stories:wishes_of", key=key, kind=kind) if kind else redirect("stories:moments", key=key)


@signed_in
@once
def read_back(request: Visit, key: UUID) -> HttpResponse:
    """The whole of it, read back; the teller says: so it is, and how they heard it."""
    story = their_story(request, key)
    form = ReadBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verbs.agree(
            story,
            by=request.somebody,
            at=request.at,
            as_read=request.POST.get("as_read", ""),
            how=ReadBack.How(form.cleaned_data["how"]),
        )
        return redirect("stories:mine", key=key)
    shown = opened(request, story)
    return ask(
        request,
        shown,
        form,
        title=_("Is this right?"),
        template="stories/read_back.html",
        picture=picture_of(shown),
        parts=margins.parts_of(shown),
        as_read=verbs.mark_of(shown.version, shown.pieces),
        bits=shown.bits,
        is_teller=acting.may_decide(request.somebody, story),
        tongue=tongues.said_in(shown.version, viewer=request.somebody, at=request.at),
        told=list(shown.version.told.all()),
    )


@require_POST
@signed_in
@once
def change(request: Visit, key: UUID) -> HttpResponse:
    """Begin a new version; what was agreed before keeps its own yeses."""
    story = their_story(request, key)
    verbs.begin_version(story, by=request.somebody, at=request.at)
    return redirect("stories:words", key=key)
