"""Reading the rows a page is about, and the pieces of stories it may offer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from betterstory.conversations.models import Gathering, RunSheet, Statement
from betterstory.conversations.quiet import as_seen, who_looks
from betterstory.people.models import Circle, Person
from betterstory.places.models import Round
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import Viewer, may_each
from betterstory.stories.showing import Shown, show_each


def find_gathering(pk: int) -> Gathering:
    """A gathering with its round, neighbourhood and circle. Raises Http404."""
    gatherings = Gathering.objects.select_related("round__neighbourhood", "circle")
    return get_object_or_404(gatherings, pk=pk)


def find_sheet(pk: int) -> RunSheet:
    """The run sheet of a gathering, with all that goes with one and its teller's word. Raises Http404."""
    sheets = RunSheet.objects.with_the_word().select_related(
        "story", "turn", "poolside__circle", "gathering__round__neighbourhood", "gathering__circle"
    )
    return get_object_or_404(sheets, gathering=pk)


def find_round(pk: int) -> Round:
    """A round with its neighbourhood. Raises Http404."""
    return get_object_or_404(Round.objects.select_related("neighbourhood"), pk=pk)


def room_of(round_: Round, person: Person, asked: str | None) -> Circle | None:
    """The circle a print of this round is made for: the room asked for, or the person's last one in it."""
    rooms = Gathering.objects.filter(round=round_, circle__in=person.circle_ids).select_related("circle")
    if asked:
        if not asked.isdecimal():
            raise Http404
        return get_object_or_404(rooms, pk=int(asked)).circle
    last = rooms.order_by("-at").first()
    return last.circle if last else None


def pieces_to_offer(round_: Round, *, viewer: Viewer, at: datetime) -> dict[int, Shown]:
    """Pieces of the neighbourhood's stories that this viewer may see quoted now, by id."""
    pieces = (
        Piece.objects.filter(version__story__neighbourhood=round_.neighbourhood_id)
        .exclude(version__agreed_at=None)
        .select_related("version__story")
    )
    shown = show_each(pieces, viewer=viewer, use=Use.QUOTE, at=at)
    return {pk: piece for pk, piece in shown.items() if piece.is_shown}


def pieces_for_room(gathering: Gathering, *, reader: Person, at: datetime) -> dict[int, Shown]:
    """Those that the room may see quoted, and whoever offers them to it too."""
    offered = pieces_to_offer(gathering.round, viewer=gathering.circle, at=at)
    if who_looks(reader, gathering) == reader:
        own = may_each(reader, Use.QUOTE, [each.piece for each in offered.values()], at)
        return {pk: each for pk, each in offered.items() if pk in own}
    return offered


@dataclass(frozen=True)
class Asked:
    """A sentence, and where it comes from: `link` to the story where the viewer may see its piece now."""

    statement: Statement
    link: str = ""


def with_origins(statements: Sequence[Statement], *, viewer: Viewer, at: datetime) -> list[Asked]:
    """Each sentence with its piece of a story, as this viewer may see it; without those of which nothing is
    said. Fetch sentences with `from_pieces()`.
    """
    return [Asked(each, link=_story_of(each)) for each in as_seen(statements, viewer=viewer, at=at)]


def _story_of(statement: Statement) -> str:
    piece = statement.from_piece if statement.may_be_said else None
    return reverse("stories:story", args=[piece.version.story.uuid]) if piece else ""


def labels(shown: dict[int, Shown]) -> dict[int, str]:
    """How a chooser names each piece: the teller's words, shortened."""
    return {pk: _short(piece.words or "") for pk, piece in shown.items()}


def _short(words: str) -> str:
    words = " ".join(words.split())
    return f"“{words}”" if len(words) <= 140 else f"“{words[:138].rstrip()}…”"
