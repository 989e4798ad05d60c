"""Where something is typed here, and the stories it is held against: those of the round's neighbourhood."""

from django.shortcuts import get_object_or_404

from betterstory.conversations.models import BetterStory, Gathering, Insight, Level, Statement, Turn
from betterstory.people.visit import Visit
from betterstory.places.models import Round
from betterstory.stories.whose import Typing


def on_the_iceberg(request: Visit, pk: int) -> Typing:
    """A new card. What we take for granted is said in the first person: no line of a story stands for it."""
    own = request.POST.get("level") == Level.MENTAL_MODEL
    return Typing(_of_round(pk), may_tie=not own)


def on_a_card(_request: Visit, pk: int) -> Typing:
    """The opposite of a card."""
    card = get_object_or_404(Insight.objects.select_related("round"), pk=pk)
    return Typing(card.round.neighbourhood_id, standing=[card.turned_over])


def in_the_better_story(_request: Visit, pk: int) -> Typing:
    """Its text; what stood in the last one was asked about then."""
    last = BetterStory.objects.filter(round=pk).order_by("-number").values_list("text", flat=True)[:1]
    return Typing(_of_round(pk), standing=list(last))


def in_a_gathering(_request: Visit, pk: int) -> Typing:
    """A sentence for a room: a line may be tied to it that the room may see."""
    room = get_object_or_404(Gathering.objects.select_related("round", "circle"), pk=pk)
    return Typing(room.round.neighbourhood_id, viewer=room.circle)


def in_a_sentence(_request: Visit, pk: int) -> Typing:
    """The same sentence said another way, or why it is put aside."""
    found = _sentence(pk)
    return Typing(found.gathering.round.neighbourhood_id, standing=[found.words])


def on_a_turn(_request: Visit, pk: int) -> Typing:
    """The words of a turn, as they stand on the big screen; what stood there was asked about before."""
    turn = get_object_or_404(Turn.objects.select_related("gathering__round", "gathering__circle"), pk=pk)
    room = turn.gathering
    return Typing(room.round.neighbourhood_id, viewer=room.circle, standing=[turn.words], may_tie=False)


def on_a_voice_card(_request: Visit, pk: int) -> Typing | None:
    """What a voice wrote is compared when somebody takes it up: a card without a name is told nothing."""
    found = _sentence(pk)
    if found.is_read:
        return None
    return Typing(found.gathering.round.neighbourhood_id, typed=[found.words])


def _sentence(pk: int) -> Statement:
    return get_object_or_404(Statement.objects.select_related("gathering__round"), pk=pk)


def _of_round(pk: int) -> int:
    return get_object_or_404(Round, pk=pk).neighbourhood_id
