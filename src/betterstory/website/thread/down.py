"""The thread downward: from a promise to the moment in one person's life that it answers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from betterstory.behind import rules as counted
from betterstory.behind.models import Pattern, Release
from betterstory.conversations.models import Insight
from betterstory.promises.models import Ask, Promise
from betterstory.stories import rules, showing
from betterstory.stories.models import Piece, Use
from betterstory.website.thread.knots import Knot, Looking, ask_knot, card_knot, promise_knot, release_knot

INSIGHTS = Insight.objects.select_related("release__pattern", "owner")


@dataclass(frozen=True)
class Thread:
    """The knots, and the pieces whose words are shown in them."""

    knots: list[Knot]
    seen: list[Piece]


@dataclass(frozen=True)
class Under:
    """Pieces of stories that lie under a promise: of its card, what was asked about, and of its figures."""

    card: list[Piece]
    asked: list[Piece]
    figures: list[Piece]

    @property
    def moments(self) -> list[Piece]:
        """What is shown as words."""
        return self.card + self.asked


def pieces_under(ask: Ask | None, insight: Insight | None, release: Release | None) -> Under:
    """What lies under a promise. One query for all three; a piece of the card is not told twice."""
    of_card = Insight.pieces.through.objects.filter(insight=insight).values("piece")
    pattern = release.pattern if release else None
    of_figures = Pattern.pieces.through.objects.filter(pattern=pattern).values("piece")
    asked = ask.piece_id if ask else None
    every = Piece.objects.filter(Q(pk__in=of_card) | Q(pk__in=of_figures) | Q(pk=asked)).annotate(
        in_card=Q(pk__in=of_card), in_figures=Q(pk__in=of_figures)
    )
    found = list(every.select_related("version__story"))
    return Under(
        card=[piece for piece in found if piece.in_card],
        asked=[piece for piece in found if piece.pk == asked and not piece.in_card],
        figures=[piece for piece in found if piece.in_figures],
    )


def down_from(promise: Promise, looking: Looking) -> Thread:
    """From a promise to the moment in one person's life that it answers."""
    ask = promise.ask
    insight_id = promise.insight_id or (ask.insight_id if ask else None)
    insight = INSIGHTS.filter(pk=insight_id).first() if insight_id else None
    release = (ask.release if ask else None) or (insight.release if insight else None)
    under = pieces_under(ask, insight, release)
    pieces = under.moments
    shown = showing.show_each(pieces, viewer=looking.viewer, use=Use.QUOTE, at=looking.at)
    looks, counts = rules.answers_to(
        [(looking.viewer, rules.LOOKING), (rules.PARTNERS, (Use.COUNT,))],
        {piece.version for piece in pieces + under.figures},
        looking.at,
    )
    knots = [promise_knot(promise, looking)]
    if ask:
        knots.append(ask_knot(ask, because=_("because we were asked")))
    if insight:
        card = insight_knot(insight, under.card, shown, because=_("because of"))
        knots += [card] if card else []
    if release and (not pieces or _may_stand_beside(release.pattern, under.figures, counts, looking)):
        knots.append(release_knot(release, because=_("as we saw in")))
    knots += piece_knots(pieces, shown, looks.whole)  # only to what may be opened a line of it leads
    return Thread(knots, [piece for piece in pieces if shown[piece.pk].words is not None])


def insight_knot(
    insight: Insight, pieces: list[Piece], shown: dict[int, showing.Shown], because: str
) -> Knot | None:
    """A card of the iceberg. Made of several pieces, it shows while all their tellers say yes."""
    words = [shown[piece.pk].words for piece in pieces]
    if None in words:
        return None
    return card_knot(insight, insight.words or " ".join(each for each in words if each), because)


def piece_knots(
    pieces: Iterable[Piece], shown: dict[int, showing.Shown], readable: Collection[int]
) -> list[Knot]:
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


def _may_stand_beside(pattern: Pattern, steps: list[Piece], counts: rules.Answer, looking: Looking) -> bool:
    """Figures stand beside a moment while they are tied to their story; else they would still point at it."""
    told = {step.pk for step in steps if counts.holds(step)}
    return pattern.pk in counted.free([pattern], at=looking.at, pieces={pattern.pk: steps}, counted=told)
