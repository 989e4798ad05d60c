"""The table of who may move a promise, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from betterstory.promises.models import State
from betterstory.promises.moves import Move

WHO = {
    "promiser": _("whoever promises"),
    "promised": _("the side it was promised to"),
    "cards": _("the residents who were asked"),
    "clock": _("nobody: by itself"),
}
DOES = {
    "makes": _("makes it"),
    "makes, in a hold": _("makes it, before an election"),
    "lets in": _("lets it in after the election"),
    "confirms": _("confirms what was written down in the room"),
    "takes back": _("takes it back, within five working days of the room, and says why"),
    "agrees to words": _("agrees to other words"),
    "makes again": _("agrees to a new day"),
    "says kept": _("says that it is kept"),
    "says partly": _("says that it is kept in part"),
    "says not kept": _("says that it is not kept"),
    "lets go": _("lets it go"),
    "count as kept": _("mostly say that it is kept, once they are counted and five of them knew"),
    "count as partly": _("mostly say half, or two answers equally often, once they are counted"),
    "count as not kept": _("mostly say that it is not kept, once they are counted"),
}


@dataclass(frozen=True)
class Row:
    """One line for a reader: who, what, and how it may stand before."""

    who: str
    does: str
    before: tuple[str, ...]
    to: str


def in_words(moves: Iterable[Move]) -> list[Row]:
    """The states before, gathered in one line for each thing somebody does."""
    before: dict[tuple[str, str], list[Move]] = {}
    for move in moves:
        before.setdefault((move.who, move.does), []).append(move)
    return [
        Row(
            who=str(WHO[who]),
            does=str(DOES[does]),
            before=tuple(str(State(each.before).label) for each in each_of if each.before != "-"),
            to="" if each_of[0].to == each_of[0].before else str(State(each_of[0].to).label),
        )
        for (who, does), each_of in before.items()
    ]
