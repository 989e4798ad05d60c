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


def in_its_own_words(_request: Visit, pk: int) -> Typing:
    """A card said in other words."""
    card = get_object_or_404(Insight.objects.select_related("round"), pk=pk)
    return Typing(card.round.neighbourhood_id, standing=[card.words], may_tie=False)


def what_a_voice_wrote(_request: Visit, pk: int) -> Typing | None:
    """A suggestion is compared when the room keeps it: a voice card is told nothing of stories."""
    card = get_object_or_404(Insight.objects.select_related("round"), pk=pk)
    if card.from_voice_id is None:
        return None
    return Typing(card.round.neighbourhood_id, typed=[card.words], may_tie=False)


def why_not_kept(_request: Visit, pk: int) -> Typing:
    """The reason a suggestion is not kept; its words stand there already."""
    card = get_object_or_404(Insight.objects.select_related("round"), pk=pk)
    return Typing(card.round.neighbourhood_id, standing=[card.words], may_tie=False)


def on_many_cards(_request: Visit, pk: int) -> Typing:
    """Opposites of all the cards of a round; what stands there was asked about before."""
    standing = Insight.objects.filter(round=pk).exclude(turned_over="").values_list("turned_over", flat=True)
    return Typing(_of_round(pk), standing=list(standing))


def of_a_teller(_request: Visit, pk: int) -> Typing:
    """What a teller says first or last on a level: a line of the story is shown, never copied."""
    return Typing(_of_round(pk))


def in_the_better_story(_request: Visit, pk: int) -> Typing:
    """Its text; what stood in the last one was asked about then."""
    last = BetterStory.objects.filter(round=pk).order_by("-number").values_list("text", flat=True)[:1]
    return Typing(_of_round(pk), standing=list(last))


def in_a_gathering(request: Visit, pk: int) -> Typing:
    """A sentence for a room: somebody of it may tie a line to it that the room may see."""
    room = get_object_or_404(Gathering.objects.select_related("round", "circle"), pk=pk)
    is_of_it = room.circle_id in request.somebody.circle_ids
    return Typing(room.round.neighbourhood_id, viewer=room.circle, may_tie=is_of_it)


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
