"""Who may ask records about a story, and whether the teller still lets them be tied together."""

from collections.abc import Iterable
from datetime import datetime

from rules import predicate

from betterstory.behind.models import Pattern
from betterstory.people.models import Person, Role
from betterstory.places.models import Place
from betterstory.stories.models import Use
from betterstory.stories.rules import PARTNERS, may_each

MAKERS = (Role.ORGANISER, Role.ANALYST, Role.STEWARD)
KEEPERS = (Role.ANALYST, Role.STEWARD)
ESTIMATORS = (Role.ORGANISER, Role.ANALYST)
READERS = (Role.ORGANISER, Role.PARTNER, Role.ANALYST, Role.STEWARD)


@predicate
def may_make(person: Person) -> bool:
    """Make a pattern: an organiser, an analyst or a steward."""
    return person.plays(*MAKERS)


@predicate
def may_keep(person: Person) -> bool:
    """Bring a log, count in it, throw it away: an analyst or a steward. Nobody else comes near one."""
    return person.plays(*KEEPERS)


@predicate
def may_estimate(person: Person) -> bool:
    """Write down a figure from elsewhere: an organiser or an analyst."""
    return person.plays(*ESTIMATORS)


def keeps_a_log(place: Place | None) -> bool:
    """A steward switched it on, and somebody named answers for it."""
    return place is not None and place.keeps_a_log and bool(place.log_controller.strip())


def is_tied(pattern: Pattern, *, at: datetime) -> bool:
    """Whether a pattern may be said to come from its story, and be asked again. Of no story: it may not."""
    return pattern.pk in tied([pattern], at=at)


def is_free(pattern: Pattern, *, at: datetime) -> bool:
    """Whether a pattern may be asked of records now: it came from no story, or its teller still says yes."""
    return not pattern.from_a_story or is_tied(pattern, at=at)


def tied(patterns: Iterable[Pattern], *, at: datetime) -> set[int]:
    """Of these patterns, the ids of those whose tellers still say yes to counting every step they are about.

    Fetch patterns with `with_pieces()`: then one query does for all of them.
    """
    pieces = {pattern.pk: list(pattern.pieces.all()) for pattern in patterns if pattern.from_a_story}
    asked = [piece for each in pieces.values() for piece in each]
    given = may_each(PARTNERS, Use.COUNT, asked, at) if asked else set()
    return {pk for pk, own in pieces.items() if own and all(piece.pk in given for piece in own)}
