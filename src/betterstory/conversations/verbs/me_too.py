"""“This happened to me too”: which gap a room is asked about, who says so, and when their words are wiped."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from betterstory.conversations import rules
from betterstory.conversations.asked import forget
from betterstory.conversations.models import GapAsked, Gathering, MeToo, Side, Voice
from betterstory.conversations.verbs.statements import NotForThisRoom
from betterstory.conversations.verbs.typing_in import WrongRows
from betterstory.conversations.verbs.voices import (
    CardUnknown,
    VotingIsClosed,
    check_round,
    find_voice,
)
from betterstory.people.codes import NotACode
from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import may
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
KEPT = timedelta(days=60)  # what somebody wrote beside it, and how to reach them
WORDS, REACH = "conversations.me_too.words", "conversations.me_too.reach"


class NotAGap(Refusal):
    """Only a gap is asked about: what was missing, not what somebody did."""

    code, status = "not-a-gap", 422
    words = gettext_lazy("Choose a gap of a story: what was missing between two moments.")


class AskedAlready(Refusal):
    """The room is asked about this gap already."""

    code = "gap-asked-already"
    words = gettext_lazy("This gap is asked about already.")


class SomebodySaidSo(Refusal):
    """A gap that a card was counted for stays."""

    code = "somebody-said-so"
    words = gettext_lazy("Somebody has said “me too” to this, so it stays.")


class GapIsQuiet(Refusal):
    """Its teller took it back."""

    code = "gap-is-quiet"
    words = gettext_lazy("A piece was here. Its owner took it back. What was counted before stays.")


class ResidentsOnly(Refusal):
    """A card from a service."""

    code, status = "residents-only", 403
    words = gettext_lazy("This is for people who live here. Your card is from a service.")


@dataclass(frozen=True)
class Beside:
    """What somebody wrote beside their card, opened for whoever organises."""

    me_too: MeToo
    words: str
    reach: str


@transaction.atomic
def ask_about_gap(gathering: Gathering, *, piece: Piece, words: str, by: Person, at: datetime) -> GapAsked:
    """Ask a room about a gap it has heard, in somebody's own words; the teller's are never copied.

    Raises NotYours, NotAGap, AskedAlready, or NotForThisRoom where the room may not see the gap.
    """
    if not rules.may_call(by):
        raise NotYours
    if piece.kind != Piece.Kind.GAP:
        raise NotAGap
    if not may(gathering.circle, Use.QUOTE, piece, at):
        raise NotForThisRoom
    if GapAsked.objects.filter(gathering=gathering, piece=piece).exists():
        raise AskedAlready
    asked = GapAsked.objects.create(gathering=gathering, piece=piece, words=words, asked_by=by, asked_at=at)
    forget(gathering.pk)
    log.info("gap asked about gathering=%s asked=%s by=%s", gathering.pk, asked.pk, by.pk)
    return asked


@transaction.atomic
def stop_asking(asked: GapAsked, *, by: Person) -> None:
    """Take a gap out again that nobody has said anything to. Raises NotYours or SomebodySaidSo."""
    if not rules.may_call(by):
        raise NotYours
    Gathering.objects.select_for_update().get(pk=asked.gathering_id)
    if asked.me_toos.exists():
        raise SomebodySaidSo
    log.info("gap asked about no more asked=%s by=%s", asked.pk, by.pk)
    forget(asked.gathering_id)
    asked.delete()


@transaction.atomic
def say_me_too(asked: GapAsked, *, voice: Voice, at: datetime, words: str = "", reach: str = "") -> MeToo:
    """A resident's card says: this happened to me too. Said again it counts once; new words take the place
    of the old ones.

    Raises CardUnknown, VotingIsClosed, ResidentsOnly or GapIsQuiet.
    """
    gathering = Gathering.objects.select_for_update().get(pk=asked.gathering_id)
    check_round(voice, gathering)
    if not gathering.voting_open:
        raise VotingIsClosed
    if voice.side != Side.RESIDENT:
        raise ResidentsOnly
    if not is_open(asked, at=at):
        raise GapIsQuiet
    said, new = MeToo.objects.get_or_create(asked=asked, voice=voice, defaults={"said_at": at})
    if words.strip() or reach.strip():
        _seal(said, words.strip(), reach.strip(), on=localtime(at).date())
    log.info("me too said asked=%s new=%s", asked.pk, new)
    return said


@transaction.atomic
def take_back_me_too(asked: GapAsked, *, voice: Voice) -> None:
    """The card says it no more; what was written beside it is gone at once. Raises VotingIsClosed."""
    gathering = Gathering.objects.select_for_update().get(pk=asked.gathering_id)
    if not gathering.voting_open:
        raise VotingIsClosed
    for said in MeToo.objects.filter(asked=asked, voice=voice):
        _forget_key(said.key)
        said.delete()
    log.info("me too taken back asked=%s", asked.pk)


@transaction.atomic
def type_me_toos(asked: GapAsked, *, codes: Sequence[str], by: Person, at: datetime) -> tuple[int, int]:
    """Cards held up or handed in: all of them or none. Returns how many are new, and how many said so before.

    Raises NotYours, VotingIsClosed, GapIsQuiet, or WrongRows with a sentence for each code.
    """
    if not rules.may_call(by):
        raise NotYours
    voices, wrong = [], {}
    for row, code in enumerate(codes):
        try:
            voice = find_voice(code)
            check_round(voice, asked.gathering)
            if voice.side != Side.RESIDENT:
                wrong[row] = str(_("This card is from a service."))
            voices.append(voice)
        except NotACode as problem:
            wrong[row] = problem.hint
        except CardUnknown as problem:
            wrong[row] = problem.sentence
    if wrong:
        raise WrongRows(wrong)
    before = asked.me_toos.count()
    for voice in voices:
        say_me_too(asked, voice=voice, at=at)
    new = asked.me_toos.count() - before
    log.info("me toos typed in asked=%s new=%s by=%s", asked.pk, new, by.pk)
    return new, len(voices) - new


def is_open(asked: GapAsked, *, at: datetime) -> bool:
    """Whether its teller lets the room see it now. Fetch with `piece__version__story` and the circle."""
    return asked.piece is not None and may(asked.gathering.circle, Use.QUOTE, asked.piece, at)


def read_beside(gathering: Gathering, *, by: Person) -> list[Beside]:
    """What people wrote beside their cards, for whoever organises. Raises NotYours."""
    if not rules.may_call(by):
        raise NotYours
    written = MeToo.objects.filter(asked__gathering=gathering).exclude(key=None).select_related("asked")
    rows = list(written.order_by("said_at", "pk"))
    words = _open([(each.words_sealed, WORDS, each.uuid) for each in rows])
    reach = _open([(each.reach_sealed, REACH, each.uuid) for each in rows])
    return [Beside(*each) for each in zip(rows, words, reach, strict=True)]


@transaction.atomic
def reached(said: MeToo, *, by: Person, at: datetime) -> None:
    """They were asked. The way to reach them is wiped at once, with the key it was sealed under.

    Raises NotYours.
    """
    beside = next(
        (each for each in read_beside(said.asked.gathering, by=by) if each.me_too.pk == said.pk), None
    )
    if beside is None:
        return
    wipe_on = said.wipe_on
    _seal(said, beside.words, "", on=localtime(at).date())
    MeToo.objects.filter(pk=said.pk).update(wipe_on=wipe_on)
    log.info("me too reached me_too=%s by=%s", said.pk, by.pk)


def wipe_those_due(*, on: date) -> int:
    """On their day the words and the way go, with their key; the count stays. Returns how many."""
    due = list(MeToo.objects.exclude(key=None).filter(wipe_on__lte=on))
    for said in due:
        _forget_key(said.key)
        MeToo.objects.filter(pk=said.pk).update(key=None, words_sealed=b"", reach_sealed=b"", wipe_on=None)
    if due:
        log.info("me toos wiped count=%s", len(due))
    return len(due)


def wipe_day(on: date) -> date:
    """The day on which what is written now goes."""
    return on + KEPT


def _seal(said: MeToo, words: str, reach: str, *, on: date) -> None:
    """Under a new key; the old one and what it opened are gone."""
    old, ring = said.key, keyring()
    said.key = ring.make() if words or reach else None
    said.words_sealed = (
        ring.seal(words, key=said.key, name=WORDS, row=said.uuid) if words and said.key else b""
    )
    said.reach_sealed = (
        ring.seal(reach, key=said.key, name=REACH, row=said.uuid) if reach and said.key else b""
    )
    said.wipe_on = wipe_day(on) if said.key else None
    said.save(update_fields=["key", "words_sealed", "reach_sealed", "wipe_on"])
    _forget_key(old)


def _open(values: Sequence[tuple[bytes | memoryview, str, UUID]]) -> list[str]:
    opened = iter(keyring().open_all([value for value in values if value[0]]))
    return [next(opened) if value[0] else "" for value in values]


def _forget_key(key: UUID | None) -> None:
    """Once what was just written stands: a key is not given back where that is undone."""
    if key is not None:
        transaction.on_commit(lambda: keyring().destroy(key))
