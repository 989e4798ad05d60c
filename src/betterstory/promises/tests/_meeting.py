"""A day on which we next meet."""

from datetime import date, datetime

from django.utils.timezone import make_aware

from betterstory.conversations import verbs as conversations
from betterstory.conversations.models import Gathering
from betterstory.people.models import Person
from betterstory.places.models import Round
from conftest import AT


def meet(round_: Round, organiser: Person, day: date) -> Gathering:
    when = make_aware(datetime(day.year, day.month, day.day, 18))
    kind, title = Gathering.Kind.PLANNING, f"Of {day}"
    return conversations.call_gathering(
        round=round_, kind=kind, title=title, when=when, where="the hall", by=organiser, at=AT
    )
