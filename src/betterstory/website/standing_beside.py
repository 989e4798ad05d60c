"""Who stands behind a story, with “me too” beside records and estimates: three ways, never added up.

Counting lies below gatherings and knows nothing of cards, so what a room said is put beside it here.
"""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from betterstory.behind import rules
from betterstory.behind.models import Release
from betterstory.behind.pages import releases
from betterstory.conversations import me_too
from betterstory.people.visit import Visit
from betterstory.stories.rules import viewer_of


@require_safe
def release(request: Visit, pk: int) -> HttpResponse:
    """The page of a release, with what rooms said about the same gap while its teller lets it be tied."""
    found = Release.objects.with_pattern().filter(pk=pk).first()
    heard: list[me_too.Heard] = []
    if found is not None and rules.is_tied(found.pattern, at=request.at):
        gaps = [piece.pk for piece in found.pattern.pieces.all()]
        asked = me_too.gaps_asked().filter(piece__in=gaps, gathering__voting_open=False)
        heard = me_too.hear(asked, viewer=viewer_of(request.person), at=request.at)
    return releases.release(request, pk, template="website/release.html", more={"me_toos": heard})
