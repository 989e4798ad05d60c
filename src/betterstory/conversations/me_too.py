"""How many said “this happened to me too”, as somebody may see it: the count stays, the gap may be quiet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, When

from betterstory.conversations.models import GapAsked, Gathering, Vote
from betterstory.stories.models import Use
from betterstory.stories.rules import Viewer, may_each


@dataclass(frozen=True)
class Heard:
    """A gap a room was asked about.

    `words` is None where its teller has taken it back, or this viewer may not see it; `count` is None while
    answers still come in, so that two looks do not show what one person said. `of` is how many people
    answered a sentence there; none where nothing was asked.
    """

    asked: GapAsked
    words: str | None
    count: int | None
    of: int = 0
    leaves_a_mark: bool = True


def gaps_asked() -> QuerySet[GapAsked]:
    """Gaps with what is needed to ask whether they may be seen, and how `many` said so, of how many who
    `answered` anything there; that is counted only where no answers come in any more.
    """
    asked = GapAsked.objects.select_related("piece__version__story", "gathering__circle")
    votes = Vote.objects.filter(statement__gathering=OuterRef("gathering")).values("statement__gathering")
    voices = votes.annotate(voices=Count("voice", distinct=True)).values("voices").order_by()
    answered = Case(When(gathering__voting_open=False, then=Subquery(voices)))
    return asked.annotate(many=Count("me_toos"), answered=answered)


def hear(asked: Iterable[GapAsked], *, viewer: Viewer | None, at: datetime) -> list[Heard]:
    """Each gap as a viewer may see it; with no viewer named, as its own room may. Fetch with `gaps_asked`."""
    rows = list(asked)
    seen = _seen(rows, viewer, at)
    heard = []
    for each in rows:
        shown = each.pk in seen
        mark = each.piece is not None and each.piece.version.story.leaves_a_mark
        heard.append(
            Heard(
                each,
                each.words if shown else None,
                None if each.gathering.voting_open else getattr(each, "many", 0),
                getattr(each, "answered", None) or 0,
                leaves_a_mark=mark,
            )
        )
    return heard


def _seen(rows: list[GapAsked], viewer: Viewer | None, at: datetime) -> set[int]:
    """The ids of those whose gap may be seen."""
    seen: set[int] = set()
    for who in [viewer] if viewer is not None else {each.gathering.circle for each in rows}:
        theirs = [each for each in rows if viewer is not None or each.gathering.circle == who]
        allowed = may_each(who, Use.QUOTE, [each.piece for each in theirs if each.piece], at)
        seen |= {each.pk for each in theirs if each.piece_id in allowed}
    return seen


def of(gathering: Gathering) -> QuerySet[GapAsked]:
    """Those of one gathering."""
    return gaps_asked().filter(gathering=gathering)
