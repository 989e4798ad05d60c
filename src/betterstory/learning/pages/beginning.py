"""Beginning a round from lessons of earlier ones: choose them, say why, and what is done otherwise."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from betterstory.learning import rules, verbs
from betterstory.learning.forms import BeginForm
from betterstory.learning.models import Beginning, Lesson
from betterstory.learning.pages.finding import Narrowed, narrowed
from betterstory.learning.pages.forms_answered import carried_out, form_page, takes_a_form
from betterstory.learning.pages.lessons import filters
from betterstory.learning.pages.typing import in_a_neighbourhood, in_a_round
from betterstory.learning.verbs import LONGEST_WHY, Choice, SayWhy, TooLong
from betterstory.people.models import Role
from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.places.models import Neighbourhood, Round
from betterstory.stories.whose import asks_whose

MOST_SHOWN = 30
TYPED = ("differently", "why")


@dataclass
class Why:
    """A chosen lesson, with the why that was typed and what is wrong with it."""

    lesson: Lesson
    because: str = ""
    wrong: str = ""


@takes_a_form
@needs_part(Role.ORGANISER, Role.STEWARD)
@asks_whose(in_a_neighbourhood, fields=TYPED)
@once
def begin(request: Visit, slug: str) -> HttpResponse:
    """Begin the next round here. First the lessons are chosen, then each gets its why."""
    here = get_object_or_404(Neighbourhood.objects.prefetch_related("rounds"), slug=slug)
    open_to_it = _open_to(here, None)
    if request.method != "POST" and "chosen" not in request.GET:
        return _choose(request, open_to_it, here=here)
    whys = _whys(request, open_to_it)
    last = here.current_round
    start = {"after": last.number if last else 0}
    form = BeginForm(request.POST or None, initial=start, must_say=bool(whys))

    def verb(chosen: list[Choice]) -> Round:
        told = form.cleaned_data
        return verbs.begin(
            neighbourhood=here,
            chosen=chosen,
            differently=told["differently"],
            after=told["after"] or 0,
            by=request.somebody,
            on=request.on,
        )

    made = _carried_out(form, whys, verb)
    if made:
        return redirect("learning:beginning", round_pk=made.pk)
    return form_page(request, "learning/begin.html", form, here=here, whys=whys)


@takes_a_form
@signed_in
@asks_whose(in_a_round, fields=TYPED)
@once
def say_how_it_began(request: Visit, round_pk: int) -> HttpResponse:
    """The same for a round that has begun already."""
    current = get_object_or_404(Round.objects.select_related("neighbourhood"), pk=round_pk)
    if not rules.may_write(request.somebody, current):
        raise verbs.NotYoursToWrite
    open_to_it = _open_to(current.neighbourhood, current)
    if request.method != "POST" and "chosen" not in request.GET:
        return _choose(request, open_to_it, here=current.neighbourhood, round=current)
    whys = _whys(request, open_to_it)
    form = BeginForm(request.POST or None, must_say=True)
    made = _carried_out(
        form,
        whys,
        lambda chosen: verbs.say_how_it_began(
            current,
            chosen=chosen,
            differently=form.cleaned_data["differently"],
            by=request.somebody,
            on=request.on,
        ),
    )
    if made:
        return redirect("learning:beginning", round_pk=round_pk)
    return form_page(
        request, "learning/begin.html", form, here=current.neighbourhood, round=current, whys=whys
    )


@require_safe
def beginning(request: Visit, round_pk: int) -> HttpResponse:
    """What a round began from, and what it does differently; anyone may read it."""
    current = get_object_or_404(Round.objects.select_related("neighbourhood"), pk=round_pk)
    said = Beginning.objects.filter(round=current).first()
    chosen = list(said.chosen.all()) if said else []
    lessons = rules.readable_by(request.person).filter(pk__in=[each.lesson_id for each in chosen])
    found = {each.pk: each for each in lessons.with_words()} if chosen else {}
    told = {
        "round": current,
        "beginning": said,
        "chosen": [(each, found.get(each.lesson_id)) for each in chosen],
        "may_write": request.person is not None and rules.may_write(request.person, current),
    }
    return render(request, "learning/beginning.html", told)


def _open_to(here: Neighbourhood, current: Round | None) -> QuerySet[Lesson]:
    """Lessons of this neighbourhood's other rounds, and those any other offers."""
    ours = Q(round__neighbourhood=here)
    found = Lesson.objects.with_words().filter(ours | Q(offered_on__isnull=False))
    return found.exclude(round=current) if current else found


def _choose(
    request: Visit,
    lessons: QuerySet[Lesson],
    *,
    here: Neighbourhood,
    round: Round | None = None,  # noqa: A002 - our word
) -> HttpResponse:
    """The lessons to choose from, those of this neighbourhood first."""
    look: Narrowed = narrowed(request)
    found = list(look.choose(lessons)[:MOST_SHOWN])  # type: ignore[arg-type]
    ours = [each for each in found if each.round.neighbourhood_id == here.pk]
    told = {
        "here": here,
        "round": round,
        "look": look,
        "filters": filters(look)[:2],
        "ours": ours,
        "others": [each for each in found if each not in ours],
        "most": MOST_SHOWN if len(found) == MOST_SHOWN else 0,
    }
    return render(request, "learning/choose.html", told)


def _whys(request: Visit, lessons: QuerySet[Lesson]) -> list[Why]:
    """The chosen lessons, in the order they were sent; each with the why that was typed beside it."""
    sent = request.POST if request.method == "POST" else request.GET
    keys = list(dict.fromkeys(key for key in sent.getlist("lesson") if key.isdecimal()))
    whys = request.POST.getlist("why")
    found = {str(each.pk): each for each in lessons.filter(pk__in=[int(key) for key in keys[:50]])}
    typed = dict(zip(keys, [*whys, *[""] * len(keys)], strict=False))
    return [Why(found[key], typed[key]) for key in keys if key in found]


def _carried_out[Made](form: BeginForm, whys: list[Why], verb: Callable[[list[Choice]], Made]) -> Made | None:
    """What the verb made; a why that is missing or too long is told beside its lesson."""
    if not form.is_bound:
        return None
    for each in whys:
        if not each.because.strip():
            each.wrong = SayWhy().sentence
        elif len(" ".join(each.because.split())) > LONGEST_WHY:
            each.wrong = TooLong(most=LONGEST_WHY).sentence
    if any(each.wrong for each in whys):
        form.add_error(None, _("Say why for each lesson you chose, in a line or two."))
        return None
    return carried_out(form, lambda: verb([Choice(each.lesson, each.because) for each in whys]))
