"""A pack goes out with a second laptop, and its inbox comes home: answers and sentences alone, and once."""

import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules, voice_codes
from betterstory.conversations.inbox.evening import MAY_LAG
from betterstory.conversations.inbox.pack import Pack as Carried
from betterstory.conversations.inbox.pack import Sentence, write_pack
from betterstory.conversations.inbox.reading import Contents, Said, read_inbox, which_pack
from betterstory.conversations.inbox.sealing import open_line
from betterstory.conversations.models import Arrived, Gathering, Pack, Statement, Voice, Vote
from betterstory.conversations.verbs.finding import work_out_later
from betterstory.conversations.verbs.statements import EnoughWritten, write_statement
from betterstory.conversations.verbs.voices import VotingIsClosed
from betterstory.people.codes import NotACode
from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Place
from betterstory.stories.models import Use
from betterstory.stories.rules import may_each
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
NIGHT = time(3)  # of the next day: then the key of a pack is gone
EARLIEST = timedelta(hours=36)  # before the gathering: what is taken back until then must not have left
AT_ONCE = 500


class NothingToCarry(Refusal):
    """No sentence can go along."""

    code, status = "nothing-to-ask", 422
    words = _("There is no sentence yet that a second laptop could ask. Add some first.")


class TooEarly(Refusal):
    """A pack made now would be out of the house for days."""

    code, status = "too-early", 422
    words = _(
        "Make this file the day before the gathering, or on the day: a teller may take words back until then."
    )


class GatheringIsOver(Refusal):
    """Its night has passed."""

    code, status = "gathering-is-over", 422
    words = _("This gathering is over. A second laptop could not open the file any more.")


class NotOurPack(Refusal):
    """The file was written with a pack that was not made here."""

    code, status = "not-our-pack", 422
    words = _("This inbox belongs to another place, or to a copy of this one that was put back since.")


class PackWasLost(Refusal):
    """The second laptop was said to be lost."""

    code = "pack-was-lost"
    words = _("This laptop was said to be lost, so nothing of it is taken in.")


class Fate(StrEnum):
    """What becomes of one line."""

    TAKEN = "taken"
    CHANGED_MIND = "changed_mind"
    CAME_BEFORE = "came_before"
    LATER_AT_HOME = "later_at_home"
    UNKNOWN_CARD = "unknown_card"
    OTHER_WORDS = "other_words"
    AFTER_CLOSING = "after_closing"
    NOT_THAT_EVENING = "not_that_evening"
    WROTE_ALREADY = "wrote_already"


# what came before is settled; anything else may be tried again, when answers are opened again
SETTLED = (Fate.TAKEN, Fate.CHANGED_MIND, Fate.LATER_AT_HOME, Fate.WROTE_ALREADY)


@dataclass
class Sorted:
    """What is in an inbox, and what becomes of each line. Looking writes nothing."""

    pack: Pack
    contents: Contents
    fates: dict[UUID, Fate] = field(default_factory=dict)
    cards: int = 0
    answers: list[Vote] = field(default_factory=list)
    sentences: list[tuple[Said, Voice]] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        return Counter(str(fate) for fate in self.fates.values())

    @property
    def brings_something(self) -> bool:
        return bool(self.answers or self.sentences)


def night_of(gathering: Gathering) -> datetime:
    """When what was carried to a gathering can be opened no more: three in the night after it."""
    day = timezone.localtime(gathering.at).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, NIGHT))


@transaction.atomic
def pack_for_second_laptop(gathering: Gathering, *, by: Person, at: datetime) -> tuple[Pack, str, int]:
    """Make a file for a second laptop: (what is kept of it, the file, how many sentences stay here).

    A sentence that rests on a teller's piece goes along only where the room may see that piece now and until
    the night. Raises NotYours, VotingIsClosed, TooEarly, GatheringIsOver or NothingToCarry.
    """
    if not rules.may_call(by):
        raise NotYours
    if not gathering.voting_open:
        raise VotingIsClosed
    ends_at = night_of(gathering)
    if at >= ends_at:
        raise GatheringIsOver
    if at < gathering.at - EARLIEST:
        raise TooEarly
    asked = list(gathering.statements.asked().select_related("from_piece__version__story"))
    carried = _may_go_along(gathering, asked, at=at, until=ends_at)
    if not carried:
        raise NothingToCarry
    made = Pack.objects.create(gathering=gathering, made_by=by, made_at=at, ends_at=ends_at)
    private, evening = keys_of(made.uuid)
    place = Place.objects.first()
    file = write_pack(
        Carried(
            uuid=made.uuid,
            made_at=at,
            ends_at=ends_at,
            home=private.public_key().public_bytes_raw(),
            key=evening,
            place=place.name if place else "",
            gathering=gathering.pk,
            title=gathering.title,
            at=gathering.at,
            sentences=tuple(Sentence(each.pk, each.number, each.words) for each in carried),
        )
    )
    log.info("pack made pack=%s gathering=%s by=%s", made.pk, gathering.pk, by.pk)
    return made, file, len(asked) - len(carried)


