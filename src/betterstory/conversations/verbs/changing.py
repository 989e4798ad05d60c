"""Changing a card that stands there: other words, who could change it, its opposite. Nothing is lost.

Whoever changes a card says which version of it they saw. Where it was changed meanwhile nothing is written,
and they are told; the page then shows both.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules
from betterstory.conversations.models import Change, Insight, Level
from betterstory.conversations.verbs.beneath import NothingOnTheCard
from betterstory.conversations.verbs.grounds import check_words
from betterstory.conversations.verbs.history import note
from betterstory.people.models import Body, Person
from betterstory.people.verbs import NotYours
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class ChangedMeanwhile(Refusal):
    """Somebody else changed the card since it was opened."""

    code = "changed-meanwhile"
    words = _("Somebody changed this card while you were writing. Read theirs, then keep yours or let it be.")


class SaidByTheTeller(Refusal):
    """A card that stands in the teller's words has none of its own to change."""

    code = "said-by-the-teller"
    words = _("This card stands in the teller’s own words. Nobody else changes those.")


@transaction.atomic
def reword_card(
    card: Insight, *, words: str, by: Person, at: datetime, seen: int, owner: Body | None = None
) -> Insight:
    """Say a card in other words, or say who could change the rule; the words before stay in its history.

    Raises NotYours, SaidByTheTeller, NothingOnTheCard, ChangedMeanwhile, or as `grounds.check_words`.
    """
    card = _locked(card)
    if not rules.may_reword(by, card):
        raise NotYours
    if not card.words:
        raise SaidByTheTeller
    words = words.strip()
    if not words:
        raise NothingOnTheCard
    owner = owner if card.level == Level.STRUCTURE else None
    if (words, owner) == (card.words, card.owner):
        return card
    if card.version != seen:
        raise ChangedMeanwhile
    check_words(card.round, Level(card.level), words, held_by=card.held_by, by=card.added_by)
    if words != card.words:
        note(card, Change.What.REWORDED, by=by, at=at, words=words)
    if owner != card.owner:
        note(card, Change.What.OWNER, by=by, at=at, words=owner.name if owner else "")
    card.words, card.owner = words, owner
    _save(card, "words", "owner")
    log.info("card reworded card=%s by=%s", card.pk, by.pk)
    return card


@transaction.atomic
def turn_over(card: Insight, *, words: str, by: Person, at: datetime, seen: int | None = None) -> Insight:
    """What the card says in the better story; "" takes it off again. Raises NotYours or ChangedMeanwhile."""
    card = _locked(card)
    if not rules.may_look_beneath(by, card.round):
        raise NotYours
    words = words.strip()
    if words == card.turned_over:
        return card
    if seen is not None and card.version != seen:
        raise ChangedMeanwhile
    note(card, Change.What.TURNED_OVER, by=by, at=at, words=words)
    card.turned_over = words
    _save(card, "turned_over")
    log.info("card turned over card=%s by=%s", card.pk, by.pk)
    return card


def _locked(card: Insight) -> Insight:
    """The card, read afresh; whoever else changes it waits."""
    cards = Insight.objects.select_for_update(of=("self",)).select_related("round", "owner", "added_by")
    return cards.get(pk=card.pk)


def _save(card: Insight, *fields: str) -> None:
    card.version += 1
    card.save(update_fields=[*fields, "version"])
