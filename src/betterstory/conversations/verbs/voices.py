"""Voice cards, and what they say: by phone, or typed in from paper."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules, voice_codes
from betterstory.conversations.models import Gathering, Side, Statement, Voice, Vote
from betterstory.people.codes import NotACode
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


class WrongRows(Refusal):
    """Some of the cards typed in cannot be taken; `rows` says which, with a sentence each. None was kept."""

    code, status = "wrong-rows", 422
    words = _("Nothing was kept yet. Put right the rows that are marked.")

    def __init__(self, rows: Mapping[int, str]) -> None:
        super().__init__()
        self.rows = dict(rows)


@dataclass(frozen=True)
class TypedCard:
    """One paper sheet: its code as typed, and what is ticked, by statement id. Blank lines are left out."""

    code: str
    answers: Mapping[int, Vote.Choice]


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
    voice = Voice.objects.filter(code_hash=code_hash, lost_at=None).first()
    if voice is None:
        raise CardUnknown
    return voice


def check_round(voice: Voice, gathering: Gathering) -> None:
    """A card speaks in the gatherings of its own round. Raises CardUnknown, which says no more."""
    if voice.round_id != gathering.round_id or voice.lost_at is not None:
        raise CardUnknown


@transaction.atomic
def vote(
    statement: Statement,
    *,
    voice: Voice,
    choice: Vote.Choice,
    at: datetime,
    channel: Vote.Channel = Vote.Channel.PHONE,
    entered_by: Person | None = None,
) -> Vote:
    """What a voice says to a statement. Said again, the last one holds: there is one vote a voice.

    Raises CardUnknown, VotingIsClosed or NotAsked.
    """
    gathering = Gathering.objects.select_for_update().get(pk=statement.gathering_id)
    check_round(voice, gathering)
    if not gathering.voting_open:
        raise VotingIsClosed
    if not Statement.objects.asked().filter(pk=statement.pk).exists():
        raise NotAsked
    said, _new = Vote.objects.update_or_create(
        statement=statement,
        voice=voice,
        defaults={"choice": choice, "channel": channel, "entered_by": entered_by, "at": at},
    )
    log.info("vote taken statement=%s channel=%s", statement.pk, channel)
    return said


@transaction.atomic
def type_in(gathering: Gathering, *, cards: Sequence[TypedCard], by: Person, at: datetime) -> int:
    """Take answers from paper, all of these cards or none; returns how many cards.

    Raises NotYours, VotingIsClosed, NotAsked, or WrongRows with a sentence for each row.
    """
    if not rules.may_call(by):
        raise NotYours
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if not gathering.voting_open:
        raise VotingIsClosed
    voices = _find_all(gathering, [card.code for card in cards])
    statements = gathering.statements.asked().in_bulk()
    for card, voice in zip(cards, voices, strict=True):
        for pk, choice in card.answers.items():
            if pk not in statements:
                raise NotAsked
            Vote.objects.update_or_create(
                statement=statements[pk],
                voice=voice,
                defaults={"choice": choice, "channel": Vote.Channel.PAPER, "entered_by": by, "at": at},
            )
    log.info("cards typed in gathering=%s count=%s by=%s", gathering.pk, len(cards), by.pk)
    return len(cards)


def _find_all(gathering: Gathering, codes: Sequence[str]) -> list[Voice]:
    voices: list[Voice] = []
    wrong: dict[int, str] = {}
    seen: set[int] = set()
    for row, code in enumerate(codes):
        try:
            voice = find_voice(code)
            check_round(voice, gathering)
        except NotACode as problem:
            wrong[row] = problem.hint
            continue
        except CardUnknown as problem:
            wrong[row] = problem.sentence
            continue
        if voice.pk in seen:
            wrong[row] = str(_("This card is already in a row above."))
        seen.add(voice.pk)
        voices.append(voice)
    if wrong:
        raise WrongRows(wrong)
    return voices
