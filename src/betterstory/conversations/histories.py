"""Which lines of an iceberg's history may be told: none names what its teller lets no mark stay of."""

from collections.abc import Collection, Iterable
from datetime import datetime

from betterstory.conversations.models import Change
from betterstory.stories.models import Use
from betterstory.stories.rules import Viewer, may_each

OF_THE_TELLER = "piece__version__story"


def that_may_be_told(
    changes: Iterable[Change], *, silent: Collection[int], viewer: Viewer, at: datetime
) -> list[Change]:
    """Those that may be. `silent` are the numbers of cards of which nothing is said.

    That the teller spoke is told while the piece it hangs on is shown, or leaves a mark; of no piece, never.
    Fetch changes with `OF_THE_TELLER`.
    """
    changes = [each for each in changes if each.number not in silent and each.other not in silent]
    pieces = [each.piece for each in changes if each.piece is not None]
    shown = may_each(viewer, Use.QUOTE, pieces, at) if pieces else set()
    marked = shown | {piece.pk for piece in pieces if piece.version.story.leaves_a_mark}
    return [each for each in changes if each.what != Change.What.TELLER or each.piece_id in marked]
