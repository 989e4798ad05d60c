"""Pages of a story for whoever its teller lets see it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from betterstory.people.models import Person, Role
from betterstory.people.visit import Visit, signed_in
from betterstory.stories import consenting, rules, showing
from betterstory.stories.models import Story, Use, Version
from betterstory.stories.picturing import picture_of
from betterstory.stories.rules import viewer_of


@signed_in
def shelf(request: Visit) -> HttpResponse:
    """The stories a person told, writes down, or may read."""
    person = request.somebody
    told = list(Story.objects.filter(destroyed_at=None).select_related("teller").prefetch_related("versions"))
    own = [story for story in told if story.teller_id == person.pk]
    writing = [story for story in told if story not in own and rules.may_change(person, story)]
    rest = [story for story in told if story not in own and story not in writing]
    titles = showing.titles_for(told, viewer=person, at=request.at)
    context = {
        "mine": [{"story": story, "title": titles[story.pk]} for story in own],
        "writing": [
            {"story": story, "title": titles.get(story.pk)} for story in writing if story.pk in titles
        ],
        "others": [{"story": story, "title": titles[story.pk]} for story in rest if story.pk in titles],
        "may_pause": person.plays(Role.ORGANISER, Role.STEWARD),
    }
    return render(request, "stories/shelf.html", context)


def story(request: Visit, key: UUID) -> HttpResponse:
    """The story as this viewer may see it now; who saw it is noted for its teller."""
    return _shown(request, key, "stories/story.html")


def on_paper(request: Visit, key: UUID) -> HttpResponse:
    """The same, for A4."""
    return _shown(request, key, "stories/on_paper.html")


def _shown(request: Visit, key: UUID, template: str) -> HttpResponse:
    told = get_object_or_404(Story.objects.select_related("teller"), uuid=key)
    viewer = viewer_of(request.person)
    for version in _versions(told, request.person):
        for use in (Use.READ, Use.PICTURE):
            shown = showing.show_whole(version, viewer=viewer, use=use, at=request.at)
            if shown is None:
                continue
            consenting.note_seen(version, use=use, on=request.on, person=request.person)
            context = {
                "shown": shown,
                "may_read": use == Use.READ,
                "is_teller": request.person is not None and rules.may_decide(request.person, told),
                "picture": picture_of(shown),
            }
            return render(request, template, context)
    return render(request, "stories/quiet.html", status=403)


def _versions(told: Story, person: Person | None) -> list[Version]:
    """Newest first; agreed ones alone but for the teller."""
    versions = list(told.versions.order_by("-number"))
    for version in versions:
        version.story = told
    if person is not None and rules.may_decide(person, told):
        return versions
    return [version for version in versions if version.agreed_at is not None]
