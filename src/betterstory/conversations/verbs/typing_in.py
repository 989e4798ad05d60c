"""Typing paper in: a pile at a time, some cards twice, and a pile taken out again."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from betterstory.conversations import rules
from betterstory.conversations.models import Gathering, Line, Pile, Sheet, Typed, Voice, Vote
from betterstory.conversations.verbs.paper import let_stand, lock_open
from betterstory.conversations.verbs.twice import pick
from betterstory.conversations.verbs.voices import CardUnknown, NotAsked, check_round, find_voice
from betterstory.people.codes import NotACode
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class WrongRows(Refusal):
    """Some of the cards typed in cannot be taken; `rows` says which, with a sentence each. None was kept."""

    code, status = "wrong-rows", 422
    words = gettext_lazy("Nothing was kept yet. Put right the rows that are marked.")

    def __init__(self, rows: Mapping[int, str]) -> None:
        super().__init__()
        self.rows = dict(rows)


class NoSuchSheet(Refusal):
    """No sheet has this number."""

    code, status = "no-such-sheet", 422
    words = gettext_lazy("There is no sheet %(number)s. Look at the foot of the page.")


class UndoneAlready(Refusal):
    """The pile was taken out before."""

    code = "undone-already"
    words = gettext_lazy("This pile was taken out already.")


@dataclass(frozen=True)
class TypedCard:
    """One paper sheet: its code as typed, and what is ticked, by statement id. Blank lines are left out.

    `sheet` is the number printed on it where sheets were drawn, else nothing.
    """

    code: str
    answers: Mapping[int, Vote.Choice]
    sheet: int | None = None


@dataclass(frozen=True)
class Taken:
    """What became of a pile: how many cards, how many of them are to be typed twice, and how many answers
    stay as the phone gave them."""

    pile: Pile | None
    cards: int = 0
    picked: int = 0
    by_phone: int = 0


@transaction.atomic
def type_in(
    gathering: Gathering,
    *,
    cards: Sequence[TypedCard],
    by: Person,
    at: datetime,
    source: Pile.Source = Pile.Source.HALL_PAPER,
    chance: Random | None = None,
) -> Taken:
    """Take answers from paper, all of these cards or none. What a phone answered stays as it is.

    `chance` picks which are to be typed twice. Raises NotYours, VotingIsClosed, NotAsked, NoSuchSheet, or
    WrongRows with a sentence for each row.
    """
    if not rules.may_call(by):
        raise NotYours
    gathering = lock_open(gathering)
    sheets = _sheets_of(gathering, cards)
    voices = _find_all(gathering, cards, sheets)
    if not cards:
        return Taken(None)
    statements = gathering.statements.asked().in_bulk()
    if any(one not in statements for card in cards for one in card.answers):
        raise NotAsked
    last = gathering.piles.aggregate(last=Max("number"))["last"] or 0
    pile = Pile.objects.create(gathering=gathering, number=last + 1, source=source, typed_by=by, typed_at=at)
    by_phone = 0
    for place, (card, voice) in enumerate(zip(cards, voices, strict=True), 1):
        typed = Typed.objects.create(
            pile=pile, place=place, voice=voice, sheet=sheets[card.sheet] if card.sheet else None
        )
        Line.objects.bulk_create(
            Line(typed=typed, statement=statements[one], first=choice, stands=choice)
            for one, choice in card.answers.items()
        )
        by_phone += sum(not let_stand(typed, statements[one], choice) for one, choice in card.answers.items())
    picked = pick(gathering, chance=chance) if pile.channel == Vote.Channel.PAPER else 0
    log.info("pile typed in gathering=%s pile=%s cards=%s by=%s", gathering.pk, pile.pk, len(cards), by.pk)
    return Taken(pile, len(cards), picked, by_phone)


@transaction.atomic
def undo(pile: Pile, *, by: Person, at: datetime) -> None:
    """Take a pile out again. What an earlier pile said to the same lines stands again.

    Raises NotYours, VotingIsClosed or UndoneAlready.
    """
    if not rules.may_call(by):
        raise NotYours
    lock_open(pile.gathering)
    pile.refresh_from_db()
    if pile.undone_at is not None:
        raise UndoneAlready
    pile.undone_by, pile.undone_at = by, at
    pile.save(update_fields=["undone_by", "undone_at"])
    for vote in Vote.objects.filter(typed__pile=pile):
        before = (
            Line.objects.filter(typed__voice=vote.voice_id, statement=vote.statement_id)
            .filter(typed__pile__undone_at=None)
            .exclude(stands=None)
            .select_related("typed__pile", "statement")
            .order_by("typed__pile__number", "typed__place")
            .last()
        )
        vote.delete()
        if before is not None:
            let_stand(before.typed, before.statement, before.stands)
    log.info("pile undone gathering=%s pile=%s by=%s", pile.gathering_id, pile.pk, by.pk)


def _sheets_of(gathering: Gathering, cards: Sequence[TypedCard]) -> dict[int, Sheet]:
    numbers = {card.sheet for card in cards if card.sheet}
    sheets = {sheet.number: sheet for sheet in gathering.sheets.filter(number__in=numbers)}
    for number in sorted(numbers):
        if number not in sheets:
            raise NoSuchSheet(number=number)
    lines = Sheet.statements.through.objects.filter(sheet__in=sheets.values())
    on = set(lines.values_list("sheet__number", "statement_id"))
    if any((card.sheet, one) not in on for card in cards if card.sheet for one in card.answers):
        raise NotAsked
    return sheets


def _find_all(gathering: Gathering, cards: Sequence[TypedCard], sheets: Mapping[int, Sheet]) -> list[Voice]:
    voices: list[Voice] = []
    wrong: dict[int, str] = {}
    seen: set[tuple[int, int | None]] = set()
    for row, card in enumerate(cards):
        try:
            voice = find_voice(card.code)
            check_round(voice, gathering)
        except NotACode as problem:
            wrong[row] = problem.hint
            continue
        except CardUnknown as problem:
            wrong[row] = problem.sentence
            continue
        before = _typed_before(gathering, voice, sheets.get(card.sheet or 0))
        if (voice.pk, card.sheet) in seen:
            wrong[row] = str(_("This card is already in a row above."))
        elif before is not None:
            wrong[row] = _(
                "This sheet is in already: pile %(pile)s, number %(place)s. Leave this row empty."
            ) % {
                "pile": before.pile.number,
                "place": before.place,
            }
        seen.add((voice.pk, card.sheet))
        voices.append(voice)
    if wrong:
        raise WrongRows(wrong)
    return voices


def _typed_before(gathering: Gathering, voice: Voice, sheet: Sheet | None) -> Typed | None:
    """The same sheet of the same card, where it was typed in before. What somebody said may change."""
    typed = Typed.objects.live().on_paper().filter(pile__gathering=gathering, voice=voice, sheet=sheet)
    return typed.select_related("pile").first()
