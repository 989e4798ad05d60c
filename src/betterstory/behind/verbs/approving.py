"""A count is let out, or stays in: by somebody other than whoever asked."""

import logging
from collections.abc import Collection
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from betterstory.behind import counting, rules
from betterstory.behind.models import Draft, Release, Trustee
from betterstory.behind.verbs.held import held_against, out_already
from betterstory.behind.verbs.keeping import keys_of_the_place
from betterstory.behind.verbs.logs import NoLogHere, told_as
from betterstory.behind.verbs.patterns import NotToBeCounted
from betterstory.people.models import Person, Post
from betterstory.people.verbs import NotYours
from betterstory.places.models import Place
from betterstory.ui.refusal import Refusal

logger = logging.getLogger(__name__)
TRIES = 3

# What whoever approves has looked at, one by one.
CHECKS = {
    "nobody": _("No number here could point at one person."),
    "words": _("The steps are in our own words, not in the teller’s."),
    "unseen": _("It says whom these records cannot see."),
    "harm": _("Anyone may read this, and nobody it is about comes to harm."),
}


class NotYoursToApprove(Refusal):
    """Whoever asked cannot let it out, nor can anybody of their own body."""

    code, status = "not-yours-to-approve", 403
    words = _(
        "Somebody else looks at this: not who asked for it, and from another body than theirs, or a trustee."
    )


class NotLookedAt(Refusal):
    """Something on the list was not looked at."""

    code, status = "not-looked-at", 422
    words = _("Look at each of these, and tick it. If one does not hold, say why this stays in.")


class NoReason(Refusal):
    """It was to stay in, without a word why."""

    code, status = "no-reason", 422
    words = _("Say why it stays in, so that whoever asked can put it right.")


class AlreadyAnswered(Refusal):
    """It was let out or kept in before."""

    code = "already-answered"
    words = _("Somebody has answered this already.")


class RecordsGone(Refusal):
    """The log was thrown away, so that nothing can be held against other figures any more."""

    code = "records-gone"
    words = _("The records it was counted in were thrown away, so it can be released no more.")


class NotHeldAgainst(Refusal):
    """What came out meanwhile is too near, or could not be compared."""

    code, status = "not-held-against", 409
    words = _("%(sentence)s")


def approve(draft: Draft, *, by: Person, at: datetime, looked_at: Collection[str]) -> Release:
    """Let a count out as a numbered release. Approved again: the same one.

    It is held once more against what came out since it was counted, which takes a moment, so it is called
    outside a transaction. Raises NotYoursToApprove, AlreadyAnswered, NotLookedAt, NoLogHere, RecordsGone,
    NotToBeCounted, OtherColumnOut or NotHeldAgainst.
    """
    if not rules.may_approve(by, draft):
        raise NotYoursToApprove
    if draft.release is not None:
        return draft.release
    _can_go_out(draft, at=at)
    if set(CHECKS) - set(looked_at):
        raise NotLookedAt
    words = as_whom(by)
    for _try in range(TRIES):
        out = out_already(draft.pattern, draft.data_mark, draft.by_column)
        if out is not None:
            return out
        last = last_number()
        _still_apart(draft, last)
        release = _let_out(draft, number=last + 1, by=by, words=words, at=at)
        if release is not None:
            logger.info("released release=%s draft=%s by=%s", release.number, draft.pk, by.pk)
            return release
    raise NotHeldAgainst(sentence=_("Other figures are going out just now. Try again in a minute."))


@transaction.atomic
def refuse(draft: Draft, *, by: Person, at: datetime, reason: str) -> None:
    """It stays in, and the reason with it. Raises NotYoursToApprove, NoReason or AlreadyAnswered."""
    if not rules.may_approve(by, draft):
        raise NotYoursToApprove
    if not reason.strip():
        raise NoReason
    waiting = Draft.objects.waiting().filter(pk=draft.pk)
    if not waiting.update(refused_by=by, refused_at=at, refusal=reason.strip()):
        raise AlreadyAnswered
    if draft.kept_path is not None:
        transaction.on_commit(partial(draft.kept_path.unlink, missing_ok=True))
    logger.info("kept in draft=%s by=%s", draft.pk, by.pk)


@transaction.atomic
def name_trustee(person: Person, *, by: Person, on: date) -> Trustee:
    """This person may look at any figure that they did not ask for. Twice is once. Raises NotYours."""
    if not rules.may_name_a_trustee(by, person):
        raise NotYours
    named, _new = Trustee.objects.get_or_create(
        person=person, ended_on=None, defaults={"named_by": by, "named_on": on}
    )
    logger.info("trustee named trustee=%s by=%s", named.pk, by.pk)
    return named


@transaction.atomic
def end_trustee(trustee: Trustee, *, by: Person, on: date) -> None:
    """They look at figures no more. What they let out stays out. Raises NotYours."""
    if not rules.may_end_a_trustee(by):
        raise NotYours
    Trustee.objects.filter(pk=trustee.pk, ended_on=None).update(ended_on=on)
    logger.info("trustee ended trustee=%s by=%s", trustee.pk, by.pk)


def last_number() -> int:
    return Release.objects.aggregate(last=Max("number"))["last"] or 0


def _can_go_out(draft: Draft, *, at: datetime) -> None:
    if not draft.is_waiting:
        raise AlreadyAnswered
    if not rules.keeps_a_log(Place.objects.first()):
        raise NoLogHere
    if draft.log is None:
        raise RecordsGone
    if not rules.is_free(draft.pattern, at=at):
        raise NotToBeCounted


def _still_apart(draft: Draft, last: int) -> None:
    """Hold it against what came out since it was counted. Raises NotHeldAgainst."""
    if draft.log is not None and last > draft.held_against:
        with told_as(NotHeldAgainst):
            earlier = held_against(draft.pattern, draft.log, after=draft.held_against)
            counting.compare(draft.kept_path or Path(), earlier, keys=keys_of_the_place())


def as_whom(person: Person) -> str:
    """The part in which they approve it: never a name."""
    if rules.is_trustee(person):
        return str(_("a trustee"))
    post = Post.objects.filter(holder=person, followed_by=None).select_related("body").first()
    return str(post or "")


def _let_out(draft: Draft, *, number: int, by: Person, words: str, at: datetime) -> Release | None:
    """The release, or None where another took its number meanwhile: then it was not held against that one."""
    same = ("pattern", "log", "figures", "rule", "source", "period", "cannot_see", "data_mark", "by_column")
    kept = ("counted_by", "kept_with", "kept_as")
    try:
        with transaction.atomic():
            if last_number() != number - 1:
                return None
            if not Draft.objects.waiting().filter(pk=draft.pk).exists():
                raise AlreadyAnswered
            release = Release.objects.create(
                **{name: getattr(draft, name) for name in (*same, *kept)},
                number=number,
                released_at=at,
                approved_by=by,
                approved_as=words,
            )
            Draft.objects.filter(pk=draft.pk).update(release=release)
            return release
    except IntegrityError:
        return None
