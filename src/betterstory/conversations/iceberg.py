"""What lies beneath, as one viewer may see it now: cards whose teller took a piece back are empty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from betterstory.behind import rules
from betterstory.behind.models import Release
from betterstory.behind.models.patterns import pieces_of
from betterstory.conversations.drawing import (
    Drawing,
    Note,
    NoteLink,
    TurnedNote,
    draw_better_story,
    draw_iceberg,
)
from betterstory.conversations.drawing.marks import ListLevel
from betterstory.conversations.models import Insight, Level, Link, TellersWord
from betterstory.conversations.stamp import Seen, seen_of
from betterstory.conversations.tellers import HeardOn, hear, versions_of
from betterstory.places.models import Round
from betterstory.stories.models import Piece, Use, Version
from betterstory.stories.rules import PARTNERS, Viewer, may_each
from betterstory.stories.showing import Shown, show_each

Standing = Insight.Standing
PIECES = Prefetch("pieces", queryset=Piece.objects.select_related("version__story"))
COUNTED = pieces_of("release__pattern__pieces")


@dataclass(frozen=True)
class Card:
    """A card with its words; None where a piece it stands on may not be shown to this viewer now."""

    insight: Insight
    words: str | None
    said: bool
    pieces: tuple[Shown, ...]
    release: Release | None = None

    @property
    def leaves_a_mark(self) -> bool:
        """Whether it stands there at all: with words, or quiet where its tellers let a mark stay."""
        return all(each.is_shown or each.leaves_a_mark for each in self.pieces)

    @property
    def key(self) -> str:
        return f"card-{self.insight.pk}"

    @property
    def source(self) -> str:
        """The short line on the note: how we know, who could change it, or who holds it."""
        insight = self.insight
        if insight.level == Level.MENTAL_MODEL and insight.held_by:
            return _("held by %(who)s") % {"who": insight.held_by}
        if insight.level == Level.STRUCTURE:
            if insight.owner is None:
                return _("we don’t know yet who")
            return insight.owner.name
        if self.release:
            return _("counted, release %(number)s") % {"number": self.release.number}
        return str(insight.get_basis_display())

    @property
    def about(self) -> str:
        """The longer line of the list."""
        insight = self.insight
        told = [str(insight.get_basis_display()).capitalize()]
        tellers = dict.fromkeys(piece.name for piece in self.pieces if piece.name)
        told += [_("from %(name)s’s story") % {"name": name} for name in tellers]
        if self.release:
            told.append(_("release %(number)s") % {"number": self.release.number})
        if insight.held_by:
            told.append(_("held by %(who)s") % {"who": insight.held_by})
        if insight.level == Level.STRUCTURE:
            told.append(
                _("%(body)s could change this") % {"body": insight.owner.name}
                if insight.owner
                else _("we don’t know yet who could change this")
            )
        return "; ".join(told) + "."

    @property
    def note(self) -> Note:
        return Note(
            key=self.key,
            number=str(self.insight.number),
            level=self.insight.level,
            words=self.words,
            source=self.source if self.words else "",
            about=self.about if self.words else "",
            said=self.said,
        )


@dataclass(frozen=True)
class Beneath:
    """The cards of a round that stand, those that wait, what leads to what, and who had the first word."""

    cards: tuple[Card, ...]
    links: tuple[Link, ...]
    waiting: tuple[Card, ...] = ()
    heard: Mapping[Level, HeardOn] = field(default_factory=dict)
    seen: frozenset[Seen] = frozenset()  # how each piece stands, and those a count stands beside
    counted: frozenset[int] = frozenset()
    silent: frozenset[int] = frozenset()  # numbers of cards of which nothing is said, that they are there

    def draw(self, *, wide: bool = False) -> Drawing:
        links = [NoteLink(f"card-{each.start_id}", f"card-{each.end_id}", each.kind) for each in self.links]
        heard = {str(level): on.short for level, on in self.heard.items() if on.short}
        notes = [card.note for card in self.cards]
        drawing = draw_iceberg(notes, links, say=translation, heard=heard, wide=wide)
        return replace(drawing, levels=tuple(self._between_words(each) for each in drawing.levels))

    def _between_words(self, listed: ListLevel) -> ListLevel:
        """A level of the list, its teller first and last."""
        on = self.heard.get(Level(listed.level))
        return replace(listed, first=on.first, last=on.last) if on else listed

    @property
    def names_a_rule(self) -> bool:
        """A card says who could change a rule: the better story may begin."""
        return any(card.insight.owner and card.insight.level == Level.STRUCTURE for card in self.cards)

    @property
    def turned(self) -> list[Card]:
        """Cards that have an opposite; a quiet card keeps it to itself."""
        return [card for card in self.cards if card.insight.turned_over and card.words]

    def draw_turned(self) -> Drawing:
        """The better story: the same lines between the opposites."""
        turned = {card.insight.pk for card in self.turned}
        notes = [
            TurnedNote(
                key=f"turned-{card.insight.pk}",
                level=card.insight.level,
                words=card.insight.turned_over,
                was=str(card.insight.number),
            )
            for card in self.turned
        ]
        links = [
            NoteLink(f"turned-{each.start_id}", f"turned-{each.end_id}", each.kind)
            for each in self.links
            if {each.start_id, each.end_id} <= turned and each.kind != Link.Kind.SEEN_DIFFERENTLY
        ]
        return draw_better_story(notes, links, say=translation)

    @property
    def versions_shown(self) -> list[Version]:
        """The story versions whose words are on these cards."""
        shown = [piece for card in (*self.cards, *self.waiting) if card.words for piece in card.pieces]
        versions = [each.piece.version for each in shown] + versions_of(self.heard)
        return list({each.pk: each for each in versions}.values())

    @property
    def pairs(self) -> list[Link]:
        """Two cards that are seen differently, both of them shown."""
        return [each for each in self.links if each.kind == Link.Kind.SEEN_DIFFERENTLY]

    @property
    def names(self) -> dict[int, str]:
        """How a chooser names each card."""
        return {
            card.insight.pk: f"{card.insight.number}. {card.words or _('a quiet card')}"
            for card in self.cards
        }


def look_beneath(
    round_: Round, *, viewer: Viewer, at: datetime, counts: bool = True, links: bool = True
) -> Beneath:
    """All cards of a round for this viewer, in a handful of queries.

    Without `counts` neither counts nor the teller's words are read: what is turned over needs neither.
    Without `links` what leads to what is left out: a list needs no lines.
    """
    words = TellersWord.objects.filter(round=round_) if counts else TellersWord.objects.none()
    cards = Insight.objects.filter(round=round_)
    return _look(cards, words, viewer=viewer, at=at, counts=counts, links=links)


def look_around(card: int, *, viewer: Viewer, at: datetime) -> Beneath:
    """The same, of the round that this card is in; no cards where there is no such card."""
    round_ = Insight.objects.filter(pk=card).values("round")
    around = Insight.objects.filter(round__in=round_)
    return _look(around, TellersWord.objects.none(), viewer=viewer, at=at)


def _look(
    cards: QuerySet[Insight],
    words: QuerySet[TellersWord],
    *,
    viewer: Viewer,
    at: datetime,
    counts: bool = True,
    links: bool = True,
) -> Beneath:
    related = cards.select_related("round__neighbourhood", "release__pattern", "owner", "added_by")
    insights = list(related.prefetch_related(PIECES, *([COUNTED] if counts else [])))
    told = list(words.select_related("piece__version__story"))
    on_cards = [piece for insight in insights for piece in insight.pieces.all()]
    shown = show_each(
        [*on_cards, *(each.piece for each in told)],
        viewer=viewer,
        use=Use.QUOTE,
        at=at,
    )
    starts = [each.pk for each in insights] if links else []
    counted = _may_be_counted(insights, at) if counts else set()
    beside = _beside(insights, counted, at) if counts else set()
    every = [_card(insight, shown, beside) for insight in insights]
    standing = {c.insight.pk: c for c in every if c.leaves_a_mark and c.insight.standing == Standing.KEPT}
    waiting = tuple(c for c in every if c.leaves_a_mark and c.insight.standing != Standing.KEPT)
    lines = Link.objects.filter(start__in=starts).order_by("pk")
    tied = [each for each in lines if {each.start_id, each.end_id} <= standing.keys()]
    heard = hear(told, shown=shown) if told else {}
    return Beneath(
        tuple(standing.values()),
        tuple(tied),
        waiting,
        heard,
        seen=frozenset(seen_of(each.piece, each.form) for each in shown.values()),
        counted=frozenset(counted),
        silent=frozenset(card.insight.number for card in every if not card.leaves_a_mark),
    )


def _card(insight: Insight, shown: dict[int, Shown], beside: set[int]) -> Card:
    pieces = tuple(shown[piece.pk] for piece in insight.pieces.all())
    release = insight.release if insight.pk in beside else None
    if not all(piece.is_shown for piece in pieces):
        return Card(insight, None, said=False, pieces=pieces)
    if insight.words:
        return Card(insight, insight.words, said=False, pieces=pieces, release=release)
    quoted = " ".join(f"“{piece.words}”" for piece in pieces)
    # no words and no pieces left: the story is gone, and its key with it
    return Card(insight, quoted or None, said=True, pieces=pieces, release=release)


def beside_their_moments(insights: Iterable[Insight], *, at: datetime) -> set[int]:
    """Of these cards, the ids of those whose count may stand on them.

    Alone a count stays as it is. Beside a moment it would point at somebody: there it stands while that
    moment's teller, and those of the steps that were counted, say yes to counting.
    Fetch cards with `release__pattern`, `PIECES` and `COUNTED`.
    """
    insights = [insight for insight in insights if insight.release]
    return _beside(insights, _may_be_counted(insights, at), at)


def _beside(insights: Iterable[Insight], counted: set[int], at: datetime) -> set[int]:
    moments = {insight.pk: [piece.pk for piece in insight.pieces.all()] for insight in insights}
    patterns = {insight.pk: insight.release.pattern for insight in insights if insight.release}
    free = rules.free((each for pk, each in patterns.items() if moments[pk]), at=at, counted=counted)
    return {
        pk
        for pk, of in patterns.items()
        if not moments[pk] or (of.pk in free and counted.issuperset(moments[pk]))
    }


def _may_be_counted(insights: Iterable[Insight], at: datetime) -> set[int]:
    """Of the moments that counts stand beside, and of the steps that were counted, those whose teller says
    yes to counting."""
    asked: dict[int, Piece] = {}
    for insight in insights:
        moments = insight.pieces.all()
        if insight.release and moments:
            asked |= {piece.pk: piece for piece in (*moments, *insight.release.pattern.pieces.all())}
    return may_each(PARTNERS, Use.COUNT, asked.values(), at) if asked else set()
