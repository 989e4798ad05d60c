"""What an ask or a promise rests on, as whoever looks may see it now: a card, released figures, moments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from betterstory.behind.models import Release
from betterstory.conversations.models import Insight
from betterstory.places.models import Round
from betterstory.promises.models import Ask
from betterstory.stories import showing
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import Viewer
from betterstory.stories.showing import Shown


@dataclass(frozen=True)
class Grounds:
    """A card with its words, figures in words, and moments of a story. `quiet`: a moment is not shown."""

    card: Insight | None
    card_words: str
    release: Release | None
    release_words: str
    moments: tuple[Shown, ...]
    quiet: bool

    @property
    def is_anything(self) -> bool:
        return bool(self.card or self.release or self.moments or self.quiet)


def grounds_of(
    *, card: Insight | None, release: Release | None, ask: Ask | None, viewer: Viewer, at: datetime
) -> Grounds:
    """Words of a story come through its teller's yes, each time. At most three queries."""
    of_card = Insight.pieces.through.objects.filter(insight=card, piece=OuterRef("pk"))
    pieces = list(
        Piece.objects.annotate(of_card=Exists(of_card))
        .filter(Q(pk=ask.piece_id if ask else None) | Q(of_card=True))
        .select_related("version__story")
    )
    shown = showing.show_each(pieces, viewer=viewer, use=Use.QUOTE, at=at)
    return Grounds(
        card=card,
        card_words=_card_words(card, [shown[piece.pk] for piece in pieces if piece.of_card]) if card else "",
        release=release,
        release_words=in_words(release) if release else "",
        moments=tuple(each for each in shown.values() if each.is_shown),
        quiet=not all(each.is_shown for each in shown.values()),
    )


def in_words(release: Release) -> str:
    """The one sentence of released figures."""
    return str(release.figures.get("headline", "")) or _("Figures were released.")


def cards_to_choose(round_: Round, *, viewer: Viewer, at: datetime) -> list[tuple[str, str]]:
    """The cards of a round that this viewer may see, by id, for a form."""
    cards = Insight.objects.filter(round=round_).prefetch_related("pieces__version__story").order_by("number")
    listed = list(cards)
    shown = showing.show_each(
        [piece for card in listed for piece in card.pieces.all()], viewer=viewer, use=Use.QUOTE, at=at
    )
    told = [(card, _card_words(card, [shown[piece.pk] for piece in card.pieces.all()])) for card in listed]
    return [(str(card.pk), f"{card.number}. {words}") for card, words in told if words]


def moments_to_choose(round_: Round, *, viewer: Viewer, at: datetime) -> list[tuple[str, str]]:
    """The pieces of stories told in this neighbourhood that this viewer may quote, by id, for a form."""
    pieces = Piece.objects.filter(
        version__story__neighbourhood=round_.neighbourhood_id, version__agreed_at__isnull=False
    ).select_related("version__story")
    shown = showing.show_each(pieces, viewer=viewer, use=Use.QUOTE, at=at)
    return [(str(pk), f"{each.name}: {each.words}") for pk, each in shown.items() if each.is_shown]


def releases_to_choose() -> list[tuple[str, str]]:
    """The newest released figures, by id, for a form."""
    return [(str(release.pk), f"{release}: {in_words(release)}") for release in Release.objects.all()[:20]]


def _card_words(card: Insight, pieces: Iterable[Shown]) -> str:
    """A card made from moments is as quiet as the quietest of them."""
    pieces = list(pieces)
    if not all(each.is_shown for each in pieces):
        return ""
    return card.words or " ".join(each.words or "" for each in pieces)
