"""Voice cards, and what they say one sentence at a time."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules, taking, voice_codes
from betterstory.conversations.models import Gathering, MeToo, Side, Statement, Typed, Voice, Vote
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Round
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MOST_CARDS = 200


class TooManyCards(Refusal):
    """More cards at once than a hall holds, or none."""

    code, status = "too-many-cards", 422
    words = _("Make between 1 and %(most)s cards at a time.")


class CardUnknown(Refusal):
    """No voice has this code in this round: never made, mistyped, lost, or of another round."""

    code, status = "card-unknown", 422
    words = _("We do not know this code. Look at the card again, or ask for a new card.")


class VotingIsClosed(Refusal):
    """Answers are no longer taken."""

    code = "voting-is-closed"
    words = _("Answers are no longer taken here. You can read what most people said.")


class NotAsked(Refusal):
    """The statement was put aside, or belongs to another gathering."""

    code = "not-asked"
    words = _("This sentence is not asked any more.")


@transaction.atomic
def make_voices(
    round: Round,  # noqa: A002 - our word for one pass of the thread
    *,
    residents: int,
    services: int,
    by: Person,
    at: datetime,
) -> list[tuple[Voice, str]]:
    """Cards for so many residents and people from services: (voice, code). The codes are kept nowhere.

    Raises NotYours or TooManyCards.
    """
    if not rules.may_call(by):
        raise NotYours
    if min(residents, services) < 0 or not 1 <= residents + services <= MOST_CARDS:
        raise TooManyCards(most=MOST_CARDS)
    sides = [Side.RESIDENT] * residents + [Side.SERVICE] * services
    made = []
    for side in sides:
        code = voice_codes.make_code()
        voice = Voice.objects.create(round=round, code_hash=voice_codes.keep(code), side=side, made_at=at)
        made.append((voice, code))
    log.info("voices made round=%s residents=%s services=%s by=%s", round.pk, residents, services, by.pk)
    return made


def find_voice(typed: str) -> Voice:
    """The voice whose card this is. Raises NotACode with a hint, or CardUnknown."""
    code_hash = voice_codes.keep(voice_codes.read_code(typed))
    voice = taking.find_by_hash(code_hash)
    if voice is None:
        raise CardUnknown
    return voice


def check_round(voice: Voice, gathering: Gathering) -> None:
    """A card speaks in the gatherings of its own round. Raises CardUnknown, which says no more."""
    if voice.round_id != gathering.round_id or voice.lost_at is not None:
        raise CardUnknown


def vote(
    statement: Statement | int,
    *,
    voice: Voice,
    choice: Vote.Choice,
    at: datetime,
    channel: Vote.Channel = Vote.Channel.PHONE,
    in_room: bool = False,
    entered_by: Person | None = None,
) -> Vote:
    """What a voice says to a statement. Said again, the last one holds: there is one vote a voice.

    `in_room` says that it was given in the hall.

    Raises CardUnknown, VotingIsClosed or NotAsked.
    """
    pk = statement if isinstance(statement, int) else statement.pk
    said = Vote(
        statement_id=pk,
        voice=voice,
        choice=choice,
        channel=channel,
        in_room=in_room,
        entered_by=entered_by,
        at=at,
    )
    if not taking.take(said):
        raise _why_not(pk, voice)
    log.info("vote taken statement=%s channel=%s", pk, channel)
    return said


def _why_not(statement: int, voice: Voice) -> Refusal:
    """What kept an answer out, the card first."""
    found = Statement.objects.select_related("gathering").get(pk=statement)
    voice.refresh_from_db(fields=["lost_at"])
    check_round(voice, found.gathering)
    return NotAsked() if found.gathering.voting_open else VotingIsClosed()


@transaction.atomic
def replace_voice(typed: str, *, by: Person, at: datetime) -> tuple[Voice, str]:
    """A new card for one that was lost or stolen: (voice, code). What the old one said goes along, and the
    old one speaks no more, also where somebody is using it now.

    Raises NotYours, NotACode or CardUnknown.
    """
    if not rules.may_call(by):
        raise NotYours
    old = find_voice(typed)
    code = voice_codes.make_code()
    Voice.objects.filter(pk=old.pk).update(lost_at=at)
    new = Voice.objects.create(round=old.round, code_hash=voice_codes.keep(code), side=old.side, made_at=at)
    for rows in (Vote.objects, Typed.objects, MeToo.objects):
        rows.filter(voice=old).update(voice=new)
    Statement.objects.filter(written_by=old).update(written_by=new)
    log.info("voice replaced old=%s new=%s by=%s", old.pk, new.pk, by.pk)
    return new, code


def begin_as(voice: Voice, *, page: str) -> None:
    """The code was typed on this page last. An older page of the same card is told so, and both are one."""
    taking.begin(voice, page=page)
