"""What stands on the page of all neighbourhoods, read in a handful of queries for any number of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from betterstory.learning.models import Standing, Trial, Wording
from betterstory.learning.neighbours.layout import Picture, Place, Way, draw
from betterstory.learning.neighbours.shared import Shared, shared_by
from betterstory.places.models import Neighbourhood, Round, Stage
from betterstory.promises.models import Ask, Promise
from betterstory.stories.models import Version
from betterstory.stories.rules import Viewer

A_PAGE = 8  # neighbourhoods: a town's seven on one page
OWED = 2  # of each kind, for each of them; the wall holds the rest
MOST_TRIALS = 40
MOST_DRAWN = 16


@dataclass
class Here:
    """A neighbourhood as it stands: its newest round, and what it waits for longest."""

    pk: int
    name: str
    slug: str
    round: int | None
    number: int
    stage: Stage | None
    is_over: bool
    promises: list[tuple[Promise, bool]] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Where it is, in words."""
        if self.stage is None:
            return _("Not begun yet")
        told = {"number": self.number, "stage": self.stage.label}
        if self.is_over:
            return _("Round %(number)s is over") % told
        return _("Round %(number)s: %(stage)s") % told


@dataclass
class Carried:
    """Lessons from one neighbourhood taken up in another, as a line and in words."""

    number: int
    start: str
    end: str
    trials: list[Trial]
    is_drawn: bool = False

    @property
    def is_refused(self) -> bool:
        return all(trial.standing == Standing.NOT_FOR_HERE for trial in self.trials)


@dataclass(frozen=True)
class Together:
    """The page. `seen`: of which stories something is shown."""

    places: list[Here]
    picture: Picture
    carried: list[Carried]
    shared: list[Shared]
    seen: set[Version]
    has_more: bool
    pages: list[tuple[str, str]]  # of each page the first and the last name, where there are several


def look(*, page: int, viewer: Viewer, at: datetime, on: date) -> Together:
    """One page of neighbourhoods, by name."""
    found = _places(page)
    places, more = found[:A_PAGE], len(found) > A_PAGE
    known = {place.pk: place for place in places}
    _what_is_owed(known, on)
    carried = _carried(known)
    shared, seen = shared_by({place.pk: place.name for place in places}, viewer=viewer, at=at)
    order = list(Stage)
    picture = draw(
        [Place(p.slug, p.name, order.index(p.stage) if p.stage else None, p.words) for p in places],
        [Way(c.number, c.start, c.end, c.is_refused) for c in carried if c.is_drawn],
        [str(stage.label) for stage in order],
    )
    pages = _pages() if more or page > 1 else []
    return Together(places, picture, carried, shared, seen, more, pages)


def _pages() -> list[tuple[str, str]]:
    names = list(Neighbourhood.objects.order_by("name", "pk").values_list("name", flat=True))
    several = [names[at : at + A_PAGE] for at in range(0, len(names), A_PAGE)]
    return [(each[0], each[-1]) for each in several]


def _places(page: int) -> list[Here]:
    """In order of name, each with its newest round: one query, and one more than a page holds."""
    newest = Round.objects.filter(neighbourhood=OuterRef("pk")).order_by("-number")
    rows = Neighbourhood.objects.annotate(
        its_pk=Subquery(newest.values("pk")[:1]),
        its_number=Subquery(newest.values("number")[:1]),
        its_stage=Subquery(newest.values("stage")[:1]),
        its_ended_on=Subquery(newest.values("ended_on")[:1]),
    ).order_by("name", "pk")
    first = (page - 1) * A_PAGE
    told = rows.values_list("pk", "name", "slug", "its_pk", "its_number", "its_stage", "its_ended_on")
    return [
        Here(pk, name, slug, round_, number or 0, Stage(stage) if stage else None, ended_on is not None)
        for pk, name, slug, round_, number, stage, ended_on in told[first : first + A_PAGE + 1]
    ]


def _what_is_owed(known: dict[int, Here], on: date) -> None:
    """The few that each waits for longest; how many there are in all is no matter of this page."""
    promises = Promise.objects.still_open().filter(round__neighbourhood__in=known)
    for promise in _longest(promises.select_related("post__body", "round"), "due_on"):
        known[promise.round.neighbourhood_id].promises.append((promise, promise.is_late(on=on)))
    asks = Ask.objects.waiting().filter(round__neighbourhood__in=known)
    for ask in _longest(asks.select_related("of", "round"), "asked_on"):
        known[ask.round.neighbourhood_id].asks.append(ask)


def _longest[Owed: (Promise, Ask)](found: QuerySet[Owed], day: str) -> QuerySet[Owed]:
    turn = Window(RowNumber(), partition_by=F("round__neighbourhood"), order_by=[F(day), F("pk")])
    return found.annotate(turn=turn).filter(turn__lte=OWED).order_by(day, "pk")


def _carried(known: dict[int, Here]) -> list[Carried]:
    """Lessons on their way to, from or between these, the newest ways first; lines for those between them."""
    now = Wording.objects.filter(lesson=OuterRef("lesson"), number=OuterRef("lesson__version"))
    trials = (
        Trial.objects.filter(lesson__offered_on__isnull=False)
        .filter(_touches(known))
        .select_related("lesson__round__neighbourhood", "round__neighbourhood")
        .annotate(now=Subquery(now.values("now")[:1]))
        .order_by("-began_on", "-pk")[:MOST_TRIALS]
    )
    ways: dict[tuple[str, str], Carried] = {}
    for trial in trials:
        start, end = trial.lesson.round.neighbourhood, trial.round.neighbourhood
        way = ways.setdefault((start.slug, end.slug), Carried(len(ways) + 1, start.slug, end.slug, []))
        between = start.pk in known and end.pk in known and start.pk != end.pk
        way.is_drawn = between and way.number <= MOST_DRAWN
        way.trials.append(trial)
    return list(ways.values())


def _touches(known: Iterable[int]) -> Q:
    places = list(known)
    return Q(lesson__round__neighbourhood__in=places) | Q(round__neighbourhood__in=places)
