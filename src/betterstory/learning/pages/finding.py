"""A lesson with all that its page asks of it, in one query; and which part of the lessons is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.http import Http404, HttpRequest

from betterstory.conversations.models import Gathering
from betterstory.learning import rules
from betterstory.learning.models import Lesson, LessonQuerySet, Trial, Wording
from betterstory.people.models import Person
from betterstory.places.models import Stage
from betterstory.places.rules import may_organise
from betterstory.poolside.models import Poolside
from betterstory.stories.rules import PARTNERSHIP

A_PAGE = 15
PARTS = ("tried", "saw", "surprised", "worse", "now")


@dataclass(frozen=True)
class Found:
    """A lesson, every wording of it with the newest first, and whether whoever looks is of its round."""

    lesson: Lesson
    wordings: Sequence[Wording]
    is_of_the_round: bool

    @property
    def words(self) -> Wording:
        return self.wordings[0]


def find(request: HttpRequest, pk: int) -> Found:
    """The lesson, where whoever looks may read it. Nobody else learns that it is there."""
    person: Person | None = getattr(request, "person", None)
    rows = Wording.objects.filter(lesson=pk).order_by("-number")
    related = ("lesson__round__neighbourhood", "lesson__came_from__lesson__round__neighbourhood")
    wordings = list(rows.select_related(*related).annotate(is_of_the_round=_is_of_the_round(person)))
    if not wordings:
        raise Http404
    lesson = wordings[0].lesson
    own = bool(getattr(wordings[0], "is_of_the_round", False)) or (
        person is not None and may_organise(person)
    )
    if not (lesson.is_for_anyone or own or (person is not None and person.plays(*PARTNERSHIP))):
        raise Http404
    return Found(lesson, wordings, own)


def _is_of_the_round(person: Person | None) -> Exists | Q:
    """As `rules.is_of_the_round`, asked along with the lesson."""
    circles = person.circle_ids if person else frozenset[int]()
    rooms = Gathering.objects.filter(round=OuterRef("lesson__round"), circle__in=circles)
    tables = Poolside.objects.filter(round=OuterRef("lesson__round"), circle__in=circles)
    return Exists(rooms) | Exists(tables)


def readable(person: Person | None) -> Q:
    """The lessons this person may read, as a condition: what `rules.readable_by` does."""
    return Q(pk__in=rules.readable_by(person).order_by().values("pk"))


@dataclass(frozen=True)
class Narrowed:
    """Which lessons are looked at: about which part of a round, from where, with which words."""

    about: str = ""
    where: str = ""
    travel: str = ""
    words: str = ""
    page: int = 1

    def link(self, **changed: str) -> str:
        """The same but for what is changed; "" takes a filter away."""
        given = {"about": self.about, "where": self.where, "travel": self.travel, "words": self.words}
        wanted = {key: value for key, value in {**given, **changed}.items() if value}
        return f"?{urlencode(wanted)}"

    def choose(self, lessons: LessonQuerySet) -> LessonQuerySet:
        """Those of these lessons."""
        if self.about:
            lessons = lessons.filter(about=self.about)
        if self.where:
            lessons = lessons.filter(round__neighbourhood__slug=self.where)
        if self.travel == "offered":
            lessons = lessons.offered()
        elif self.travel:
            lessons = lessons.filter(pk__in=Trial.objects.filter(standing=self.travel).values("lesson"))
        if self.words:
            lessons = lessons.filter(pk__in=_with_words(self.words))
        return lessons


def _with_words(words: str) -> LessonQuerySet:
    """Lessons whose words of today hold each of these."""
    stand = Wording.objects.filter(number=F("lesson__version"))
    for word in words.split()[:8]:
        has = Q()
        for part in PARTS:
            has |= Q(**{f"{part}__icontains": word})
        stand = stand.filter(has)
    return Lesson.objects.filter(pk__in=stand.values("lesson"))


TRAVELS = ("offered", "trying", "tried", "adapted", "not_for_here")


def narrowed(request: HttpRequest) -> Narrowed:
    """Read it from the address. What it does not know it takes for nothing."""
    given = request.GET
    about = given.get("about", "")
    travel = given.get("travel", "")
    number = given.get("page", "1")
    return Narrowed(
        about=about if about in Stage.values else "",
        where=given.get("where", "")[:80],
        travel=travel if travel in TRAVELS else "",
        words=" ".join(given.get("words", "").replace("\x00", "").split())[:100],
        page=int(number) if number.isdecimal() and 0 < int(number) < 10_000 else 1,
    )


def trials_with_places() -> Prefetch:
    """Where each was taken up."""
    trials = Trial.objects.select_related("round__neighbourhood").order_by("began_on", "pk")
    return Prefetch("trials", trials)
