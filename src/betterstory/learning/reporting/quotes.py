"""Lines of stories behind what a round asked: through the one door, for a report, each time anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from betterstory.conversations.models import Insight
from betterstory.learning.reporting.standing import AskThen
from betterstory.stories import showing
from betterstory.stories.models import Piece, Use, Version
from betterstory.stories.rules import Viewer
from betterstory.stories.showing import Shown


@dataclass(frozen=True)
class Quotes:
    """By ask, the lines that may be shown. Of what may not, nothing is said: not even that it is there."""

    by_ask: dict[int, list[Shown]]

    @property
    def every(self) -> list[Shown]:
        """Each line once."""
        return list({each.piece.pk: each for lines in self.by_ask.values() for each in lines}.values())

    @property
    def pieces(self) -> list[Piece]:
        return [each.piece for each in self.every]

    @property
    def versions(self) -> set[Version]:
        """Their tellers are told who saw them."""
        return {piece.version for piece in self.pieces}


def quotes_of(asks: Iterable[AskThen], *, viewer: Viewer, at: datetime) -> Quotes:
    """What stands behind these asks, directly or on their card, as far as it may be shown. Three queries."""
    asked = [each.ask for each in asks]
    on_cards: dict[int, list[Piece]] = {}
    cards = {ask.insight_id for ask in asked if ask.insight_id}
    if cards:
        rows = Insight.pieces.through.objects.filter(insight__in=cards)
        for row in rows.select_related("piece__version__story__teller").order_by("piece"):
            on_cards.setdefault(row.insight_id, []).append(row.piece)
    behind = {
        ask.pk: [*([ask.piece] if ask.piece else []), *on_cards.get(ask.insight_id or 0, [])] for ask in asked
    }
    pieces = {piece.pk: piece for several in behind.values() for piece in several}
    shown = showing.show_each(pieces.values(), viewer=viewer, use=Use.REPORT, at=at)
    may = {
        pk: list({piece.pk: shown[piece.pk] for piece in several if shown[piece.pk].is_shown}.values())
        for pk, several in behind.items()
    }
    return Quotes({pk: lines for pk, lines in may.items() if lines})
