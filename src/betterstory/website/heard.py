"""Where one's story is heard: the gatherings that have it on their run sheet, for its teller alone."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from betterstory.conversations.models import RunSheet
from betterstory.people.visit import Visit, came_in
from betterstory.stories.acting import may_decide
from betterstory.stories.models import Story


@require_safe
@came_in
def where_heard(request: Visit, key: UUID) -> HttpResponse:
    """Each with its run sheet to read, and the stop. To anybody else it is not there."""
    story = get_object_or_404(Story, uuid=key)
    if not may_decide(request.somebody, story):
        raise Http404
    sheets = RunSheet.objects.with_the_word().filter(story=story).select_related("gathering")
    context = {"story": story, "sheets": sheets.order_by("-gathering__at")}
    return render(request, "website/heard.html", context)
