"""Where something is typed for the wall, and the stories it is held against: those of its neighbourhood."""

from django.shortcuts import get_object_or_404

from betterstory.people.visit import Visit
from betterstory.places.models import Round
from betterstory.promises.models import Ask, Promise
from betterstory.stories.whose import Typing


def in_a_round(_request: Visit, round_pk: int) -> Typing:
    """A new ask, or a promise nobody asked for."""
    return Typing(get_object_or_404(Round, pk=round_pk).neighbourhood_id)


def under_an_ask(_request: Visit, pk: int) -> Typing:
    """An answer; the words of the ask stand there already."""
    ask = get_object_or_404(Ask.objects.select_related("round"), pk=pk)
    return Typing(ask.round.neighbourhood_id, standing=[ask.words])


def under_a_promise(_request: Visit, pk: int) -> Typing:
    """A verdict, or a new day; the words of the promise stand there already."""
    promise = get_object_or_404(Promise.objects.select_related("round"), pk=pk)
    return Typing(promise.round.neighbourhood_id, standing=[promise.words])
