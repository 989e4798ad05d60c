"""A repair talk that Sam asked Helen for."""

from datetime import date

import pytest

from betterstory.people.models import Person
from betterstory.poolside import repairing
from betterstory.poolside.models import Poolside, Repair
from conftest import AT, TODAY

WHY = "You said it to Bea and not to me."


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


@pytest.fixture
def talk(poolside: Poolside, teller: Person, partner: Person) -> Repair:
    """Sam asks Helen. Nasreen sits there too."""
    return repairing.ask(poolside, whom=partner, words=WHY, by=teller, on=TODAY, promise=12)


def one(person: Person, on: date = TODAY) -> repairing.Mine:
    (found,) = repairing.mine(person, on=on)
    return found
