"""Who may type hours and events, and who may make, open and read a report."""

from rules import predicate

from betterstory.learning.models import Report, Typed
from betterstory.people.models import Person, Role
from betterstory.stories.rules import ANYONE, PARTNERS, PARTNERSHIP, Viewer

KEEPERS = (Role.ORGANISER, Role.STEWARD)
WRITERS = (*KEEPERS, Role.PARTNER)


@predicate
def may_write(person: Person) -> bool:
    """An organiser, a steward or a partner: those who know what was spent."""
    return person.plays(*WRITERS)


@predicate
def may_put_right(person: Person, row: Typed) -> bool:
    """Whoever typed it, or an organiser or steward."""
    return may_write(person) and (person.pk == row.written_by_id or person.plays(*KEEPERS))


@predicate
def may_say_who_was_there(person: Person) -> bool:
    """An organiser or a steward: whoever keeps a gathering."""
    return person.plays(*KEEPERS)


@predicate
def may_report(person: Person) -> bool:
    """An organiser or a steward."""
    return person.plays(*KEEPERS)


@predicate
def is_partner(person: Person | None) -> bool:
    """Somebody of the partnership."""
    return person is not None and person.plays(*PARTNERSHIP)


@predicate
def may_read(person: Person | None, report: Report) -> bool:
    """Anyone, where it was opened; else the partnership."""
    return report.is_open or is_partner(person)


def asked_as(report: Report) -> Viewer:
    """For whom its quotes are cleared: those the report is for, whoever looks."""
    return ANYONE if report.is_open else PARTNERS


def written_as(person: Person) -> Role:
    """As what somebody types a row: said in place of their name."""
    return next((role for role in WRITERS if person.plays(role)), Role.PARTNER)
