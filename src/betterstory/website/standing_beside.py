"""Who stands behind a story, with “me too” beside records and estimates: three ways, never added up.

Counting lies below gatherings and knows nothing of cards, so what a room said is put beside it here.
"""

from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from betterstory.behind.models import Pattern
from betterstory.behind.pages import releases
from betterstory.conversations import me_too
from betterstory.learning.models import Lesson
from betterstory.people.visit import Visit
from betterstory.stories.rules import viewer_of
from betterstory.website.learned import lessons_about


@require_safe
def release(request: Visit, pk: int) -> HttpResponse:
    """The page of a release, with what rooms said about the same gap."""

    def more(request: Visit, tied: Pattern | None) -> dict[str, object]:
        return what_rooms_said(request, tied) | {"lessons": learned_from(pk, request, tied)}

    return releases.release(request, pk, template="website/release.html", more=more)


def learned_from(release_pk: int, request: Visit, tied: Pattern | None) -> list[Lesson]:
    """Lessons that point to these figures. Figures whose story is no longer tied to them lead to none: a
    lesson may point to that story too.
    """
    what = Q(release=release_pk)
    if tied is None:
        what &= Q(release__pattern__from_a_story=False)
    return lessons_about(what, request.person)


def what_rooms_said(request: Visit, tied: Pattern | None) -> dict[str, object]:
    """“Me too” to the gaps a pattern was made from, while its teller lets it be tied to the story."""
    if tied is None:
        return {"me_toos": []}
    gaps = [piece.pk for piece in tied.pieces.all()]
    asked = me_too.gaps_asked().filter(piece__in=gaps, gathering__voting_open=False)
    return {"me_toos": me_too.hear(asked, viewer=viewer_of(request.person), at=request.at)}
