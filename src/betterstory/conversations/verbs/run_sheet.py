"""The run sheet: its turns, and who does what. Whoever changes it says which edition they read."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import first_names, rules
from betterstory.conversations.layouts import LAYOUTS
from betterstory.conversations.models import Doing, Duty, Gathering, Guest, RunSheet, Turn
from betterstory.conversations.models.sheet import LONGEST_TURN, SHORTEST_TURN
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MOST_TURNS = 30


class SheetChanged(Refusal):
    """Somebody else changed the sheet since this page was opened."""

    code, status = "sheet-changed", 409
    words = _(
        "Somebody changed this sheet while you were writing. It stands below as it is now."
        " Yours is still in the fields: look at both, and send it again."
    )


class TurnTooLong(Refusal):
    """No time at all, or more than people can sit."""

    code, status = "turn-too-long", 422
    words = _("A turn takes between 1 minute and 2 hours. Write another number.")


class TooManyTurns(Refusal):
    """More than one evening can hold."""

    code, status = "too-many-turns", 422
    words = _("One gathering can hold thirty turns. Take one out first, or call a second gathering.")


class NoTitles(Refusal):
    """A rank or an organisation was written where people speak as themselves."""

    code, status = "no-titles", 422
    words = _(
        "Leave out titles and the names of organisations. Here people speak for themselves."
        " Who promises something says later what they speak for."
    )


@dataclass(frozen=True)
class TurnAs:
    """How a turn is to be."""

    kind: Turn.Kind
    words: str
    minutes: int
    led_by: Duty = Duty.FACILITATOR
    services_first: bool = False


@transaction.atomic
def lay_out(gathering: Gathering, *, by: Person, at: datetime) -> RunSheet:
    """The sheet of a gathering, with the turns its kind begins from. Raises NotYours."""
    if not rules.may_call(by):
        raise NotYours
    sheet, is_new = RunSheet.objects.get_or_create(gathering=gathering, defaults={"changed_at": at})
    if is_new:
        Turn.objects.bulk_create(
            Turn(
                gathering=gathering,
                number=number,
                kind=each.kind,
                words=str(each.words),
                minutes=each.minutes,
                led_by=each.led_by,
                services_first=each.services_first,
            )
            for number, each in enumerate(LAYOUTS[gathering.kind], start=1)
        )
        log.info("run sheet laid out gathering=%s", gathering.pk)
    return sheet


@transaction.atomic
def add_turn(gathering: Gathering, told: TurnAs, *, by: Person, at: datetime, edition: int) -> Turn:
    """One more turn, before what comes next. Raises TooManyTurns, and as `change_turn`."""
    sheet = open_sheet(gathering, by=by, edition=edition)
    _check(gathering, told)
    turns = gathering.turns.all()
    if turns.count() >= MOST_TURNS:
        raise TooManyTurns
    last = turns.order_by("number").last()
    number = (turns.aggregate(last=Max("number"))["last"] or 0) + 1
    if last is not None and last.kind == Turn.Kind.NEXT and told.kind != Turn.Kind.NEXT:
        number = last.number
        Turn.objects.filter(pk=last.pk).update(number=F("number") + 1)
    turn = Turn.objects.create(gathering=gathering, number=number, **vars(told))
    changed(sheet, at=at)
    log.info("turn added gathering=%s turn=%s by=%s", gathering.pk, turn.pk, by.pk)
    return turn


@transaction.atomic
def change_turn(turn: Turn, told: TurnAs, *, by: Person, at: datetime, edition: int) -> None:
    """Change a turn. Raises NotYours, SheetChanged, TurnTooLong or NoTitles."""
    sheet = open_sheet(turn.gathering, by=by, edition=edition)
    _check(turn.gathering, told)
    Turn.objects.filter(pk=turn.pk).update(**vars(told))
    changed(sheet, at=at)
    log.info("turn changed turn=%s by=%s", turn.pk, by.pk)


@transaction.atomic
def move_turn(turn: Turn, *, up: bool, by: Person, at: datetime, edition: int) -> None:
    """One place earlier or later. Raises NotYours or SheetChanged."""
    sheet = open_sheet(turn.gathering, by=by, edition=edition)
    turns = list(turn.gathering.turns.all())
    place = turns.index(turn)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(turns):
        return
    turns[place], turns[other] = turns[other], turns[place]
    for number, each in enumerate(turns, start=1):
        each.number = number
    Turn.objects.bulk_update(turns, ["number"])
    changed(sheet, at=at)
    log.info("turn moved turn=%s by=%s", turn.pk, by.pk)


@transaction.atomic
def remove_turn(turn: Turn, *, by: Person, at: datetime, edition: int) -> None:
    """Take a turn out; a screen that stands on it goes on to the next. Raises NotYours or SheetChanged."""
    sheet = open_sheet(turn.gathering, by=by, edition=edition)
    if sheet.turn_id == turn.pk:
        after = turn.gathering.turns.filter(number__gt=turn.number).first()
        RunSheet.objects.filter(pk=sheet.pk).update(turn=after, step=0, turn_began_at=at if after else None)
    gone = turn.pk
    turn.delete()
    changed(sheet, at=at)
    log.info("turn taken out turn=%s by=%s", gone, by.pk)


@transaction.atomic
def give(gathering: Gathering, *, duty: Duty, guest: Guest, by: Person, at: datetime, edition: int) -> Doing:
    """Somebody does this on the night. Raises NotYours or SheetChanged."""
    sheet = open_sheet(gathering, by=by, edition=edition)
    if guest.gathering_id != gathering.pk:
        raise NotYours
    doing, is_new = Doing.objects.get_or_create(gathering=gathering, duty=duty, guest=guest)
    if is_new:
        changed(sheet, at=at)
        log.info("duty given gathering=%s duty=%s guest=%s", gathering.pk, duty, guest.pk)
    return doing


@transaction.atomic
def take_off(doing: Doing, *, by: Person, at: datetime, edition: int) -> None:
    """They do not do it after all. Raises NotYours or SheetChanged."""
    sheet = open_sheet(doing.gathering, by=by, edition=edition)
    gone = doing.pk
    doing.delete()
    changed(sheet, at=at)
    log.info("duty taken off doing=%s by=%s", gone, by.pk)


def open_sheet(gathering: Gathering, *, by: Person, edition: int) -> RunSheet:
    """The sheet under a lock, in the edition that was read. Raises NotYours or SheetChanged."""
    if not rules.may_call(by):
        raise NotYours
    sheet = RunSheet.objects.select_for_update().get(gathering=gathering)
    if sheet.edition != edition:
        raise SheetChanged
    return sheet


def changed(sheet: RunSheet, *, at: datetime) -> None:
    """It is another edition now: what its teller approved was the one before."""
    RunSheet.objects.filter(pk=sheet.pk).update(edition=F("edition") + 1, changed_at=at)


def _check(gathering: Gathering, told: TurnAs) -> None:
    """Raises TurnTooLong or NoTitles."""
    if not SHORTEST_TURN <= told.minutes <= LONGEST_TURN:
        raise TurnTooLong
    if told.kind != Turn.Kind.PROMISES:
        check_titles(gathering.kind, told.words)


def check_titles(kind: str, *words: str) -> None:
    """While hearing and making sense nobody has a rank or speaks for an organisation. Raises NoTitles."""
    if kind == Gathering.Kind.PLANNING:
        return
    if any(map(first_names.has_title, words)) or first_names.names_a_body("\n".join(words)):
        raise NoTitles
