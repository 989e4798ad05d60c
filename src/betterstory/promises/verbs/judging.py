"""Asking residents how a promise turned out: opening it, taking what they say, closing and counting it.

What the count does is stated in docs/decisions/0023-what-the-cards-decide.md.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Side, Voice
from betterstory.conversations.verbs import CardUnknown, WrongRows, find_voice
from betterstory.people.codes import NotACode
from betterstory.people.models import Circle, Person
from betterstory.promises import rules, tally
from betterstory.promises.models import NOT_TO_JUDGE, Door, Judging, Kind, Opinion, Promise, Turned, Way
from betterstory.promises.verbs.ledger import A_PERSON, enter
from betterstory.promises.verbs.promising import locked
from betterstory.promises.verbs.wording import NothingSaid, day_to_come
from betterstory.promises.verbs.wording import said as said_in_words
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
LONGEST_OPEN = timedelta(days=92)
FOUR_WEEKS = timedelta(days=28)
MOST_AT_A_DOOR = 12
LONGEST_DOOR = 40
RESIDENTS, AN_ORGANISER = "residents", "an organiser"  # as the ledger says it


class NotYoursToOpen(Refusal):
    """Whoever promised, or somebody who was promised nothing, asks the residents."""

    code, status = "not-yours-to-open", 403
    words = _("An organiser, or somebody it was promised to, asks the residents. Never whoever promised it.")


class NotYoursToCount(Refusal):
    """Whoever promised, or somebody who does not organise, types in answers or closes."""

    code, status = "not-yours-to-count", 403
    words = _("An organiser types in what residents said, and closes it. Never whoever promised it.")


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


class NotAskedAnyMore(Refusal):
    """Its last day is past, or it is closed."""

    code = "not-asked-any-more"
    words = _("Answers are no longer taken here. You can read what was counted.")


class CardPromisedNothing(Refusal):
    """The card belongs to another round, which was promised something else."""

    code, status = "card-promised-nothing", 403
    words = _("This card is from another neighbourhood or round. This was not promised there.")


class ServicesDoNotJudge(Refusal):
    """A card handed to somebody from a service."""

    code, status = "services-do-not-judge", 403
    words = _(
        "This card was given to somebody from a service. Only those who live here say how it turned out."
    )


class StillAsking(Refusal):
    """Closed before its last day is over."""

    code = "still-asking"
    words = _(
        "Its last day is not over yet. Nobody closes it earlier, so that nobody can stop it when it suits."
    )


class DoorTypedAlready(Refusal):
    """This door was typed in before."""

    code = "door-typed-already"
    words = _("This door is typed in already. Each door counts once.")


class TooManyAtADoor(Refusal):
    """More answers than a household gives."""

    code, status = "too-many-at-a-door", 422
    words = _("Between 1 and %(most)s answers at one door. Type each door by itself.")


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
    if circle is None or circle.kind in (Circle.Kind.HELPERS, Circle.Kind.POOLSIDE):
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
    kind = Judging.Kind.FOUR_WEEKS if four_weeks else Judging.Kind.TURNED_OUT
    opened = promise.judgings.create(kind=kind, opened_by=by, opened_on=on, closes_on=until)
    enter(kind=Kind.ASKED_ALL, about=promise, who=_opener(by), on=on, due_on=until)
    log.info("residents are asked judging=%s promise=%s by=%s", opened.pk, promise.pk, by.pk)
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
def give_opinion(
    judging: Judging,
    *,
    voice: Voice,
    said: Turned,
    at: datetime,
    on: date,
    channel: Way = Way.PHONE,
    typed_by: Person | None = None,
) -> Opinion:
    """What a card says of a promise. Said again, the last one holds, until its last day is over.

    Raises CardPromisedNothing, ServicesDoNotJudge, CardUnknown or NotAskedAnyMore.
    """
    judging = Judging.objects.select_for_update(of=("self",)).select_related("promise").get(pk=judging.pk)
    check_card(judging, voice)
    if not judging.takes_answers(on=on):
        raise NotAskedAnyMore
    given = Opinion(judging=judging, voice=voice, said=said, channel=channel, typed_by=typed_by, at=at)
    Opinion.objects.bulk_create(
        [given],
        update_conflicts=True,
        unique_fields=["judging", "voice"],
        update_fields=["said", "channel", "typed_by", "at"],
    )
    log.info("opinion taken judging=%s channel=%s", judging.pk, channel)
    return given


def check_card(judging: Judging, voice: Voice) -> None:
    """A resident's card of the round it was promised in.

    Raises CardUnknown, CardPromisedNothing or ServicesDoNotJudge.
    """
    if voice.lost_at is not None:
        raise CardUnknown
    if voice.round_id != judging.promise.round_id:
        raise CardPromisedNothing
    if voice.side != Side.RESIDENT:
        raise ServicesDoNotJudge


@transaction.atomic
def type_opinions(
    judging: Judging, *, codes: Sequence[str], said: Turned, by: Person, at: datetime, on: date
) -> int:
    """Cards handed in that all said the same, by their codes: all of them or none. Says how many.

    Raises NotYoursToCount, NotAskedAnyMore, or WrongRows with a sentence for each code.
    """
    if not rules.may_count(by, judging.promise):
        raise NotYoursToCount
    voices, wrong = [], {}
    for row, code in enumerate(codes):
        try:
            voice = find_voice(code)
            check_card(judging, voice)
            voices.append(voice)
        except NotACode as problem:
            wrong[row] = problem.hint
        except (CardUnknown, CardPromisedNothing, ServicesDoNotJudge) as problem:
            wrong[row] = problem.sentence
    if wrong:
        raise WrongRows(wrong)
    for voice in voices:
        give_opinion(judging, voice=voice, said=said, at=at, on=on, channel=Way.CARD, typed_by=by)
    return len({voice.pk for voice in voices})


@transaction.atomic
def type_door(judging: Judging, *, door: str, said: Mapping[Turned, int], by: Person, on: date) -> Door:
    """What was said at one door, each door once. Nobody can read later which door said what.

    Raises NotYoursToCount, NotAskedAnyMore, NothingSaid, TooLong, TooManyAtADoor or DoorTypedAlready.
    """
    judging = Judging.objects.select_for_update(of=("self",)).select_related("promise").get(pk=judging.pk)
    if not rules.may_count(by, judging.promise):
        raise NotYoursToCount
    if not judging.takes_answers(on=on):
        raise NotAskedAnyMore
    if min(said.values(), default=0) < 0 or not 1 <= sum(said.values()) <= MOST_AT_A_DOOR:
        raise TooManyAtADoor(most=MOST_AT_A_DOOR)
    name = " ".join(re.findall(r"\w+", said_in_words(door, most=LONGEST_DOOR).casefold()))
    if not name:
        raise NothingSaid
    door_hash = salted_hmac("betterstory.promises.door", f"{judging.pk} {name}", algorithm="sha256")
    typed, is_new = judging.doors.get_or_create(
        door_hash=door_hash.hexdigest(),
        defaults={**{each.value: many for each, many in said.items()}, "typed_by": by, "typed_on": on},
    )
    if not is_new:
        raise DoorTypedAlready
    log.info("door typed judging=%s by=%s", judging.pk, by.pk)
    return typed


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
    log.info("judging closed judging=%s became=%s by=%s", judging.pk, judging.judgement_id, by.pk)
    return judging


def _opener(by: Person) -> str:
    return AN_ORGANISER if rules.organises(by) else A_PERSON
