"""Saying who was there: how many by ring, and which posts that were asked did not come."""

import logging
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models import Gathering
from betterstory.learning.models import WasThere
from betterstory.learning.reporting import rules
from betterstory.learning.was_there import GROUPS, posts_asked
from betterstory.people.models import Person, Post
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MOST = 500  # of one ring: more than a hall holds


class NotYoursToSayWho(Refusal):
    """Somebody who does not keep the gathering."""

    code, status = "not-yours-to-say-who", 403
    words = _("An organiser or a steward says who was there.")


class NotMetYet(Refusal):
    """The gathering is still to come."""

    code, status = "not-met-yet", 422
    words = _("This gathering is still to come. Say who was there once you have met.")


class NobodyThere(Refusal):
    """No count at all."""

    code, status = "nobody-there", 422
    words = _("Write how many were there, for one ring at least.")


class TooManyThere(Refusal):
    """A count below nothing, or more than a hall holds."""

    code, status = "too-many-there", 422
    words = _("Write a number between 0 and %(most)s for each ring.")


class NotAsked(Refusal):
    """A post that nobody asked to come."""

    code, status = "not-asked", 422
    words = _("Only a post that was asked to come can be missed.")


@transaction.atomic
def say_who_was_there(
    gathering: Gathering, *, by_ring: Mapping[str, int], absent: Iterable[Post] = (), by: Person, on: date
) -> WasThere:
    """Write it down, openly. Said again, the newest stands and the earlier one stays below it.

    Raises NotYoursToSayWho, NotMetYet, NobodyThere, TooManyThere or NotAsked.
    """
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if not rules.may_say_who_was_there(by):
        raise NotYoursToSayWho
    if on < localtime(gathering.at).date():
        raise NotMetYet
    if not by_ring.keys() <= set(GROUPS) or not all(0 <= many <= MOST for many in by_ring.values()):
        raise TooManyThere(most=MOST)
    people = sum(by_ring.values())
    if not people:
        raise NobodyThere
    missed = {post.pk for post in absent}
    if missed - set(posts_asked(gathering).values_list("pk", flat=True)):
        raise NotAsked
    before = WasThere.objects.newest_of(gathering)
    said = WasThere.objects.create(
        gathering=gathering,
        number=before.number + 1 if before else 1,
        people=people,
        by_ring={name: many for name, many in by_ring.items() if many},
        written_by=by,
        written_as=rules.written_as(by),
        written_on=on,
    )
    said.absent.set(missed)
    log.info("who was there gathering=%s number=%s by=%s", gathering.pk, said.number, by.pk)
    return said
