"""What lies beneath: cards on four levels, what leads to what, and their opposites."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.conversations import rules
from betterstory.conversations.models import Gathering, Insight, Level, Link, Statement
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


class SayItAsYourOwn(Refusal):
    """What we take for granted is said in the first person, by somebody."""

    code, status = "say-it-as-your-own", 422
    words = _("Say it as your own: begin with “I” or “we”, and say who holds it. It may be “two of us”.")


class NotYoursToQuote(Refusal):
    """A piece that this person may not see was to stand on a card."""

    code, status = "not-yours-to-quote", 403
    words = _("The teller has not said yes to showing you this piece. Ask them first.")


class CardsOfTwoRounds(Refusal):
    """Two cards of different rounds, or one and the same card, cannot be tied."""

    code, status = "cards-of-two-rounds", 422
    words = _("Choose two different cards of this round.")


# the words a sentence in the first person begins with; a translation lists its own
FIRST_PERSON = _("i we my our i've we've i’ve we’ve")


@transaction.atomic
def add_card(
    round: Round,  # noqa: A002 - our word for one pass of the thread
    *,
    level: Level,
    words: str,
    by: Person,
    at: datetime,
    basis: Insight.Basis = Insight.Basis.ROOM,
    pieces: Iterable[Piece] = (),
    statements: Iterable[Statement] = (),
    release: Release | None = None,
    owner: Body | None = None,
    held_by: str = "",
    gathering: Gathering | None = None,
) -> Insight:
    """Put a card on one of the four levels, pointing at what it is made from.

    `words` may be empty where `pieces` speak for it: they are shown through their teller's yes, never copied.
    `owner` is who can change the rule. Raises NotYours, NothingOnTheCard, SayItAsYourOwn or NotYoursToQuote.
    """
    if not rules.may_look_beneath(by, round):
        raise NotYours
    pieces = list(pieces)
    if not words.strip() and not pieces:
        raise NothingOnTheCard
    if level == Level.MENTAL_MODEL and not (held_by.strip() and _first_person(words)):
        raise SayItAsYourOwn
    if not may_all(by, Use.QUOTE, pieces, at):
        raise NotYoursToQuote
    card = Insight.objects.create(
        round=round,
        gathering=gathering,
        level=level,
        number=_next_number(round),
        words=words.strip(),
        basis=basis,
        release=release,
        owner=owner,
        held_by=held_by.strip(),
        added_by=by,
        added_at=at,
    )
    card.pieces.set(pieces)
    card.statements.set(statements)
    log.info("card added round=%s card=%s level=%s by=%s", round.pk, card.pk, level, by.pk)
    return card


def _first_person(words: str) -> bool:
    first = words.strip().split(maxsplit=1)[:1]
    return bool(first) and first[0].lower() in str(FIRST_PERSON).split()


def _next_number(round_: Round) -> int:
    Round.objects.select_for_update().get(pk=round_.pk)  # one number each, whoever is quicker
    return (Insight.objects.filter(round=round_).aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def remove_card(card: Insight, *, by: Person) -> None:
    """Take one's own card away, and its lines with it. Raises NotYours."""
    if not rules.may_remove(by, card):
        raise NotYours
    log.info("card removed round=%s card=%s by=%s", card.round_id, card.pk, by.pk)
    card.delete()


@transaction.atomic
def link(start: Insight, end: Insight, *, kind: Link.Kind, by: Person) -> Link:
    """Say that one card leads to another; said again, the kind is changed.

    Raises NotYours or CardsOfTwoRounds.
    """
    if not rules.may_look_beneath(by, start.round):
        raise NotYours
    if start.pk == end.pk or start.round_id != end.round_id:
        raise CardsOfTwoRounds
    tied, _new = Link.objects.update_or_create(start=start, end=end, defaults={"kind": kind})
    log.info("cards tied start=%s end=%s by=%s", start.pk, end.pk, by.pk)
    return tied


@transaction.atomic
def unlink(tied: Link, *, by: Person) -> None:
    """Take a line away. Raises NotYours."""
    if not rules.may_look_beneath(by, tied.start.round):
        raise NotYours
    log.info("cards untied start=%s end=%s by=%s", tied.start_id, tied.end_id, by.pk)
    tied.delete()


@transaction.atomic
def turn_over(card: Insight, *, words: str, by: Person) -> None:
    """What the card says in the better story; "" takes it off again. Raises NotYours."""
    if not rules.may_look_beneath(by, card.round):
        raise NotYours
    card.turned_over = words.strip()
    card.save(update_fields=["turned_over"])
    log.info("card turned over card=%s by=%s", card.pk, by.pk)
