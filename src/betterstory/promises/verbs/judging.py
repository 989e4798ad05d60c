"""Asking residents how a promise turned out: opening it, closing it and counting what they said.

What the count does is stated in docs/decisions/0023-what-the-cards-decide.md.
"""

import logging
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Circle, Person
from betterstory.promises import rules, tally
from betterstory.promises.models import NOT_TO_JUDGE, Judging, Kind, Promise
from betterstory.promises.verbs.ledger import A_PERSON, enter
from betterstory.promises.verbs.opinions import NotAskedAnyMore, NotYoursToCount
from betterstory.promises.verbs.promising import locked
from betterstory.promises.verbs.wording import day_to_come
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
LONGEST_OPEN = timedelta(days=92)
FOUR_WEEKS = timedelta(days=28)
PRIVATE = (Circle.Kind.HELPERS, Circle.Kind.POOLSIDE)
RESIDENTS, AN_ORGANISER = "residents", "an organiser"  # as the ledger says it


class NotYoursToOpen(Refusal):
    """Whoever promised, or somebody who was promised nothing, asks the residents."""

    code, status = "not-yours-to-open", 403
    words = _("An organiser, or somebody it was promised to, asks the residents. Never whoever promised it.")


class NotToMany(Refusal):
    """It was promised to one person, to a body, or to a circle that is private."""

    code, status = "not-to-many", 422
    words = _("This was not promised to many. Whoever it was promised to says how it turned out.")


class LetGo(Refusal):
    """It was let go by the side it was made to."""

    code = "let-go"
    words = _("This was let go, taken back, or waits. There is nothing to ask just now.")


class AskedAlready(Refusal):
    """Residents are being asked just now."""

    code = "asked-already"
    words = _("Residents are being asked already. Close that first, when its last day is past.")


class TooFarOff(Refusal):
    """Asked for longer than three months."""

    code, status = "too-far-off", 422
    words = _("Ask for three months at most. Choose an earlier day.")


class FourWeeksFirst(Refusal):
    """Nobody said that it is done, or not long ago."""

    code, status = "four-weeks-first", 422
    words = _("This is asked four weeks after somebody said that it is done. It is too early for that.")


class StillAsking(Refusal):
    """Closed before its last day is over."""

    code = "still-asking"
    words = _(
        "Its last day is not over yet. Nobody closes it earlier, so that nobody can stop it when it suits."
    )


@transaction.atomic
def ask_residents(
    promise: Promise, *, by: Person, on: date, until: date, four_weeks: bool = False
) -> Judging:
    """Open it to the cards and doors of the neighbourhood until a day, that day included.

    Raises NotYoursToOpen, NotToMany, LetGo, AskedAlready, FourWeeksFirst, DayIsPast or TooFarOff.
    """
    promise = locked(promise)
    if not rules.may_ask_residents(by, promise):
        raise NotYoursToOpen
    circle = promise.to_circle
    if circle is None or circle.kind in PRIVATE:
        raise NotToMany
    if promise.state in NOT_TO_JUDGE:
        raise LetGo
    if promise.judgings.filter(closed_on=None).exists():
        raise AskedAlready
    if four_weeks and not is_four_weeks_on(promise, on=on):
        raise FourWeeksFirst
    day_to_come(until, on)
    if until > on + LONGEST_OPEN:
        raise TooFarOff
    return begin(promise, by=by, who=_opener(by), on=on, until=until, four_weeks=four_weeks)


def begin(
    promise: Promise, *, by: Person | None, who: str, on: date, until: date, four_weeks: bool
) -> Judging:
    """Open it, once it may be; `who` as the ledger says it, where nobody pressed for it."""
    kind = Judging.Kind.FOUR_WEEKS if four_weeks else Judging.Kind.TURNED_OUT
    opened = promise.judgings.create(kind=kind, opened_by=by, opened_on=on, closes_on=until)
    enter(kind=Kind.ASKED_ALL, about=promise, who=who, on=on, due_on=until)
    log.info("residents are asked judging=%s promise=%s by=%s", opened.pk, promise.pk, by and by.pk)
    return opened


def said_done_on(promise: Promise) -> date | None:
    """The day somebody said that it is kept, or half kept: the side it was made to, or else the promiser."""
    good = ("kept", "partly")
    last = promise.judgements.order_by("on", "pk").last()
    if last is not None:
        return last.on if last.verdict in good else None
    view = promise.own_views.order_by("number").last()
    return view.on if view is not None and view.view in good else None


def is_four_weeks_on(promise: Promise, *, on: date) -> bool:
    done_on = said_done_on(promise)
    return done_on is not None and on >= done_on + FOUR_WEEKS


@transaction.atomic
def close(judging: Judging, *, by: Person, on: date) -> Judging:
    """Count it once its last day is over. Where nobody it was made to has said a word yet, what most said
    becomes their word; a count of few, and the check after four weeks, only stand beside it.

    Raises NotYoursToCount, StillAsking or NotAskedAnyMore.
    """
    judging = Judging.objects.select_for_update(of=("self",)).get(pk=judging.pk)
    promise = locked(judging.promise)
    if not rules.may_count(by, promise):
        raise NotYoursToCount
    if judging.closed_on is not None:
        raise NotAskedAnyMore
    if on <= judging.closes_on:
        raise StillAsking
    return count(judging, promise, by=by, on=on)


def count(judging: Judging, promise: Promise, *, by: Person | None, on: date) -> Judging:
    """Freeze what was said, and let it become the word where nobody has spoken."""
    counted = tally.count(judging)
    verdict = tally.most_said(counted)
    judging.closed_by, judging.closed_on, judging.counted = by, on, counted.as_kept()
    if verdict is not None and promise.is_open and not judging.is_four_weeks:
        judging.judgement = promise.judgements.create(by=by, on=on, verdict=verdict)
        promise.state = verdict.state
        promise.save(update_fields=["state"])
    judging.save(update_fields=["closed_by", "closed_on", "counted", "judgement"])
    words = tally.in_words(counted, four_weeks=judging.is_four_weeks)
    enter(kind=Kind.COUNTED, about=promise, who=RESIDENTS, words=words, on=on)
    if judging.judgement is not None:
        enter(kind=Kind(promise.state), about=promise, who=RESIDENTS, on=on)
    judging.doors.all().delete()  # counted: which door said what is nobody's to keep
    log.info("judging closed judging=%s became=%s by=%s", judging.pk, judging.judgement_id, by and by.pk)
    return judging


def _opener(by: Person) -> str:
    return AN_ORGANISER if rules.organises(by) else A_PERSON
