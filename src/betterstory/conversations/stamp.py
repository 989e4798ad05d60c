"""Whether anything about an iceberg changed for one viewer: a short mark that is cheap to make.

It changes with every change of a card, and with every yes or no of a teller whose words are on it. One query
finds the last change; only where cards rest on stories are their tellers' yeses asked as well.
"""

from datetime import datetime
from zlib import crc32

from django.db.models import Max, Q

from betterstory.conversations.models import Change, Insight, TellersWord
from betterstory.places.models import Round
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import PARTNERS, Viewer, may_each


def stamp(round_: Round | int, *, viewer: Viewer, at: datetime) -> str:
    """The mark of what this viewer would see now."""
    of_round = round_ if isinstance(round_, int) else round_.pk
    last = Change.objects.filter(round=of_round).aggregate(last=Max("pk"))["last"] or 0
    on_cards = Insight.pieces.through.objects.filter(insight__round=of_round).values("piece")
    of_tellers = TellersWord.objects.filter(round=of_round).values("piece")
    pieces = list(
        Piece.objects.filter(Q(pk__in=on_cards) | Q(pk__in=of_tellers)).select_related("version__story")
    )
    if not pieces:
        return f"{last}"
    seen = sorted(may_each(viewer, Use.QUOTE, pieces, at))
    counted = sorted(may_each(PARTNERS, Use.COUNT, pieces, at))
    return f"{last}-{crc32(repr((seen, counted)).encode()):x}"
