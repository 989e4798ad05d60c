"""Who may do what about people, as sentences."""

from rules import predicate

from betterstory.people.models import Person, Role


@predicate
def may_give_parts(person: Person) -> bool:
    """A steward."""
    return person.plays(Role.STEWARD)


@predicate
def may_invite(person: Person, role: Role) -> bool:
    """An organiser invites residents and partners; a steward anybody."""
    if person.plays(Role.STEWARD):
        return True
    return person.plays(Role.ORGANISER) and role in (Role.RESIDENT, Role.PARTNER)


@predicate
def may_name_bodies(person: Person) -> bool:
    """An organiser or a steward."""
    return person.plays(Role.ORGANISER, Role.STEWARD)
