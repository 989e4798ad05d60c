"""Lines of stories behind what a round asked: through the one door, for a report, each time anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from betterstory.learning.reporting.standing import AskThen
from betterstory.promises.models import Ask
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
    """What stands behind these asks, or on their cards, as far as it may be shown. At most two queries."""
    asked = [each.ask for each in asks]
    behind = {ask.pk: [*([ask.piece] if ask.piece else []), *_on_its_card(ask)] for ask in asked}
    pieces = {piece.pk: piece for several in behind.values() for piece in several}
    shown = showing.show_each(pieces.values(), viewer=viewer, use=Use.REPORT, at=at)
    may = {
        pk: list({piece.pk: shown[piece.pk] for piece in several if shown[piece.pk].is_shown}.values())
        for pk, several in behind.items()
    }
    return Quotes({pk: lines for pk, lines in may.items() if lines})


def _on_its_card(ask: Ask) -> list[Piece]:
    return sorted(ask.insight.pieces.all(), key=lambda piece: piece.pk) if ask.insight else []
