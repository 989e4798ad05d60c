"""The demo says who was there on its evenings: as one whole, through the verb that a page uses."""

from types import SimpleNamespace
from typing import Any, cast

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Guest, Side
from betterstory.learning.models import WasThere
from betterstory.people.models import Person, Ring
from betterstory.places.models import Round
from betterstory.website.demo import attended
from conftest import AT, TODAY


def test_as_many_as_had_said_that_they_come(round_: Round, organiser: Person) -> None:
    evening = verbs.call_gathering(
        round=round_,
        kind=Gathering.Kind.HEARING,
        title="Hearing the story",
        when=AT,
        where="The hall",
        check_in="",
        by=organiser,
        at=AT,
    )
    for name, ring, comes in (
        ("Ivy", Ring.FAMILY, True),
        ("Mo", Ring.ME, True),
        ("Ann", Ring.COMMUNITY, True),
        ("Lou", Ring.COMMUNITY, False),
    ):
        guest = verbs.ask_guest(evening, first_name=name, side=Side.RESIDENT, ring=ring, by=organiser)
        answer = Guest.Reply.COMING if comes else Guest.Reply.NOT_COMING
        verbs.reply(guest, reply=answer, by=organiser, at=AT)
    attended.say_who_came(cast(Any, SimpleNamespace(person={"organiser": organiser})), {"hear": evening})
    said = WasThere.objects.get()
    assert (said.people, said.written_on) == (3, TODAY)
    assert said.by_ring == {"live_here": 2, "community": 1}
