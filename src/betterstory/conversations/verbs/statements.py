"""Statements: sentences that people agree or disagree with."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules
from betterstory.conversations.asked import forget
from betterstory.conversations.models import Gathering, Opposites, Statement, Voice
from betterstory.conversations.verbs.finding import work_out_later
from betterstory.conversations.verbs.voices import VotingIsClosed, check_round
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import may
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MOST_WRITTEN = 3  # by one card for one gathering, so that everybody's can be read and asked


class AlreadyAnswered(Refusal):
    """Somebody answered these words."""

    code = "already-answered"
    words = _("People have answered these words, so they stay as they are. Put them aside and add new ones.")


class EnoughWritten(Refusal):
    """A voice has written its statements."""

    code = "enough-written"
    words = _("This card has already written %(most)s sentences. That is as many as each card can write.")


class NotOpposites(Refusal):
    """The same sentence twice, or two of different gatherings."""

    code, status = "not-opposites", 422
    words = _("Choose two different sentences of this gathering.")


class NotForThisRoom(Refusal):
    """The teller has not said yes to quoting this piece to this room."""

    code, status = "not-for-this-room", 403
    words = _("The teller has not said yes to showing this piece to the room. Ask them first.")


@transaction.atomic
def add_statement(
    gathering: Gathering, *, words: str, by: Person, at: datetime, from_piece: Piece | None = None
) -> Statement:
    """Add a sentence in somebody's own typing; a piece of a story is only pointed at, never copied.

    Raises NotYours, or NotForThisRoom where the piece may not be shown to the room.
    """
    if not rules.may_write_down(by, gathering):
        raise NotYours
    if from_piece is not None and not may(gathering.circle, Use.QUOTE, from_piece, at):
        raise NotForThisRoom
    return _add(gathering, words=words, at=at, from_piece=from_piece)


@transaction.atomic
def write_statement(
    gathering: Gathering, *, words: str, voice: Voice, at: datetime, before_closing: bool = False
) -> Statement:
    """A voice writes a sentence; sent again, it is the same one. It is asked once somebody has read it.

    Raises EnoughWritten, VotingIsClosed or CardUnknown.
    """
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    check_round(voice, gathering)
    if not gathering.voting_open and not before_closing:
        raise VotingIsClosed
    written = {each.words: each for each in Statement.objects.filter(gathering=gathering, written_by=voice)}
    if words in written:
        return written[words]
    if len(written) >= MOST_WRITTEN:
        raise EnoughWritten(most=MOST_WRITTEN)
    return _add(gathering, words=words, at=at, written_by=voice, is_read=False)


def _add(
    gathering: Gathering,
    *,
    words: str,
    at: datetime,
    from_piece: Piece | None = None,
    written_by: Voice | None = None,
    is_read: bool = True,
) -> Statement:
    Gathering.objects.select_for_update().get(pk=gathering.pk)  # one number each, whoever is quicker
    last = gathering.statements.aggregate(last=Max("number"))["last"] or 0
    statement = Statement.objects.create(
        gathering=gathering,
        number=last + 1,
        words=words,
        from_piece=from_piece,
        written_by=written_by,
        is_read=is_read,
        added_at=at,
    )
    forget(gathering.pk)
    log.info("statement added gathering=%s statement=%s", gathering.pk, statement.pk)
    return statement


@transaction.atomic
def take_up(statement: Statement, *, by: Person) -> None:
    """A sentence that a voice wrote was read; it is asked from now on. Raises NotYours."""
    if not rules.may_call(by):
        raise NotYours
    statement.is_read = True
    statement.save(update_fields=["is_read"])
    _count_anew(statement)
    log.info("statement taken up statement=%s by=%s", statement.pk, by.pk)


@transaction.atomic
def put_aside(statement: Statement, *, because: str, by: Person) -> None:
    """Ask it no more, and say why. Its answers stay. Raises NotYours."""
    if not rules.may_call(by):
        raise NotYours
    statement.put_aside = because
    statement.save(update_fields=["put_aside"])
    _count_anew(statement)
    log.info("statement put aside statement=%s by=%s", statement.pk, by.pk)


@transaction.atomic
def ask_again(statement: Statement, *, by: Person) -> None:
    """Ask one again that was put aside. Raises NotYours."""
    if not rules.may_call(by):
        raise NotYours
    statement.put_aside = ""
    statement.save(update_fields=["put_aside"])
    _count_anew(statement)
    log.info("statement asked again statement=%s by=%s", statement.pk, by.pk)


def _count_anew(statement: Statement) -> None:
    """Which sentences are asked has changed: where answers are closed, what was found in them has too."""
    forget(statement.gathering_id)
    if not statement.gathering.voting_open:
        work_out_later(statement.gathering)


@transaction.atomic
def reword(statement: Statement, *, words: str, by: Person) -> None:
    """Say it another way, while nobody has answered it. Raises NotYours or AlreadyAnswered."""
    if not rules.may_call(by):
        raise NotYours
    Gathering.objects.select_for_update().get(pk=statement.gathering_id)  # no vote comes in between
    if statement.votes.exists():
        raise AlreadyAnswered
    statement.words = words
    statement.save(update_fields=["words"])
    log.info("statement reworded statement=%s by=%s", statement.pk, by.pk)


@transaction.atomic
def mark_opposites(one: Statement, other: Statement, *, by: Person) -> Opposites:
    """These two cannot both be so: where a room agrees with both, they are asked again.

    Raises NotYours or NotOpposites.
    """
    if not rules.may_call(by):
        raise NotYours
    if one.pk == other.pk or one.gathering_id != other.gathering_id:
        raise NotOpposites
    first, second = sorted((one, other), key=lambda each: each.pk)
    marked, _new = Opposites.objects.get_or_create(one=first, other=second, defaults={"marked_by": by})
    log.info("opposites marked one=%s other=%s by=%s", first.pk, second.pk, by.pk)
    return marked


@transaction.atomic
def unmark_opposites(marked: Opposites, *, by: Person) -> None:
    """They can both be so after all. Raises NotYours."""
    if not rules.may_call(by):
        raise NotYours
    log.info("opposites unmarked one=%s other=%s by=%s", marked.one_id, marked.other_id, by.pk)
    marked.delete()
