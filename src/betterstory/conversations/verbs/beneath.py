"""What lies beneath: cards on four levels, what leads to what, and their opposites."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.conversations import rules
from betterstory.conversations.models import Change, Gathering, Insight, Level, Link, Statement
from betterstory.conversations.verbs.grounds import basis_of, check_words
from betterstory.conversations.verbs.history import note
from betterstory.conversations.verbs.tellers_turn import check_turn
from betterstory.people.models import Body, Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Round
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import may_all
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class NothingOnTheCard(Refusal):
    """A card needs words, or a piece of a story to stand for them."""

    code, status = "nothing-on-the-card", 422
    words = _("Write what the card says, or choose a piece of a story that says it.")


class NotYoursToQuote(Refusal):
    """A piece that this person may not see was to stand on a card."""

    code, status = "not-yours-to-quote", 403
    words = _("The teller has not said yes to showing you this piece. Ask them first.")


class CardsOfTwoRounds(Refusal):
    """Two cards of different rounds, or one and the same card, cannot be tied."""

    code, status = "cards-of-two-rounds", 422
    words = _("Choose two different cards of this round.")


@transaction.atomic
def add_card(
    round: Round,  # noqa: A002 - our word for one pass of the thread
    *,
    level: Level,
    words: str,
    by: Person,
    at: datetime,
    basis: Insight.Basis | None = None,
    pieces: Iterable[Piece] = (),
    statements: Iterable[Statement] = (),
    release: Release | None = None,
    owner: Body | None = None,
    held_by: str = "",
    gathering: Gathering | None = None,
) -> Insight:
    """Put a card on one of the four levels, pointing at what it is made from.

    `words` may be empty where `pieces` speak for it: they are shown through their teller's yes, never copied.
    `owner` is who can change the rule. What whoever organises adds stands there at once; anybody else's is a
    suggestion until the room keeps it. Raises NotYours, NothingOnTheCard, SayItAsYourOwn, NameTheRule,
    NotTheirBelief, SayHowYouKnow, NotYoursToQuote, or as `tellers_turn.check_turn`.
    """
    if not rules.may_look_beneath(by, round):
        raise NotYours
    pieces, statements = list(pieces), list(statements)
    if not words.strip() and not pieces:
        raise NothingOnTheCard
    check_words(round, level, words, held_by=held_by, by=by)
    if not may_all(by, Use.QUOTE, pieces, at):
        raise NotYoursToQuote
    stands = rules.may_call(by)
    if stands:
        check_turn(round, level, words=words, pieces=pieces, at=at)
    card = Insight.objects.create(
        round=round,
        gathering=gathering,
        level=level,
        number=next_number(round),
        words=words.strip(),
        basis=basis_of(level, basis, release=release, statements=statements, pieces=pieces),
        release=release,
        owner=owner,
        held_by=held_by.strip(),
        added_by=by,
        added_at=at,
        standing=Insight.Standing.KEPT if stands else Insight.Standing.SUGGESTED,
    )
    card.pieces.set(pieces)
    card.statements.set(statements)
    note(card, Change.What.ADDED if stands else Change.What.SUGGESTED, by=by, at=at, words=card.words)
    log.info("card added round=%s card=%s level=%s by=%s", round.pk, card.pk, level, by.pk)
    return card


def next_number(round_: Round) -> int:
    """One number each, whoever is quicker; a number is not given twice, even after its card is gone."""
    Round.objects.select_for_update().get(pk=round_.pk)
    standing = Insight.objects.filter(round=round_).aggregate(last=Max("number"))["last"] or 0
    ever = Change.objects.filter(round=round_).aggregate(last=Max("number"))["last"] or 0
    return int(max(standing, ever)) + 1


@transaction.atomic
def remove_card(card: Insight, *, by: Person, at: datetime) -> None:
    """Take one's own card away, its lines with it and its words from the history. Raises NotYours."""
    if not rules.may_remove(by, card):
        raise NotYours
    Change.objects.filter(card=card).update(words="")
    note(card, Change.What.TAKEN_AWAY, by=by, at=at)
    log.info("card removed round=%s card=%s by=%s", card.round_id, card.pk, by.pk)
    card.delete()


@transaction.atomic
def link(start: Insight, end: Insight, *, kind: Link.Kind, by: Person, at: datetime) -> Link:
    """Say what one card does to another; said again, the kind is changed.

    Two that are seen differently are a pair: it is kept from the lower number to the higher.
    Raises NotYours or CardsOfTwoRounds.
    """
    if not rules.may_look_beneath(by, start.round):
        raise NotYours
    if start.pk == end.pk or start.round_id != end.round_id:
        raise CardsOfTwoRounds
    if kind == Link.Kind.SEEN_DIFFERENTLY and start.number > end.number:
        start, end = end, start
    before = Link.objects.select_for_update().filter(start=start, end=end).first()
    if before is not None and before.kind == kind:
        return before
    tied, _new = Link.objects.update_or_create(start=start, end=end, defaults={"kind": kind})
    note(start, Change.What.TIED, by=by, at=at, words=kind, other=end)
    log.info("cards tied start=%s end=%s by=%s", start.pk, end.pk, by.pk)
    return tied


@transaction.atomic
def unlink(tied: Link, *, by: Person, at: datetime) -> None:
    """Take a line away. Raises NotYours."""
    if not rules.may_look_beneath(by, tied.start.round):
        raise NotYours
    note(tied.start, Change.What.UNTIED, by=by, at=at, words=tied.kind, other=tied.end)
    log.info("cards untied start=%s end=%s by=%s", tied.start_id, tied.end_id, by.pk)
    tied.delete()
