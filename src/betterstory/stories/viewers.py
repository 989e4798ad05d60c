"""Whoever looks: a person, a circle, the partnership, people of all the neighbourhoods, or anyone."""

from dataclasses import dataclass

from betterstory.people.models import Circle, Person


@dataclass(frozen=True)
class Public:
    """Anyone at all."""


@dataclass(frozen=True)
class Partnership:
    """Whoever plays a part in the partnership, whichever of them looks."""


@dataclass(frozen=True)
class Neighbours:
    """People of all the neighbourhoods here, whichever of them looks."""


ANYONE = Public()
PARTNERS = Partnership()
NEIGHBOURS = Neighbours()
type Viewer = Person | Circle | Public | Partnership | Neighbours


def viewer_of(person: Person | None) -> Viewer:
    """Who is looking: a person who came in, or anyone."""
    return person if person is not None else ANYONE
