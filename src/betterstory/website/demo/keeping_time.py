"""What time does to promises: one for when we meet, one of a clinic that became another, one that waits."""

from datetime import timedelta

from betterstory.conversations.models import Gathering
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Ring
from betterstory.promises import verbs
from betterstory.website.demo.town import Town


def keep_time(town: Town, *, room: Circle, planning: Gathering) -> None:
    """After the asks of the planning night."""
    promise_in_the_room(town, room=room, planning=planning)
    follow_the_clinic(town, room=room)
    wait_for_the_election(town, room=room)


def promise_in_the_room(town: Town, *, room: Circle, planning: Gathering) -> None:
    """To find out, by when we next meet; the post did not confirm it."""
    verbs.make(
        round=town.round,
        words="I will find out what one bus after six o’clock would cost.",
        by=town.person["organiser"],
        on=planning.at.date(),
        when_we_meet=True,
        to=room,
        to_words="the room at St Brannoc’s hall",
        post=town.post["buses"],
        witness="the room",
    )


def follow_the_clinic(town: Town, *, room: Circle) -> None:
    """A clinic closed, and the surgery took its place: the promise went along."""
    organiser = town.person["organiser"]
    clinic = people.name_body(name="Weir Road Clinic", ring=Ring.LOCAL_SERVICES, by=organiser)
    manager = people.name_post(body=clinic, title="Clinic manager", by=organiser)
    verbs.make(
        round=town.round,
        words="The side door is unlocked on Thursdays, for whoever cannot take the steps.",
        by=organiser,
        on=town.ago(70).date(),
        due_on=town.at.date() + timedelta(days=15),
        to=room,
        to_words="whoever cannot take the steps",
        post=manager,
    )
    people.follow(manager, by_this=town.post["surgery"], by=organiser)
    people.follow(clinic, by_this=town.body["surgery"], by=organiser)


def wait_for_the_election(town: Town, *, room: Circle) -> None:
    """A parish votes soon: what its councillor promised waits, and the wall says so."""
    organiser, today = town.person["organiser"], town.at.date()
    parish = people.name_body(name="Weirside Parish Council", ring=Ring.LOCAL_SERVICES, by=organiser)
    councillor = people.name_post(body=parish, title="Parish councillor", by=organiser)
    verbs.hold(
        parish,
        posts=[councillor],
        from_on=town.ago(5).date(),
        until_on=today + timedelta(days=18),
        by=organiser,
        on=town.ago(5).date(),
    )
    verbs.make(
        round=town.round,
        words="The bench by the lock gets its back again.",
        by=organiser,
        on=town.ago(2).date(),
        due_on=today + timedelta(days=60),
        to=room,
        to_words="everybody who sits there",
        post=councillor,
    )
