"""The doors of a story, drawn before its words.

Its teller sees one for each kind of audience, open or shut. A reader sees those that are open to them, and no
other: whom else the teller lets in is not theirs to know.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from betterstory.people.models import Person
from betterstory.stories import acting, rules
from betterstory.stories.doors import helpers_of
from betterstory.stories.models import Audience, Use, Version
from betterstory.stories.rules import Yes

MOST = 6  # circles drawn with a door each
KINDS = (Audience.PARTNERSHIP, Audience.NEIGHBOURHOODS, Audience.PUBLIC)


@dataclass(frozen=True)
class Door:
    """Whom it is for, whether it is open, and until when; or why not."""

    words: str
    open: bool
    until: str = ""


@dataclass(frozen=True)
class Doors:
    """Those to draw, and how many more there are of the same."""

    drawn: Sequence[Door]
    more: int = 0


def doors_to(yeses: Iterable[Yes], *, on: date) -> Doors:
    """Of a reader: the doors open to them, by which they may read it or see the picture."""
    by_door = _by_door(yes for yes in yeses if yes.use in rules.LOOKING)
    ways = [_widest(behind) for behind in by_door.values()]
    ways.sort(key=lambda yes: (_wide(yes), yes.last_day), reverse=True)
    drawn = [Door(_whose(yes), open=True, until=_until(yes, on)) for yes in ways[:MOST]]
    return Doors(drawn, len(ways) - len(drawn))


def doors_of(version: Version, *, teller: Person, at: datetime) -> Doors:
    """Of its teller: themself, who writes with them, each circle it is or will be open to, everybody else."""
    story, on = version.story, localtime(at).date()
    if not acting.may_open(teller, story):
        return Doors([])
    by_door = _by_door(rules.yeses_standing(teller, story, at))
    two = story.second_teller_id is not None
    doors = [Door(_("the two of you") if two else _("just you"), open=True, until=_("always"))]
    if names := ", ".join(helpers_of(story)):
        writing = _("to write it with you: %(names)s") % {"names": names}
        said = by_door.pop((Audience.CIRCLE, story.helpers_id), [])
        if version.agreed_at is None and not story.is_quiet:
            doors.append(Door(writing, open=True, until=_("until you agree to it")))
        else:
            doors.append(_door(writing, said, version, on))
    circles = [behind for (audience, _pk), behind in by_door.items() if audience == Audience.CIRCLE]
    circles.sort(key=lambda behind: (_widest(behind).is_open, _widest(behind).last_day), reverse=True)
    doors += [_door(_whose(behind[0]), behind, version, on) for behind in circles[:MOST]]
    others = _("every other circle") if circles else _("any circle or gathering")
    if len(circles) <= MOST:
        doors.append(Door(others, open=False))
    doors += [_door(str(kind.label), by_door.get((kind, None), []), version, on) for kind in KINDS]
    return Doors(doors, max(0, len(circles) - MOST))


type Behind = dict[tuple[Audience, int | None], list[Yes]]


def _by_door(yeses: Iterable[Yes]) -> Behind:
    behind: Behind = {}
    for yes in yeses:
        behind.setdefault((yes.audience, yes.circle), []).append(yes)
    return behind


def _wide(yes: Yes) -> int:
    """How much of it a yes lets somebody see: all of it, the picture, or something else."""
    if not yes.is_whole:
        return 0
    return 2 if yes.use == Use.READ else int(yes.use in rules.LOOKING)


def _widest(behind: Iterable[Yes]) -> Yes:
    """What stands open comes first; of that the widest, and the last to shut."""
    return max(behind, key=lambda yes: (yes.is_open, _wide(yes), yes.last_day))


def _door(words: str, behind: Sequence[Yes], version: Version, on: date) -> Door:
    """One door as its teller sees it, with all the yeses that are for it."""
    if not behind:
        return Door(words, open=False)
    yes = _widest(behind)
    if not yes.is_open:
        return Door(words, open=False, until=_why_shut(yes, version, on))
    until = _until(yes, on)
    if yes.number != version.number:
        until = _("version %(number)s, %(until)s") % {"number": yes.number, "until": until}
    return Door(words, open=True, until=until)


def _why_shut(yes: Yes, version: Version, on: date) -> str:
    if version.story.is_quiet:
        return _("shut for now")
    if yes.opens_on:
        return _("shut until %(day)s") % {"day": _day(yes.opens_on, on)}
    return _("shut: it waits for a second yes")


def _until(yes: Yes, on: date) -> str:
    day = {"day": _day(yes.last_day, on)}
    match _wide(yes):
        case 2:
            return _("until %(day)s") % day
        case 1:
            return _("the picture, until %(day)s") % day
    return _("some of it, until %(day)s") % day


def _whose(yes: Yes) -> str:
    if yes.audience == Audience.CIRCLE:
        return yes.called or _("who helps to write it down")
    return str(yes.audience.label)


def _day(day: date, on: date) -> str:
    """ "13 August"; with its year where that is another."""
    return date_format(day, "j F" if day.year == on.year else "j F Y")