def _may_go_along(
    gathering: Gathering, asked: list[Statement], *, at: datetime, until: datetime
) -> list[Statement]:
    pieces = [each.from_piece for each in asked if each.from_piece is not None]
    last = until - timedelta(seconds=1)
    now, then = (may_each(gathering.circle, Use.QUOTE, pieces, moment) for moment in (at, last))
    return [each for each in asked if each.from_piece_id is None or each.from_piece_id in now & then]


def keys_of(pack: UUID) -> tuple[X25519PrivateKey, bytes]:
    """Home's own key for a pack and the key of its evening, made from this place's keys. Raises Locked."""
    private = keyring().derive(b"betterstory inbox home " + pack.bytes)
    return X25519PrivateKey.from_private_bytes(private), keyring().derive(
        b"betterstory inbox evening " + pack.bytes
    )


@transaction.atomic
def lose(pack: Pack, *, by: Person, at: datetime) -> None:
    """The second laptop is in strange hands: nothing of it is taken in any more. Raises NotYours."""
    if not rules.may_call(by):
        raise NotYours
    Pack.objects.filter(pk=pack.pk, lost_at=None).update(lost_at=at)
    log.info("pack lost pack=%s by=%s", pack.pk, by.pk)


def look_into(raw: bytes, *, by: Person, at: datetime) -> Sorted:
    """What taking this file in would do. Raises NotYours, NotAnInbox, NotOurPack or PackWasLost."""
    if not rules.may_call(by):
        raise NotYours
    pack = Pack.objects.select_related("gathering").filter(uuid=which_pack(raw)).first()
    if pack is None:
        raise NotOurPack
    if pack.lost_at is not None:
        raise PackWasLost
    private, evening = keys_of(pack.uuid)
    contents = read_inbox(
        raw,
        pack=pack.uuid,
        open_line=lambda frame, sealed: open_line(frame, sealed, private=private, evening=evening),
    )
    return _sort(Sorted(pack, contents), by=by, at=at)


@transaction.atomic
def take_in(raw: bytes, *, by: Person, at: datetime) -> Sorted:
    """Take answers and sentences in, all that can be or, where anything breaks, none. Twice is once.

    Of two answers of one card to one sentence the later holds, wherever it was given. Raises as `look_into`.
    """
    pack = Pack.objects.filter(uuid=which_pack(raw)).first()
    if pack is not None:
        Gathering.objects.select_for_update().get(pk=pack.gathering_id)  # nothing comes in between
    told = look_into(raw, by=by, at=at)
    Vote.objects.bulk_create(
        told.answers,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["statement", "voice"],
        update_fields=["choice", "channel", "in_room", "typed", "entered_by", "at"],
    )
    for said, voice in told.sentences:
        try:
            write_statement(
                told.pack.gathering,
                words=said.words,
                voice=voice,
                at=_no_later(said.at, told.pack, at),
                before_closing=True,
            )
        except EnoughWritten:
            told.fates[said.frame.uuid] = Fate.WROTE_ALREADY
    settled = [uuid for uuid, fate in told.fates.items() if fate in SETTLED]
    Arrived.objects.bulk_create(
        [Arrived(uuid=uuid, pack=told.pack, at=at) for uuid in settled], batch_size=AT_ONCE
    )
    if not told.pack.gathering.voting_open:
        work_out_later(told.pack.gathering)
    log.info("inbox taken in pack=%s answers=%s by=%s", told.pack.pk, len(told.answers), by.pk)
    return told


