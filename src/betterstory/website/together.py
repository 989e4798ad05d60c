"""Stories side by side: the gaps they share, and the way from one of those to who stands behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from betterstory.behind import rules as counted
from betterstory.people.visit import Visit
from betterstory.stories import consenting
from betterstory.stories.models import Piece, Use
from betterstory.stories.picture import lanes
from betterstory.stories.picture.together import Shared, lay_out
from betterstory.stories.rules import PARTNERS, may_each, viewer_of
from betterstory.stories.together import Stripped, stories_for
from betterstory.ui.saying import in_words, opening

FEWEST = 2


@dataclass(frozen=True)
class SharedGap:
    """A gap that several stories share, in words, with where it can be asked of records."""

    letter: str
    words: str
    stories: str
    asks: list[tuple[int, str]]


@require_safe
def side_by_side(request: Visit) -> HttpResponse:
    """Every story whose picture this viewer may see, without a word of them; who looked is noted."""
    viewer = viewer_of(request.person)
    told = stories_for(viewer, at=request.at)
    if len(told) < FEWEST:
        return render(request, "website/together.html", {"told": told})
    consenting.note_seen_each(
        [each.version for each in told], use=Use.PICTURE, on=request.on, person=request.person
    )
    together = lay_out([each.journey for each in told])
    may_ask = request.person is not None and counted.may_make(request.person)
    countable = _countable(told, request.at) if may_ask else set()
    context = {
        "told": told,
        "picture": together,
        "sentence": sentence(len(told), together.shared),
        "shared": [shared_gap(each, told, countable) for each in together.shared],
    }
    return render(request, "website/together.html", context)


def sentence(stories: int, shared: Sequence[Shared]) -> str:
    """What is drawn, counted."""
    said = ngettext("%(many)s story.", "%(many)s stories.", stories)
    holes = ngettext(
        "%(many)s gap stands in two or more of them.",
        "%(many)s gaps stand in two or more of them.",
        len(shared),
    )
    words = [(said, stories), (holes, len(shared))]
    return " ".join(opening(each % {"many": in_words(many, translation)}) for each, many in words)


def shared_gap(shared: Shared, told: Sequence[Stripped], countable: set[int]) -> SharedGap:
    """In words. It can be asked about as any story tells it whose teller says yes to counting."""
    kinds = {
        "wait": _("A wait"),
        "dropped": _("A hand-over, dropped"),
        "sent_back": _("Sent back, and a wait"),
    }
    names = lanes.names(translation)
    words = _("%(kind)s: from %(start)s to %(end)s.") % {
        "kind": kinds[shared.kind],
        "start": names[shared.start],
        "end": names[shared.end],
    }
    many = len(shared.rows)
    stories = ngettext("In %(many)s story", "In %(many)s stories", many) % {
        "many": in_words(many, translation)
    }
    asks = []
    for row, key in zip(shared.rows, shared.gaps, strict=True):
        gap = told[row].gaps[key]
        if {gap.pk, gap.after_id} <= countable:
            asks.append((row + 1, _where_to_ask(told[row].version.pk, (gap.after_id, gap.pk))))
    return SharedGap(shared.letter, words, stories, asks)


def _where_to_ask(version: int, pieces: tuple[int, ...]) -> str:
    return f"{reverse('behind:write_steps', args=[version])}?{urlencode([('piece', pk) for pk in pieces])}"


def _countable(told: Sequence[Stripped], at: datetime) -> set[int]:
    """Steps and gaps of these stories whose teller says yes to counting. One query."""
    pieces: list[Piece] = []
    for each in told:
        for gap in each.gaps.values():
            for piece in (gap, gap.after):
                piece.version = each.version
                pieces.append(piece)
    return may_each(PARTNERS, Use.COUNT, pieces, at)
