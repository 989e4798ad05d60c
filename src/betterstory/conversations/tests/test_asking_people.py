"""Calling a gathering and asking people in balance."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.balance import say_balance
from betterstory.conversations.models import Gathering, Guest, Side
from betterstory.conversations.verbs import FirstNameOnly
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Invitation, Person, Ring
from betterstory.people.verbs import NotYours
from betterstory.places.models import Round
from conftest import AT, TODAY

Send = Callable[..., Any]


def ask(
    gathering: Gathering, by: Person, name: str = "Ivy", side: Side = Side.RESIDENT, **more: Any
) -> Guest:
    return verbs.ask_guest(gathering, first_name=name, side=side, ring=Ring.COMMUNITY, by=by, **more)


def test_a_gathering_brings_its_circle_with_whoever_called_it(
    gathering: Gathering, organiser: Person
) -> None:
    circle = gathering.circle
    assert (circle.name, circle.kind) == ("Making sense, 14 July", Circle.Kind.GATHERING)
    assert circle.ends_on == TODAY + timedelta(days=8 + 365)
    assert [each.person for each in circle.memberships.select_related("person")] == [organiser]


def test_a_resident_does_not_call_one(round_: Round, resident: Person) -> None:
    with pytest.raises(NotYours):
        verbs.call_gathering(
            round=round_, kind=Gathering.Kind.HEARING, title="Mine", when=AT, where="here", by=resident, at=AT
        )
    assert not Gathering.objects.exists()
    assert not Circle.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["Dr Ivy", "Cllr. Femi", "Mrs Ivy", "Ivy, chief of staff", "Head of Nursing", "professor ivy", " "],
)
def test_a_title_is_left_at_the_door(name: str, gathering: Gathering, organiser: Person) -> None:
    with pytest.raises(FirstNameOnly):
        ask(gathering, organiser, name)
    assert not Guest.objects.exists()


@pytest.mark.parametrize("name", ["Ivy", "Mary Jane", "Drew", "Missy", "محمد", "<b>Ivy</b> & Co 🐕"])
def test_a_first_name_is_any_name(name: str, gathering: Gathering, organiser: Person) -> None:
    assert ask(gathering, organiser, name).first_name == name


def test_only_an_organiser_asks_people(gathering: Gathering, resident: Person) -> None:
    with pytest.raises(NotYours):
        ask(gathering, resident)
    assert not Guest.objects.exists()


BALANCES = """
residents services said
0         0        Nobody is asked yet. Ask as many who live here as come from services.
6         5        6 who live here, 5 from services: ask one more from a service.
6         2        6 who live here, 2 from services: ask 4 more from services.
5         6        5 who live here, 6 from services: ask one more who lives here.
0         3        0 who live here, 3 from services: ask 3 more who live here.
6         6        6 who live here, 6 from services: that is in balance.
"""


@pytest.mark.parametrize("row", BALANCES.strip().splitlines()[1:])
def test_the_balance_is_said_while_asking(row: str) -> None:
    residents, services, said = row.split(maxsplit=2)
    guests = [Guest(side=Side.RESIDENT)] * int(residents) + [Guest(side=Side.SERVICE)] * int(services)
    no = [Guest(side=Side.SERVICE, reply=Guest.Reply.NOT_COMING)] * 2  # who said no leaves a chair free
    assert say_balance(guests + no) == said


def test_who_says_yes_is_of_the_room_until_they_say_no(
    gathering: Gathering, organiser: Person, resident: Person
) -> None:
    guest = ask(gathering, organiser, person=resident)
    assert not gathering.circle.includes(resident), "asked is not yet there"
    verbs.reply(guest, reply=Guest.Reply.COMING, by=resident, at=AT)
    assert gathering.circle.includes(resident)
    verbs.reply(guest, reply=Guest.Reply.NOT_COMING, by=resident, at=AT)
    assert not gathering.circle.includes(resident)


def test_nobody_says_yes_for_somebody_else(
    gathering: Gathering, organiser: Person, resident: Person, partner: Person
) -> None:
    guest = ask(gathering, organiser, person=resident)
    with pytest.raises(NotYours):
        verbs.reply(guest, reply=Guest.Reply.COMING, by=partner, at=AT)
    guest.refresh_from_db()
    assert guest.reply == Guest.Reply.WAITING
    verbs.reply(
        guest, reply=Guest.Reply.COMING, by=organiser, at=AT
    )  # they rang, and the organiser wrote it down
    assert guest.reply == Guest.Reply.COMING


def test_a_guest_comes_in_with_their_card_and_says_yes(gathering: Gathering, organiser: Person) -> None:
    ask(gathering, organiser, "Ivy", Side.RESIDENT)
    ask(gathering, organiser, "Helen", Side.SERVICE)
    made = verbs.invite_guests(gathering, by=organiser, at=AT)
    assert [(card.greeting, card.role, card.circle) for card, _code in made] == [
        ("Helen", "partner", gathering.circle),
        ("Ivy", "resident", gathering.circle),
    ]
    code = made[1][1]
    ivy = people.come_in(selector=code[:3], verifier=code[3:], at=AT, on=TODAY)
    assert Guest.objects.of(ivy).get().first_name == "Ivy"
    verbs.reply(Guest.objects.of(ivy).get(), reply=Guest.Reply.COMING, by=ivy, at=AT)
    again = verbs.invite_guests(gathering, by=organiser, at=AT)
    assert [card.greeting for card, _code in again] == ["Helen"], "Ivy needs no card any more"
    made[0][0].refresh_from_db()
    assert made[0][0].withdrawn_at == AT, "the card before is no good any more"


def test_whoever_said_no_gets_no_card(gathering: Gathering, organiser: Person) -> None:
    said_no = ask(gathering, organiser, "Ivy", Side.RESIDENT)
    ask(gathering, organiser, "Helen", Side.SERVICE)
    verbs.reply(said_no, reply=Guest.Reply.NOT_COMING, by=organiser, at=AT)
    made = verbs.invite_guests(gathering, by=organiser, at=AT)
    assert [card.greeting for card, _code in made] == ["Helen"]


def test_a_resident_makes_no_invitations(gathering: Gathering, organiser: Person, resident: Person) -> None:
    with pytest.raises(NotYours):
        verbs.invite_guests(gathering, by=resident, at=AT)  # even where nobody waits for one
    ask(gathering, organiser)
    with pytest.raises(NotYours):
        verbs.invite_guests(gathering, by=resident, at=AT)
    assert not Invitation.objects.exists()


def test_the_form_keeps_what_was_typed_and_says_what_to_do(
    send: Send, gathering: Gathering, organiser: Person
) -> None:
    answer = send(
        organiser, "guests", gathering.pk, first_name="Dr <i>Ivy", side="resident", ring="community"
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Write the first name alone. In this room nobody has a title." in page
    assert "Dr &lt;i&gt;Ivy" in page
    assert not Guest.objects.exists()


def test_the_same_form_sent_twice_asks_one_person(
    send: Send, gathering: Gathering, organiser: Person
) -> None:
    fields = {
        "once": "5b6ff9c0-8ed5-4d2c-9d37-6f7f4d4fb8e1",
        "first_name": "Ivy",
        "side": "resident",
        "ring": "community",
    }
    answers = [send(organiser, "guests", gathering.pk, fields=fields) for _n in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert [guest.first_name for guest in gathering.guests.all()] == ["Ivy"]


@pytest.mark.parametrize(
    ("day", "time"), [("2026-02-30", "18:00"), ("soon", "18:00"), ("2026-07-14", "25:00"), ("", "")]
)
def test_a_day_that_is_no_day_is_put_right_and_nothing_is_half_saved(
    day: str, time: str, send: Send, round_: Round, organiser: Person
) -> None:
    answer = send(
        organiser, "call", round_.pk, kind="hearing", title="Hearing", day=day, time=time, where="The hall"
    )
    assert answer.status_code == 422
    assert b'value="The hall"' in answer.content
    assert not Gathering.objects.exists()
    assert not Circle.objects.exists()


def test_a_gathering_is_called_on_the_page(send: Send, round_: Round, organiser: Person) -> None:
    answer = send(
        organiser,
        "call",
        round_.pk,
        kind="hearing",
        title="Hearing",
        day="2026-07-14",
        time="18:00",
        where="The hall",
    )
    made = Gathering.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/conversations/{made.pk}/guests/")
    assert made.at.isoformat() == "2026-07-14T17:00:00+00:00", "six o’clock in the summer of this place"
