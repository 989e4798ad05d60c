"""Sentences of a room that come from a story: its teller is asked each time. Needs Django to be ready."""

from datetime import datetime, timedelta

from benchmarks._place import name_lead
from benchmarks._story_page import told
from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Statement
from betterstory.people import verbs as people
from betterstory.people.models import Person, Role
from betterstory.places.models import Neighbourhood
from betterstory.stories import consenting
from betterstory.stories.models import Piece, Use, Version


def take_sentences(
    gathering: Gathering, *, by: Person, where: Neighbourhood, many: int, at: datetime
) -> list[Statement]:
    """So many, each tied to a step of its own that the room may see quoted."""
    if not many:
        return []
    name_lead(at)
    teller = people.welcome(name="Sam", role=Role.RESIDENT, on=at.date())
    story = told(teller=teller, where=where, at=at, steps=many, text="")
    version = Version.objects.select_related("story").get(story=story)
    until = at + timedelta(days=30)
    consenting.say_yes(version, by=teller, use=Use.QUOTE, circle=gathering.circle, at=at, until=until)
    steps = Piece.objects.filter(version=version, kind=Piece.Kind.STEP).select_related("version__story")
    return [
        verbs.add_statement(gathering, words=f"Told in number {number}.", by=by, at=at, from_piece=step)
        for number, step in enumerate(steps)
    ]
