"""A word is owed for each yes that was used: by whom it was for, since it began."""

from datetime import timedelta
from typing import Any

import pytest

from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person
from betterstory.stories import consenting, leaving, owing
from betterstory.stories.models import Audience, Consent, Use, Version
from betterstory.stories.tests.conftest import MONTH, again, pieces_of
from conftest import AT, TODAY, read_every_line


@pytest.fixture
def yes(version: Version, teller: Person, circle: Circle) -> dict[str, Consent]:
    """To one circle, to another, to the partnership and to anyone: each a yes to reading."""
    read_every_line(version)
    other = people.open_circle(name="another room", kind=Circle.Kind.NAMED)
    said: dict[str, dict[str, Any]] = {
        "the circle": {"circle": circle},
        "another room": {"circle": other},
        "the partnership": {"audience": Audience.PARTNERSHIP},
        "anyone": {"audience": Audience.PUBLIC},
    }
    return {
        whom: consenting.say_yes(again(version), by=teller, use=Use.READ, at=AT, until=MONTH, **each)
        for whom, each in said.items()
    }


@pytest.mark.parametrize(
    ("who", "days", "for_whom"),
    [
        ("a member of the circle", 0, ["the circle", "the partnership"]),
        ("a member of the circle", 3, ["the circle", "the partnership", "anyone"]),
        ("the room of the circle", 0, ["the circle", "the partnership"]),
        ("somebody in no circle", 0, ["the partnership"]),
        ("whoever came by", 3, ["anyone"]),
        ("a member of the circle", -1, []),
    ],
)
def test_what_somebody_saw_is_owed_for_by_the_yes_it_was_for(
    who: str,
    days: int,
    for_whom: list[str],
    yes: dict[str, Consent],
    version: Version,
    circle: Circle,
    organiser: Person,
    partner: Person,
) -> None:
    seen: dict[str, dict[str, Any]] = {
        "a member of the circle": {"person": organiser},
        "the room of the circle": {"circle": circle},
        "somebody in no circle": {"person": partner},
        "whoever came by": {},
    }
    consenting.note_seen(again(version), use=Use.READ, on=TODAY + timedelta(days=days), **seen[who])
    owed = {each.pk for each in owing.owed(at=AT + timedelta(days=9))}
    assert sorted(whom for whom, each in yes.items() if each.pk in owed) == sorted(for_whom)


def test_another_use_and_another_version_owe_nothing(
    yes: dict[str, Consent], version: Version, organiser: Person
) -> None:
    consenting.note_seen(again(version), use=Use.QUOTE, on=TODAY, person=organiser)
    assert not owing.owed(at=AT).exists()


def test_what_left_on_paper_is_owed_for_too(version: Version, teller: Person, organiser: Person) -> None:
    read_every_line(version)
    report = consenting.say_yes(
        again(version), by=teller, use=Use.REPORT, audience=Audience.PARTNERSHIP, at=AT, until=MONTH
    )
    leaving.note_copy(pieces_of(version), by=organiser, use=Use.REPORT, at=AT - timedelta(days=1))
    assert not owing.owed(at=AT).exists(), "it left under an earlier yes"
    leaving.note_copy(pieces_of(version), by=organiser, use=Use.REPORT, at=AT)
    assert list(owing.owed(at=AT)) == [report]
