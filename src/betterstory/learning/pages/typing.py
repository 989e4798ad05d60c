"""Where something is typed about a lesson, and the stories it is held against: those of its neighbourhood."""

from django.shortcuts import get_object_or_404

from betterstory.learning.forms import PARTS
from betterstory.learning.models import Lesson, Outcome, Trial, Wording
from betterstory.people.visit import Visit
from betterstory.places.models import Neighbourhood, Round
from betterstory.stories.whose import Typing


def in_a_round(_request: Visit, round_pk: int) -> Typing:
    """A new lesson, or how a round began."""
    return Typing(get_object_or_404(Round, pk=round_pk).neighbourhood_id)


def in_a_neighbourhood(_request: Visit, slug: str) -> Typing:
    """How the next round begins."""
    return Typing(get_object_or_404(Neighbourhood, slug=slug).pk, may_tie=False)


def under_a_lesson(_request: Visit, pk: int) -> Typing:
    """A lesson written again, or what changed because of it; its own words stand there already."""
    lesson = get_object_or_404(Lesson.objects.with_words(), pk=pk)
    return Typing(lesson.round.neighbourhood_id, standing=_standing(lesson.words))


def where_it_is_tried(_request: Visit, pk: int, round_pk: int) -> Typing:
    """How a lesson stands in another round: held against the stories told there."""
    round_ = get_object_or_404(Round, pk=round_pk)
    lesson = get_object_or_404(Lesson.objects.with_words(), pk=pk)
    said = Trial.objects.with_words().filter(lesson=lesson, round=round_).first()
    before = [said.words.reason, said.words.changed, said.words.came_of] if said else []
    return Typing(round_.neighbourhood_id, standing=[*_standing(lesson.words), *before], may_tie=False)


def under_an_outcome(_request: Visit, pk: int) -> Typing:
    """Who says so too; the card stands there already."""
    outcome = get_object_or_404(Outcome.objects.select_related("lesson__round"), pk=pk)
    standing = [outcome.who, outcome.what, outcome.matters, outcome.our_part]
    return Typing(outcome.lesson.round.neighbourhood_id, standing=standing)


def instead_of_words(_request: Visit, pk: int) -> Typing:
    """Why old words were taken out."""
    wording = get_object_or_404(Wording.objects.select_related("lesson__round"), pk=pk)
    return Typing(wording.lesson.round.neighbourhood_id)


def _standing(words: Wording) -> list[str]:
    return [getattr(words, part) for part in PARTS]
