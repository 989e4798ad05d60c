"""Writing down what was done to a card: one row a change, in the same transaction as the change."""

from datetime import datetime

from betterstory.conversations.models import Change, Insight
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.stories.models import Piece


def note(
    card: Insight,
    what: Change.What,
    *,
    by: Person | None,
    at: datetime,
    words: str = "",
    other: Insight | None = None,
) -> Change:
    """Keep who changed what about a card, and when. `by` is None for a voice."""
    return Change.objects.create(
        round_id=card.round_id,
        card=card,
        number=card.number,
        other=other.number if other else None,
        what=what,
        words=words,
        by=by,
        at=at,
    )


def note_of_teller(round_: Round, piece: Piece, *, by: Person | None, at: datetime) -> Change:
    """The teller spoke on a level. It is told where the piece it hangs on is told of."""
    return Change.objects.create(round=round_, number=0, what=Change.What.TELLER, piece=piece, by=by, at=at)
