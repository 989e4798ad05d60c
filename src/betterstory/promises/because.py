"""What an ask or a promise rests on, as whoever looks may see it now: a card, released figures, moments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from betterstory.behind import rules as counted
from betterstory.behind.models import Pattern, Release
from betterstory.conversations.models import Insight
from betterstory.places.models import Round
from betterstory.promises.models import Ask
from betterstory.stories import showing
from betterstory.stories.models import Piece, Use, Version
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

    @property
    def versions(self) -> set[Version]:
        """Of which stories words are shown: their tellers are told who saw them."""
        return {moment.piece.version for moment in self.moments}


def grounds_of(
    *, card: Insight | None, release: Release | None, ask: Ask | None, viewer: Viewer, at: datetime
) -> Grounds:
    """Words of a story come through its teller's yes, each time. At most four queries."""
    pattern = release.pattern if release else None
    of_pattern = Pattern.pieces.through.objects.filter(pattern=pattern, piece=OuterRef("pk"))
    of_card = Insight.pieces.through.objects.filter(insight=card, piece=OuterRef("pk"))
    of_ask = Q(pk=ask.piece_id if ask else None)
    found = list(
        Piece.objects.annotate(of_card=Exists(of_card), of_pattern=Exists(of_pattern))
        .filter(of_ask | Q(of_card=True) | Q(of_pattern=True))
        .select_related("version__story__teller")
    )
    pieces = [piece for piece in found if piece.of_card or (ask and piece.pk == ask.piece_id)]
    shown = showing.show_each(pieces, viewer=viewer, use=Use.QUOTE, at=at)
    own = {pattern.pk: [each for each in found if each.of_pattern]} if pattern else {}
    if pieces and pattern and not counted.free([pattern], at=at, pieces=own):
        release = None  # the numbers stay on their own page; here they would still point at the story
    on_card = [shown[piece.pk] for piece in pieces if piece.of_card]
    if not all(each.is_shown or each.leaves_a_mark for each in on_card):
        card = None  # its teller lets not even a mark stay
    return Grounds(
        card=card,
        card_words=_card_words(card.words, on_card) if card else "",
        release=release,
        release_words=in_words(release) if release else "",
        moments=tuple(each for each in shown.values() if each.is_shown),
        quiet=any(each.leaves_a_mark for each in shown.values() if not each.is_shown),
    )


def in_words(release: Release) -> str:
    """The one sentence of released figures."""
    return str(release.figures.get("headline", "")) or _("Figures were released.")


def counts_to_rest_on(most: int = 40) -> list[tuple[str, str]]:
    """The newest released figures, which anyone may see, as a form offers them: (id, words)."""
    newest = Release.objects.order_by("-number")[:most]
    return [(str(each.pk), f"{each.number}. {in_words(each)}"[:160]) for each in newest]


@dataclass(frozen=True)
class Offered:
    """What a form can tie an ask or a promise to: (id, words) of cards and of moments."""

    cards: list[tuple[str, str]]
    moments: list[tuple[str, str]]


def offered(round_: Round, *, viewer: Viewer, at: datetime, moments: bool = True) -> Offered:
    """The cards of a round, and moments of stories told in its neighbourhood, that this viewer may see.

    Without `moments` no story is read but those that cards stand on.
    """
    cards: dict[str, tuple[int, str, list[int]]] = {}
    rows = Insight.objects.kept().filter(round=round_).values_list("pk", "number", "words", "pieces")
    for pk, number, words, piece in rows.order_by("number", "pieces"):
        cards.setdefault(str(pk), (number, words, []))[2].extend([piece] if piece else [])
    of_cards = [piece for _number, _words, on in cards.values() for piece in on]
    wanted = Q(pk__in=of_cards)
    if moments:
        here = round_.neighbourhood_id
        wanted |= Q(version__story__neighbourhood=here, version__agreed_at__isnull=False)
    pieces = Piece.objects.filter(wanted).select_related("version__story__teller")
    shown = showing.show_each(pieces, viewer=viewer, use=Use.QUOTE, at=at) if moments or of_cards else {}
    told = [
        (pk, number, _card_words(words, [shown[piece] for piece in on]))
        for pk, (number, words, on) in cards.items()
    ]
    return Offered(
        cards=[(pk, f"{number}. {words}") for pk, number, words in told if words],
        moments=[(str(pk), _line(each)) for pk, each in shown.items() if moments and each.is_shown],
    )


def _line(shown: Shown) -> str:
    return f"{shown.name}: {shown.words}" if shown.name else str(shown.words)


def _card_words(words: str, pieces: Iterable[Shown]) -> str:
    """A card made from moments is as quiet as the quietest of them."""
    pieces = list(pieces)
    if not all(each.is_shown for each in pieces):
        return ""
    return words or " ".join(each.words or "" for each in pieces)
