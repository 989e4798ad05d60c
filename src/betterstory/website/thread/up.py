"""The thread upward: from a story to what it changed."""

import re
from dataclasses import dataclass, field

from django.db.models import F, FilteredRelation
from django.utils.translation import gettext as _

from betterstory.behind import rules as counted
from betterstory.behind.models import Release
from betterstory.conversations.models import Insight
from betterstory.promises.models import what_came_of
from betterstory.stories import rules, showing
from betterstory.stories.models import Piece, Story, Use, Version
from betterstory.website.learned import Elsewhere, elsewhere, pointing_to_story
from betterstory.website.thread.knots import Knot, Looking, ask_knot, card_knot, promise_knot, release_knot


@dataclass(frozen=True)
class Figures:
    """A release, and the steps its pattern is about, of whichever story."""

    release: Release
    steps: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Beginning:
    """A story as a thread leads up from it: by its newest agreed version, with the figures about it, and what
    is open now to be quoted to whoever looks, and to be counted."""

    title: str
    version: Version
    figures: list[Figures]
    quoted: rules.Answer
    counted: rules.Answer


def beginning_of(versions: list[Version], looking: Looking) -> Beginning | None:
    """Of all versions of a story, the oldest first; None where this viewer may not see it. Two queries.

    Figures may be about a step of another story too: its teller is asked in the same breath.
    """
    agreed = [version for version in versions if version.agreed_at is not None]
    version = (agreed or versions)[-1]
    figures = figures_about(version)
    told = [step.version for each in figures for step in each.steps]
    others = {each.pk: each for each in told if each.story_id != version.story_id}
    title, open_to = showing.title_and_more(
        versions,
        viewer=looking.viewer,
        at=looking.at,
        also=[(looking.viewer, (Use.QUOTE,)), (rules.PARTNERS, (Use.COUNT,))],
        beside=others.values(),
    )
    return None if title is None else Beginning(title, version, figures, *open_to)


def up_from(begun: Beginning, looking: Looking) -> list[Knot]:
    """From a story to what it changed: its count, what lies beneath, asks and promises.

    A card shows where each piece it rests on may be quoted, of whichever version it is; those in the teller's
    words alone are the story itself.
    """
    version = begun.version
    came = what_came_of(version)
    knots = [release_knot(each, because=_("which many went through")) for each in counts_of(begun, looking)]
    knots += [card_knot(each, each.words, because=_("and looked beneath")) for each in cards_of(begun)]
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


def cards_of(begun: Beginning) -> list[Insight]:
    """Cards in somebody's own words that rest on this story and on no other, where every piece they rest on
    may be quoted to whoever looks. One query."""
    story = begun.version.story_id
    others = Piece.objects.exclude(version__story=story)
    resting = Insight.objects.kept().filter(pieces__version__story=story).exclude(words="")
    of_it = resting.exclude(pieces__in=others).values("pk")
    ties = Insight.pieces.through.objects.filter(insight__in=of_it).order_by(
        "insight__round", "insight__number"
    )
    rows = list(ties.select_related("insight__owner", "piece"))
    quiet = {row.insight_id for row in rows if not begun.quoted.holds(row.piece)}
    return list({row.insight_id: row.insight for row in rows if row.insight_id not in quiet}.values())


def figures_about(version: Version) -> list[Figures]:
    """The figures of patterns made from this story, each with the steps they are about. One query, with a row
    for each step of a pattern."""
    steps = FilteredRelation("pattern__pieces")
    about = Release.objects.about(version).annotate(step=steps, step_id=F("step__pk"))
    found: dict[int, Figures] = {}
    whole = about.order_by("number", "step_id").select_related(
        "pattern",
        "step__version__story",  # type: ignore[misc]  # the plugin of mypy knows no filtered relation
    )
    for row in whole:
        figures = found.setdefault(row.pk, Figures(row))
        read = vars(row)
        if read["step_id"] is not None:
            figures.steps.append(read["step"])
    return list(found.values())


def counts_of(begun: Beginning, looking: Looking) -> list[Release]:
    """The figures tied to a story: their link ends with the yes to counting; they stay where they are."""
    pieces = {each.release.pattern_id: each.steps for each in begun.figures}
    steps = [step for of_one in pieces.values() for step in of_one]
    tied = counted.tied(
        [each.release.pattern for each in begun.figures],
        at=looking.at,
        pieces=pieces,
        counted={step.pk for step in steps if begun.counted.holds(step)},
    )
    return [each.release for each in begun.figures if each.release.pattern_id in tied]


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
