"""Hearing a teller's own voice, where they said yes to that. Taken back, it stops in the middle."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from betterstory.people.models import Person
from betterstory.people.visit import Visit, signed_in
from betterstory.stories import rules, showing
from betterstory.stories.models import Told, Use, Version


@require_safe
@signed_in
def hear(request: Visit, key: UUID) -> HttpResponse:
    """The recordings of the newest version that this person may hear. No word of the story stands here."""
    agreed = Version.objects.filter(story__uuid=key).exclude(agreed_at=None).order_by("-number")
    versions = list(agreed.select_related("story__teller", "story__second_teller"))
    forms = rules.forms_of_whole_each(request.somebody, Use.HEAR, versions, request.at)
    version = next((each for each in versions if each.pk in forms), None)
    if version is None:
        raise Http404
    sounds = list(Told.objects.filter(version=version, kind=Told.Kind.SOUND))
    name = showing.name_under(forms[version.pk], version.story)
    return render(request, "stories/hear.html", {"sounds": sounds, "name": name, "key": key})


def while_allowed(parts: Iterator[bytes], *, told: Told, person: Person, at: datetime) -> Iterator[bytes]:
    """Part by part, asking again before each but the first: a yes that ended is not played to its end."""
    for number, part in enumerate(parts):
        if number:
            now = Told.objects.select_related("version__story").filter(pk=told.pk).first()
            if now is None or not rules.may_hear(person, now, at):
                return
        yield part
