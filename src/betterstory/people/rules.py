"""Who may do what about people, as sentences."""

from rules import predicate

from betterstory.people.models import Circle, Person, Role

GUESTS = {Role.RESIDENT, Role.PARTNER}


@predicate
def may_give_parts(person: Person) -> bool:
    """A steward."""
    return person.plays(Role.STEWARD)


@predicate
def may_invite(person: Person, role: Role) -> bool:
    """An organiser invites residents and partners; a steward anybody."""
    if person.plays(Role.STEWARD):
        return True
    return person.plays(Role.ORGANISER) and role in GUESTS


@predicate
def may_help_back_in(person: Person, other: Person) -> bool:
    """A steward helps anybody whose way in is lost; an organiser residents and partners, never more."""
    if person.plays(Role.STEWARD):
        return True
    return person.plays(Role.ORGANISER) and other.roles <= GUESTS


@predicate
def may_name_bodies(person: Person) -> bool:
    """An organiser or a steward."""
    return person.plays(Role.ORGANISER, Role.STEWARD)


@predicate
def may_keep_circles(person: Person) -> bool:
    """An organiser or a steward."""
    return person.plays(Role.ORGANISER, Role.STEWARD)


@predicate
def may_bring_into(person: Person, circle: Circle) -> bool:
    """An organiser or a steward; but a teller's helpers are the teller's own choice."""
    return may_keep_circles(person) and circle.kind != Circle.Kind.HELPERS
