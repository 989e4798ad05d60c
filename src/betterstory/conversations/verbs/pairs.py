"""Two cards that are seen differently become sentences that a room answers."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules
from betterstory.conversations.models import Change, Gathering, Insight, Link, Statement
from betterstory.conversations.verbs.history import note
from betterstory.conversations.verbs.statements import add_statement
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import may_all
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
LONGEST = 200  # letters of a sentence to answer


class NotAPair(Refusal):
    """The line between the two says something else."""

    code, status = "not-a-pair", 422
    words = _("Only two cards that are seen differently become sentences.")


class NothingToAsk(Refusal):
    """Neither card has words of its own that may stand before this room."""

    code, status = "nothing-to-ask", 422
    words = _(
        "Neither card can be asked as it is: its words are a teller’s, or may not be shown to that room."
    )


class TooLongToAsk(Refusal):
    """A card says more than a sentence to answer can hold."""

    code, status = "too-long-to-ask", 422
    words = _("Card %(number)s is too long for a sentence to answer. Say it in %(most)s letters first.")


@transaction.atomic
def ask_pair(pair: Link, gathering: Gathering, *, by: Person, at: datetime) -> list[Statement]:
    """Make one or two sentences of a room from a pair; done twice, they are the same ones.

    A card in a teller's words is left out: a sentence is a copy, and those are not copied.
    Raises NotYours, NotAPair, NothingToAsk or TooLongToAsk.
    """
    pair = Link.objects.select_for_update(of=("self",)).select_related("start__round", "end").get(pk=pair.pk)
    if not rules.may_write_down(by, gathering) or gathering.round_id != pair.start.round_id:
        raise NotYours
    if pair.kind != Link.Kind.SEEN_DIFFERENTLY:
        raise NotAPair
    before = list(pair.asked.filter(gathering=gathering))
    if before:
        return before
    cards = [(card, list(card.pieces.select_related("version__story"))) for card in (pair.start, pair.end)]
    to_ask = [(card, pieces) for card, pieces in cards if _may_be_asked(card, pieces, gathering, at)]
    if not to_ask:
        raise NothingToAsk
    for card, _pieces in to_ask:
        if len(card.words) > LONGEST:
            raise TooLongToAsk(number=card.number, most=LONGEST)
    made = [
        add_statement(gathering, words=card.words, by=by, at=at, from_piece=pieces[0] if pieces else None)
        for card, pieces in to_ask
    ]
    pair.asked.add(*made)
    note(pair.start, Change.What.ASKED, by=by, at=at, words=gathering.title, other=pair.end)
    log.info("pair asked link=%s gathering=%s by=%s", pair.pk, gathering.pk, by.pk)
    return made


def _may_be_asked(card: Insight, pieces: Sequence[Piece], gathering: Gathering, at: datetime) -> bool:
    """It stands, in words of its own, and rests on one piece at most that the room may see.

    A sentence rests on one piece: of two tellers' yeses it could ask only one again.
    """
    if card.standing != Insight.Standing.KEPT or not card.words or len(pieces) > 1:
        return False
    return may_all(gathering.circle, Use.QUOTE, pieces, at)
