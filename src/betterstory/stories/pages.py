"""Pages of a story for whoever its teller lets see it."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from betterstory.people.models import Role
from betterstory.people.visit import Visit, signed_in
from betterstory.stories import (
    acting,
    beside,
    consenting,
    finding,
    leaving,
    margins,
    rules,
    showing,
    tongues,
    who_may,
)
from betterstory.stories.forms import FindForm
from betterstory.stories.models import Story, Use, Version
from betterstory.stories.picture import COLUMN, has_times
from betterstory.stories.picturing import journey_of, picture_of
from betterstory.stories.rules import viewer_of

ON_A3 = 1320.0  # px across the sheet, its words half as large again as on A4
NOT_ON_PAPER = {Use.READ, Use.PICTURE, Use.COUNT, Use.QUOTE, Use.HEAR}  # some have a page of their own


@signed_in
def shelf(request: Visit) -> HttpResponse:
    """The stories a person told, writes down, or may read."""
    person = request.somebody
    told = list(Story.objects.filter(destroyed_at=None).select_related("teller").prefetch_related("versions"))
    own = [story for story in told if person.pk in story.teller_ids]
    writing = [story for story in told if story not in own and acting.may_change(person, story)]
    rest = [story for story in told if story not in own and story not in writing]
    titles = showing.titles_for(told, viewer=person, at=request.at)
    context = {
        "mine": [{"story": story, "title": titles.get(story.pk), "is_open": is_open(story)} for story in own],
        "writing": [
            {"story": story, "title": titles.get(story.pk)} for story in writing if story.pk in titles
        ],
        "others": [{"story": story, "title": titles[story.pk]} for story in rest if story.pk in titles],
        "several": len(titles) > 1,
        "find": FindForm(),
        "asked_back": leaving.asked_of(person).filter(answer="").count(),
        "may_pause": person.plays(Role.ORGANISER, Role.STEWARD),
        "may_take_out": acting.may_take_out(person),
    }
    return render(request, "stories/shelf.html", context)


def is_open(story: Story) -> bool:
    """It is being told still: its newest version is not agreed. Reads what was prefetched."""
    newest = max(story.versions.all(), key=lambda version: version.number)
    return newest.agreed_at is None and not story.taken_back_at


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@sensitive_post_parameters("words")
def find(request: Visit) -> HttpResponse:
    """Find words in stories that this person may read. What was looked for is in no address, no log."""
    form = FindForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        looked = finding.find(form.cleaned_data["words"], viewer=request.somebody, at=request.at)
        for use, shown in ((Use.READ, True), (Use.QUOTE, False)):
            versions = [each.version for each in looked.found if bool(each.title) == shown]
            consenting.note_seen_each(versions, use=use, on=request.on, person=request.somebody)
        context |= {"looked": looked}
    return render(request, "stories/find.html", context, status=422 if form.errors else 200)


def story(request: Visit, key: UUID) -> HttpResponse:
    """The story as this viewer may see it now; who saw it is noted for its teller.

    In order; with `?lengths=true` at true lengths of time, where they were told and may be shown.
    """
    return _shown(request, key, "stories/story.html")


def on_paper(request: Visit, key: UUID) -> HttpResponse:
    """The same, for A4; with `?size=a3` large, to hang on a wall.

    Whoever opens it is taken to have printed it; it has a number.
    """
    a3 = request.GET.get("size") == "a3"
    return _shown(request, key, "stories/on_paper.html", wide=ON_A3 if a3 else COLUMN, a3=a3, paper=True)


def on_paper_for(request: Visit, key: UUID, use: str) -> HttpResponse:
    """For A4 and for one use that a teller said yes to: to read aloud, for the room, for a report."""
    if use not in Use.values or use in (Use.COUNT, Use.HEAR):
        raise Http404
    return _shown(request, key, "stories/on_paper.html", uses=(Use(use),), paper=True)


def _shown(
    request: Visit,
    key: UUID,
    template: str,
    *,
    uses: Sequence[Use] = rules.LOOKING,
    paper: bool = False,
    wide: float = COLUMN,
    a3: bool = False,
) -> HttpResponse:
    viewer = viewer_of(request.person)
    versions = list(
        Version.objects.filter(story__uuid=key)
        .select_related("story__teller", "story__second_teller")
        .order_by("-number")
    )
    if not versions:
        raise Http404
    person = request.person
    teller = person if person is not None and acting.may_decide(person, versions[0].story) else None
    is_teller = teller is not None
    for version in versions:
        for use in uses:
            if version.agreed_at is None and not is_teller:
                continue
            shown = showing.show_whole(version, viewer=viewer, use=use, at=request.at)
            if shown is None:
                continue
            if not paper:  # on paper it is noted with its number
                consenting.note_seen(version, use=use, on=request.on, person=request.person)
            journey = journey_of(shown)
            timed = request.GET.get("lengths") == "true"
            context = {
                "shown": shown,
                "parts": margins.parts_of(shown),
                "may_read": use not in showing.PICTURE_ALONE,
                "is_teller": is_teller,
                "picture": picture_of(shown, journey, timed=timed, wide=wide),
                "has_lengths": journey is not None and has_times(journey),
                "a3": a3,
            }
            if use == Use.READ:
                context |= {
                    "tongue": tongues.said_beside(shown),
                    "readings": beside.readings_beside(shown),
                    "may_look": request.person is not None,
                }
            if teller is not None and not paper and use == Use.READ:
                context["told"] = list(version.told.all())  # their own voice and pages, to have again
                context["doors"] = who_may.doors_of(version, teller=teller, at=request.at)
            if paper and not is_teller:
                context["left"] = leaving.note_print(version, by=request.person, use=use, at=request.at)
            elif not paper and not is_teller:
                yeses = rules.yeses_open_to(viewer, version, request.at)
                open_to = {yes.use for yes in yeses}
                context["doors"] = who_may.doors_to(yeses, on=request.on)
                context["more"] = sorted(open_to - NOT_ON_PAPER)
                context["may_hear"] = Use.HEAR in open_to and request.person is not None
            return render(request, template, context)
    if uses == rules.LOOKING and not paper:
        return _for_one_use(request, versions)
    return render(request, "stories/quiet.html", status=403)


def _for_one_use(request: Visit, versions: list[Version]) -> HttpResponse:
    """Nobody may simply look; where it may be had for a use, lead there."""
    for version in versions:
        if version.agreed_at is None:
            continue
        open_to = rules.uses_open_to(viewer_of(request.person), version, request.at)
        if on_paper := open_to - NOT_ON_PAPER:
            return redirect("stories:on_paper_for", key=version.story.uuid, use=min(on_paper))
        if Use.HEAR in open_to:
            return redirect("stories:hear", key=version.story.uuid)
    return render(request, "stories/quiet.html", status=403)
