"""The invented safety lead and deputy, whom to ring, and one concern that was raised, seen and told of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from betterstory.places import verbs as places
from betterstory.places.models import Place
from betterstory.stories.models import Entry, Lead, Worry
from betterstory.stories.safeguarding import concerns, door, leads

if TYPE_CHECKING:
    from betterstory.website.demo.town import Town

Kind = Entry.Kind


def name_leads(town: Town) -> None:
    """Grace leads and Pat stands in; everybody to ring is made up, with numbers that ring nobody."""
    steward, then = town.person["steward"], town.ago(110)
    leads.name(
        town.person["safety"],
        post=Lead.Post.LEAD,
        phone="01632 960 121",
        said_as="Grace Adeyemi, who leads on keeping people safe",
        by=steward,
        at=then,
    )
    leads.name(town.person["deputy"], post=Lead.Post.DEPUTY, phone="01632 960 122", by=steward, at=then)
    places.change_place(
        Place.objects.get(),
        by=steward,
        children_phone="Aldermouth children’s services: 01632 960 130",
        adults_phone="Aldermouth adult social care: 01632 960 131",
        night_phone="Both, when offices are shut: 01632 960 132",
        outside_contact="Moira Blake, safety lead of Weir County Charities",
        outside_phone="01632 960 140",
        telling_controller="The Open Kettle (invented)",
        counting_controller="Aldermouth Hospital (invented)",
        safeguarding_controller="The Open Kettle (invented)",
        privacy_contact="The Open Kettle, 2 Tanners Row, or 01632 960 147",
    )


def worry(town: Town) -> None:
    """Nasreen was worried by what Robin told; Grace read one step, and told Robin so."""
    grace, then = town.person["safety"], town.ago(79)
    for who in (grace, town.person["deputy"]):
        who.read_again()  # the post is newer than what was read of them
    concern = concerns.raise_concern(
        by=town.person["organiser"],
        kind=Worry.SELF_HARM,
        words="There was a night in hospital last year. Said all is well now. I would like somebody to ask.",
        at=then,
        story=town.story,
        piece=town.step[6],
    )
    concerns.write(concern, kind=Kind.SEEN, by=grace, at=then + timedelta(hours=2))
    door.open_one(
        concern,
        which=f"piece:{town.step[6].pk}",
        reason="To know what was said about that night before I ring Robin.",
        by=grace,
        at=then + timedelta(hours=2, minutes=5),
    )
    later = then + timedelta(hours=5)
    concerns.write(concern, kind=Kind.TOLD, words="Rang Robin, and said what I had read.", by=grace, at=later)
    concerns.write(
        concern, kind=Kind.NO_FURTHER, words="Robin sees the same person every week.", by=grace, at=later
    )
