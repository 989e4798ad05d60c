"""Figures from records behind what a round asked: those that may stand there now."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import prefetch_related_objects

from betterstory.behind import rules
from betterstory.behind.models import Release
from betterstory.conversations.iceberg import COUNTED, beside_their_moments
from betterstory.learning.reporting.standing import AskThen


def releases_of(asks: Iterable[AskThen], *, at: datetime) -> list[Release]:
    """Each once, in the order of their numbers. At most four queries.

    Beside a moment of a story they stand while they are tied to theirs, as on the page of the card and of the
    ask; alone they point at nobody.
    """
    asked = [each.ask for each in asks]
    by_id = {ask.insight_id: ask.insight for ask in asked if ask.insight}
    prefetch_related_objects(list(by_id.values()), COUNTED)
    stand = [by_id[pk].release for pk in beside_their_moments(by_id.values(), at=at)]
    found = {each for each in stand if each is not None}
    own = {ask.release_id for ask in asked if ask.release_id}
    releases = {each.pk: each for each in Release.objects.filter(pk__in=own).with_pattern()} if own else {}
    free = rules.free([each.pattern for each in releases.values()], at=at) if releases else set()
    for ask in asked:
        release = releases.get(ask.release_id or 0)
        card = by_id.get(ask.insight_id or 0)
        is_beside = bool(ask.piece_id or (card and card.pieces.all()))
        if release is not None and (not is_beside or release.pattern_id in free):
            found.add(release)
    return sorted(found, key=lambda each: each.number)