def _sort(told: Sorted, *, by: Person, at: datetime) -> Sorted:
    """Decide for each line, in the order they were written."""
    lines = sorted(told.contents.said, key=lambda said: (said.at, said.frame.n))
    voices = _voices(told.pack.gathering, lines)
    sentences = {each.pk: each for each in told.pack.gathering.statements.all()}
    came = _came_before(lines)
    held = {
        (vote.statement_id, vote.voice_id): vote.at
        for vote in Vote.objects.filter(statement__gathering=told.pack.gathering)
    }
    newest: dict[tuple[int, int], tuple[Said, Vote]] = {}
    cards: set[int] = set()
    for said in lines:
        voice = voices.get(said.code)
        fate = Fate.CAME_BEFORE if said.frame.uuid in came else _why_not(said, voice, sentences, told.pack)
        if fate is None and voice is not None:
            cards.add(voice.pk)
            fate = _settle(said, voice, told, held, newest, by=by, at=at)
        told.fates[said.frame.uuid] = fate or Fate.UNKNOWN_CARD
    told.answers = [vote for _said, vote in newest.values()]
    told.cards = len(cards)
    return told


def _why_not(said: Said, voice: Voice | None, sentences: dict[int, Statement], pack: Pack) -> Fate | None:
    """Why a line cannot be taken, or None where it can."""
    if not pack.made_at - MAY_LAG <= said.at < pack.ends_at:
        return Fate.NOT_THAT_EVENING
    if voice is None:
        return Fate.UNKNOWN_CARD
    closed_at = pack.gathering.voting_closed_at
    if not pack.gathering.voting_open and (closed_at is None or said.at >= closed_at):
        return Fate.AFTER_CLOSING
    if said.statement is None:
        return None
    sentence = sentences.get(said.statement)
    if sentence is None or Sentence(sentence.pk, sentence.number, sentence.words).mark != said.mark:
        return Fate.OTHER_WORDS
    return None


def _settle(
    said: Said,
    voice: Voice,
    told: Sorted,
    held: dict[tuple[int, int], datetime],
    newest: dict[tuple[int, int], tuple[Said, Vote]],
    *,
    by: Person,
    at: datetime,
) -> Fate:
    """Of a card's answers to one sentence the latest holds: what it said here before, or at home since."""
    if said.statement is None:
        told.sentences.append((said, voice))
        return Fate.TAKEN
    which, when = (said.statement, voice.pk), _no_later(said.at, told.pack, at)
    if which in held and held[which] >= when:
        return Fate.LATER_AT_HOME
    if which in newest:
        told.fates[newest[which][0].frame.uuid] = Fate.CHANGED_MIND
    paper = said.channel == Vote.Channel.PAPER
    vote = Vote(
        statement_id=said.statement,
        voice=voice,
        choice=said.choice,
        channel=said.channel,
        in_room=True,
        entered_by=by if paper else None,
        at=when,
    )
    newest[which] = (said, vote)
    return Fate.TAKEN


def _no_later(said_at: datetime, pack: Pack, at: datetime) -> datetime:
    """Its own time, as far as it can be: not before the pack was made, not after it came home."""
    return min(max(said_at, pack.made_at), at)


def _voices(gathering: Gathering, lines: list[Said]) -> dict[str, Voice]:
    """By the code as it was typed, the cards of this round that are still good."""
    kept: dict[str, str] = {}
    for code in {said.code for said in lines}:
        try:
            kept[code] = voice_codes.keep(voice_codes.read_code(code))
        except NotACode:
            continue
    hashes = list(kept.values())
    found: dict[str, Voice] = {}
    for start in range(0, len(hashes), AT_ONCE):
        good = Voice.objects.filter(round=gathering.round_id, lost_at=None)
        found |= {each.code_hash: each for each in good.filter(code_hash__in=hashes[start : start + AT_ONCE])}
    return {code: found[mark] for code, mark in kept.items() if mark in found}


def _came_before(lines: list[Said]) -> set[UUID]:
    ids = [said.frame.uuid for said in lines]
    return {
        uuid
        for start in range(0, len(ids), AT_ONCE)
        for uuid in Arrived.objects.filter(uuid__in=ids[start : start + AT_ONCE]).values_list(
            "uuid", flat=True
        )
    }
