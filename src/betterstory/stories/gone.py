"""A page for the teller of a destroyed story: what was destroyed, when, and from when nobody can read it."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from betterstory.people.keys import copied, keyring
from betterstory.people.visit import Visit, came_in
from betterstory.stories.doors import my_story
from betterstory.stories.models import Piece


@require_safe
@came_in
def certificate(request: Visit, key: UUID) -> HttpResponse:
    """For A4. It holds no word of the story; there is none any more."""
    story = my_story(request, key)
    if story.destroyed_at is None:
        raise Http404
    last = copied.last_that_opens(story.destroyed_at)
    kinds = list(Piece.objects.filter(version__story=story).values_list("kind", flat=True))
    told = {
        "story": story,
        "number": str(story.uuid)[:8],
        "steps": kinds.count(Piece.Kind.STEP),
        "gaps": kinds.count(Piece.Kind.GAP),
        "wishes": kinds.count(Piece.Kind.WISH),
        "key_is_gone": not keyring().holds(story.key),
        "last_day": timezone.localtime(last).date() if last else None,
        "still_to_come": last is not None and last > request.at,
        "key_days": settings.KEY_COPY_DAYS,
        "place_url": settings.URL,
    }
    return render(request, "stories/certificate.html", told)
