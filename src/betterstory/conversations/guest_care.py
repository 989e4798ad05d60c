"""What guests need, opened for whoever may see it: whoever organises, and the guest. Nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from betterstory.conversations import rules
from betterstory.conversations.models import Gathering, Guest, GuestCare
from betterstory.conversations.models.afterwards import NEEDS_DAYS
from betterstory.people.keys import keyring
from betterstory.people.models import Person

NEEDS, FARE = "conversations.guest.needs", "conversations.guest.fare"


@dataclass(frozen=True)
class Cared:
    """One guest with what they need and what they were given."""

    guest: Guest
    needs: str = ""
    fare: str = ""
    fare_paid_on: date | None = None
    thanked_on: date | None = None


def kept_until(gathering: Gathering) -> datetime:
    """When needs and fares of this gathering are wiped."""
    return gathering.at + timedelta(days=NEEDS_DAYS)


def cared_for(guests: Iterable[Guest], *, viewer: Person) -> list[Cared]:
    """Each guest that this person may see the needs of. Fetch with `select_related("invitation")`.

    One query, and every key once.
    """
    seen = [guest for guest in guests if _may(viewer, guest)]
    rows = {row.guest_id: row for row in GuestCare.objects.filter(guest__in=seen)}
    sealed = [
        (value, name, row.uuid)
        for row in rows.values()
        for value, name in ((row.needs_sealed, NEEDS), (row.fare_sealed, FARE))
        if value
    ]
    words = keyring().open_all(sealed) if sealed else []  # before the first word there is no key to ask for
    opened = dict(zip(((row, name) for _v, name, row in sealed), words, strict=True))
    return [_cared(guest, rows.get(guest.pk), opened) for guest in seen]


def _cared(guest: Guest, row: GuestCare | None, opened: dict[tuple[UUID, str], str]) -> Cared:
    if row is None:
        return Cared(guest)
    needs, fare = opened.get((row.uuid, NEEDS), ""), opened.get((row.uuid, FARE), "")
    return Cared(guest, needs, fare, row.fare_paid_on, row.thanked_on)


def _may(viewer: Person, guest: Guest) -> bool:
    return rules.may_organise(viewer) or guest.who_id == viewer.pk
