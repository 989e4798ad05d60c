"""Whose a card of the iceberg is: who may change it, keep it or take it out."""

from collections.abc import Callable

import pytest

from betterstory.conversations import rules
from betterstory.conversations.models import Gathering, Insight
from betterstory.people import verbs as people
from betterstory.people.models import Person
from conftest import AT

AddCard = Callable[..., Insight]

# who may change what somebody takes for granted, change another card, keep it, take it out
WHO = """
who          for_granted  other  keep  take_out
writer       yes          yes    no    yes
of_the_room  no           yes    yes   no
organiser    yes          yes    yes   no
outsider     no           no     no    no
"""


@pytest.fixture
def them(gathering: Gathering, welcome: Callable[..., Person], organiser: Person) -> dict[str, Person]:
    """The organiser asked here was not in that room."""
    found = {name: welcome(name, "resident") for name in ("writer", "of_the_room", "outsider")}
    for name in ("writer", "of_the_room"):
        people.join(circle=gathering.circle, person=found[name], at=AT)
    found |= {"organiser": welcome("organiser", "organiser")}
    return {name: Person.objects.get(pk=person.pk) for name, person in found.items()}


@pytest.mark.parametrize("row", WHO.strip().splitlines()[1:])
def test_the_table(row: str, them: dict[str, Person], add_card: AddCard) -> None:
    who, *may = row.split()
    person = them[who]
    held = add_card("mental_model", "I have acted as if so.", held_by="us", by=them["writer"])
    rule = add_card("structure", "The list opens once.", by=them["writer"])
    told = [
        rules.may_reword(person, held),
        rules.may_reword(person, rule),
        rules.may_keep(person, rule),
        rules.may_remove(person, rule),
    ]
    assert told == [each == "yes" for each in may]


def test_what_a_phone_suggested_is_nobodys_to_take_out(add_card: AddCard, organiser: Person) -> None:
    card = add_card("structure", "The list opens once.")
    assert rules.may_remove(organiser, card)
    Insight.objects.update(added_by=None)
    card.refresh_from_db()
    assert not rules.may_remove(organiser, card)
