"""How many said “this happened to me too”, as somebody may see it: the count stays, the gap may be quiet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

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
    """Gaps with what is needed to ask whether they may be seen, and how `many` said so."""
    asked = GapAsked.objects.select_related("piece__version__story", "gathering__circle")
    return asked.annotate(many=Count("me_toos"))


def hear(asked: Iterable[GapAsked], *, viewer: Viewer | None, at: datetime) -> list[Heard]:
    """Each gap as a viewer may see it; with no viewer named, as its own room may. Fetch with `gaps_asked`."""
    rows = list(asked)
    counts = {each.pk: getattr(each, "many", 0) for each in rows}
    seen = _seen(rows, viewer, at)
    closed = {each.gathering_id for each in rows if not each.gathering.voting_open}
    answered = _who_answered(closed)
    heard = []
    for each in rows:
        shown = each.pk in seen
        is_closed = each.gathering_id in closed
        mark = each.piece is not None and each.piece.version.story.leaves_a_mark
        heard.append(
            Heard(
                each,
                each.words if shown else None,
                counts[each.pk] if is_closed else None,
                answered.get(each.gathering_id, 0),
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


def _who_answered(gatherings: set[int]) -> dict[int, int]:
    """How many people answered anything in each."""
    votes = Vote.objects.filter(statement__gathering__in=gatherings)
    counted = votes.values("statement__gathering").annotate(many=Count("voice", distinct=True))
    return dict(counted.values_list("statement__gathering", "many"))


def of(gathering: Gathering) -> QuerySet[GapAsked]:
    """Those of one gathering."""
    return gaps_asked().filter(gathering=gathering)
