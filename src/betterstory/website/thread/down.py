"""The thread downward: from a promise to the moment in one person's life that it answers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from betterstory.behind import rules as counted
from betterstory.behind.models import Pattern
from betterstory.conversations.models import Insight
from betterstory.promises.models import Promise
from betterstory.stories import rules, showing
from betterstory.stories.models import Piece, Use
from betterstory.website.thread.knots import Knot, Looking, ask_knot, card_knot, promise_knot, release_knot

PIECES = Prefetch("pieces", queryset=Piece.objects.select_related("version__story"))
INSIGHTS = Insight.objects.select_related("release__pattern", "owner").prefetch_related(PIECES)


@dataclass(frozen=True)
class Thread:
    """The knots, and the pieces whose words are shown in them."""

    knots: list[Knot]
    seen: list[Piece]


def down_from(promise: Promise, looking: Looking) -> Thread:
    """From a promise to the moment in one person's life that it answers."""
    ask = promise.ask
    insight_id = promise.insight_id or (ask.insight_id if ask else None)
    insight = INSIGHTS.filter(pk=insight_id).first() if insight_id else None
    pieces = list(insight.pieces.all()) if insight else []
    if ask and ask.piece_id and ask.piece_id not in {piece.pk for piece in pieces}:
        pieces += list(Piece.objects.filter(pk=ask.piece_id).select_related("version__story"))
    shown = showing.show_each(pieces, viewer=looking.viewer, use=Use.QUOTE, at=looking.at)
    knots = [promise_knot(promise, looking)]
    if ask:
        knots.append(ask_knot(ask, because=_("because we were asked")))
    if insight:
        card = insight_knot(insight, shown, because=_("because of"))
        knots += [card] if card else []
    release = (ask.release if ask else None) or (insight.release if insight else None)
    if release and (not pieces or _may_stand_beside(release.pattern, looking)):
        knots.append(release_knot(release, because=_("as we saw in")))
    knots += piece_knots(pieces, shown, readable_versions(pieces, looking))
    return Thread(knots, [piece for piece in pieces if shown[piece.pk].words is not None])


def insight_knot(insight: Insight, shown: dict[int, showing.Shown], because: str = "") -> Knot | None:
    """A card of the iceberg. Made of several pieces, it shows while all their tellers say yes."""
    pieces = [shown.get(piece.pk) for piece in insight.pieces.all()]
    if any(piece is None or piece.words is None for piece in pieces):
        return None
    return card_knot(
        insight, insight.words or " ".join(piece.words or "" for piece in pieces if piece), because
    )


def piece_knots(pieces: Iterable[Piece], shown: dict[int, showing.Shown], readable: set[int]) -> list[Knot]:
    """Gaps, then steps, then wishes, as their tellers let this viewer see them.

    What is not shown is one quiet knot, however much it is; of a destroyed story there is none, nor where its
    teller lets no mark stay.
    """
    order = {Piece.Kind.GAP: 0, Piece.Kind.STEP: 1, Piece.Kind.WISH: 2}
    kinds = {
        Piece.Kind.GAP: ("gap", _("The gap"), _("who went through")),
        Piece.Kind.STEP: ("step", _("The moment"), _("which began with")),
        Piece.Kind.WISH: ("dog", _("A wish"), _("and wished for")),
    }
    knots, hidden = [], False
    for piece in sorted(pieces, key=lambda each: (order[Piece.Kind(each.kind)], each.position)):
        icon, kind, because = kinds[Piece.Kind(piece.kind)]
        seen = shown[piece.pk]
        if seen.words is None:
            hidden = hidden or (seen.leaves_a_mark and not piece.version.story.destroyed_at)
            continue
        about = _("%(name)s’s words. They may be taken back at any time; the promise still stands.") % {
            "name": seen.name or _("Somebody")
        }
        link = f"/stories/{piece.version.story.uuid}/" if piece.version_id in readable else ""
        knots.append(Knot(icon, kind, seen.words, because, True, about, link, _("Read the story")))
    if hidden:
        words = _("A piece of a story stands here. It is its teller’s to show, and now it is quiet.")
        knots.append(Knot("step", _("The moment"), words, _("which began with"), quiet=True))
    return knots


def readable_versions(pieces: Iterable[Piece], looking: Looking) -> set[int]:
    """Versions whose story this viewer may open; only to these a line of it leads."""
    return rules.may_look_each(looking.viewer, {piece.version for piece in pieces}, looking.at)


def _may_stand_beside(pattern: Pattern, looking: Looking) -> bool:
    """Figures stand beside a moment while they are tied to their story; else they would still point at it."""
    own = pattern.pieces.select_related("version__story") if pattern.from_a_story else ()
    return pattern.pk in counted.free([pattern], at=looking.at, pieces={pattern.pk: own})
