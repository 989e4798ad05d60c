"""What was learned, put beside what it was learned from: a promise, an ask, a gathering, useful acts, a
thread, a neighbourhood's home; beside figures it stands in `standing_beside`.

All these lie below lessons and know nothing of them, so what points down is added here, around their pages.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from betterstory.conversations.models import Gathering
from betterstory.conversations.pages import gatherings
from betterstory.immersion import pages as acts
from betterstory.immersion.models import Act
from betterstory.learning import rules
from betterstory.learning.models import Lesson, Points, TrialWords, WasThere
from betterstory.learning.reporting.rules import may_say_who_was_there
from betterstory.people.models import Person
from betterstory.people.visit import Visit
from betterstory.places.models import Neighbourhood
from betterstory.promises.models import Ask, Promise
from betterstory.promises.pages import entry

MOST = 12


def lessons_about(what: Q, person: Person | None) -> list[Lesson]:
    """Lessons that point to this, as far as this person may read them; the newest first. One query."""
    return list(rules.readable_by(person).that_point_to(what).with_now()[:MOST])


def promise(request: Visit, pk: int) -> HttpResponse:
    """A promise on its page, with the lessons that point to it."""
    return entry.promise(request, pk, more=_of_a_promise)


def ask(request: Visit, pk: int) -> HttpResponse:
    """An ask on its page, with the lessons that point to it."""
    return entry.ask(request, pk, more=_of_an_ask)


def gathering(request: Visit, pk: int) -> HttpResponseBase:
    """A gathering on its page, with who was there, and the lessons that point to it."""
    return gatherings.gathering(request, pk=pk, template="website/gathering.html", more=_of_a_gathering)


def useful(request: Visit, slug: str) -> HttpResponse:
    """What we have been useful with, each act with the lessons that point to it."""
    return acts.useful(request, slug, more=_of_acts)


def _of_a_gathering(request: Visit, found: Gathering) -> dict[str, object]:
    return {
        "lessons": lessons_about(Q(gathering=found), request.person),
        "was_there": WasThere.objects.newest_of(found),
        "may_say_who": may_say_who_was_there(request.somebody) and found.at <= request.at,
    }


def _of_acts(request: Visit, shown: Iterable[Act]) -> None:
    """Two queries; one where no lesson points to any of them."""
    by_act: dict[int, list[Lesson]] = {}
    points = Points.objects.filter(act__in=[each.pk for each in shown])
    rows = list(
        points.filter(wording__number=F("wording__lesson__version")).values_list("act", "wording__lesson")
    )
    if rows:
        readable = rules.readable_by(request.person).with_now().in_bulk([lesson for _act, lesson in rows])
        for act, lesson in rows:
            if lesson in readable:
                by_act.setdefault(act, []).append(readable[lesson])
    for each in shown:
        each.learned = by_act.get(each.pk, [])  # type: ignore[attr-defined]  # for the template alone


def _of_a_promise(request: Visit, found: Promise) -> dict[str, object]:
    return {"lessons": lessons_about(Q(promise=found), request.person)}


def _of_an_ask(request: Visit, found: Ask) -> dict[str, object]:
    return {"lessons": lessons_about(Q(ask=found), request.person)}


@dataclass(frozen=True)
class Elsewhere:
    """A lesson, and what other rounds said of it last."""

    lesson: Lesson
    taken_up: list[TrialWords]

    @property
    def where(self) -> str:
        """The neighbourhoods that took it up, by name."""
        names = sorted({each.trial.round.neighbourhood.name for each in self.taken_up})
        return _(" and ").join(names) if len(names) < 3 else ", ".join(names)


def elsewhere(what: Q, person: Person | None) -> list[Elsewhere]:
    """Lessons that point to this, and where each went. Two queries; one where there is no lesson."""
    lessons = lessons_about(what, person)
    if not lessons:
        return []
    said = TrialWords.objects.filter(trial__lesson__in=lessons, number=F("trial__version"))
    found: dict[int, list[TrialWords]] = {}
    for each in said.select_related("trial__round__neighbourhood").order_by("trial__began_on", "trial"):
        found.setdefault(each.trial.lesson_id, []).append(each)
    return [Elsewhere(lesson, found.get(lesson.pk, [])) for lesson in lessons]


def learned_in(neighbourhood: Neighbourhood, person: Person | None, *, most: int = 3) -> list[Lesson]:
    """The newest lessons of a neighbourhood, for its home page. One query."""
    return list(rules.readable_by(person).filter(round__neighbourhood=neighbourhood).with_now()[:most])


def pointing_to_story(story: int, asks: list[Ask], promises: list[Promise]) -> Q:
    """Lessons that point to what came of a story, or to a moment of it."""
    return Q(ask__in=asks) | Q(promise__in=promises) | Q(piece__version__story=story)
