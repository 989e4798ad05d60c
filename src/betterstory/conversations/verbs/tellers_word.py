"""The teller's first and last word on each level: said, read by another, handed over, or passed."""

import logging
import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules
from betterstory.conversations.models import Level, TellersWord
from betterstory.conversations.verbs.beneath import NotYoursToQuote
from betterstory.conversations.verbs.history import note_of_teller
from betterstory.conversations.verbs.tellers_turn import check_last
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Round
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import may
from betterstory.stories.said_in_rooms import seal_said
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class ByWhom(Refusal):
    """The teller let somebody read it, or handed it over, and nobody is named."""

    code, status = "by-whom", 422
    words = _("Whom did the teller name? Write a first name.")


@transaction.atomic
def give_word(
    round: Round,  # noqa: A002 - our word for one pass of the thread
    *,
    level: Level,
    place: TellersWord.Place,
    how: TellersWord.How,
    piece: Piece,
    by: Person,
    at: datetime,
    words: str = "",
    reader: str = "",
) -> TellersWord:
    """The teller speaks first, or last, on a level: by their own hand, or an organiser notes it.

    `piece` is what it hangs on; with no `words` it is itself the word. Said again, the newer stands.
    Raises NotYours, NotYoursToQuote, ByWhom, FirstWordFirst, TooLong or CannotBeKept.
    """
    story = piece.version.story
    is_teller = by.pk in story.teller_ids
    if not (is_teller or rules.may_call(by)) or story.neighbourhood_id != round.neighbourhood_id:
        raise NotYours
    if not may(by, Use.QUOTE, piece, at):
        raise NotYoursToQuote
    if how in (TellersWord.How.READ, TellersWord.How.HANDED_OVER) and not reader.strip():
        raise ByWhom
    if place == TellersWord.Place.LAST:
        check_last(round, level, story.pk)
    silent = how in (TellersWord.How.PASSED, TellersWord.How.HANDED_OVER)
    row, own = uuid.uuid4(), "" if silent else words.strip()
    facts = {
        "uuid": row,
        "how": how,
        "piece": piece,
        "words_sealed": seal_said(own, story=story, row=row) if own else b"",
        "reader": reader.strip() if how != TellersWord.How.SAID else "",
        "by_teller": is_teller,
        "noted_by": by,
        "at": at,
    }
    word, _new = TellersWord.objects.update_or_create(
        round=round, level=level, place=place, story=story, defaults=facts
    )
    note_of_teller(round, piece, by=None if is_teller else by, at=at)
    log.info("teller's word round=%s level=%s place=%s by=%s", round.pk, level, place, by.pk)
    return word


@transaction.atomic
def take_word_back(word: TellersWord, *, by: Person, at: datetime) -> None:
    """The teller takes a word on a level back, or an organiser does at their word. Raises NotYours."""
    if by.pk not in word.story.teller_ids and not rules.may_call(by):
        raise NotYours
    note_of_teller(word.round, word.piece, by=None, at=at)
    log.info("teller's word taken back round=%s by=%s", word.round_id, by.pk)
    word.delete()
