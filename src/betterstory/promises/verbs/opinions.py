"""What residents say of a promise they are asked about: by phone, on a card typed in, at the door."""

import logging
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Side, Voice
from betterstory.conversations.verbs import CardUnknown, WrongRows, find_voice
from betterstory.people.codes import NotACode
from betterstory.people.models import Person
from betterstory.promises import rules
from betterstory.promises.models import Door, Judging, Opinion, Turned, Way
from betterstory.promises.verbs.wording import NothingSaid
from betterstory.promises.verbs.wording import said as said_in_words
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MOST_AT_A_DOOR = 12
LONGEST_DOOR = 40


class NotYoursToCount(Refusal):
    """Whoever promised, or somebody who does not organise, types in answers or closes."""

    code, status = "not-yours-to-count", 403
    words = _("An organiser types in what residents said, and closes it. Never whoever promised it.")


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


class DoorTypedAlready(Refusal):
    """This door was typed in before."""

    code = "door-typed-already"
    words = _("This door is typed in already. Each door counts once.")


class TooManyAtADoor(Refusal):
    """More answers than a household gives."""

    code, status = "too-many-at-a-door", 422
    words = _("Between 1 and %(most)s answers at one door. Type each door by itself.")


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
