"""Pointing to something by which anybody can see how a promise turned out."""

import logging
import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.promises import rules
from betterstory.promises.models import Kind, Pointer, Promise
from betterstory.promises.verbs.ledger import A_PERSON, enter, promiser
from betterstory.promises.verbs.names import leave_names_out
from betterstory.promises.verbs.promising import locked
from betterstory.promises.verbs.wording import LONGEST, LONGEST_NAME, said
from betterstory.stories import photographs
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import may
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
SEALED_AS = "promises.pointer"
MOST_PHOTOGRAPHS = 6


class NotYoursToPoint(Refusal):
    """Somebody who is on neither side of a promise."""

    code, status = "not-yours-to-point", 403
    words = _("Only both sides of this promise, or an organiser, can point to something here.")


class NotTheSamePattern(Refusal):
    """Two counts that asked different things."""

    code, status = "not-the-same-pattern", 422
    words = _("These counts did not ask the same thing, so they cannot stand beside each other.")


class NotNewer(Refusal):
    """The count that is to be the later one is not."""

    code, status = "not-newer", 422
    words = _("The count asked again has to be a newer one than the one before it.")


class SayWhatElse(Refusal):
    """A count without what could also explain it."""

    code, status = "say-what-else", 422
    words = _("Say what could also explain it. A number alone never shows that a promise was kept.")


class NotYoursToQuote(Refusal):
    """A line of a story that its teller does not show to whoever points."""

    code, status = "not-yours-to-quote", 403
    words = _("This line is its teller’s to show. You can only point to what they let you read.")


class NeedsTheirYes(Refusal):
    """Words or a picture of people without their yes."""

    code, status = "needs-their-yes", 422
    words = _("Anyone can see this. Say first that nobody can be made out in it, or that they said yes.")


class EnoughPhotographs(Refusal):
    """More photographs than one promise needs."""

    code, status = "enough-photographs", 422
    words = _("Six photographs of one promise are kept at most. Take one away first.")


@transaction.atomic
def point_to_count(
    promise: Promise,
    *,
    release: Release,
    also: str,
    by: Person,
    on: date,
    earlier: Release | None = None,
    elsewhere: Release | None = None,
) -> Pointer:
    """A count asked again of newer records with the same pattern, beside the earlier one; perhaps beside the
    same pattern elsewhere; always with what could also explain it.

    Raises NotYoursToPoint, NotTheSamePattern, NotNewer, SayWhatElse or TooLong.
    """
    promise = _checked(promise, by)
    also = said(also, most=LONGEST, needed=False)
    if not also:
        raise SayWhatElse
    beside = [each for each in (earlier, elsewhere) if each is not None]
    if any(each.pattern_id != release.pattern_id or each.pk == release.pk for each in beside):
        raise NotTheSamePattern
    if earlier is not None and earlier.number >= release.number:
        raise NotNewer
    leave_names_out(also, promise)
    return _point(
        promise, Pointer.Kind.COUNT, by, on, release=release, earlier=earlier, elsewhere=elsewhere, also=also
    )


@transaction.atomic
def point_to_photograph(
    promise: Promise, *, came: bytes, words: str, nobody_seen: bool, by: Person, on: date
) -> Pointer:
    """A photograph, made again dot by dot and sealed: where and when it was taken goes.

    Raises NotYoursToPoint, NeedsTheirYes, EnoughPhotographs, NothingSaid, TooLong, NoPicture or TooManyDots.
    """
    promise = _checked(promise, by)
    if not nobody_seen:
        raise NeedsTheirYes
    words = said(words, most=LONGEST)
    leave_names_out(words, promise)
    kept = promise.pointers.filter(kind=Pointer.Kind.PHOTOGRAPH, taken_away_on=None)
    if kept.count() >= MOST_PHOTOGRAPHS:
        raise EnoughPhotographs
    picture = photographs.made_again(came)
    row, key = uuid.uuid4(), keyring().make()
    try:
        sealed = keyring().seal_bytes(picture, key=key, name=SEALED_AS, row=row)
        return _point(promise, Pointer.Kind.PHOTOGRAPH, by, on, uuid=row, key=key, sealed=sealed, words=words)
    except BaseException:
        keyring().destroy(key)
        raise


@transaction.atomic
def point_to_witness(
    promise: Promise, *, who: str, words: str, their_yes: bool, by: Person, on: date
) -> Pointer:
    """What a witness said, under a name they said yes to.

    Raises NotYoursToPoint, NeedsTheirYes, LeaveNamesOut, NothingSaid or TooLong.
    """
    promise = _checked(promise, by)
    if not their_yes:
        raise NeedsTheirYes
    words, who = said(words, most=LONGEST), said(who, most=LONGEST_NAME)
    leave_names_out(words, promise)
    return _point(promise, Pointer.Kind.WITNESS, by, on, words=words, who=who)


@transaction.atomic
def point_to_teller(promise: Promise, *, piece: Piece, by: Person, at: datetime, on: date) -> Pointer:
    """A line of a story: pointed to, never copied. It shows while its teller says yes to whoever looks.

    Raises NotYoursToPoint or NotYoursToQuote.
    """
    promise = _checked(promise, by)
    if not may(by, Use.QUOTE, piece, at):
        raise NotYoursToQuote
    return _point(promise, Pointer.Kind.TELLER, by, on, piece=piece)


@transaction.atomic
def take_away(pointer: Pointer, *, by: Person, on: date) -> Pointer:
    """Take it off the page. That something stood there stays; a photograph's key is destroyed.

    Which line of a story it was stays known, and is not shown: its teller may let not even a mark stay.
    Raises NotYoursToPoint.
    """
    found = Pointer.objects.select_for_update(of=("self",)).get(pk=pointer.pk)
    if by.pk != found.supplied_by_id and not rules.organises(by):
        raise NotYoursToPoint
    key = found.key
    found.taken_away_on, found.key, found.sealed = on, None, b""
    found.words = found.who = ""
    found.save(update_fields=["taken_away_on", "key", "sealed", "words", "who"])
    if key is not None:
        transaction.on_commit(lambda: keyring().destroy(key), robust=True)
    log.info("pointer taken away pointer=%s by=%s", found.pk, by.pk)
    return found


def opened(pointer: Pointer) -> bytes:
    """The photograph. Raises KeyGone, Locked or Spoilt."""
    return keyring().open_bytes([(pointer.sealed, SEALED_AS, pointer.uuid)])[0]


def _checked(promise: Promise, by: Person) -> Promise:
    promise = locked(promise)
    if not rules.may_point(by, promise):
        raise NotYoursToPoint
    return promise


def _point(promise: Promise, kind: Pointer.Kind, by: Person, on: date, **told: object) -> Pointer:
    made = promise.pointers.create(
        kind=kind, supplied_by=by, supplied_on=on, by_promiser=rules.is_promiser(by, promise), **told
    )
    who = promiser(promise) if made.by_promiser else A_PERSON
    enter(kind=Kind.POINTED, about=promise, who=who, words=made.words or made.also, on=on)
    log.info("pointed to pointer=%s promise=%s kind=%s by=%s", made.pk, promise.pk, kind, by.pk)
    return made
