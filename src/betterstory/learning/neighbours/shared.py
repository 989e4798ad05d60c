"""The gaps that neighbourhoods share, as far as whoever looks may see them. Never how many stories.

Known in three ways: the kind of a gap, in stories whose tellers let it be quoted; a rule that the same body
could change, on cards of two icebergs; and figures of no story, under cards of two icebergs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _

from betterstory.conversations.models import Insight, Level
from betterstory.people.keys import Locked
from betterstory.stories.models import Gap, Piece, Use, Version
from betterstory.stories.rules import Viewer, may_each
from betterstory.stories.showing import open_shapes

FEWEST = 2  # neighbourhoods
MOST_CARDS = 2  # of one neighbourhood, in one row
CARDS = (
    "pk", "words", "owner_id", "owner__name", "release_id", "release__pattern__from_a_story", "headline",
    "round__neighbourhood", "pieces",
)  # fmt: skip


@dataclass
class Shared:
    """Something several neighbourhoods share: in words, and where, each with what its cards say."""

    kind: str
    words: str
    where: dict[str, list[str]] = field(default_factory=dict)
    link: str = ""
    rests_on: set[Version] = field(default_factory=set)


@dataclass
class _Card:
    words: str
    owner: tuple[int, str] | None
    release: tuple[int, str] | None
    place: int
    pieces: list[int]
    rests_on: set[Version] = field(default_factory=set)


def shared_by(names: dict[int, str], *, viewer: Viewer, at: datetime) -> tuple[list[Shared], set[Version]]:
    """What two or more of these neighbourhoods share, and the versions it rests on. Three queries."""
    cards = _cards(names)
    pieces = _pieces(names, [pk for card in cards for pk in card.pieces])
    allowed = may_each(viewer, Use.QUOTE, pieces, at)
    gaps = [piece for piece in pieces if piece.kind == Piece.Kind.GAP and piece.pk in allowed]
    by_id = {piece.pk: piece for piece in pieces}
    shown = [card for card in cards if allowed.issuperset(card.pieces)]
    for card in shown:
        card.rests_on = {by_id[pk].version for pk in card.pieces}
    every = [*_of_gaps(gaps, names), *_of_owners(shown, names), *_of_figures(shown, names)]
    shared = [each for each in every if len(each.where) >= FEWEST]
    return shared, {version for each in shared for version in each.rests_on}


def _cards(names: Iterable[int]) -> list[_Card]:
    """Cards about rules and habits, in words of the room's own. One query."""
    found: dict[int, _Card] = {}
    rows = (
        Insight.objects.kept()
        .filter(Q(owner__isnull=False) | Q(release__isnull=False))
        .filter(round__neighbourhood__in=list(names), level=Level.STRUCTURE)
        .exclude(words="")
        .annotate(headline=KeyTextTransform("headline", "release__figures"))
        .order_by("number", "pk", "pieces")
    )
    for pk, words, owner, body, release, of_a_story, headline, place, piece in rows.values_list(*CARDS):
        known = (release, headline or "") if release and not of_a_story else None
        card = found.setdefault(pk, _Card(words, (owner, body) if owner else None, known, place, []))
        if piece:
            card.pieces.append(piece)
    return list(found.values())


def _pieces(names: Iterable[int], of_cards: list[int]) -> list[Piece]:
    """Gaps of agreed stories told here, and every piece a card rests on. One query."""
    told = Q(version__story__neighbourhood__in=list(names), version__agreed_at__isnull=False)
    gaps = told & Q(kind=Piece.Kind.GAP, version__story__destroyed_at=None)
    found = Piece.objects.filter(gaps | Q(pk__in=of_cards))
    return list(found.select_related("version__story", "gap"))


def _of_gaps(gaps: list[Piece], names: dict[int, str]) -> list[Shared]:
    """By kind: a wait, a hand-over dropped, sent back."""
    holes: list[Gap] = [piece.gap for piece in gaps]
    try:
        open_shapes([], holes, bare=True)
    except Locked:
        return []  # the page goes on without the site key
    rows = {kind: Shared(_("A gap in stories"), str(kind.label).capitalize()) for kind in Gap.GapKind}
    for piece, hole in zip(gaps, holes, strict=True):
        place = piece.version.story.neighbourhood_id
        if place in names:
            row = rows[Gap.GapKind(hole.gap_kind)]
            row.where.setdefault(names[place], [])
            row.rests_on.add(piece.version)
    return [_in_order(row) for row in rows.values()]


def _of_owners(cards: list[_Card], names: dict[int, str]) -> list[Shared]:
    """By the body that could change the rule."""
    rows: dict[int, Shared] = {}
    for card in cards:
        if card.owner:
            key, body = card.owner
            words = _("Rules and habits that %(body)s could change") % {"body": body}
            row = rows.setdefault(key, Shared(_("What lies beneath"), words))
            said = row.where.setdefault(names[card.place], [])
            if len(said) < MOST_CARDS:
                said.append(card.words)
                row.rests_on |= card.rests_on
    return [_in_order(row) for row in sorted(rows.values(), key=lambda each: each.words)]


def _of_figures(cards: list[_Card], names: dict[int, str]) -> list[Shared]:
    """By released figures that come from no story."""
    rows: dict[int, Shared] = {}
    for card in cards:
        if card.release:
            key, headline = card.release
            row = rows.setdefault(key, Shared(_("How many"), headline, link=f"/behind/releases/{key}/"))
            row.where.setdefault(names[card.place], [])
    return [_in_order(row) for _key, row in sorted(rows.items())]


def _in_order(row: Shared) -> Shared:
    """Places by name: in no order that says more."""
    row.where = dict(sorted(row.where.items()))
    return row
