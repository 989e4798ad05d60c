"""What a lesson points to, as whoever looks may see it now."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from betterstory.behind import rules as counted
from betterstory.conversations.models import Insight
from betterstory.learning.models import Points, Wording
from betterstory.promises.because import in_words
from betterstory.promises.models import LATE, Ask, Promise, State
from betterstory.stories import showing
from betterstory.stories.models import Piece, Use, Version
from betterstory.stories.rules import Viewer
from betterstory.stories.showing import Shown
from betterstory.ui.templatetags.ui import day

RELATED = (
    "promise__post__body",
    "ask__of",
    "release__pattern",
    "gathering",
    "act__neighbourhood",
    "card",
)


@dataclass(frozen=True)
class Row:
    """One thing it points to. `quiet`: its teller keeps it to themselves now."""

    icon: str
    kind: str
    words: str
    about: str = ""
    link: str = ""
    said: bool = False
    quiet: bool = False
    of_a_story: bool = False  # rests on somebody's story: never on paper


@dataclass(frozen=True)
class PointedTo:
    """The rows, and of which stories words are shown: their tellers are told who saw them."""

    rows: list[Row]
    versions: set[Version]


def pointed_to(wording: Wording, *, viewer: Viewer, at: datetime, on: date) -> PointedTo:
    """Words of a story come through its teller's yes, each time. At most four queries."""
    found = _read(wording)
    pieces = [found.pieces[pk] for pk in found.shown]
    shown = showing.show_each(pieces, viewer=viewer, use=Use.QUOTE, at=at) if pieces else {}
    tied = _still_tied(found, at) if pieces else None
    rows: list[Row] = []
    for point in found.points:
        row = _row(point, found.of_card, shown, on)
        if row is not None and (point.release is None or tied is None or point.release.pattern_id in tied):
            rows.append(row)
    return PointedTo(_one_quiet(rows), {each.piece.version for each in shown.values() if each.is_shown})


@dataclass(frozen=True)
class _Read:
    """The points, and the pieces of stories behind them: their own, their cards', their patterns'."""

    points: list[Points]
    pieces: dict[int, Piece]
    of_card: dict[int, list[int]]
    of_pattern: dict[int, list[int]]

    @property
    def shown(self) -> list[int]:
        """Those that a row would show: not a pattern's, which are counted and not shown."""
        own = [point.piece_id for point in self.points if point.piece_id]
        return list(dict.fromkeys([*own, *(pk for each in self.of_card.values() for pk in each)]))


def _read(wording: Wording) -> _Read:
    """Two queries, however much it points to; one where no story is behind it."""
    rows = Points.objects.filter(wording=wording).select_related(*RELATED)
    rows = rows.annotate(card_piece=F("card__pieces"), counted_piece=F("release__pattern__pieces"))
    points: dict[int, Points] = {}
    of_card: dict[int, list[int]] = {}
    of_pattern: dict[int, list[int]] = {}
    for row in rows.order_by("pk"):  # once for each piece behind it
        points.setdefault(row.pk, row)
        if row.card_id and row.card_piece:
            of_card.setdefault(row.card_id, []).append(row.card_piece)
        if row.release and row.counted_piece:
            of_pattern.setdefault(row.release.pattern_id, []).append(row.counted_piece)
    own = [row.piece_id for row in points.values() if row.piece_id]
    wanted = {*own, *(pk for each in (*of_card.values(), *of_pattern.values()) for pk in each)}
    pieces = Piece.objects.select_related("version__story__teller").in_bulk(wanted) if wanted else {}
    return _Read(list(points.values()), pieces, of_card, of_pattern)


def _still_tied(found: _Read, at: datetime) -> set[int]:
    """Patterns that may stand beside a moment: as `behind.rules.free` says.

    The numbers stay on their own page; beside the moment they would still point at the story.
    """
    patterns = {point.release.pattern for point in found.points if point.release}
    pieces = {pattern: [found.pieces[pk] for pk in own] for pattern, own in found.of_pattern.items()}
    return counted.free(patterns, at=at, pieces=pieces)


