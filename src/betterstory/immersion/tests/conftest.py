"""A street, groups and an act, for the tests of diving in."""

import pytest

from betterstory.immersion import unmet, verbs
from betterstory.immersion.models import Act
from betterstory.people.models import Person, Ring
from betterstory.places.models import Neighbourhood
from conftest import TODAY


@pytest.fixture
def lists(neighbourhood: Neighbourhood, organiser: Person) -> None:
    unmet.look_out_for(
        neighbourhood,
        streets=["Lime Walk", "Lock Court"],
        groups=[("the bowls club", Ring.COMMUNITY), ("the chip shop", Ring.BUSINESSES)],
        by=organiser,
    )


@pytest.fixture
def act(neighbourhood: Neighbourhood, partner: Person) -> Act:
    return verbs.note_act(
        neighbourhood=neighbourhood,
        what="Hung two curtain rails",
        where="outside 4 lime walk",
        on=TODAY,
        who=partner,
        by=partner,
        today=TODAY,
    )
