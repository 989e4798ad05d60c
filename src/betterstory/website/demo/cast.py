"""The invented people somebody can look around as."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from betterstory.people import verbs
from betterstory.people.models import Person, Role


@dataclass(frozen=True)
class Member:
    """One of the cast: a key, what they are called here, their part, and how the switcher says it."""

    key: str
    name: str
    role: Role
    words: object

    @property
    def email(self) -> str:
        return f"{self.key}@demo.invalid"


CAST = (
    Member("teller", "Robin", Role.RESIDENT, _("the teller")),
    Member("neighbour", "Lynda", Role.RESIDENT, _("a neighbour with a campaign")),
    Member("organiser", "Nasreen", Role.ORGANISER, _("an organiser")),
    Member("service", "Helen", Role.PARTNER, _("the head of a service")),
    Member("analyst", "Ade", Role.ANALYST, _("an analyst")),
    Member("safety", "Grace Adeyemi", Role.SAFETY, _("the safety lead")),
)
OTHERS = (
    Member("steward", "Bea", Role.STEWARD, _("a steward")),
    Member("deputy", "Pat Linden", Role.SAFETY, _("the safety lead’s deputy")),
    Member("council", "Femi", Role.PARTNER, _("a councillor")),
    Member("shed", "Tomasz", Role.RESIDENT, _("somebody from the repair shed")),
    Member("kettle", "Joyce", Role.RESIDENT, _("somebody from the tea table")),
)


def welcome_all(*, on: date) -> dict[str, Person]:
    """Everybody of the cast, by key."""
    people = {
        member.key: verbs.welcome(name=member.name, role=member.role, on=on, email=member.email)
        for member in CAST + OTHERS
    }
    return people
