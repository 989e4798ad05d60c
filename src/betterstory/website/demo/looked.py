"""Who looked at Robin's story, and when: each through the one door, and written down; and what Robin was told since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from betterstory.people.models import Circle, Person
from betterstory.stories import consenting, owing, showing
from betterstory.stories.models import Piece, Use, Version
from betterstory.stories.viewers import ANYONE, Viewer

if TYPE_CHECKING:
    from betterstory.conversations.models import Gathering
    from betterstory.website.demo.town import Town


@dataclass(frozen=True)
class Look:
    """So many days ago somebody of the cast, the room of a gathering, or anyone at all looked."""

    ago: int
    who: str
    use: Use = Use.READ
    hour: int = 11


ANY = "anyone"
LOOKS = (
    Look(37, "organiser"),
    Look(36, "neighbour"),
    Look(35, "service"),
    Look(35, "kettle"),
    Look(33, "sense", Use.QUOTE, 18),
    Look(30, "council", Use.PICTURE),
    Look(26, "planning", Use.QUOTE, 18),
    Look(21, "service"),
    Look(21, "service", Use.PICTURE),
    Look(12, ANY, Use.QUOTE),
    Look(4, "organiser", Use.PICTURE),
    Look(2, "neighbour"),
)
# of which room, for which use, how many days ago Nasreen told Robin, and her words
TOLD = (
    (
        "sense",
        Use.QUOTE,
        32,
        "Your bad day is the first card. Below it stands: miss one visit, and wait again.",
    ),
    (
        "planning",
        Use.QUOTE,
        25,
        "The room asked Helen to keep your place in the queue. She said yes, out loud.",
    ),
)


def look(town: Town, called: dict[str, Gathering]) -> None:
    """Each opens it as they may on that day; what the door does not open is no part of the demo."""
    version = Version.objects.select_related("story__teller", "story__second_teller").get(pk=town.version.pk)
    line = Piece.objects.select_related("version__story").get(pk=town.step[4].pk)
    for each in LOOKS:
        viewer = _viewer(town, called, each.who)
        at = town.ago(each.ago, hour=each.hour)
        if each.use == Use.QUOTE:
            opened = showing.show_each([line], viewer=viewer, use=each.use, at=at)[line.pk].is_shown
        else:
            opened = showing.show_whole(version, viewer=viewer, use=each.use, at=at) is not None
        if not opened:
            raise LookupError(f"{each.who} may not {each.use} it {each.ago} days ago")
        consenting.note_seen(
            version,
            use=each.use,
            on=localtime(at).date(),
            person=viewer if isinstance(viewer, Person) else None,
            circle=viewer if isinstance(viewer, Circle) else None,
        )


def tell(town: Town, called: dict[str, Gathering]) -> None:
    """Nasreen tells Robin what came of two of them; of the others it is still owed."""
    for which, use, ago, words in TOLD:
        at, circle = town.ago(ago), called[which].circle
        (yes,) = (
            each
            for each in owing.owed(at=at)
            if (each.version_id, each.use, each.circle) == (town.version.pk, use, circle)
        )
        owing.tell(yes, by=town.person["organiser"], words=words, at=at)


def _viewer(town: Town, called: dict[str, Gathering], who: str) -> Viewer:
    if who == ANY:
        return ANYONE
    return called[who].circle if who in called else town.person[who]
