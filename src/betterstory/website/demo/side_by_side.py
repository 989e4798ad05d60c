"""Tomasz let the picture of what happened to him be seen beside Robin's: no words of it, only its shape."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from betterstory.people.models import Ring
from betterstory.stories import care, consenting
from betterstory.stories import verbs as stories
from betterstory.stories.how_long import HowLong
from betterstory.stories.models import Care, Gap, Moment, ReadBack, Use, Version

if TYPE_CHECKING:
    from betterstory.people.models import Circle
    from betterstory.website.demo.town import Town

TITLE, NAME = "A wrist", "Tomasz"
# words, who was there, how it felt, what kind of moment, how long after the one before
STEPS = (
    ("I fell off the ladder at the shed.", Ring.ME, -1, Moment.HAPPENED, None),
    ("They set it the same night.", Ring.HOSPITAL_AND_CRISIS, 0, Moment.HAPPENED, HowLong(1, "days")),
    ("The surgery sent me on for exercises.", Ring.LOCAL_SERVICES, 0, Moment.HAPPENED, HowLong(2, "weeks")),
    ("The exercises began.", Ring.LOCAL_SERVICES, -1, Moment.HAPPENED, HowLong(14, "weeks")),
    ("The shed kept my bench for me.", Ring.COMMUNITY, 1, Moment.KINDNESS, HowLong(2, "weeks")),
    ("I hold a screwdriver again.", Ring.ME, 2, Moment.HAPPENED, HowLong(6, "weeks")),
)
PRACTICAL = "Carry the long planks for Tomasz."
# after which step, in which ring
GAP = (2, Ring.LOCAL_SERVICES)


def tell(town: Town, *, room: Circle) -> None:
    """He tells it, reads it back, and says yes to the picture alone, for everybody of the first round."""
    teller, then = town.person["shed"], town.ago(35)
    story = stories.begin(
        by=teller,
        teller=teller,
        neighbourhood=town.row,
        title=TITLE,
        chosen_name=NAME,
        limits_heard=True,
        at=then,
    )
    for number, (words, ring, feeling, moment, after) in enumerate(STEPS):
        step = stories.add_step(
            story, by=teller, words=words, rings=[ring], feeling=feeling, moment=moment, after=after
        )
        if number == GAP[0]:
            kind = Gap.GapKind.WAIT
            stories.name_gap(story, by=teller, after=step, words="No word", kind=kind, ring=GAP[1])
    agreed = stories.agree(story, by=teller, at=then, how=ReadBack.How.MYSELF)
    version = Version.objects.select_related("story__teller").get(pk=agreed.pk)
    until = then + timedelta(days=364)
    consenting.say_yes(version, by=teller, use=Use.PICTURE, circle=room, at=then, until=until)
    practical = Care.objects.get(story=story, kind=Care.Kind.PRACTICAL)
    care.take_on(practical, by=town.person["organiser"], words=PRACTICAL)
    care.done(practical, by=teller, on=town.ago(31).date())
