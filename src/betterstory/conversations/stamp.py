"""Whether anything about an iceberg changed for one viewer: a short mark that is cheap to make.

It changes with every change of a card, and with every yes or no of a teller whose words are on it. One query
finds the last change; only where cards rest on stories are their tellers' yeses asked as well.
"""

from collections.abc import Collection
from datetime import datetime
from zlib import crc32

from django.db.models import Exists, Max, OuterRef, Q

from betterstory.conversations.models import Change, Insight, TellersWord
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import PARTNERS, Viewer, may_each


def stamp(round_: int, *, viewer: Viewer, at: datetime) -> str:
    """The mark of what this viewer would see now."""
    last = Change.objects.filter(round=round_).aggregate(last=Max("pk"))["last"] or 0
    on_cards = Insight.pieces.through.objects.filter(insight__round=round_)
    beside = on_cards.filter(piece=OuterRef("pk"), insight__release__isnull=False)
    of_tellers = TellersWord.objects.filter(round=round_).values("piece")
    pieces = list(
        Piece.objects.filter(Q(pk__in=on_cards.values("piece")) | Q(pk__in=of_tellers))
        .select_related("version__story")
        .annotate(is_beside=Exists(beside))
    )
    seen = may_each(viewer, Use.QUOTE, pieces, at) if pieces else set()
    near = [piece for piece in pieces if piece.is_beside]
    return mark(last, seen, may_each(PARTNERS, Use.COUNT, near, at) if near else set())


def mark(last: int, seen: Collection[int], counted: Collection[int]) -> str:
    """The last change, the pieces that are shown, and those a count may stand beside."""
    return f"{last}-{crc32(repr((sorted(seen), sorted(counted))).encode()):x}"
