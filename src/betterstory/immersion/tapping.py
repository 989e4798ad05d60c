"""Two taps from a phone: what it was, then where or with whom. The day, the hours and who are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from betterstory.immersion import rules, unmet, verbs
from betterstory.immersion.models import Act, Group, Hours, Street
from betterstory.people.models import Person, Ring
from betterstory.places.models import Neighbourhood
from betterstory.ui.refusal import Refusal

COMMON = (
    _("Had a cup of tea together"),
    _("Carried something heavy"),
    _("Gave somebody a lift"),
    _("Mended something"),
    _("Tidied up"),
    _("Helped with a letter or a form"),
    _("Lent a hand at a group"),
)
USUAL, COMMONLY, STREET, GROUP = "u", "c", "s", "g"


class NothingOfTheKind(Refusal):
    """A tap on something that is not there any more."""

    code, status = "nothing-of-the-kind", 422
    words = _("That is not there any more. Choose again.")


@dataclass(frozen=True)
class Choice:
    """Something to tap on."""

    key: str
    words: str


def hours_of(at: datetime) -> Hours:
    """The part of the day it is now, where we are."""
    hour = timezone.localtime(at).hour
    if 5 <= hour < 12:
        return Hours.MORNING
    if 12 <= hour < 17:
        return Hours.AFTERNOON
    return Hours.EVENING if 17 <= hour < 22 else Hours.NIGHT


def what_to_tap(person: Person, neighbourhood: Neighbourhood) -> list[Choice]:
    """What this person does of late, then what many do."""
    usual = {act.what: f"{USUAL}{act.pk}" for act in reversed(Act.objects.usual_for(person, neighbourhood))}
    common = {str(words): f"{COMMONLY}{number}" for number, words in enumerate(COMMON)}
    own = [Choice(key, words) for words, key in reversed(usual.items())]
    return own + [Choice(key, words) for words, key in common.items() if words not in usual]


def where_to_tap(neighbourhood: Neighbourhood) -> tuple[list[Choice], list[Choice]]:
    """The streets and the groups that we look out for."""
    streets = Street.objects.filter(neighbourhood=neighbourhood)
    groups = Group.objects.filter(neighbourhood=neighbourhood)
    return (
        [Choice(f"{STREET}{each.pk}", each.name) for each in streets],
        [Choice(f"{GROUP}{each.pk}", each.name) for each in groups],
    )


def words_of(what: str, neighbourhood: Neighbourhood) -> str:
    """What was tapped first, in words. Raises NothingOfTheKind."""
    kind, number = what[:1], what[1:]
    if number.isascii() and number.isdigit() and len(number) < 12:
        if kind == COMMONLY and int(number) < len(COMMON):
            return str(COMMON[int(number)])
        act = (
            Act.objects.filter(neighbourhood=neighbourhood, pk=int(number)).first() if kind == USUAL else None
        )
        if act is not None:
            return act.what
    raise NothingOfTheKind


def note(neighbourhood: Neighbourhood, *, what: str, there: str, by: Person, at: datetime) -> Act:
    """Both taps: it is written down as done now, by oneself where one is one of us.

    Raises NothingOfTheKind, or what `verbs.note_act` raises.
    """
    words = words_of(what, neighbourhood)
    street = _find(Street, STREET, there, neighbourhood)
    group = _find(Group, GROUP, there, neighbourhood)
    if there and street is None and group is None:
        raise NothingOfTheKind
    who = by if rules.may_name(by, by) else None
    rings: Sequence[Ring] = [Ring(group.ring), *unmet.ring_of(who)] if isinstance(group, Group) else ()
    today = timezone.localtime(at).date()
    return verbs.note_act(
        neighbourhood=neighbourhood,
        what=words,
        where=street.name if street else "",
        groups=group.name if group else "",
        hours=hours_of(at),
        rings=rings,
        on=today,
        who=who,
        by=by,
        today=today,
    )


def _find[T: (Street, Group)](
    kind: type[T], letter: str, there: str, neighbourhood: Neighbourhood
) -> T | None:
    number = there[1:]
    if there[:1] != letter or not (number.isascii() and number.isdigit() and len(number) < 12):
        return None
    return kind.objects.filter(neighbourhood=neighbourhood, pk=int(number)).first()
