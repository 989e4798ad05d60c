"""The demo's teller sees who saw it: each look went through the door, and nobody looked who may not."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from betterstory.people.models import Circle, Person
from betterstory.stories import consenting
from betterstory.stories.models import Audience, CameOf, Seen, Story, Use, Version
from betterstory.website.demo import looked
from betterstory.website.demo.looked import Look
from conftest import AT, read_every_line

NOW = AT + timedelta(days=60)


@pytest.fixture
def made(version: Version, circle: Circle, organiser: Person, teller: Person, story: Story) -> Any:
    """As much of the demo's town as a look needs; its room may read it, and anyone may see one line."""
    read_every_line(version)
    step = version.pieces.filter(kind="step").order_by("position").first()
    until = NOW + timedelta(days=200)
    for use in (Use.READ, Use.QUOTE):
        consenting.say_yes(
            version, by=teller, use=use, circle=circle, at=NOW - timedelta(days=40), until=until
        )
    consenting.say_yes(
        version,
        by=teller,
        use=Use.QUOTE,
        audience=Audience.PUBLIC,
        piece=step,
        at=NOW - timedelta(days=40),
        until=until,
    )
    organiser.read_again()
    there = {"organiser": organiser, "teller": teller}
    return SimpleNamespace(
        person=there,
        version=version,
        step=[step] * 5,
        ago=lambda days, hour=10: NOW - timedelta(days=days),
    )


def rooms(circle: Circle) -> Any:
    return {"sense": SimpleNamespace(circle=circle), "planning": SimpleNamespace(circle=circle)}


def test_each_look_is_written_down_on_its_day(
    made: Any, circle: Circle, organiser: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = (Look(30, "organiser"), Look(20, "sense", Use.QUOTE), Look(10, looked.ANY, Use.QUOTE))
    monkeypatch.setattr(looked, "LOOKS", looks)
    looked.look(made, rooms(circle))
    seen = [(each.person, each.circle, each.use, each.on) for each in Seen.objects.order_by("on")]
    days = [(NOW - timedelta(days=ago)).date() for ago in (30, 20, 10)]
    assert seen == [
        (organiser, None, Use.READ, days[0]),
        (None, circle, Use.QUOTE, days[1]),
        (None, None, Use.QUOTE, days[2]),
    ]


@pytest.mark.parametrize(
    "shut",
    [
        Look(45, "organiser"),  # before Robin said yes
        Look(10, "organiser", Use.PICTURE),  # a yes to the words is none to the picture alone
        Look(10, looked.ANY),
        Look(45, "sense", Use.QUOTE),
    ],
)
def test_a_look_that_the_door_does_not_open_is_not_made_up(
    made: Any, circle: Circle, shut: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looked, "LOOKS", (shut,))
    with pytest.raises(LookupError):
        looked.look(made, rooms(circle))
    assert not Seen.objects.exists()


def test_the_teller_is_told_what_came_of_a_use(
    made: Any, circle: Circle, organiser: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looked, "LOOKS", (Look(35, "sense", Use.QUOTE),))
    monkeypatch.setattr(looked, "TOLD", looked.TOLD[:1])
    looked.look(made, rooms(circle))
    looked.tell(made, rooms(circle))
    told = CameOf.objects.get()
    assert (told.by, told.yes.use, told.yes.circle) == (organiser, Use.QUOTE, circle)
