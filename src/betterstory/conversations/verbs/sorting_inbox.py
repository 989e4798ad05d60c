"""What becomes of each line of an inbox: taken, come before, or why not. Looking writes nothing."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from betterstory.conversations import voice_codes
from betterstory.conversations.inbox.evening import MAY_LAG
from betterstory.conversations.inbox.pack import Sentence
from betterstory.conversations.inbox.reading import Contents, Said
from betterstory.conversations.models import Arrived, Gathering, Pack, Statement, Voice, Vote
from betterstory.people.codes import NotACode
from betterstory.people.models import Person

AT_ONCE = 500


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


def sort(told: Sorted, *, by: Person, at: datetime) -> Sorted:
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
    which, when = (said.statement, voice.pk), no_later(said.at, told.pack, at)
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


def no_later(said_at: datetime, pack: Pack, at: datetime) -> datetime:
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
