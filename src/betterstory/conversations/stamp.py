"""Whether anything about an iceberg changed for one viewer: a short mark that is cheap to make.

It changes with every change of a card, and with every yes or no of a teller whose words are on it: to the
words, to the name they stand under, to a mark where they were. Only where no card changed and cards rest on
stories are their tellers' yeses asked.
"""

from collections.abc import Collection
from datetime import datetime
from zlib import crc32

from django.db.models import Case, Q, When

from betterstory.behind.models import Pattern
from betterstory.conversations.models import Insight, TellersWord
from betterstory.stories.models import Form, Piece, Use
from betterstory.stories.rules import PARTNERS, Viewer, forms_of_each, may_each

type Seen = tuple[int, str, bool]


def is_still(stamp: str, round_: int, last: int, *, viewer: Viewer, at: datetime) -> bool:
    """Whether this stamp is that of what the viewer would see now; `last` is the last change of the round."""
    if not stamp.startswith(f"{last}-"):
        return False
    on_cards = Insight.pieces.through.objects.filter(insight__round=round_)
    beside = on_cards.filter(insight__release__isnull=False)
    counts = Insight.objects.filter(pk__in=beside.values("insight")).values("release__pattern")
    counted = Pattern.pieces.through.objects.filter(pattern__in=counts)
    of_tellers = TellersWord.objects.filter(round=round_)
    shown = Q(pk__in=on_cards.values("piece")) | Q(pk__in=of_tellers.values("piece"))
    near = Q(pk__in=beside.values("piece")) | Q(pk__in=counted.values("piece"))
    every = Piece.objects.filter(shown | near).select_related("version__story")
    every = every.annotate(is_shown=Case(When(shown, True), default=False))
    every = every.annotate(is_near=Case(When(near, True), default=False))
    pieces = [piece for piece in every if piece.is_shown]
    forms = forms_of_each(viewer, Use.QUOTE, pieces, at) if pieces else {}
    seen = [seen_of(piece, forms.get(piece.pk)) for piece in pieces]
    asked = [piece for piece in every if piece.is_near]
    return stamp == mark(last, seen, may_each(PARTNERS, Use.COUNT, asked, at) if asked else set())


def seen_of(piece: Piece, form: Form | None) -> Seen:
    """A piece, under which name it is shown ("" where it is not), and whether it leaves a mark where not."""
    return piece.pk, form.value if form else "", piece.version.story.leaves_a_mark


def mark(last: int, seen: Collection[Seen], counted: Collection[int]) -> str:
    """The last change, how each piece is shown, and those a count may stand beside."""
    return f"{last}-{crc32(repr((sorted(seen), sorted(counted))).encode()):x}"
