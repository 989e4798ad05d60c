"""Whose turn it is on a level: the iceberg begins with the teller, who speaks first and last on each level.

It binds what comes to stand. What somebody suggests waits anyway, and may be suggested at any time. Where no
story was told that a room of the round may hear quoted now, there is no teller to wait for.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Gathering, Insight, Level, RunSheet, TellersWord
from betterstory.places.models import Round
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import may_each
from betterstory.ui.refusal import Refusal

Place = TellersWord.Place


class BeginWithTheTeller(Refusal):
    """A story was told, and nothing on the iceberg stands in its teller's words yet."""

    code, status = "begin-with-the-teller", 422
    words = _(
        "Begin with a moment in the teller’s own words. Choose a line of the story under"
        " “What happened”, and write nothing beside it."
    )


class TheTellerIsFirst(Refusal):
    """On this level the teller did not speak yet."""

    code, status = "the-teller-is-first", 422
    words = _(
        "The teller speaks first on this level, and did not yet. Ask them: they can say it, let somebody"
        " read, hand it over or pass. Note that first, then add the card."
    )


class TheTellerWasLast(Refusal):
    """On this level the teller had the last word."""

    code, status = "the-teller-was-last", 422
    words = _(
        "The teller had the last word on this level. If something is still missing, ask them:"
        " their last word can be taken back, and said again afterwards."
    )


class FirstWordFirst(Refusal):
    """A last word on a level where the teller did not speak first."""

    code, status = "first-word-first", 422
    words = _("The first word on this level is still to come. Note that one first, even if they pass.")


def check_turn(
    round_: Round, level: Level, *, words: str = "", pieces: Sequence[Piece] = (), at: datetime
) -> None:
    """Whether a card may come to stand on a level now.

    Raises BeginWithTheTeller, TheTellerIsFirst or TheTellerWasLast.
    """
    if refused := whose_turn(round_, level, words=words, pieces=pieces, at=at):
        raise refused


def whose_turn(
    round_: Round, level: Level, *, words: str = "", pieces: Sequence[Piece] = (), at: datetime
) -> Refusal | None:
    """Why a card has to wait on this level; None where it need not."""
    opened = _open_to_a_room(round_, _moments(round_), at)
    begins = level == Level.EVENT and bool(pieces) and not words.strip()
    if not opened:
        return BeginWithTheTeller() if not begins and _open_to_a_room(round_, _told(round_), at) else None
    spoken = set(
        TellersWord.objects.filter(round=round_, level=level, story__in=opened).values_list("story", "place")
    )
    if level != Level.EVENT and any((story, Place.FIRST) not in spoken for story in opened):
        return TheTellerIsFirst()
    if any((story, Place.LAST) in spoken for story in opened):
        return TheTellerWasLast()
    return None


def check_last(round_: Round, level: Level, story: int) -> None:
    """A last word comes after a first. What happened begins in the teller's words itself.

    Raises FirstWordFirst.
    """
    if level == Level.EVENT and _moments(round_).filter(version__story=story).exists():
        return
    firsts = TellersWord.objects.filter(round=round_, level=level, place=Place.FIRST, story=story)
    if not firsts.exists():
        raise FirstWordFirst


def _moments(round_: Round) -> QuerySet[Piece]:
    """Pieces that stand on the tip for themselves, in their teller's words."""
    cards = Insight.objects.kept().filter(round=round_, level=Level.EVENT, words="")
    on_cards = Insight.pieces.through.objects.filter(insight__in=cards.values("pk"))
    return _fetched().filter(pk__in=on_cards.values("piece"))


def _told(round_: Round) -> QuerySet[Piece]:
    """Pieces of the stories that were told in rooms of the round, and not stopped there."""
    sheets = RunSheet.objects.filter(gathering__round=round_, stopped_at=None)
    return _fetched().filter(version__story__in=sheets.exclude(story=None).values("story"))


def _fetched() -> QuerySet[Piece]:
    return Piece.objects.select_related("version__story")


def _open_to_a_room(round_: Round, pieces: Iterable[Piece], at: datetime) -> set[int]:
    """The stories of those pieces that a room of the round may hear quoted now."""
    pieces = list(pieces)
    if not pieces:
        return set()
    opened: set[int] = set()
    for room in Gathering.objects.filter(round=round_).select_related("circle").order_by("-at"):
        asked = [piece for piece in pieces if piece.version.story_id not in opened]
        seen = may_each(room.circle, Use.QUOTE, asked, at) if asked else set()
        opened |= {piece.version.story_id for piece in asked if piece.pk in seen}
    return opened
