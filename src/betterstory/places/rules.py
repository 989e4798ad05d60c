"""Who may change the place, its neighbourhoods and rounds."""

from rules import predicate

from betterstory.people.models import Person, Role


@predicate
def may_set_up(person: Person) -> bool:
    """A steward."""
    return person.plays(Role.STEWARD)


@predicate
def may_say_where_help_is(person: Person) -> bool:
    """An organiser or a steward: whoever sits with tellers knows the numbers."""
    return person.plays(Role.ORGANISER, Role.STEWARD)


@predicate
def may_organise(person: Person) -> bool:
    """An organiser or a steward."""
    return person.plays(Role.ORGANISER, Role.STEWARD)
