"""What a gathering asks, held for a moment: a whole room asks for it a hundred times a second.

A process holds it for two seconds at most, and forgets at once what it changed itself. Whether an answer is
still taken is never asked of this: the verb that takes it asks the rows. Nor is a teller's yes held for a
moment: where a sentence was taken from a story, each page asks. Only the asking lies ready.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from betterstory.conversations.models import GapAsked, Gathering
from betterstory.conversations.quiet import open_to_the_room
from betterstory.places.models import Place
from betterstory.stories.asked_again import AskedAgain

MOMENT = 2.0  # seconds
MOST_HELD = 50

_held: dict[int, "Room"] = {}
_open: dict[int, tuple[float, tuple[Gathering, ...]]] = {}  # by round


class Asked(NamedTuple):
    """A sentence as a phone shows it."""

    pk: int
    number: int
    words: str


@dataclass(frozen=True)
class Room:
    """A gathering, what it asks in its order, and the place it is in."""

    gathering: Gathering
    statements: tuple[Asked, ...]
    place: Place | None
    read_at: float
    of_stories: Mapping[int, int] = field(default_factory=dict)  # by sentence, the piece it was taken from
    still_open: AskedAgain | None = None  # of these pieces, which the room may be told

    def number_of(self, pk: int | None) -> int | None:
        """The number of a sentence that is asked; None of any other."""
        return next((each.number for each in self.statements if each.pk == pk), None)


def gatherings_to_answer() -> QuerySet[Gathering]:
    """Gatherings, each with `has_gaps`: whether people are asked about a gap there."""
    gaps = GapAsked.objects.filter(gathering=OuterRef("pk"))
    return Gathering.objects.select_related("circle").annotate(has_gaps=Exists(gaps))


def what_is_asked(pk: int, *, at: datetime) -> Room:
    """What this gathering asks, read within the last two seconds, without what a teller took back since.

    Raises Gathering.DoesNotExist.
    """
    room = _what_is_held(pk)
    if room.still_open is None:
        return room
    may_say = room.still_open(at)
    still = [each for each in room.statements if room.of_stories.get(each.pk) in (None, *may_say)]
    return replace(room, statements=tuple(still))


def _what_is_held(pk: int) -> Room:
    room = _held.get(pk)
    if room is None or monotonic() - room.read_at > MOMENT:
        room = read_afresh(pk)
        if len(_held) >= MOST_HELD:
            _held.clear()
        _held[pk] = room
    return room


def read_afresh(pk: int) -> Room:
    """What this gathering asks now. Raises Gathering.DoesNotExist."""
    read_at = monotonic()  # before the reading: what changes meanwhile is no older than it says
    gathering = gatherings_to_answer().get(pk=pk)
    rows = list(gathering.statements.asked().values_list("pk", "number", "words", "from_piece"))
    asked = tuple(Asked(*row[:3]) for row in rows)
    of_stories = {pk: piece for pk, _number, _words, piece in rows if piece is not None}
    still_open = open_to_the_room(gathering, of_stories.values()) if of_stories else None
    return Room(gathering, asked, Place.objects.first(), read_at, of_stories, still_open)


def open_in(round_id: int) -> tuple[Gathering, ...]:
    """The gatherings of a round that take answers, the newest first, read within the last two seconds."""
    read_at, found = _open.get(round_id, (0.0, ()))
    if not read_at or monotonic() - read_at > MOMENT:
        read_at = monotonic()
        asking = gatherings_to_answer().filter(round=round_id, voting_open=True)
        found = tuple(asking.order_by("-at"))
        if len(_open) >= MOST_HELD:
            _open.clear()
        _open[round_id] = (read_at, found)
    return found


def forget(pk: int | None = None) -> None:
    """This gathering has changed, or they all have."""
    _open.clear()
    if pk is None:
        _held.clear()
    else:
        _held.pop(pk, None)
