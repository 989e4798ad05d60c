"""Cards that are suggested: from a voice card, or by somebody of the room. The room keeps them, or not."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules
from betterstory.conversations.models import Change, Gathering, Insight, Level, Voice
from betterstory.conversations.verbs.beneath import NothingOnTheCard, next_number
from betterstory.conversations.verbs.grounds import SayItAsYourOwn, basis_of, check_words, is_first_person
from betterstory.conversations.verbs.history import note
from betterstory.conversations.verbs.tellers_turn import check_turn
from betterstory.conversations.verbs.voices import VotingIsClosed, check_round
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MOST_OF_A_VOICE = 6


class EnoughCards(Refusal):
    """A voice has suggested as many cards as it can."""

    code = "enough-cards"
    words = _(
        "This card has suggested %(most)s cards. That is enough for one evening. Say more at the table."
    )


class SayWhyNot(Refusal):
    """A suggestion that is not kept has a reason."""

    code, status = "say-why-not", 422
    words = _("Say why it is not kept. Whoever wrote it can read the reason.")


class LetOthersKeepIt(Refusal):
    """One does not keep one's own suggestion."""

    code, status = "let-others-keep-it", 403
    words = _("Somebody else of the room keeps your card, or does not.")


@transaction.atomic
def suggest_card(gathering: Gathering, *, level: Level, words: str, voice: Voice, at: datetime) -> Insight:
    """A voice suggests a card; sent again, it is the same card.

    Raises CardUnknown, VotingIsClosed, NothingOnTheCard, SayItAsYourOwn or EnoughCards.
    """
    gathering = Gathering.objects.select_for_update().select_related("round").get(pk=gathering.pk)
    check_round(voice, gathering)
    if not gathering.voting_open:
        raise VotingIsClosed
    words = words.strip()
    if not words:
        raise NothingOnTheCard
    of_voice = Insight.objects.filter(round=gathering.round_id, from_voice=voice)
    same = of_voice.filter(level=level, words=words).first()
    if same is not None:
        return same
    if of_voice.count() >= MOST_OF_A_VOICE:
        raise EnoughCards(most=MOST_OF_A_VOICE)
    # which names are known here is not told to a card without one: that is looked at when it is kept
    if level == Level.MENTAL_MODEL and not is_first_person(words):
        raise SayItAsYourOwn
    card = Insight.objects.create(
        round=gathering.round,
        gathering=gathering,
        level=level,
        number=next_number(gathering.round),
        words=words,
        basis=basis_of(level, None, release=None, statements=[], pieces=[]),
        held_by=_now("one of us") if level == Level.MENTAL_MODEL else "",
        added_at=at,
        from_voice=voice,
        standing=Insight.Standing.SUGGESTED,
    )
    note(card, Change.What.SUGGESTED, by=None, at=at, words=words)
    log.info("card suggested round=%s card=%s", card.round_id, card.pk)
    return card


@transaction.atomic
def keep_card(card: Insight, *, by: Person, at: datetime) -> Insight:
    """The room keeps a suggestion: from now on it stands on the iceberg.

    Raises NotYours, LetOthersKeepIt, as `grounds.check_words` where it must be reworded first, or as
    `tellers_turn.check_turn` where the teller has the word.
    """
    card = _locked(card, by)
    if card.standing == Insight.Standing.KEPT:
        return card
    check_words(card.round, Level(card.level), card.words, held_by=card.held_by, by=card.added_by)
    check_turn(card.round, Level(card.level), words=card.words, pieces=list(card.pieces.all()), at=at)
    card.standing, card.because = Insight.Standing.KEPT, ""
    card.save(update_fields=["standing", "because"])
    note(card, Change.What.KEPT, by=by, at=at)
    log.info("card kept card=%s by=%s", card.pk, by.pk)
    return card


@transaction.atomic
def do_not_keep(card: Insight, *, because: str, by: Person, at: datetime) -> Insight:
    """The room does not keep a suggestion, and says why. Raises NotYours, LetOthersKeepIt or SayWhyNot."""
    card = _locked(card, by)
    because = because.strip()
    if not because:
        raise SayWhyNot
    if card.standing == Insight.Standing.NOT_KEPT and card.because == because:
        return card
    card.standing, card.because = Insight.Standing.NOT_KEPT, because
    card.save(update_fields=["standing", "because"])
    note(card, Change.What.NOT_KEPT, by=by, at=at, words=because)
    log.info("card not kept card=%s by=%s", card.pk, by.pk)
    return card


def _locked(card: Insight, by: Person) -> Insight:
    cards = Insight.objects.select_for_update(of=("self",)).select_related("round", "added_by")
    card = cards.get(pk=card.pk)
    if not rules.may_look_beneath(by, card.round):
        raise NotYours
    if not rules.may_keep(by, card):
        raise LetOthersKeepIt
    return card
