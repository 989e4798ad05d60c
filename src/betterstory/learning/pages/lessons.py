"""Reading lessons: all of them, one on its page, and one on a card to take along."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from betterstory.learning import rules, travel
from betterstory.learning.models import Lesson, Standing
from betterstory.learning.pages.finding import A_PAGE, Narrowed, find, narrowed, readable, trials_with_places
from betterstory.learning.pointing import pointed_to
from betterstory.people.cards import LoopbackAddress, printable_address
from betterstory.people.visit import Visit
from betterstory.places.models import Neighbourhood, Stage
from betterstory.stories import consenting
from betterstory.stories.models import Use
from betterstory.stories.rules import ANYONE, viewer_of


@dataclass(frozen=True)
class Choice:
    """One plain link of a filter."""

    words: str
    link: str
    here: bool


@require_safe
def lessons(request: Visit) -> HttpResponse:
    """The newest first; a part of them by plain links and a few words."""
    look = narrowed(request)
    found = look.choose(rules.readable_by(request.person)).with_words()
    first = (look.page - 1) * A_PAGE
    shown = list(found.prefetch_related(trials_with_places())[first : first + A_PAGE + 1])
    told = {
        "look": look,
        "lessons": shown[:A_PAGE],
        "filters": filters(look),
        "earlier": len(shown) > A_PAGE and f"{look.link()}&page={look.page + 1}",
        "later": look.page > 1 and f"{look.link()}&page={look.page - 1}",
        "is_narrowed": look.link() != "?",
    }
    return render(request, "learning/lessons.html", told)


def filters(look: Narrowed) -> list[tuple[str, list[Choice]]]:
    """Lines of links: which part of a round, from where, how far it has travelled."""

    def choice(words: object, **changed: str) -> Choice:
        here = all(getattr(look, key) == value for key, value in changed.items())
        return Choice(str(words), look.link(**changed), here)

    places = Neighbourhood.objects.filter(rounds__in=Lesson.objects.values("round")).distinct()
    moves = [("offered", _("offered to others")), *((each.value, each.label) for each in Standing)]
    return [
        (
            _("About"),
            [choice(_("all of a round"), about=""), *(choice(s.label, about=s.value) for s in Stage)],
        ),
        (_("From"), [choice(_("everywhere"), where=""), *(choice(p.name, where=p.slug) for p in places)]),
        (_("Elsewhere"), [choice(_("all of them"), travel=""), *(choice(w, travel=k) for k, w in moves)]),
    ]


@require_safe
def lesson(request: Visit, pk: int) -> HttpResponse:
    """What was learned, what it points to, where it went, and what came of it."""
    found = find(request, pk)
    pointed = pointed_to(found.words, viewer=viewer_of(request.person), at=request.at, on=request.on)
    consenting.note_seen_each(pointed.versions, use=Use.QUOTE, on=request.on, person=request.person)
    told = {
        "lesson": found.lesson,
        "words": found.words,
        "older": found.wordings[1:],
        "points": pointed.rows,
        "shows_moments": bool(pointed.versions),
        "taken_up": travel.taken_up(found.lesson, readable=readable(request.person)),
        "outcomes": travel.borne_out(found.lesson),
        "may_write": found.is_of_the_round,
        "may_take_out": request.person is not None and rules.may_take_out(request.person),
        "came_from": _source(found.lesson),
    }
    return render(request, "learning/lesson.html", told)


def _source(found: Lesson) -> Lesson | None:
    """The lesson of another round that this one grew from, where anyone may read it."""
    source = found.came_from.lesson if found.came_from else None
    return source if source is not None and source.is_for_anyone else None


@require_safe
def on_paper(request: Visit, pk: int) -> HttpResponse:
    """A card for the wall of the next neighbourhood's hall. What rests on a story is left out of it:
    paper cannot be taken back.
    """
    found = find(request, pk)
    pointed = pointed_to(found.words, viewer=ANYONE, at=request.at, on=request.on)
    try:
        address = printable_address() + reverse("learning:lesson", args=[pk])
    except LoopbackAddress:
        address = ""
    told = {
        "lesson": found.lesson,
        "words": found.words,
        "points": [row for row in pointed.rows if not row.of_a_story],
        "taken_up": travel.taken_up(found.lesson, readable=readable(None)),
        "address": address,
    }
    return render(request, "learning/lesson_print.html", told)
