"""Released figures: anyone may look at them. Whose story they belong to is said while its teller says yes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from betterstory.behind import answering, counting, rules
from betterstory.behind.models import Answer, Draft, Pattern, Release
from betterstory.people.models import Person
from betterstory.people.visit import Visit
from betterstory.stories import showing
from betterstory.stories.models import Use
from betterstory.stories.rules import Viewer, viewer_of


@require_safe
def index(request: Visit) -> HttpResponse:
    """Every release, the newest first; for those who look after them, also what waits, patterns and logs."""
    person = request.person
    told = {
        "releases": Release.objects.select_related("pattern"),
        "waiting": _waiting(person) if person is not None else [],
        "may_read_patterns": person is not None and person.plays(*rules.READERS),
        "may_make": person is not None and rules.may_make(person),
        "may_keep": person is not None and rules.may_keep(person),
        "may_name_trustees": person is not None and rules.may_end_a_trustee(person),
    }
    return render(request, "behind/index.html", told)


def _waiting(person: Person) -> list[Draft | Answer]:
    """Drafts and answers that wait and that this person may see."""
    drafts = list(Draft.objects.waiting().select_related("pattern"))
    answers = list(Answer.objects.waiting().select_related("pattern"))
    if not rules.may_keep(person):
        may = rules.approvable(person, drafts) if drafts else set()
        drafts = [draft for draft in drafts if draft.pk in may]
    if not rules.may_make(person):
        may = rules.approvable(person, answers) if answers else set()
        answers = [answer for answer in answers if answer.pk in may]
    return [*drafts, *answers]


type More = Callable[[Visit, Pattern | None], dict[str, object]]


def nothing_more(_request: Visit, _tied: Pattern | None) -> dict[str, object]:
    """What else a page says of a pattern that may be tied to its story now: here nothing."""
    return {}


@require_safe
def release(
    request: Visit, pk: int, template: str = "behind/release.html", more: More = nothing_more
) -> HttpResponse:
    """Who stands behind a story: the shape, the answer drawn and in words, and how we know.

    Whoever looks up over several folders brings a template of their own, and what else stands in it.
    """
    others = Answer.objects.out().filter(pattern=OuterRef("pattern"))
    found = get_object_or_404(Release.objects.with_pattern().annotate(stands_beside=Exists(others)), pk=pk)
    pattern = found.pattern
    tied = rules.is_tied(pattern, at=request.at)
    story = _story(pattern, viewer_of(request.person), request.at) if tied else StoryLink()
    told = answered(found, teller=story.name) | {
        "release": found,
        "tied": tied,
        "story": story,
        "beside": getattr(found, "stands_beside", False),
        "may_estimate": request.person is not None and rules.may_estimate(request.person),
        "may_read_patterns": request.person is not None and request.person.plays(*rules.READERS),
    }
    return render(request, template, {**told, **more(request, pattern if tied else None)})


def answered(counted: Draft | Release, *, teller: str = "") -> dict[str, Any]:
    """What a page says of a count: for `behind/_answer.html`."""
    return {
        "pattern": counted.pattern,
        "shape": answering.shape(counted.figures["steps"]),
        "wall": answering.draw(counted.figures, teller=teller),
        "levels": answering.levels(counted.figures),
        "waits": answering.waits(counted.figures),
        "lives": answering.lives(counted.figures),
        "no_clear_change": answering.no_clear_change(counted.figures),
        "said": counting.read(counted.pattern.toml).said,
        "estimates": counted.pattern.estimates.all(),
    }


@dataclass(frozen=True)
class StoryLink:
    """What of its story a viewer may be told: the name its teller chose, and where to read it."""

    name: str = ""
    key: str = ""


def _story(pattern: Pattern, viewer: Viewer, at: datetime) -> StoryLink:
    pieces = list(pattern.pieces.all())
    seen = showing.show_each_use(pieces, viewer=viewer, uses=(Use.READ, Use.PICTURE), at=at)
    for of_use in seen.values():
        for shown in of_use.values():
            if shown.name is not None:
                return StoryLink(shown.name, str(shown.piece.version.story.uuid))
    return StoryLink()
