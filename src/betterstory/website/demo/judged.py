"""Residents are asked about one promise just now; own views, a reply, a witness; the council asks the room."""

from datetime import timedelta

from betterstory.conversations.models import Side, Voice
from betterstory.people.models import Circle
from betterstory.promises import verbs
from betterstory.promises.models import OwnView, Promise, Turned
from betterstory.website.demo.town import Town

SAID = (Turned.NO, Turned.HALF, Turned.NO, Turned.KEPT, Turned.DONT_KNOW, Turned.HALF, Turned.NO)


def judge_by_cards(town: Town, *, room: Circle) -> None:
    """What stands beside the promises of the room."""
    today = town.at.date()
    letters = Promise.objects.get(words="Every letter will say who to ring, with a name.")
    ramp = Promise.objects.get(words="We will mend the ramp before the next gathering.")
    asked = verbs.ask_residents(
        letters, by=town.person["organiser"], on=town.ago(3).date(), until=today + timedelta(days=11)
    )
    voices = Voice.objects.filter(round=town.round, side=Side.RESIDENT).order_by("pk")
    for voice, said in zip(voices, SAID, strict=False):
        verbs.give_opinion(asked, voice=voice, said=said, at=town.at, on=today)
    for door, many in (("4 Tanners Row", {Turned.NO: 2}), ("9 Tanners Row", {Turned.KEPT: 1})):
        verbs.type_door(asked, door=door, said=many, by=town.person["organiser"], on=today)
    verbs.say_own_view(
        letters,
        by=town.person["service"],
        on=town.ago(2).date(),
        view=OwnView.View.PARTLY,
        words="New letters have a name. The old ones are printed until the paper is used up.",
    )
    verbs.reply(
        ramp,
        body=town.body["council"],
        words="The handrail comes with the next delivery.",
        by=town.person["council"],
        on=town.ago(8).date(),
    )
    verbs.point_to_witness(
        ramp,
        who="Tomasz from the shed",
        words="I pushed an empty wheelchair up it, and then a full one.",
        their_yes=True,
        by=town.person["organiser"],
        on=town.ago(8).date(),
    )
    verbs.ask(
        round=town.round,
        words="Tell us which pavements you cannot pass.",
        of=room,
        by=town.person["council"],
        on=town.ago(5).date(),
        asked_by=town.body["council"],
        asked_by_words="Aldermouth Council",
    )
