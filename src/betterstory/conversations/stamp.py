"""Whether anything about an iceberg changed for one viewer: a short mark that is cheap to make.

It changes with every change of a card, and with every yes or no of a teller whose words are on it: to the
words, to the name they stand under, to a mark where they were. Only where no card changed and cards rest on
stories are their tellers' yeses asked.
"""

from collections.abc import Collection
from datetime import datetime
from zlib import crc32

from django.db.models import Exists, OuterRef, Q

from betterstory.conversations.models import Insight, TellersWord
from betterstory.stories.models import Form, Piece, Use
from betterstory.stories.rules import PARTNERS, Viewer, forms_of_each, may_each

type Seen = tuple[int, str, bool]


def is_still(stamp: str, round_: int, last: int, *, viewer: Viewer, at: datetime) -> bool:
    """Whether this stamp is that of what the viewer would see now; `last` is the last change of the round."""
    if not stamp.startswith(f"{last}-"):
        return False
    on_cards = Insight.pieces.through.objects.filter(insight__round=round_)
    beside = on_cards.filter(piece=OuterRef("pk"), insight__release__isnull=False)
    of_tellers = TellersWord.objects.filter(round=round_).values("piece")
    pieces = list(
        Piece.objects.filter(Q(pk__in=on_cards.values("piece")) | Q(pk__in=of_tellers))
        .select_related("version__story")
        .annotate(is_beside=Exists(beside))
    )
    forms = forms_of_each(viewer, Use.QUOTE, pieces, at) if pieces else {}
    seen = [seen_of(piece, forms.get(piece.pk)) for piece in pieces]
    near = [piece for piece in pieces if piece.is_beside]
    return stamp == mark(last, seen, may_each(PARTNERS, Use.COUNT, near, at) if near else set())


def seen_of(piece: Piece, form: Form | None) -> Seen:
    """A piece, under which name it is shown ("" where it is not), and whether it leaves a mark where not."""
    return piece.pk, form.value if form else "", piece.version.story.leaves_a_mark


def mark(last: int, seen: Collection[Seen], counted: Collection[int]) -> str:
    """The last change, how each piece is shown, and those a count may stand beside."""
    return f"{last}-{crc32(repr((sorted(seen), sorted(counted))).encode()):x}"
