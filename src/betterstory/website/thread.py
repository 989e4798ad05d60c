"""The thread: from any promise down to the moment it answers, and from a story up to what it changed.

Reading only, over every folder. Words of a story are asked for each time they are shown.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from betterstory.behind import rules as counted
from betterstory.behind.models import Pattern, Release
from betterstory.conversations.models import Insight
from betterstory.people.models import Person
from betterstory.promises.models import Ask, Promise, State, what_came_of
from betterstory.stories import rules, showing
from betterstory.stories.models import Piece, Story, Use, Version
from betterstory.stories.rules import Viewer
from betterstory.website.learned import Elsewhere, elsewhere, pointing_to_story


@dataclass(frozen=True)
class Knot:
    """One knot of the thread, as a page draws it."""

    icon: str
    kind: str
    words: str
    because: str = ""  # what ties it to the knot above
    said: bool = False
    about: str = ""
    link: str = ""
    link_words: str = ""
    quiet: bool = False
    leads_on: str = ""  # what ties it to the knot below


@dataclass(frozen=True)
class Thread:
    """The knots, and the pieces whose words are shown in them."""

    knots: list[Knot]
    seen: list[Piece]


def tie(knots: list[Knot]) -> list[Knot]:
    """The knots, each with the words that lead on to the one below it."""
    below = [knot.because for knot in knots[1:]] + [""]
    return [replace(knot, leads_on=words) for knot, words in zip(knots, below, strict=bool(knots))]


@dataclass(frozen=True)
class Looking:
    """Who looks, and when."""

    viewer: Viewer
    at: datetime
    on: date

    @property
    def person(self) -> Person | None:
        """Who looks, where it is somebody who came in."""
        return self.viewer if isinstance(self.viewer, Person) else None


PIECES = Prefetch("pieces", queryset=Piece.objects.select_related("version__story"))
INSIGHTS = Insight.objects.select_related("release__pattern", "owner").prefetch_related(PIECES)


def promise_knot(promise: Promise, looking: Looking, because: str = "") -> Knot:
    """The promise, as it stands on the wall."""
    late = promise.is_late(on=looking.on)
    state = _("late") if late else State(promise.state).label
    about = _("%(who)s, to %(whom)s. By %(when)s: %(state)s.") % {
        "who": promise.who,
        "whom": promise.to_words,
        "when": _day(promise.due_on),
        "state": state,
    }
    return Knot(
        icon="checklist",
        kind=_("A promise"),
        words=promise.words,
        said=True,
        about=about,
        because=because,
        link=f"/promises/{promise.pk}/",
        link_words=_("See it on the wall"),
    )


def ask_knot(ask: Ask, because: str = "") -> Knot:
    """What was asked."""
    about = _("%(who)s asked %(body)s on %(when)s.") % {
        "who": capfirst(ask.asked_by_words),
        "body": ask.whom,
        "when": _day(ask.asked_on),
    }
    return Knot(
        icon="speech",
        kind=_("An ask"),
        words=ask.words,
        said=True,
        about=about,
        because=because,
        link=f"/promises/asks/{ask.pk}/",
        link_words=_("See what was answered"),
    )


def insight_knot(insight: Insight, shown: dict[int, showing.Shown], because: str = "") -> Knot | None:
    """A card of the iceberg. Made of several pieces, it shows while all their tellers say yes."""
    pieces = [shown.get(piece.pk) for piece in insight.pieces.all()]
    if any(piece is None or piece.words is None for piece in pieces):
        return None
    return card_knot(
        insight, insight.words or " ".join(piece.words or "" for piece in pieces if piece), because
    )


def card_knot(insight: Insight, words: str, because: str) -> Knot:
    """A card that may be shown."""
    about = _("Card %(number)s, “%(level)s”.") % {
        "number": insight.number,
        "level": insight.get_level_display(),
    }
    if insight.owner:
        about += " " + _("%(body)s could change it.") % {"body": insight.owner.name}
    return Knot(
        icon="iceberg",
        kind=_("What lies beneath"),
        words=words,
        about=about,
        because=because,
        link=f"/conversations/rounds/{insight.round_id}/iceberg/",
        link_words=_("See the iceberg"),
    )


def release_knot(release: Release, because: str = "") -> Knot:
    """How many: the figures as they were released."""
    return Knot(
        icon="dots",
        kind=_("How many"),
        words=headline(release),
        about=_("Release %(number)s. %(source)s") % {"number": release.number, "source": release.source},
        because=because,
        link=f"/behind/releases/{release.pk}/",
        link_words=_("How do we know?"),
    )


def headline(release: Release) -> str:
    """The one sentence of a release, from its protected figures."""
    return str(release.figures.get("headline", "")) or _("Figures were released.")


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


def _may_stand_beside(pattern: Pattern, looking: Looking) -> bool:
    """Figures stand beside a moment while they are tied to their story; else they would still point at it."""
    own = pattern.pieces.select_related("version__story") if pattern.from_a_story else ()
    return pattern.pk in counted.free([pattern], at=looking.at, pieces={pattern.pk: own})


def up_from(version: Version, looking: Looking) -> list[Knot]:
    """From a story to what it changed: its count, what lies beneath, asks and promises.

    A card shows where each piece it rests on may be quoted, of whichever version it is; those in the teller's
    words alone are the story itself.
    """
    came = what_came_of(version)
    knots = [release_knot(each, because=_("which many went through")) for each in counts_of(version, looking)]
    cards = cards_of(version.story_id, looking)
    knots += [card_knot(each, each.words, because=_("and looked beneath")) for each in cards]
    knots += [ask_knot(ask, because=_("so it was asked")) for ask in came.asks]
    knots += [promise_knot(each, looking, because=_("and promised")) for each in came.promises]
    learned = elsewhere(pointing_to_story(version.story_id, came.asks, came.promises), looking.person)
    return knots + [knot for each in learned for knot in learned_knots(each)]


def begin_with(title: str, story: Story, knots: list[Knot]) -> list[Knot]:
    """The story itself, where something came of it: a thread begins with a person."""
    link = f"/stories/{story.uuid}/"
    first = Knot("book", _("A story"), title, link=link, link_words=_("Read the story"))
    return [first, *knots] if knots else []


def other_end(knots: list[Knot]) -> str:
    """Where the same thread is walked from a promise down; empty where nothing is promised yet."""
    promised = (knot.link for knot in knots if re.fullmatch(r"/promises/\d+/", knot.link))
    return next((f"/thread{link.replace('promises', 'promise')}" for link in promised), "")


def learned_knots(learned: Elsewhere) -> list[Knot]:
    """A lesson, and what each neighbourhood that took it up said of it."""
    lesson = learned.lesson
    link = f"/learning/lessons/{lesson.pk}/"
    about = _("A lesson from %(where)s.") % {"where": lesson.round}
    words = getattr(lesson, "now", "")
    first = Knot("seedling", _("A lesson"), words, _("and learned"), False, about, link, _("Read the lesson"))
    return [first] + [
        Knot(
            icon="house-lit",
            kind=_("Learned elsewhere"),
            words=f"{said.trial.round}: {said.get_standing_display()}.",
            because=_("carried on to"),
            about=said.changed or said.reason,
            link=link,
            link_words=_("What came of it there"),
        )
        for said in learned.taken_up
    ]


def cards_of(story: int, looking: Looking) -> list[Insight]:
    """Cards in somebody's own words that rest on this story and on no other, where every piece they rest on
    may be quoted to this viewer. Two queries."""
    others = Piece.objects.exclude(version__story=story)
    resting = Insight.objects.kept().filter(pieces__version__story=story).exclude(words="")
    of_it = resting.exclude(pieces__in=others).values("pk")
    ties = Insight.pieces.through.objects.filter(insight__in=of_it).order_by(
        "insight__round", "insight__number"
    )
    rows = list(ties.select_related("insight__owner", "piece__version__story"))
    allowed = rules.may_each(looking.viewer, Use.QUOTE, [row.piece for row in rows], looking.at)
    quiet = {row.insight_id for row in rows if row.piece_id not in allowed}
    return list({row.insight_id: row.insight for row in rows if row.insight_id not in quiet}.values())


def counts_of(version: Version, looking: Looking) -> Iterable[Release]:
    """The figures tied to a story: their link ends with the yes to counting; they stay where they are."""
    releases = list(Release.objects.about(version).with_pattern().order_by("number"))
    tied = counted.tied([each.pattern for each in releases], at=looking.at)
    return [each for each in releases if each.pattern_id in tied]


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
