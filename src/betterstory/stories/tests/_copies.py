"""Words of one story and of another: what may, or may not, be in a copy."""

from collections.abc import Callable

import pytest
from django.test import Client

from betterstory.people.models import Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import verbs
from betterstory.stories.models import Version
from conftest import AT

SAID = ("long way", "Robin", "like snow", "out loud", "off the list", "knocking", "17 weeks", "walk the dog")

SignIn = Callable[[Person], Client]


@pytest.fixture
def second(neighbourhood: Neighbourhood, resident: Person) -> Version:
    """Somebody else's story."""
    told = verbs.begin(
        by=resident,
        teller=resident,
        neighbourhood=neighbourhood,
        title="The blue gate",
        chosen_name="Lark",
        limits_heard=True,
        at=AT,
    )
    verbs.write(told, by=resident, text="Nobody rang me back for nine months.", at=AT)
    verbs.add_step(told, by=resident, words="The gate was painted blue by a stranger.")
    return Version.objects.select_related("story").get(pk=verbs.agree(told, by=resident, at=AT).pk)