def _row(point: Points, of_card: dict[int, list[int]], shown: dict[int, Shown], on: date) -> Row | None:
    if point.promise:
        return promise_row(point.promise, on)
    if point.ask:
        return ask_row(point.ask)
    if point.release:
        about = _("Release %(number)s. It cannot see: %(cannot)s") % {
            "number": point.release.number,
            "cannot": point.release.cannot_see,
        }
        link = reverse("behind:release", args=[point.release.pk])
        return Row("dots", _("How many"), in_words(point.release), about, link)
    if point.card:
        return _card_row(point.card, [shown[pk] for pk in of_card.get(point.card.pk, [])])
    if point.piece_id:
        return _moment_row(shown[point.piece_id])
    return _gathered_or_done(point, on)


def promise_row(promise: Promise, on: date) -> Row:
    """The promise, in one plain ink; never who holds the post."""
    mark = promise.mark(on)
    about = _("%(who)s, to %(whom)s: %(state)s.") % {
        "who": promise.who,
        "whom": promise.to_words,
        "state": _("late") if mark == LATE else State(promise.state).label,
    }
    link = reverse("promises:promise", args=[promise.pk])
    return Row("checklist", _("A promise"), promise.words, about, link, said=True)


def ask_row(ask: Ask) -> Row:
    about = _("%(who)s asked %(body)s.") % {"who": ask.asked_by_words, "body": ask.whom}
    return Row("speech", _("An ask"), ask.words, about, reverse("promises:ask", args=[ask.pk]), said=True)


def _card_row(card: Insight, pieces: list[Shown]) -> Row | None:
    """A card made from moments is as quiet as the quietest of them."""
    if not all(each.is_shown for each in pieces):
        return _quiet_of(pieces)
    words = card.words or " ".join(each.words or "" for each in pieces)
    link = reverse("conversations:iceberg", args=[card.round_id])
    about = _("Card %(number)s, “%(level)s”.") % {"number": card.number, "level": card.get_level_display()}
    return Row("iceberg", _("What lies beneath"), words, about, link, of_a_story=bool(pieces))


def _moment_row(shown: Shown) -> Row | None:
    if shown.piece.version.story.destroyed_at:
        return None
    if not shown.is_shown:
        return _quiet_of([shown])
    about = _("%(name)s’s words. They may be taken back at any time; the lesson still stands.") % {
        "name": shown.name or _("Somebody")
    }
    icon = {Piece.Kind.GAP: "gap", Piece.Kind.WISH: "dog"}.get(Piece.Kind(shown.piece.kind), "step")
    return Row(icon, _("A moment"), str(shown.words), about, said=True, of_a_story=True)


def _gathered_or_done(point: Points, on: date) -> Row | None:
    if point.gathering:
        about = f"{day(point.gathering.at, on)}, {point.gathering.where}"
        link = reverse("conversations:gathering", args=[point.gathering.pk])
        return Row("hall", _("A gathering"), point.gathering.title, about, link)
    if point.act:
        link = reverse("immersion:useful", args=[point.act.neighbourhood.slug])
        return Row(
            "cup",
            _("A small useful act"),
            point.act.what,
            f"{point.act.where}, {day(point.act.on, on)}",
            link,
        )
    return None


def _quiet_of(pieces: list[Shown]) -> Row | None:
    """That something was here; nothing at all where its teller lets no mark stay."""
    if not all(each.is_shown or each.leaves_a_mark for each in pieces):
        return None
    words = _("A piece of a story stands here. It is its teller’s to show, and now it is quiet.")
    return Row("step", _("A moment"), words, quiet=True, of_a_story=True)


def _one_quiet(rows: list[Row]) -> list[Row]:
    """What is not shown is one quiet row, however much it is, and the last: its place says nothing."""
    quiet = [row for row in rows if row.quiet]
    return [row for row in rows if not row.quiet] + quiet[:1]
