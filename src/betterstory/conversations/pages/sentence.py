"""Which sentence a phone shows next, and all that its page says of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse

from betterstory.conversations import grouping, routing
from betterstory.conversations.asked import Asked, Room
from betterstory.conversations.pages.slips import Slip


@dataclass(frozen=True)
class Sentence:
    """All that is told to a page of one sentence, apart from the card's own slip and a notice.

    The page is the same for every card that is told the same: `pages.ready` rests on that.
    """

    gathering_pk: int
    place_name: str
    left_out: str
    statement: Asked
    nth: int
    many: int
    answered: int
    before: int | None
    chosen: int | None
    gaps: bool


def said_here(room: Room, said: Mapping[int, int]) -> dict[int, int]:
    """What a card said to sentences that are asked here."""
    asked = {each.pk for each in room.statements}
    return {pk: choice for pk, choice in said.items() if pk in asked}


def what_comes(slip: Slip, room: Room, said: Mapping[int, int]) -> Sentence | None:
    """The sentence asked for, or the next one that is not answered yet; None at the end."""
    statements = room.statements
    statement = _pick(slip, room, said)
    if statement is None:
        return None
    at = statements.index(statement)
    return Sentence(
        gathering_pk=slip.gathering.pk,
        place_name=room.place.name if room.place else "",
        left_out=slip.left_out,
        statement=statement,
        nth=at + 1 if slip.in_room else min(len(said) + len(slip.left) + 1, len(statements)),
        many=len(statements),
        answered=len(said),
        before=(statements[at - 1].number if at else None) if slip.in_room else slip.before,
        chosen=said.get(statement.pk),
        gaps=slip.may_say_me_too,
    )


def _pick(slip: Slip, room: Room, said: Mapping[int, int]) -> Asked | None:
    if slip.show is not None:
        return next((each for each in room.statements if each.number >= slip.show), None)
    open_ones = [each for each in room.statements if each.pk not in said and each.number not in slip.left]
    if slip.in_room or len(open_ones) < 2:
        return next(iter(open_ones), None)
    weights = grouping.weigh([each.pk for each in room.statements])
    return routing.pick_next(slip.voice.uuid, open_ones, weights=weights)


def may_be_kept(answer: HttpResponse, sentence: Sentence, signed: str) -> None:
    """This page says nothing but the sentence, and the slip's signature where it stands."""
    answer._says = (sentence, signed)  # type: ignore[attr-defined]  # read by `says`


def says(answer: object) -> tuple[Sentence, str] | None:
    """What `may_be_kept` was told of this page; None of any other."""
    return getattr(answer, "_says", None)
