"""What a teller's own page says of safety: what was opened, that they were told, and what waits."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localtime

from betterstory.people.models import Person
from betterstory.stories.models import Concern, Entry, Opening, Story
from betterstory.stories.safeguarding import door, held
from betterstory.stories.safeguarding.states import TELLING, Kind, standing


@dataclass(frozen=True)
class Look:
    """One opening, as its teller reads it."""

    on: date
    who: str
    what: str
    number: int
    reason: str


@dataclass(frozen=True)
class Waiting:
    """A hold, as the teller reads it: it is always told."""

    until: date
    who: str
    reason: str


@dataclass(frozen=True)
class Beside:
    """Everything of safety that is shown to a teller."""

    looks: list[Look] = field(default_factory=list)
    told: list[Entry] = field(default_factory=list)
    holds: list[Waiting] = field(default_factory=list)


def marked(stories: QuerySet[Story], *, at: datetime) -> QuerySet[Story]:
    """Each with `held_until`, and whether it `was_opened` or its teller was told. No query of its own."""
    holds = held.holding(at).filter(story=OuterRef("pk")).order_by("-until")
    mine = Q(concern__story=OuterRef("pk"), concern__forgotten_at=None)
    # of two who told it neither; asked apart where nobody told it with the teller, as nobody equals nobody
    not_second = Q(concern__story__second_teller=None) | ~Q(concern__about=OuterRef("second_teller"))
    not_accused = Q(concern__about=None) | ~Q(concern__about=OuterRef("teller")) & not_second
    telling = Entry.objects.filter(concern=OuterRef("concern"), kind__in=TELLING).order_by("-pk")
    last = Subquery(telling.values("kind")[:1])
    openings = Opening.objects.filter(mine, not_accused).annotate(last=last)
    told = Entry.objects.filter(mine, not_accused, kind=Kind.TOLD).annotate(last=last)
    return stories.annotate(
        held_until=Subquery(holds.values("until")[:1]),
        was_opened=Exists(openings.filter(Q(last=None) | Q(last=Kind.TOLD)))
        | Exists(told.filter(last=Kind.TOLD)),
    )


def for_teller(story: Story, *, at: datetime) -> Beside:
    """What this story's teller may read. Five queries.

    Nothing of a concern that is not safe to tell, and nothing of one that accuses a teller: of two who told
    it together both read this page.
    """
    about = Concern.objects.filter(story=story, forgotten_at=None).exclude(about__in=story.teller_ids)
    telling = [
        concern
        for concern in about.prefetch_related("entries__by")
        if not standing(concern.entries.all()).hushed
    ]
    opened = Opening.objects.filter(concern__in=telling).select_related("by", "piece")
    holds = held.holding(at).filter(story=story).select_related("by")
    return Beside(
        looks=[_look(opening, reason) for opening, reason in door.read_openings(opened)],
        told=[entry for concern in telling for entry in concern.entries.all() if entry.kind == Kind.TOLD],
        holds=[Waiting(localtime(each.until).date(), _name(each.by), door.read_hold(each)) for each in holds],
    )


def _look(opening: Opening, reason: str) -> Look:
    what = "paragraph" if opening.piece is None else opening.piece.kind
    number = opening.paragraph or (opening.piece.position if opening.piece else 0)
    return Look(localtime(opening.at).date(), _name(opening.by), what, number, reason)


def _name(person: Person | None) -> str:
    return person.name if person is not None else ""
