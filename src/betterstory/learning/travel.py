"""How far a lesson has travelled: where it was taken up, what came of it there, and who bears it out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery

from betterstory.learning.models import Chosen, Lesson, Outcome, Trial, TrialWords


@dataclass(frozen=True)
class Taken:
    """A lesson in one other round: what was said of it last, and the lesson it became, if any."""

    trial: Trial
    words: TrialWords
    became: int | None
    began_from_it: bool


def taken_up(lesson: Lesson, *, readable: Q) -> list[Taken]:
    """Where it was taken up, in the order that it was. `readable`: which lessons whoever looks may read."""
    became = Lesson.objects.filter(readable, came_from=OuterRef("trial")).order_by("pk")
    began = Chosen.objects.filter(lesson=lesson, beginning__round=OuterRef("trial__round"))
    said = (
        TrialWords.objects.filter(trial__lesson=lesson, number=F("trial__version"))
        .select_related("trial__round__neighbourhood")
        .annotate(became=Subquery(became.values("pk")[:1]), began=Exists(began))
        .order_by("trial__began_on", "trial")
    )
    return [Taken(each.trial, each, each.became, each.began) for each in said]


@dataclass(frozen=True)
class Saying:
    """Somebody else who says so, under the name they chose."""

    by: int
    called: str
    words: str
    on: date


@dataclass
class Borne:
    """An outcome with everybody who says so."""

    pk: int
    who: str
    what: str
    matters: str
    our_part: str
    by: int | None
    sayings: list[Saying] = field(default_factory=list)

    def is_said_by(self, person: int) -> bool:
        return any(each.by == person for each in self.sayings)


SAYING = ("still__by_id", "still__called", "still__words", "still__on")


def borne_out(lesson: Lesson) -> list[Borne]:
    """What changed because of it, with who else says so. One query."""
    still = FilteredRelation("sayings", condition=Q(sayings__ended_on=None))
    rows = (
        Outcome.objects.filter(lesson=lesson)
        .annotate(still=still)
        .order_by("pk", "still__pk")
        .values_list("pk", "who", "what", "matters", "our_part", "by_id", *SAYING)
    )
    found: dict[int, Borne] = {}
    for pk, who, what, matters, our_part, by, sayer, called, words, on in rows:
        borne = found.setdefault(pk, Borne(pk, who, what, matters, our_part, by))
        if sayer is not None:
            borne.sayings.append(Saying(sayer, called, words, on))
    return list(found.values())


def neighbourhoods_of(taken: Iterable[Taken]) -> list[str]:
    """The names of where it was taken up, each once, in order of name."""
    return sorted({each.trial.round.neighbourhood.name for each in taken})
